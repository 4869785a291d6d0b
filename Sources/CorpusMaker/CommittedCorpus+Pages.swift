import Foundation

/// Pages as feeders, telephones and old programs leave them: turned, askew, with blank backs, over false text.
extension CommittedCorpus {
  func oddPages() throws {
    var random = SeededGenerator(seed: 20_260_109)
    try turned(&random)
    try askew(&random)
    try backs(&random)
    try languages(&random)
    try falseLayers(&random)
    try bundles(&random)
    try marks(&random)
  }

  private func deal(_ language: Language, lines: Int = 3, _ random: inout SeededGenerator) -> Deal {
    Deal(kind: "invoice", language: language, lines: lines, random: &random)
  }

  /// Black and white pixels of a deal's pages.
  private func scan(_ deal: Deal, style: Int, turn: Double = 0, _ random: inout SeededGenerator) -> [Pixels] {
    let layouts = Layouts(deal, style: style)
    var pages = Press.pictures(resolution: 150, font: layouts.font, turn: turn, layouts.draw)
    for index in pages.indices { pages[index].fax(&random) }
    return pages
  }

  private func emptySheet(_ random: inout SeededGenerator) -> Pixels {
    var sheet = Pixels(width: Int(Press.a4.width * 150 / 72), height: Int(Press.a4.height * 150 / 72))
    sheet.fax(&random)
    return sheet
  }

  private func tiff(_ pages: [Pixels], in place: URL) {
    Pixels.write(pages, to: place.appending(path: "document.tif").path, as: .tiff, resolution: 150)
  }

  private func turned(_ random: inout SeededGenerator) throws {
    for (quarters, language) in zip(1...3, Language.first) {
      let deal = deal(language, &random)
      let place = try folder(
        "scans", "turned-\(quarters * 90)-\(language.rawValue)", Expected(deal),
        "Scanned lying wrong, \(quarters * 90) degrees clockwise.")
      var pages = scan(deal, style: quarters * 2, &random)
      for _ in 0..<quarters { pages = pages.map(\.turned) }
      tiff(pages, in: place)
    }
  }

  private func askew(_ random: inout SeededGenerator) throws {
    for (degrees, language) in [(4, Language.en), (-4, .de), (7, .en)] {
      let deal = deal(language, &random)
      let place = try folder(
        "scans", "skewed-\(degrees < 0 ? "left-" : "")\(abs(degrees))-\(language.rawValue)", Expected(deal),
        "Drawn in askew by \(abs(degrees)) degrees.")
      tiff(scan(deal, style: 4, turn: Double(degrees) * .pi / 180, &random), in: place)
    }
  }

  private func backs(_ random: inout SeededGenerator) throws {
    let deal = deal(.en, lines: 24, &random)
    let place = try folder(
      "scans", "blank-backs-en", Expected(deal), "Scanned on both sides: two pages, and the blank back of each.")
    let back = emptySheet(&random)
    tiff(scan(deal, style: 0, &random).flatMap { [$0, back] }, in: place)
  }

  /// Nobody says in which language they are.
  private func languages(_ random: inout SeededGenerator) throws {
    for (style, language) in zip([0, 4, 8], [Language.es, .it, .nl]) {
      let deal = deal(language, &random)
      let place = try folder("scans", "scan-\(language.rawValue)", Expected(deal), "Its language must be found out.")
      tiff(scan(deal, style: style, &random), in: place)
    }
  }

  /// Readable pictures over text that does not say what they show.
  private func falseLayers(_ random: inout SeededGenerator) throws {
    let salad = (0..<30).map { _ in
      Array(
        (0..<8).map { _ in
          String(random.pick(["l1I", "rn;", "0o", "^~", "c]", "'|l"]) + random.pick(["i9", "~}", "7t", "#¬"]))
        }.joined(separator: " ").unicodeScalars.map { UInt8($0.value) })
    }
    let layers: [(String, String, [[UInt8]])] = [
      ("poor-layer-en", "Over it lies the text of an old and poor OCR.", salad),
      ("page-number-layer-en", "Its text layer holds nothing but a stamp of the scanner.", [Array("SCAN-0001".utf8)]),
    ]
    for (name, notes, hidden) in layers {
      let deal = deal(.en, &random)
      var expected = Expected(deal)
      if hidden.count > 1 { expected.findings = ["bad-text-layer"] }
      let place = try folder("scans", name, expected, notes)
      let pdf = PicturePDF(resolution: 150, hidden: hidden)
      try Data(pdf.bytes(scan(deal, style: 4, &random))).write(to: place.appending(path: "document.pdf"))
    }
  }

  /// Several documents in one file.
  private func bundles(_ random: inout SeededGenerator) throws {
    var deals = [deal(.en, &random), deal(.de, lines: 24, &random), deal(.fr, &random)]
    deals[2].kind = "order"
    var doubtful = Expected()
    doubtful.type = "invoice"
    doubtful.findings = ["boundary-doubtful"]
    let plain = try folder(
      "digital", "bundle-plain", doubtful, "Three documents in one PDF, their pages without numbers: a person is asked."
    )
    bind(deals, counted: false, in: plain)
    let counted = try folder(
      "digital", "bundle-counted", Expected(deals[0]),
      "The same three, with their pages counted: they are taken apart, and this is the first one's record.")
    bind(deals, counted: true, in: counted)

    let scans = [deal(.de, &random), deal(.de, &random)]
    let back = emptySheet(&random)
    let separated = try folder(
      "scans", "bundle-separated-de", doubtful,
      "Two invoices, scanned with an empty sheet in between: a person is asked.")
    let pages = zip(scans, [4, 10]).map { scan($0, style: $1, &random) }
    tiff(pages[0] + [back] + pages[1], in: separated)
  }

  private func bind(_ deals: [Deal], counted: Bool, in place: URL) {
    Press.pdf(to: place.appending(path: "document.pdf").path, font: "DejaVu Sans") { sheet in
      for (number, deal) in deals.enumerated() {
        if number > 0 { sheet.endPage() }
        let word = ["Page %1 of %2", "Seite %1 von %2", "Page %1 sur %2"][number]
        let count = deal.lines.count > Layouts.rowsPerPage ? 2 : 1
        func foot(_ page: Int) {
          guard counted else { return }
          let text = word.replacing("%1", with: "\(page)").replacing("%2", with: "\(count)")
          sheet.text(text, x: 297, y: 815, size: 8, alignment: .centre)
        }
        foot(1)
        Layouts(deal, style: [2, 5, 10][number]).draw(on: sheet)
        if count > 1 { foot(2) }
      }
    }
  }

  /// What lies on pages and is no print: a signature, a link.
  private func marks(_ random: inout SeededGenerator) throws {
    let deal = deal(.de, &random)
    var expected = Expected(deal)
    expected.findings = ["pdf-signed"]
    let place = try folder("digital", "signed-de", expected, "Carries a field with a signature, which nobody verifies.")
    let path = place.appending(path: "document.pdf")
    let layouts = Layouts(deal, style: 6)
    Press.pdf(to: path.path, font: layouts.font, layouts.draw)
    if let pdf = PDFChange.signing([UInt8](try Data(contentsOf: path))) { try Data(pdf).write(to: path) }
  }
}
