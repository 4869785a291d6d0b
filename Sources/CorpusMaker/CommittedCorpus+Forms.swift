import Foundation

/// Documents of types that are contracts alone: a station's order, a filled form, an agreement in prose.
extension CommittedCorpus {
  func forms() throws {
    try broadcastOrder()
    try registration()
    try agreement()
  }

  private func draw(_ place: URL, font: String = "DejaVu Sans", size: Double = 9, _ lines: [[(Double, String)]]) {
    Press.pdf(to: place.appending(path: "document.pdf").path, font: font) { sheet in
      for (number, line) in lines.enumerated() {
        for (x, text) in line {
          sheet.text(text, x: x, y: 50 + 17 * Double(number), size: number == 0 ? 14 : size, bold: number == 0)
        }
      }
    }
  }

  private func broadcastOrder() throws {
    var expected = Expected()
    expected.type = "broadcast_order"
    expected.fields = [
      ("contract_number", "4402177"), ("advertiser", "Friends of Maple Valley"), ("gross_amount", "4850.00"),
      ("flight_from", "2026-03-02"), ("flight_to", "2026-03-08"),
    ]
    let place = try folder(
      "digital", "broadcast-order-en", expected,
      "A station's order: two dates in one word, labels above their values, gross beside net.")
    draw(
      place,
      [
        [(60, "CONTRACT")], [(60, "KXMP-TV"), (300, "Contract / Revision"), (430, "Alt Order #")],
        [(60, "12 Tower Hill"), (300, "4402177 /"), (430, "WO118204")],
        [(60, "Maple Valley, OR 97000"), (300, "Advertiser"), (430, "Original Date / Revision")],
        [(300, "Friends of Maple Valley"), (430, "02/20/26 / 02/24/26")],
        [(60, "And:"), (300, "Contract Dates"), (430, "Estimate #")],
        [(60, "Brightline Media Buyers"), (300, "03/02/26-03/08/26"), (430, "771")],
        [(60, "9 Canal Street"), (300, "Billing Calendar"), (430, "Cash/Trade")], [(300, "Broadcast"), (430, "Cash")],
        [],
        [(60, "Line"), (110, "Start Date"), (180, "End Date"), (250, "Description"), (400, "Spots"), (470, "Amount")],
        [(60, "1"), (110, "03/02/26"), (180, "03/08/26"), (250, "Morning News"), (400, "10"), (470, "$2,350.00")],
        [(60, "2"), (110, "03/02/26"), (180, "03/08/26"), (250, "Evening News"), (400, "5"), (470, "$2,500.00")], [],
        [(60, "Time Period"), (250, "Gross Amount"), (350, "Agency Comm."), (470, "Net Amount")],
        [(60, "03/02/26 - 03/08/26"), (250, "$4,850.00"), (350, "($727.50)"), (470, "$4,122.50")],
      ])
  }

  private func registration() throws {
    var expected = Expected()
    expected.type = "registration_form"
    expected.fields = [
      ("kind", "short_form"), ("registrant_name", "Harbor & Lane Advisors, LLC"), ("signer_name", "Nora T. Whitfield"),
      ("received_date", "2026-02-03"),
    ]
    let place = try folder(
      "digital", "registration-form-en", expected, "Numbered questions, their answers below; a stamp of arrival.")
    draw(
      place,
      [
        [(60, "Short Form Registration Statement")],
        [(60, "U.S. Department of Justice"), (330, "Washington, DC 20530")],
        [(60, "Received by NSD/FARA Registration Unit 02/03/2026 9:14:05 AM")],
        [(60, "Pursuant to the Foreign Agents Registration Act of 1938, as amended")], [],
        [(60, "1. Name"), (330, "2. Registration No.")], [(60, "Nora T. Whitfield"), (330, "7741")], [],
        [(60, "3. Residence Address(es)"), (330, "4. Business Address(es)")],
        [(60, "18 Orchard Row, Fairview"), (330, "200 Pier Avenue, Fairview")], [],
        [(60, "8. What is the name and address of the primary registrant?")],
        [(60, "Name Harbor & Lane Advisors, LLC"), (330, "Address 200 Pier Avenue, Fairview")], [],
        [(60, "10. List every foreign principal to whom you will render services.")],
        [(60, "Tourist Office of Westmark")],
      ])
  }

  private func agreement() throws {
    var expected = Expected()
    expected.type = "agreement"
    expected.fields = [("effective_date", "2026-01-13"), ("term", "P2Y"), ("jurisdiction", "oregon")]
    let place = try folder(
      "digital", "agreement-en", expected, "Prose alone: dates, parties, term and law stand in sentences.")
    draw(
      place, font: "DejaVu Serif",
      [
        [(60, "MUTUAL CONFIDENTIALITY AGREEMENT")], [],
        [(60, "This Mutual Confidentiality Agreement (the “Agreement”) is made and entered into as of")],
        [(60, "January 13, 2026, by and between Tallgrass Robotics, Inc., an Oregon corporation having its")],
        [(60, "principal office at 40 Foundry Road, Astoria (“Tallgrass”), and Pellworth Instruments LLC")],
        [(60, "(“Pellworth”). Each of them is a “Party”.")], [],
        [(60, "1. Confidential Information. For a period of one year from the date hereof neither Party")],
        [(60, "will solicit the employees of the other.")],
        [(60, "2. Term. This Agreement shall terminate two (2) years from the date hereof.")],
        [(60, "3. Notices. Either Party may give thirty (30) days written notice to the other.")],
        [(60, "4. Governing Law. This Agreement shall be governed by and construed in accordance with the")],
        [(60, "laws of the State of Oregon, without regard to its conflict of laws provisions.")], [],
        [(60, "IN WITNESS WHEREOF, the parties hereto have signed this Agreement.")],
      ])
  }
}
