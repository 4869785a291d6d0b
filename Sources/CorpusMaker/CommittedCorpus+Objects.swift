import Foundation

/// Every canonical object in every language, and what is bought and sold in those that came later.
extension CommittedCorpus {
  func objects() throws {
    var random = SeededGenerator(seed: 20_260_104)
    for (number, form) in ObjectForm.all.enumerated() {
      for (place, language) in Language.allCases.enumerated() {
        try object(form, language, style: number + place, isPicture: false, &random)
      }
      // Another wording and layout, and now and then as a scan.
      for turn in 0..<2 {
        let isPicture = turn == 1 && number % 4 == 0
        let language = isPicture ? Language.first[number % 3] : Language.allCases[(number + 3 * turn) % 6]
        // Scans are of letters: rules between lines are another difficulty.
        let style = isPicture ? number / 3 * 3 + 9 : number + 7 + turn
        try object(form, language, style: style, isPicture: isPicture, &random)
      }
    }
    try commerce(&random)
    try letters()
  }

  private func object(
    _ form: ObjectForm, _ language: Language, style: Int, isPicture: Bool, _ random: inout SeededGenerator
  ) throws {
    let filled = FilledForm(form, language, wording: style, random: &random)
    var expected = filled.expected
    var goods: [ObjectLayouts.Goods] = []
    if form.contract == "shipment" {
      goods = (0..<random.number(2...5)).map { _ in
        .init(
          article: String(random.number(1_000...99_999)), description: random.pick(Invention.products(language)),
          quantity: random.number(2...90))
      }
      expected.rows = goods.map {
        [("article", $0.article), ("description", $0.description), ("quantity", String($0.quantity))]
      }
    }
    let layouts = ObjectLayouts(filled, style: style, goods: goods)
    let notes = ["A letter.", "A form.", "A card of small fields."][style % 3]
    let name = "\(form.contract)-\(language.rawValue)-\(style)" + (isPicture ? "-scan" : "")
    let place = try folder("objects", name, expected, isPicture ? "\(notes) Scanned." : notes)
    if isPicture {
      guard var pixels = Press.picture(resolution: 150, font: "DejaVu Sans", turn: 0, layouts.draw) else { return }
      pixels.fax(&random)
      Pixels.write([pixels], to: place.appending(path: "document.tif").path, as: .tiff, resolution: 150)
    } else {
      Press.pdf(to: place.appending(path: "document.pdf").path, font: layouts.font, layouts.draw)
    }
  }

  /// Invoices, credit notes and orders; receipts are pictures.
  private func commerce(_ random: inout SeededGenerator) throws {
    for (place, language) in [Language.es, .it, .nl].enumerated() {
      for (number, kind) in ["invoice", "invoice", "credit_note", "credit_note", "order"].enumerated() {
        let deal = Deal(kind: kind, language: language, lines: random.number(2...5), random: &random)
        let layouts = Layouts(deal, style: 5 * place + number)
        let folder = try folder(
          "objects", "\(kind)-\(language.rawValue)-\(number)", Expected(deal),
          "A digital page, layout \(layouts.style).")
        Press.pdf(to: folder.appending(path: "document.pdf").path, font: layouts.font, layouts.draw)
      }
      let deal = Deal(kind: "receipt", language: language, lines: 3, random: &random)
      let strip = Strip(deal: deal)
      let folder = try folder("objects", "receipt-\(language.rawValue)", Expected(deal), "A receipt, printed.")
      Press.pdf(
        to: folder.appending(path: "document.pdf").path, width: Strip.width, height: strip.height,
        font: "DejaVu Sans Mono", strip.draw)
    }
  }

  /// Letters that are no business object: names, telephones and dates stand in them all the same.
  private func letters() throws {
    let letters: [(Language, [String])] = [
      (
        .es,
        [
          "Estimados vecinos:", "la fiesta de verano se celebra el sábado en el patio.", "Fecha: 12 de junio de 2026",
          "Teléfono: +34 91 234567", "Un cordial saludo",
        ]
      ),
      (
        .it,
        [
          "Gentili signori,", "la riunione del circolo si terrà nella sala grande.", "Data: 3 marzo 2026",
          "E-mail: circolo@brackwater.example", "Cordiali saluti",
        ]
      ),
      (
        .nl,
        [
          "Beste buren,", "het zomerfeest is zaterdag op de binnenplaats.", "Datum: 12 juni 2026",
          "Telefoon: +31 20 1234567", "Met vriendelijke groet",
        ]
      ),
      (
        .en,
        [
          "Dear colleagues,", "the kitchen on the second floor is closed for repair until Friday.",
          "Contact: Anna Lindwurm, +44 20 123456", "Kind regards",
        ]
      ),
    ]
    for (language, lines) in letters {
      let place = try folder(
        "others", "note-\(language.rawValue)", Expected(), "A letter with a date and a telephone: no contract fits.")
      Press.pdf(to: place.appending(path: "document.pdf").path, font: "Liberation Sans") { sheet in
        for (index, line) in lines.enumerated() { sheet.text(line, x: 70, y: 120 + Double(index) * 26, size: 11) }
      }
    }
  }
}
