import Foundation

/// Documents of office programs, and orders as data.
extension CommittedCorpus {
  func office() throws {
    var random = SeededGenerator(seed: 20_260_104)
    for (number, language) in Language.first.enumerated() {
      let invoice = Deal(kind: "invoice", language: language, lines: 3 + number, random: &random)
      try write(
        OfficeFiles.docx(invoice), "docx", "docx-\(language.rawValue)", Expected(invoice),
        "A letter of Word's: header, a table that only holds things in place, items, footer.")
      let sheet = Deal(kind: "order", language: language, lines: 4 + number, random: &random)
      var expected = Expected(sheet)
      expected.findings = ["sheet-hidden"]
      try write(
        OfficeFiles.xlsx(sheet), "xlsx", "xlsx-\(language.rawValue)", expected,
        "A form of Excel's: dates as days, amounts by format, shared texts, a hidden sheet.")
      let letter = Deal(kind: "invoice", language: language, lines: 3, random: &random)
      try write(
        OfficeFiles.odt(letter), "odt", "odt-\(language.rawValue)", Expected(letter),
        "A letter of Writer's, its facts set by tabs.")
      let form = Deal(kind: "order", language: language, lines: 5, random: &random)
      try write(
        OfficeFiles.ods(form), "ods", "ods-\(language.rawValue)", Expected(form),
        "A form of Calc's: typed cells, a million empty rows at its end.")
    }
    try orders(&random)
    try pictureKinds(&random)
    let deal = Deal(kind: "invoice", language: .en, lines: 2, random: &random)
    let docx = OfficeFiles.docx(deal)
    let files: [(String, String, String, [UInt8])] = [
      ("docx-cut", "docx", "office-damaged", Array(docx.prefix(docx.count / 2))),
      (
        "docx-without-content", "docx", "office-damaged",
        Packing.archive([("[Content_Types].xml", "<Types/>"), ("word/a.xml", "<a/>")])
      ),
      ("odt-encrypted", "odt", "office-encrypted", OfficeFiles.odt(deal, encrypted: true)),
      ("json-open", "json", "json-damaged", Array("{ \"order\": { \"number\": 1, }\n}".utf8)),
    ]
    for (name, ending, code, bytes) in files {
      let place = try folder("hostile", name, Expected(outcome: code), "Must fail with `\(code)`.")
      try Data(bytes).write(to: place.appending(path: "document.\(ending)"))
    }
  }

  private func orders(_ random: inout SeededGenerator) throws {
    let forms: [(String, String, Language, String, (Deal) -> String)] = [
      ("order-ubl", "xml", .fr, "UBL 2.1 Order.", { OrderFiles.ubl($0) }),
      (
        "order-response-ubl", "xml", .en, "UBL 2.1 OrderResponse: the order's number is that of what it answers.",
        { OrderFiles.ubl($0, root: "OrderResponse") }
      ),
      ("order-cio", "xml", .de, "Order-X: UN/CEFACT's Cross Industry Order.", OrderFiles.crossIndustry),
      ("order-json", "json", .en, "JSON with a schema of its own.", OrderFiles.json),
      ("order-xml", "xml", .de, "XML with a schema of its own, in German.", OrderFiles.xml),
    ]
    for (name, ending, language, notes, make) in forms {
      let deal = Deal(kind: "order", language: language, lines: 3, random: &random)
      let place = try folder("structured", name, Expected(deal), notes)
      try Data(make(deal).utf8).write(to: place.appending(path: "document.\(ending)"))
    }
  }

  /// Kinds of pictures that telephones and programs write besides JPEG and PNG.
  private func pictureKinds(_ random: inout SeededGenerator) throws {
    let kinds: [(Pixels.Format, String, Language)] = [(.gif, "gif", .en), (.webp, "webp", .de), (.jp2, "jp2", .fr)]
    for (format, ending, language) in kinds {
      let deal = Deal(kind: "receipt", language: language, lines: 3, random: &random)
      let strip = Strip(deal: deal)
      let place = try folder("receipts", "receipt-\(ending)", Expected(deal), "A receipt as \(ending.uppercased()).")
      guard
        let pixels = Press.picture(
          width: Strip.width, height: strip.height, resolution: 180, font: "DejaVu Sans Mono", strip.draw)
      else { continue }
      Pixels.write([pixels], to: place.appending(path: "document.\(ending)").path, as: format, resolution: 180)
    }
  }

  private func write(
    _ bytes: [UInt8], _ ending: String, _ name: String, _ expected: Expected, _ notes: String
  ) throws {
    let place = try folder("office", name, expected, notes)
    try Data(bytes).write(to: place.appending(path: "document.\(ending)"))
  }
}
