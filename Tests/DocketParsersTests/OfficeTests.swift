import Docket
import Testing

@testable import CorpusMaker
@testable import DocketParsers

/// A document of Office Open XML with one kind of main part.
private func package(_ main: String, _ parts: [(String, String)], relations: [(String, String)] = []) -> [UInt8] {
  func list(_ relations: [(kind: String, target: String)]) -> String {
    let entries = relations.enumerated().map { index, relation in
      "<Relationship Id=\"rId\(index + 1)\" Type=\"urn:x/\(relation.kind)\" Target=\"\(relation.target)\"/>"
    }
    return "<Relationships>\(entries.joined())</Relationships>"
  }
  let folder = main.split(separator: "/").dropLast().joined(separator: "/")
  let file = main.split(separator: "/").last ?? ""
  return Packing.archive(
    [
      ("[Content_Types].xml", "<Types/>"), ("_rels/.rels", list([("officeDocument", main)])),
      ("\(folder)/_rels/\(file).rels", list(relations.map { (kind: $0.0, target: $0.1) })),
    ] + parts)
}

private let wordNames = "xmlns:w=\"urn:w\" xmlns:mc=\"urn:mc\" xmlns:wps=\"urn:wps\" xmlns:v=\"urn:v\""

private func word(_ body: String, _ parts: [(kind: String, body: String)] = []) -> [UInt8] {
  package(
    "word/document2.xml",
    [("word/document2.xml", "<w:document \(wordNames)><w:body>\(body)</w:body></w:document>")]
      + parts.enumerated().map {
        ("word/\($0.element.kind)\($0.offset).xml", "<w:x \(wordNames)>\($0.element.body)</w:x>")
      },
    relations: parts.enumerated().map { ($0.element.kind, "\($0.element.kind)\($0.offset).xml") })
}

private func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

private func text(of bytes: [UInt8]) throws -> TextReading {
  guard case .text(let text) = try read(bytes).summary.content else {
    Issue.record("no text")
    return TextReading(text: "")
  }
  return text
}

private func sheets(of bytes: [UInt8]) throws -> [TableReading.Sheet] {
  guard case .table(let table) = try read(bytes).summary.content else {
    Issue.record("no table")
    return []
  }
  return table.sheets
}

extension TextReading {
  fileprivate var cells: [[[String]]] {
    let scalars = Array(text.unicodeScalars)
    return tables.map { table in
      table.rows.map { row in
        row.map { range in
          var view = String.UnicodeScalarView()
          view.append(contentsOf: scalars[range])
          return String(view)
        }
      }
    }
  }
}

/// A compound file of three sectors, with one stream of no bytes in its directory.
private func compoundFile(holding name: String) -> [UInt8] {
  let (last, none, isTable): (UInt32, UInt32, UInt32) = (0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFD)
  var out: [UInt8] = []
  func put(_ values: UInt32...) {
    for value in values { out += (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 0xFF) } }
  }
  func fill(_ byte: UInt8, to end: Int) { out += [UInt8](repeating: byte, count: end - out.count) }
  func entry(_ name: String, kind: UInt8, child: UInt32) {
    let start = out.count
    out += name.utf8.flatMap { [$0, 0] }
    fill(0, to: start + 64)
    out += [UInt8(2 * name.utf8.count + 2), 0, kind, 1]
    put(none, none, child)
    fill(0, to: start + 116)
    put(last)
    fill(0, to: start + 128)
  }
  out += CompoundFile.signature
  fill(0, to: 24)
  out += [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]
  fill(0, to: 44)
  put(1, 1, 0, 4096, last, 0, last, 0, 0)
  fill(0xFF, to: 512)
  put(isTable, last)
  fill(0xFF, to: 1024)
  entry("Root Entry", kind: 5, child: 1)
  entry(name, kind: 2, child: none)
  fill(0, to: 1536)
  return out
}

@Suite struct OfficeTests {
  @Test("a Word document's parts come in the order people read them, each once")
  func order() throws {
    let note =
      "<w:footnote w:type=\"separator\">\(paragraph("---"))</w:footnote><w:footnote>\(paragraph("note"))</w:footnote>"
    let bytes = word(
      paragraph("body"),
      [
        ("comments", paragraph("comment")), ("footer", paragraph("foot")), ("header", paragraph("head")),
        ("footnotes", note), ("header", paragraph("head")),
      ])
    #expect(try text(of: bytes).text == "\nhead\n\nbody\n\nfoot\n\n\nnote\n\n\ncomment\n\n")
  }

  @Test("tabs, breaks and pages are kept; deleted and hidden text and tab stops are not")
  func runs() throws {
    let bytes = word(
      """
      <w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>No</w:t><w:tab/><w:t>47</w:t></w:r>\
      <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>\
      <w:ins><w:r><w:t>11</w:t></w:r></w:ins><w:r><w:br/><w:t>next</w:t><w:br w:type="page"/><w:t>two</w:t></w:r></w:p>
      """)
    #expect(try text(of: bytes).text == "No\t4711\nnext\n\u{0C}two\n")
    #expect(try read(bytes).summary.findings.map(\.code) == ["office-hidden-text"])
  }

  @Test("a text box stands behind its paragraph, and once, whatever it says to older readers")
  func textBox() throws {
    let box = "<w:txbxContent>\(paragraph("inside"))</w:txbxContent>"
    let bytes = word(
      """
      <w:p><w:r><w:t>out</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx>\(box)</wps:txbx></mc:Choice>\
      <mc:Fallback><v:textbox>\(box)</v:textbox></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>side</w:t></w:r></w:p>
      """)
    #expect(try text(of: bytes).text == "outside\ninside\n")
  }

  @Test("tables keep rows and cells; a wide cell takes its columns; a table around others is none")
  func tables() throws {
    func cell(_ content: String, span: Int = 1) -> String {
      "<w:tc><w:tcPr><w:gridSpan w:val=\"\(span)\"/></w:tcPr>\(content)</w:tc>"
    }
    let inner = """
      <w:tbl><w:tr>\(cell(paragraph("Item")))\(cell(paragraph("Qty")))\(cell(paragraph("Sum")))</w:tr>\
      <w:tr>\(cell(paragraph("Total"), span: 2))\(cell(paragraph("9") + paragraph("EUR")))</w:tr></w:tbl>
      """
    let plain = try text(of: word(inner))
    #expect(plain.cells == [[["Item", "Qty", "Sum"], ["Total", "", "9\nEUR"]]])
    let outer = "<w:tbl><w:tr>\(cell(paragraph("left")))\(cell(inner))</w:tr></w:tbl>"
    let nested = try text(of: word(outer))
    #expect(nested.text.hasPrefix("left\nItem\tQty\tSum\n"))
    #expect(nested.cells == plain.cells)
  }

  @Test("a slide's text and tables come slide by slide, its notes behind it")
  func slides() throws {
    func slide(_ text: String) -> String { "<p:sld xmlns:p=\"urn:p\" xmlns:a=\"urn:a\">\(text)</p:sld>" }
    let table =
      "<a:tbl><a:tr><a:tc><a:p><a:r><a:t>a</a:t></a:r></a:p></a:tc><a:tc><a:p><a:t>b</a:t></a:p></a:tc></a:tr></a:tbl>"
    let bytes = package(
      "ppt/presentation.xml",
      [
        (
          "ppt/presentation.xml",
          """
          <p:presentation xmlns:p="urn:p" xmlns:r="urn:r"><p:sldIdLst><p:sldId id="256" r:id="rId2"/>\
          <p:sldId id="257" r:id="rId1"/></p:sldIdLst></p:presentation>
          """
        ),
        ("ppt/slides/slide1.xml", slide("<a:p><a:t>last</a:t></a:p>")),
        ("ppt/slides/slide2.xml", slide("<a:p><a:t>first</a:t></a:p>\(table)")),
        (
          "ppt/slides/_rels/slide2.xml.rels",
          "<Relationships><Relationship Id=\"rId1\" Type=\"urn:x/notesSlide\" Target=\"../notes/n.xml\"/></Relationships>"
        ),
        ("ppt/notes/n.xml", slide("<a:p><a:t>note</a:t><a:fld type=\"slidenum\"><a:t>1</a:t></a:fld></a:p>")),
      ], relations: [("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml")])
    let reading = try text(of: bytes)
    #expect(reading.text == "first\na\tb\nnote\n\u{0C}last\n")
    #expect(reading.cells == [[["a", "b"]]])
  }

  @Test("a workbook's cells are typed by their formats, and lie where they lie in the file")
  func workbook() throws {
    let sheet = """
      <worksheet><sheetData><row r="2"><c r="B2" t="s"><v>1</v></c><c r="D2" s="1"><v>45724</v></c></row>\
      <row><c s="2"><f>1+1</f><v>1234.5</v></c><c s="3"><v>0.19</v></c><c><v>0.30000000000000004</v></c>\
      <c t="b"><v>1</v></c><c t="str"><v>x</v></c><c s="4"><v>45724.75</v></c></row></sheetData></worksheet>
      """
    let bytes = package(
      "xl/workbook.xml",
      [
        (
          "xl/workbook.xml",
          """
          <workbook xmlns:r="urn:r"><sheets><sheet name="A" r:id="rId1"/><sheet name="B" state="hidden" r:id="rId1"/>\
          </sheets></workbook>
          """
        ),
        ("xl/sheet.xml", sheet),
        ("xl/strings.xml", "<sst><si><t>no</t></si><si><r><t>ye</t></r><r><t>s</t></r><rPh><t>?</t></rPh></si></sst>"),
        (
          "xl/styles.xml",
          """
          <styleSheet><numFmts><numFmt numFmtId="170" formatCode="#,##0.00\\ [$€-407]"/>\
          <numFmt numFmtId="171" formatCode="d\\.m\\.yy\\ hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/>\
          <xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="9"/><xf numFmtId="171"/></cellXfs></styleSheet>
          """
        ),
      ],
      relations: [("worksheet", "sheet.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml")])
    let read = try sheets(of: bytes)
    #expect(read.map(\.name) == ["A", "B"])
    #expect(
      read.first?.rows == [
        [], ["", "yes", "", "2025-03-08"], ["1234.50 €", "19 %", "0.30", "TRUE", "x", "2025-03-08 18:00"],
      ])
    #expect(try DocketParsersTests.read(bytes).summary.findings.map(\.code) == ["sheet-hidden"])
  }

  @Test(
    "codes of formats say what is a date, an amount, a share",
    arguments: [
      ("General", 45724.0, "45724"), ("0", 2.5, "3"), ("#,##0.00", 2.675, "2.68"), ("0.000", 1.5, "1.5000"),
      ("yyyy\\-mm\\-dd", 1.0, "1900-01-01"), ("d mmm yyyy", 60.0, "1900-02-29"), ("[h]:mm", 1.5, "36:00"),
      ("h:mm AM/PM", 0.75, "18:00"), ("0.0%", 0.075, "7.5 %"), ("\"£\"#,##0.00;[Red]-\"£\"#,##0.00", -3, "-3.00 £"),
      ("[$CHF] 0.00", 7, "7.00 CHF"), ("_-* #,##0.00 _-", 0, "0.00"), ("@", 12.345, "12.3450"),
    ])
  func formats(code: String, number: Double, text: String) {
    let shown = SheetFormat(code: code).text(number, startsIn1904: false)
    // The day that never was is the last of February.
    #expect(shown == (text == "1900-02-29" ? "1900-02-28" : text))
  }

  @Test("OpenDocument: cells repeat, dates are ISO, and a million empty rows cost nothing", .timeLimit(.minutes(1)))
  func openSheet() throws {
    let names = "xmlns:office=\"urn:o\" xmlns:table=\"urn:t\" xmlns:text=\"urn:x\""
    let content = """
      <office:document-content \(names)><office:body><office:spreadsheet><table:table table:name="S">\
      <table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="date" \
      office:date-value="2025-04-01T00:00:00"><text:p>1. April</text:p></table:table-cell></table:table-row>\
      <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1234.5">\
      <text:p>1.234,50</text:p></table:table-cell><table:table-cell office:value-type="string"><office:annotation>\
      <text:p>ask</text:p></office:annotation><text:p>a</text:p><text:p>b</text:p></table:table-cell></table:table-row>\
      <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/>\
      </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>
      """
    let read = try sheets(
      of: Packing.archive([
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content),
      ]))
    #expect(
      read.map(\.rows) == [[["", "", "2025-04-01"], ["1234.50", "a\nb"], ["1234.50", "a\nb"]], [["S 2:2", "ask"]]])
  }

  @Test("OpenDocument text: blanks, tabs, lists, notes and comments each in their place")
  func openText() throws {
    let names = "xmlns:office=\"urn:o\" xmlns:text=\"urn:x\" xmlns:dc=\"urn:d\" xmlns:draw=\"urn:w\""
    let content = """
      <office:document-content \(names)><office:body><office:text><text:p>No<text:tab/>1<text:s text:c="2"/>2 \
      <text:span>\n  three</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body>\
      <text:p>below</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>one</text:p>\
      </text:list-item></text:list><text:p>two<office:annotation><dc:creator>Ann</dc:creator><dc:date>2025</dc:date>\
      <text:p>why</text:p></office:annotation></text:p></office:text></office:body></office:document-content>
      """
    let bytes = Packing.archive([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content)])
    #expect(try text(of: bytes).text == "No\t1  2 three\none\ntwo\n\nbelow\nwhy\n\n")
  }

  @Test("what is encrypted, cut off or not well-formed has its code; a cell far out is no bomb")
  func refused() throws {
    let whole = word(paragraph("body"))
    #expect(code(reading: Array(whole.prefix(whole.count / 2))) == .officeDamaged)
    #expect(code(reading: word("<w:p>")) == .xmlDamaged)
    #expect(code(reading: compoundFile(holding: "EncryptedPackage")) == .officeEncrypted)
    let row = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"
    let far = package(
      "xl/workbook.xml",
      [
        (
          "xl/workbook.xml", "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"A\" r:id=\"rId1\"/></sheets></workbook>"
        ),
        ("xl/s.xml", "<worksheet><sheetData>\(String(repeating: row, count: 2))</sheetData></worksheet>"),
      ], relations: [("worksheet", "s.xml")])
    #expect(try sheets(of: far).first?.rows.last?.count == 16_384)
  }
}
