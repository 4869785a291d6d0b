import Foundation

/// The documents of `Corpus/`: a folder a case, with the document, the record it must give, and why it is there.
struct CommittedCorpus {
  let root: URL
  private static let seed: UInt64 = 20_260_101

  func write() throws {
    var random = SeededGenerator(seed: CommittedCorpus.seed)
    try digital(&random)
    try pictures(&random)
    try structured(&random)
    try mails(&random)
    try others(&random)
    try hostile(&random)
    // What came later draws from a seed of its own: the documents above stay as they are.
    var later = SeededGenerator(seed: CommittedCorpus.seed + 1)
    try sums(&later)
    try pages(&later)
    try scannedPages(&later)
    try moreHostile(&later)
    try contradiction()
    try objects()
    try mailBodies()
    try post()
    try office()
    try forms()
    try rows()
    try despatch()
    try accuracy()
    try oddPages()
    try contacts()
    try Data(Press.libraries.utf8).write(to: root.appending(path: "drawn-with.txt"))
  }

  func folder(_ family: String, _ name: String, _ expected: Expected, _ notes: String) throws -> URL {
    let place = root.appending(path: "\(family)/\(name)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data(expected.json.utf8).write(to: place.appending(path: "expected.json"))
    try Data("\(notes)\n".utf8).write(to: place.appending(path: "notes.md"))
    return place
  }

  private func digital(_ random: inout SeededGenerator) throws {
    for number in 0..<30 {
      let kind = ["invoice", "order", "invoice", "credit_note", "invoice"][number % 5]
      let language = Language.first[number % 3]
      let count = number % 10 == 9 ? 30 : random.number(2...7)
      let deal = Deal(kind: kind, language: language, lines: count, random: &random)
      let layouts = Layouts(deal, style: number * 7 + 1)
      let name = "\(kind)-\(language.rawValue)-\(number)"
      let place = try folder(
        "digital", name, Expected(deal), "A digital page, layout \(layouts.style), with \(count) lines.")
      Press.pdf(to: place.appending(path: "document.pdf").path, font: layouts.font, layouts.draw)
    }
  }

  private func pictures(_ random: inout SeededGenerator) throws {
    for number in 0..<9 {
      let language = Language.first[number % 3]
      let deal = Deal(kind: "receipt", language: language, lines: random.number(2...6), random: &random)
      let strip = Strip(deal: deal)
      let place = try folder(
        "receipts", "receipt-\(language.rawValue)-\(number)", Expected(deal), "A receipt, scanned or photographed.")
      guard
        var pixels = Press.picture(
          width: Strip.width, height: strip.height, resolution: 180, font: "DejaVu Sans Mono", strip.draw)
      else { continue }
      if number % 2 == 0 { pixels.scan(&random) } else { pixels.photograph(&random) }
      Pixels.write([pixels], to: place.appending(path: "document.jpg").path, as: .jpeg, resolution: 180)
    }
    for number in 0..<8 {
      let language = Language.first[number % 3]
      let deal = Deal(kind: number % 4 == 3 ? "order" : "invoice", language: language, lines: 4, random: &random)
      let layouts = Layouts(deal, style: number * 5 + 2)
      let isFax = number % 2 == 1
      let place = try folder(
        "scans", "\(isFax ? "fax" : "scan")-\(language.rawValue)-\(number)", Expected(deal),
        isFax ? "A page sent by fax." : "A printed page, scanned a little askew.")
      guard
        var pixels = Press.picture(
          resolution: isFax ? 150 : 130, font: layouts.font, turn: isFax ? 0 : 0.004, layouts.draw)
      else { continue }
      if isFax {
        pixels.fax(&random)
        Pixels.write([pixels], to: place.appending(path: "document.tif").path, as: .tiff, resolution: 150)
      } else {
        pixels.scan(&random)
        Pixels.write([pixels], to: place.appending(path: "document.jpg").path, as: .jpeg, resolution: 130)
      }
    }
  }

  private func structured(_ random: inout SeededGenerator) throws {
    for number in 0..<12 {
      let language = Language.first[number % 3]
      let kind = number % 4 == 3 ? "credit_note" : "invoice"
      let deal = Deal(kind: kind, language: language, lines: random.number(1...5), random: &random)
      var expected = Expected(deal)
      expected.fields.removeAll { $0.0 == "due_on" && kind == "credit_note" }
      let form = number % 3
      let notes = ["UBL 2.1 alone.", "CII alone.", "CII inside the PDF that shows it."][form]
      let place = try folder(
        "structured", "\(["ubl", "cii", "hybrid"][form])-\(language.rawValue)-\(number)", expected, notes)
      switch form {
      case 0: try Data(Structured.ubl(deal).utf8).write(to: place.appending(path: "document.xml"))
      case 1: try Data(Structured.cii(deal).utf8).write(to: place.appending(path: "document.xml"))
      default:
        let path = place.appending(path: "document.pdf")
        let layouts = Layouts(deal, style: number * 3)
        Press.pdf(to: path.path, font: layouts.font, layouts.draw)
        let pdf = [UInt8](try Data(contentsOf: path))
        if let whole = PDFChange.attaching(Structured.cii(deal), named: "factur-x.xml", to: pdf) {
          try Data(whole).write(to: path)
        }
      }
    }
  }

  private func mails(_ random: inout SeededGenerator) throws {
    for number in 0..<6 {
      let language = Language.first[number % 3]
      let deal = Deal(kind: "invoice", language: language, lines: 3, random: &random)
      let place = try folder(
        "mails", "mail-\(language.rawValue)-\(number)", Expected(deal), "A mail; the record is its attachment's.")
      let layouts = Layouts(deal, style: number)
      let pdf = place.appending(path: "attachment.pdf")
      Press.pdf(to: pdf.path, font: layouts.font, layouts.draw)
      let mail = Structured.mail(deal, attachment: [UInt8](try Data(contentsOf: pdf)), name: "\(deal.number).pdf")
      try FileManager.default.removeItem(at: pdf)
      try Data(mail.utf8).write(to: place.appending(path: "document.eml"))
    }
  }

  /// Pages that are no business object.
  private func others(_ random: inout SeededGenerator) throws {
    let letters = [
      [
        "Dear neighbours,", "the summer party takes place in the courtyard on Saturday.",
        "Please bring a salad or a cake.",
      ],
      ["Sehr geehrte Damen und Herren,", "die Hausordnung liegt im Eingang aus.", "Mit freundlichen Grüßen"],
      ["Chers amis,", "la réunion du club aura lieu dans la grande salle.", "À bientôt"],
    ]
    for (number, lines) in letters.enumerated() {
      let place = try folder("others", "letter-\(number)", Expected(), "A letter: no contract fits.")
      Press.pdf(to: place.appending(path: "document.pdf").path, font: "Liberation Serif") { sheet in
        for (index, line) in lines.enumerated() {
          sheet.text(line, x: 70, y: 120 + Double(index) * 28, size: 12)
        }
      }
    }
  }

  /// Files that must fail well, each with its code.
  private func hostile(_ random: inout SeededGenerator) throws {
    let deal = Deal(kind: "invoice", language: .en, lines: 2, random: &random)
    let path = root.appending(path: "whole.pdf")
    Press.pdf(to: path.path, font: "DejaVu Sans", Layouts(deal, style: 0).draw)
    let pdf = [UInt8](try Data(contentsOf: path))
    try FileManager.default.removeItem(at: path)
    var noise = SeededGenerator(seed: 7)
    let junk = (0..<4096).map { _ in UInt8(truncatingIfNeeded: noise.next()) }
    let bomb =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\">]>\n<a>&y;&y;&y;</a>\n"
    let files: [(String, String, String, [UInt8])] = [
      ("empty", "pdf", "empty-file", []),
      ("noise", "pdf", "unknown-format", junk),
      ("head-only", "pdf", "pdf-damaged", Array(pdf.prefix(60))),
      ("xml-bomb", "xml", "xml-damaged", Array(bomb.utf8)),
      ("xml-open", "xml", "xml-damaged", Array("<?xml version=\"1.0\"?><a><b></a>".utf8)),
      (
        "picture-cut", "png", "image-damaged",
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(junk.prefix(200))
      ),
    ]
    for (name, ending, code, bytes) in files {
      let place = try folder("hostile", name, Expected(outcome: code), "Must fail with `\(code)`.")
      try Data(bytes).write(to: place.appending(path: "document.\(ending)"))
    }
  }
}
