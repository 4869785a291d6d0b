/// Deals as documents of office programs, with no more in them than those programs need to open them.
enum OfficeFiles {
  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006"

  private static func relations(_ list: [(kind: String, target: String)]) -> String {
    let entries = list.enumerated().map { index, relation in
      "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)/relationships/\(relation.kind)\" Target=\"\(relation.target)\"/>"
    }
    return "\(head)<Relationships xmlns=\"\(package)/relationships\">\(entries.joined())</Relationships>"
  }

  private static func types(_ parts: [(name: String, type: String)]) -> String {
    let base = "application/vnd.openxmlformats-officedocument."
    let entries = parts.map { "<Override PartName=\"/\($0.name)\" ContentType=\"\(base)\($0.type)+xml\"/>" }
    return """
      \(head)<Types xmlns="\(package)/content-types"><Default Extension="rels" \
      ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
      ContentType="application/xml"/>\(entries.joined())</Types>
      """
  }

  // Office Open XML

  private enum Markup {
    static func run(_ text: String) -> String {
      text.split(separator: "\t", omittingEmptySubsequences: false)
        .map { "<w:r><w:t xml:space=\"preserve\">\($0)</w:t></w:r>" }.joined(separator: "<w:r><w:tab/></w:r>")
    }
    static func paragraph(_ text: String) -> String { "<w:p>\(run(text))</w:p>" }
    static func cell(_ lines: [String]) -> String {
      "<w:tc><w:tcPr><w:tcW w:w=\"2400\" w:type=\"dxa\"/></w:tcPr>\(lines.map(paragraph).joined())</w:tc>"
    }
    static func table(_ rows: [[[String]]]) -> String {
      let lines = rows.map { "<w:tr>\($0.map(cell).joined())</w:tr>" }
      return "<w:tbl><w:tblPr/><w:tblGrid/>\(lines.joined())</w:tbl>"
    }
  }

  private static func letter(_ deal: Deal) -> String {
    let words = Wording.of(deal.language)
    let buyer = deal.buyer
    return [
      Markup.table([
        [
          [buyer.name, buyer.street, "\(buyer.postcode) \(buyer.city)"],
          [
            "\(words.number[deal.kind]!): \(deal.number)",
            "\(words.date[deal.kind]!): \(deal.issued.printed(deal.language, style: 1))",
            "\(words.delivered): \(deal.delivered.printed(deal.language, style: 1))",
            "\(words.orderReference): \(deal.orderReference)",
          ],
        ]
      ]),
      "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>\(Markup.run(words.title[deal.kind]!))</w:p>",
      Markup.paragraph(words.thanks),
      Markup.table([words.columns.map { [$0] }] + items(deal).map { $0.map { [$0] } }),
      Markup.table(sums(deal).map { [[$0.label], ["\($0.amount) \(deal.currency)"]] }),
      Markup.paragraph("\(words.due): \(deal.due.printed(deal.language, style: 1))"),
      "<w:p><w:del><w:r><w:delText>\(words.total[deal.kind]!): 1,00</w:delText></w:r></w:del></w:p>",
    ].joined()
  }

  /// A letter: a header with the sender, an outer table that only holds things in place, a table of items, a footer.
  static func docx(_ deal: Deal) -> [UInt8] {
    let words = Wording.of(deal.language)
    let seller = deal.seller
    let namespaces =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"\(office)/relationships\""
    let header = Markup.paragraph("\(seller.name)\t\(seller.street)\t\(seller.postcode) \(seller.city)")
    let footer = Markup.paragraph("IBAN \(seller.iban)\t\(words.taxID) \(seller.taxID)")
    let type = "wordprocessingml"
    return Packing.archive([
      (
        "[Content_Types].xml",
        types([
          ("word/document.xml", "\(type).document.main"), ("word/header1.xml", "\(type).header"),
          ("word/footer1.xml", "\(type).footer"),
        ])
      ),
      ("_rels/.rels", relations([("officeDocument", "word/document.xml")])),
      (
        "word/document.xml", "\(head)<w:document \(namespaces)><w:body>\(letter(deal))<w:sectPr/></w:body></w:document>"
      ),
      ("word/_rels/document.xml.rels", relations([("header", "header1.xml"), ("footer", "footer1.xml")])),
      ("word/header1.xml", "\(head)<w:hdr \(namespaces)>\(header)</w:hdr>"),
      ("word/footer1.xml", "\(head)<w:ftr \(namespaces)>\(footer)</w:ftr>"),
    ])
  }

  /// Rows of a sheet, and the texts that its cells name by number.
  private static func sheetRows(_ deal: Deal) -> (rows: [String], texts: [String]) {
    var texts: [String] = []
    var rows: [String] = []
    func add(_ cells: [Cell?]) {
      let number = rows.count + 1
      let entries = cells.enumerated().compactMap { column, cell -> String? in
        guard let cell else { return nil }
        let place = "r=\"\(["A", "B", "C", "D"][column])\(number)\""
        switch cell {
        case .text(let text):
          texts.append(text)
          return "<c \(place) t=\"s\"><v>\(texts.count - 1)</v></c>"
        case .date(let day): return "<c \(place) s=\"1\"><v>\(day.serial)</v></c>"
        case .amount(let cents): return "<c \(place) s=\"2\"><f>0+0</f><v>\(Cents.plain(cents))</v></c>"
        case .count(let count): return "<c \(place)><v>\(count)</v></c>"
        }
      }
      rows.append("<row r=\"\(number)\">\(entries.joined())</row>")
    }
    for cells in sheet(deal) { add(cells) }
    return (rows, texts)
  }

  /// A form with typed cells: dates as numbers of days, amounts by their format, texts shared; a hidden sheet of lists.
  static func xlsx(_ deal: Deal) -> [UInt8] {
    let words = Wording.of(deal.language)
    let (rows, texts) = sheetRows(deal)
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    let type = "spreadsheetml"
    let shared = texts.map { "<si><t xml:space=\"preserve\">\($0)</t></si>" }.joined()
    return Packing.archive([
      (
        "[Content_Types].xml",
        types([
          ("xl/workbook.xml", "\(type).sheet.main"), ("xl/worksheets/sheet1.xml", "\(type).worksheet"),
          ("xl/worksheets/sheet2.xml", "\(type).worksheet"), ("xl/styles.xml", "\(type).styles"),
          ("xl/sharedStrings.xml", "\(type).sharedStrings"),
        ])
      ),
      ("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")])),
      (
        "xl/workbook.xml",
        """
        \(head)<workbook \(main) xmlns:r="\(office)/relationships"><workbookPr/><sheets>\
        <sheet name="\(words.title[deal.kind]!)" sheetId="1" r:id="rId1"/>\
        <sheet name="Lists" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>
        """
      ),
      (
        "xl/_rels/workbook.xml.rels",
        relations([
          ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"), ("styles", "styles.xml"),
          ("sharedStrings", "sharedStrings.xml"),
        ])
      ),
      (
        "xl/styles.xml",
        """
        \(head)<styleSheet \(main)><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00\\ &quot;\(deal.currency)&quot;"/>\
        </numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>
        """
      ),
      ("xl/sharedStrings.xml", "\(head)<sst \(main) count=\"\(texts.count)\">\(shared)</sst>"),
      ("xl/worksheets/sheet1.xml", "\(head)<worksheet \(main)><sheetData>\(rows.joined())</sheetData></worksheet>"),
      (
        "xl/worksheets/sheet2.xml",
        "\(head)<worksheet \(main)><sheetData><row><c t=\"inlineStr\"><is><t>A4</t></is></c></row></sheetData></worksheet>"
      ),
    ])
  }

  /// A workbook of one sheet: plain texts, no styles.
  static func xlsx(sheet name: String, _ rows: [[String]]) -> [UInt8] {
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    let cells = rows.map { row in
      "<row>\(row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined())</row>"
    }.joined()
    return Packing.archive([
      (
        "[Content_Types].xml",
        types([
          ("xl/workbook.xml", "spreadsheetml.sheet.main"), ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
        ])
      ),
      ("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")])),
      (
        "xl/workbook.xml",
        """
        \(head)<workbook \(main) xmlns:r="\(office)/relationships"><sheets>\
        <sheet name="\(name)" sheetId="1" r:id="rId1"/></sheets></workbook>
        """
      ),
      ("xl/_rels/workbook.xml.rels", relations([("worksheet", "worksheets/sheet1.xml")])),
      ("xl/worksheets/sheet1.xml", "\(head)<worksheet \(main)><sheetData>\(cells)</sheetData></worksheet>"),
    ])
  }

  // OpenDocument

  private static let openNames = [
    "office", "text", "table", "style", "fo",
  ].map { name in
    let place = name == "fo" ? "xsl-fo-compatible" : name
    return "xmlns:\(name)=\"urn:oasis:names:tc:opendocument:xmlns:\(place):1.0\""
  }.joined(separator: " ")

  private static func openDocument(_ kind: String, body: String, encrypted: Bool = false) -> [UInt8] {
    let type = "application/vnd.oasis.opendocument.\(kind == "text" ? "text" : "spreadsheet")"
    let manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    let secret = encrypted ? "<manifest:encryption-data manifest:checksum=\"AAAA\"/>" : ""
    return Packing.archive([
      ("mimetype", type),
      (
        "content.xml",
        "\(head)<office:document-content \(openNames)><office:body><office:\(kind)>\(body)</office:\(kind)></office:body></office:document-content>"
      ),
      (
        "META-INF/manifest.xml",
        """
        \(head)<manifest:manifest xmlns:manifest="\(manifest)"><manifest:file-entry manifest:full-path="/" \
        manifest:media-type="\(type)"/><manifest:file-entry manifest:full-path="content.xml" \
        manifest:media-type="text/xml">\(secret)</manifest:file-entry></manifest:manifest>
        """
      ),
    ])
  }

  static func odt(_ deal: Deal, encrypted: Bool = false) -> [UInt8] {
    let words = Wording.of(deal.language)
    func paragraph(_ text: String) -> String {
      "<text:p>\(text.replacing("\t", with: "<text:tab/>"))</text:p>"
    }
    func table(_ rows: [[String]]) -> String {
      let lines = rows.map { row in
        let cells = row.map { "<table:table-cell office:value-type=\"string\">\(paragraph($0))</table:table-cell>" }
        return "<table:table-row>\(cells.joined())</table:table-row>"
      }
      return "<table:table table:name=\"T\">\(lines.joined())</table:table>"
    }
    let (seller, buyer) = (deal.seller, deal.buyer)
    let lines = [
      seller.name, seller.street, "\(seller.postcode) \(seller.city)", "", "\(words.recipient):", buyer.name,
      buyer.street, "\(buyer.postcode) \(buyer.city)", "",
    ]
    let facts = [
      "\(words.number[deal.kind]!):\t\(deal.number)",
      "\(words.date[deal.kind]!):\t\(deal.issued.printed(deal.language, style: 0))",
      "\(words.due):\t\(deal.due.printed(deal.language, style: 0))",
      "\(words.delivered):\t\(deal.delivered.printed(deal.language, style: 0))",
      "\(words.orderReference):\t\(deal.orderReference)",
    ]
    let ends = ["IBAN: \(seller.iban)", "\(words.taxID) \(seller.taxID)"]
    let body =
      lines.map(paragraph).joined() + "<text:h text:outline-level=\"1\">\(words.title[deal.kind]!)</text:h>"
      + facts.map(paragraph).joined() + table([words.columns] + items(deal))
      + table(sums(deal).map { [$0.label, "\($0.amount) \(deal.currency)"] }) + ends.map(paragraph).joined()
    return openDocument("text", body: body, encrypted: encrypted)
  }

  static func ods(_ deal: Deal) -> [UInt8] {
    let rows = sheet(deal).map { row in
      let cells = row.map { cell -> String in
        switch cell {
        case nil: return "<table:table-cell/>"
        case .text(let text):
          return "<table:table-cell office:value-type=\"string\"><text:p>\(text)</text:p></table:table-cell>"
        case .date(let day):
          let shown = day.printed(deal.language, style: 1)
          return
            "<table:table-cell office:value-type=\"date\" office:date-value=\"\(day.iso)\"><text:p>\(shown)</text:p></table:table-cell>"
        case .amount(let cents):
          let shown = Cents.printed(cents, deal.language)
          return """
            <table:table-cell office:value-type="currency" office:currency="\(deal.currency)" \
            office:value="\(Cents.plain(cents))"><text:p>\(shown)</text:p></table:table-cell>
            """
        case .count(let count):
          return
            "<table:table-cell office:value-type=\"float\" office:value=\"\(count)\"><text:p>\(count)</text:p></table:table-cell>"
        }
      }
      return "<table:table-row>\(cells.joined())</table:table-row>"
    }
    let rest =
      "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>"
    return openDocument("spreadsheet", body: "<table:table table:name=\"1\">\(rows.joined())\(rest)</table:table>")
  }

  // What the forms have in common

  private enum Cell {
    case text(String)
    case date(Day)
    case amount(Int)
    case count(Int)
  }

  private static func items(_ deal: Deal) -> [[String]] {
    deal.lines.map {
      [
        $0.description, String($0.quantity), Cents.printed($0.price, deal.language),
        Cents.printed($0.amount, deal.language),
      ]
    }
  }

  private static func sums(_ deal: Deal) -> [(label: String, amount: String)] {
    let words = Wording.of(deal.language)
    return [
      (words.net, deal.net), ("\(words.tax) \(deal.rate) %", deal.tax), (words.total[deal.kind]!, deal.total),
    ].map { ($0.0, Cents.printed($0.1, deal.language)) }
  }

  /// A form: what is asked for in the first column, the answer beside it; then a table.
  private static func sheet(_ deal: Deal) -> [[Cell?]] {
    let words = Wording.of(deal.language)
    var rows: [[Cell?]] = [
      [.text(words.title[deal.kind]!)], [],
      [.text(words.number[deal.kind]!), .text(deal.number)], [.text(words.date[deal.kind]!), .date(deal.issued)],
    ]
    let isOrder = deal.kind == "order"
    let buyer = isOrder ? ["de": "Besteller", "fr": "Acheteur"][deal.language.rawValue] ?? "Buyer" : words.recipient
    rows += [[.text(buyer), .text(deal.buyer.name)], [.text(words.supplier), .text(deal.seller.name)], []]
    rows.append(words.columns.map { .text($0) })
    rows += deal.lines.map { [.text($0.description), .count($0.quantity), .amount($0.price), .amount($0.amount)] }
    rows += [
      [nil, nil, .text(words.net), .amount(deal.net)],
      [nil, nil, .text("\(words.tax) \(deal.rate) %"), .amount(deal.tax)],
      [nil, nil, .text(words.total[deal.kind]!), .amount(deal.total)],
    ]
    return rows
  }
}

extension Day {
  /// As spreadsheets count: 1 is the first of January 1900, and that year has a 29th of February.
  var serial: Int {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let leaps = (1900..<year).count { $0 % 4 == 0 && ($0 % 100 != 0 || $0 % 400 == 0) }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let months = lengths[..<(month - 1)].reduce(0, +) + (month > 2 && isLeap ? 1 : 0)
    return 365 * (year - 1900) + leaps + months + day + 1
  }
}

extension Packing {
  static func archive(_ members: [(name: String, text: String)]) -> [UInt8] {
    zip(members.map { ($0.name, Array($0.text.utf8)) })
  }
}
