import Foundation

/// Pages as they are usual in the United States, and tables with gaps in them.
extension CommittedCorpus {
  func accuracy() throws {
    var bill = Expected()
    bill.type = "invoice"
    bill.fields = [
      ("kind", "invoice"), ("number", "INV-20417"), ("issued_on", "2025-03-04"), ("due_on", "2025-04-03"),
      ("order_reference", "PO-7731"), ("seller.name", "Harbor Plumbing & Heating"), ("buyer.name", "Ellen Marsh"),
      ("currency", "USD"), ("net_total", "759.00"), ("tax_total", "22.77"), ("total", "781.77"),
      ("previous_balance", "118.23"), ("due_amount", "900.00"),
    ]
    bill.rows = [
      row("Ceramic sink", "3", "61", "183"), row("Magnetic system filter", "6", "96", "576"),
    ]
    try print(
      "american-en", bill,
      "No legal form, whole dollars under headings, dates that only their order tells, a balance from before.", american
    )

    var notice = Expected()
    notice.type = "invoice"
    notice.fields = [
      ("number", "88-2051"), ("issued_on", "2025-09-28"), ("seller.name", "Gazette Press Ltd"),
      ("buyer.name", "Mill Lane Bakery Ltd"), ("currency", "GBP"), ("net_total", "46.68"), ("tax_total", "9.34"),
      ("total", "56.02"),
    ]
    notice.rows = [
      [("description", "Public notice of October"), ("amount", "45.93")], row("Printed copy", "1", "0.75", "0.75"),
    ]
    try print("lone-amount-en", notice, "An item with an amount alone: the rows' sum says that it is one.", gapped)
  }

  private func print(_ name: String, _ expected: Expected, _ notes: String, _ draw: (Sheet) -> Void) throws {
    let place = try folder("digital", name, expected, notes)
    Press.pdf(
      to: place.appending(path: "document.pdf").path, width: 612, height: 792, font: "Liberation Sans", draw)
  }

  private func row(_ description: String, _ quantity: String, _ price: String, _ amount: String) -> [(String, String)] {
    [("description", description), ("quantity", quantity), ("unit_price", price), ("amount", amount)]
  }

  private func american(_ sheet: Sheet) {
    sheet.text("Harbor Plumbing & Heating", x: 50, y: 40, size: 16, bold: true)
    sheet.text("INVOICE", x: 560, y: 40, size: 18, bold: true, alignment: .right)
    lines(["123 Madison Drive, Seattle, WA 98101", "www.harborplumbing.example", "206-555-0148"], x: 50, y: 64, sheet)
    lines(["BILL TO", "Ellen Marsh", "93196 Bryan Village Suite 434", "Robertsfort, OR 97201"], x: 50, y: 130, sheet)
    let facts = [
      ("Invoice #:", "INV-20417"), ("Invoice Date:", "3/4/25"), ("P.O. #:", "PO-7731"), ("Due Date:", "04/03/25"),
    ]
    pairs(facts, x: 370, to: 450, y: 130, sheet)
    columns(["DESCRIPTION", "QTY/HR", "RATE", "AMOUNT"], y: 240, sheet, bold: true)
    columns(["Ceramic sink", "3", "61", "183"], y: 260, sheet)
    columns(["Magnetic system filter", "6", "96", "576"], y: 278, sheet)
    let sums = [
      ("SUBTOTAL", "759.00"), ("SALES TAX", "22.77"), ("TOTAL", "$781.77"), ("PREVIOUS BALANCE", "$118.23"),
      ("BALANCE DUE", "$900.00"),
    ]
    pairs(sums, x: 380, to: 510, y: 330, sheet)
  }

  private func gapped(_ sheet: Sheet) {
    sheet.text("Gazette Press Ltd", x: 50, y: 40, size: 16, bold: true)
    lines(["16 Fleet Street, London EC4Y 1AU", "VAT No: GB123456789"], x: 50, y: 64, sheet)
    lines(["Invoice to:", "Mill Lane Bakery Ltd", "1 Mill Lane", "Leeds LS1 4AB"], x: 50, y: 130, sheet)
    sheet.text("Invoice", x: 50, y: 215, size: 18, bold: true)
    pairs([("Invoice No.:", "88-2051"), ("Date:", "28/09/2025")], x: 370, to: 450, y: 130, sheet)
    columns(["Description", "Quantity", "Unit price", "Amount"], y: 260, sheet, bold: true)
    columns(["Public notice of October", "", "", "£45.93"], y: 282, sheet)
    columns(["Printed copy", "1", "£0.75", "£0.75"], y: 304, sheet)
    pairs([("Net total", "£46.68"), ("VAT 20%", "£9.34"), ("Total", "£56.02")], x: 380, to: 510, y: 350, sheet)
  }

  private func lines(_ texts: [String], x: Double, y: Double, _ sheet: Sheet) {
    for (number, text) in texts.enumerated() { sheet.text(text, x: x, y: y + 14 * Double(number)) }
  }

  private func pairs(_ pairs: [(String, String)], x: Double, to: Double, y: Double, _ sheet: Sheet) {
    for (number, pair) in pairs.enumerated() {
      sheet.text(pair.0, x: x, y: y + 16 * Double(number))
      sheet.text(pair.1, x: to, y: y + 16 * Double(number))
    }
  }

  private func columns(_ texts: [String], y: Double, _ sheet: Sheet, bold: Bool = false) {
    for (text, x) in zip(texts, [50.0, 320, 410, 500]) where !text.isEmpty {
      sheet.text(text, x: x, y: y, bold: bold)
    }
  }
}
