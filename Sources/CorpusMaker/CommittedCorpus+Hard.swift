import Foundation

/// Cases that are hard in one way each.
extension CommittedCorpus {
  /// Sums with more in them than net, tax and total.
  func sums(_ random: inout SeededGenerator) throws {
    for (number, language) in (Language.first + Language.first).enumerated() {
      var deal = Deal(kind: "invoice", language: language, lines: 3 + number % 3, random: &random)
      let name: String
      let notes: String
      switch number % 3 {
      case 0:
        deal.lines[1].rate = language == .de ? 7 : 5
        (name, notes) = ("tax-rates", "Two rates of tax; the sum of the tax is nowhere printed.")
      case 1:
        deal.prepaid = deal.total / 4
        (name, notes) = ("prepaid", "A part was paid before.")
      default:
        deal.allowance = deal.sum / 10
        (name, notes) = ("allowance", "A discount on the whole.")
      }
      let isDigital = number < 3
      let place = try folder(
        isDigital ? "digital" : "structured", "\(name)-\(language.rawValue)-\(number)", Expected(deal), notes)
      if isDigital {
        let layouts = Layouts(deal, style: number * 4 + 2)
        Press.pdf(to: place.appending(path: "document.pdf").path, font: layouts.font, layouts.draw)
      } else {
        let xml = number % 2 == 0 ? Structured.ubl(deal) : Structured.cii(deal)
        try Data(xml.utf8).write(to: place.appending(path: "document.xml"))
      }
    }
  }

  /// An e-invoice whose printed page asks for more than its structured original: the original counts.
  func contradiction() throws {
    var random = SeededGenerator(seed: 20_260_103)
    let deal = Deal(kind: "invoice", language: .de, lines: 3, random: &random)
    var expected = Expected(deal)
    expected.findings = ["page-differs"]
    let place = try folder(
      "structured", "hybrid-differs-de", expected, "CII inside a PDF that prints another total and another due date.")
    let path = place.appending(path: "document.pdf")
    var printed = deal
    printed.due = deal.due.later(by: 5)
    printed.surcharge = 10_000
    let layouts = Layouts(printed, style: 4)
    Press.pdf(to: path.path, font: layouts.font, layouts.draw)
    let pdf = [UInt8](try Data(contentsOf: path))
    if let whole = PDFChange.attaching(Structured.cii(deal), named: "factur-x.xml", to: pdf) {
      try Data(whole).write(to: path)
    }
  }

  /// Digital pages: a date that may be read in two ways, a page that lies on its side, a page of absurd size.
  func pages(_ random: inout SeededGenerator) throws {
    var order = Deal(kind: "order", language: .en, lines: 3, random: &random)
    order.issued = Day(year: 2025, month: 4, day: 3)
    var expected = Expected(order)
    expected.findings = ["ambiguous-date"]
    let dated = try folder(
      "digital", "ambiguous-date-en", expected, "Its only date is 03/04/2025: April, as the seller is British.")
    let layouts = Layouts(order, style: 1)
    Press.pdf(to: dated.appending(path: "document.pdf").path, font: layouts.font, layouts.draw)

    let deal = Deal(kind: "invoice", language: .fr, lines: 4, random: &random)
    let turned = try folder(
      "digital", "turned-page-fr", Expected(deal), "The page lies on its side and says so by `/Rotate`.")
    let path = turned.appending(path: "document.pdf")
    let turnedLayouts = Layouts(deal, style: 4)
    Press.pdf(to: path.path, font: turnedLayouts.font, isTurned: true, turnedLayouts.draw)
    if let pdf = PDFChange.turning([UInt8](try Data(contentsOf: path))) { try Data(pdf).write(to: path) }

    var nothing = Expected()
    nothing.findings = ["page-not-rendered"]
    let absurd = try folder(
      "others", "absurd-page", nothing, "A page as wide as a town, with a line on it: too large to be rendered.")
    Press.pdf(
      to: absurd.appending(path: "document.pdf").path, width: 2_000_000, height: 1_000_000, font: "DejaVu Sans"
    ) { $0.rule(from: 0, to: 1_000_000, y: 500_000, thickness: 1000) }
  }

  /// Pictures of pages in PDFs and TIFFs.
  func scannedPages(_ random: inout SeededGenerator) throws {
    func scan(_ name: String, _ notes: String, language: Language, lines: Int, findings: [String] = []) throws -> (
      place: URL, pages: [Pixels]
    ) {
      let deal = Deal(kind: "invoice", language: language, lines: lines, random: &random)
      var expected = Expected(deal)
      expected.findings = findings
      let layouts = Layouts(deal, style: name.utf8.count * 2)
      var pages = Press.pictures(resolution: 150, font: layouts.font, layouts.draw)
      for index in pages.indices { pages[index].fax(&random) }
      return (try folder("scans", name, expected, notes), pages)
    }
    let whole = PicturePDF(resolution: 150)
    let plain = try scan("pdf-pages-en", "A PDF of two pictures, without a text layer.", language: .en, lines: 26)
    try Data(whole.bytes(plain.pages)).write(to: plain.place.appending(path: "document.pdf"))
    let sideways = try scan(
      "pdf-sideways-de", "A page scanned lying on its side; the PDF does not say so.", language: .de, lines: 4)
    try Data(whole.bytes(sideways.pages.map(\.turned))).write(to: sideways.place.appending(path: "document.pdf"))
    let several = try scan("tiff-pages-fr", "A fax of two pages in one TIFF.", language: .fr, lines: 25)
    Pixels.write(several.pages, to: several.place.appending(path: "document.tif").path, as: .tiff, resolution: 150)

    let layered = try scan(
      "bad-layer-en", "A readable picture over a text layer of symbols, as a font without an encoding gives.",
      language: .en, lines: 3, findings: ["bad-text-layer"])
    var bad = whole
    bad.hidden = (0..<12).map { _ in
      (0..<40).map { $0 % 8 == 7 ? 0x20 : UInt8(0xA1 + random.number(0...8)) }
    }
    try Data(bad.bytes(layered.pages)).write(to: layered.place.appending(path: "document.pdf"))
  }

  /// More files that must fail well.
  func moreHostile(_ random: inout SeededGenerator) throws {
    let deal = Deal(kind: "invoice", language: .en, lines: 2, random: &random)
    let locked = try folder(
      "hostile", "encrypted", Expected(outcome: "pdf-encrypted"),
      "Must fail with `pdf-encrypted`: nobody knows its password.")
    let path = locked.appending(path: "document.pdf")
    let layouts = Layouts(deal, style: 3)
    Press.pdf(to: path.path, font: layouts.font, layouts.draw)
    if let pdf = PDFChange.locking([UInt8](try Data(contentsOf: path)), &random) { try Data(pdf).write(to: path) }

    let archive = try folder(
      "hostile", "zip-named-pdf", Expected(), "A ZIP that calls itself a PDF: what is in it fits no contract.")
    try Data(CommittedCorpus.zip).write(to: archive.appending(path: "document.pdf"))

    let deep = try folder(
      "hostile", "mail-too-deep", Expected(outcome: "too-deep"),
      "Ten mails in one another: the ninth and what is in it must fail with `too-deep`.")
    try Data(Structured.nestedMail(depth: 10).utf8).write(to: deep.appending(path: "document.eml"))
  }

  /// One stored file, `a.txt`, that says `hello`.
  private static var zip: [UInt8] {
    let name = Array("a.txt".utf8)
    let content = Array("hello".utf8)
    let zeros = [UInt8](repeating: 0, count: 14)
    // Version 2.0, no flags, stored, no time, the CRC of `hello`, both sizes, the name's length.
    let common: [UInt8] =
      [20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x86, 0xA6, 0x10, 0x36, 5, 0, 0, 0, 5, 0, 0, 0, 5, 0]
    let local = [0x50, 0x4B, 3, 4] + common + [0, 0] + name + content
    let central = [0x50, 0x4B, 1, 2, 20, 0] + common + [0, 0] + zeros + name
    let end: [UInt8] =
      [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, UInt8(central.count), 0, 0, 0, UInt8(local.count), 0, 0, 0, 0, 0]
    return local + central + end
  }
}
