import Docket
import Testing

@Suite struct TypedValueTests {
  @Test(
    "takes numbers as people type them",
    arguments: [
      ("1536.50", "1536.50"), ("1.536,50", "1536.50"), ("1,536.50", "1536.50"), ("0,5", "0.5"), ("-12", "-12"),
      ("1'536.50", "1536.50"), ("1 536,50", "1536.50"), ("1,234,567", "1234567"),
    ])
  func numbers(typed: String, canonical: String) throws {
    #expect(try TypedValue.parse(typed, as: .money).get().canonical == canonical)
  }

  @Test("refuses what may be a thousand or a fraction, and what is no number")
  func refusals() {
    for typed in ["1.536", "1,536", "12a", "", "1.2.3"] {
      #expect(throws: TypedValue.Refusal.self) { try TypedValue.parse(typed, as: .money).get() }
    }
  }

  @Test("takes a date in any order that only one day fits")
  func dates() throws {
    #expect(try TypedValue.parse("2026-03-04", as: .date).get().canonical == "2026-03-04")
    #expect(try TypedValue.parse("31.3.2026", as: .date).get().canonical == "2026-03-31")
    #expect(try TypedValue.parse("3/31/2026", as: .date).get().canonical == "2026-03-31")
    #expect(throws: TypedValue.Refusal.self) { try TypedValue.parse("3/4/2026", as: .date).get() }
    #expect(throws: TypedValue.Refusal.self) { try TypedValue.parse("31.2.2026", as: .date).get() }
  }

  @Test("holds an IBAN to its check digits")
  func iban() throws {
    #expect(try TypedValue.parse("DE89 3704 0044 0532 0130 00", as: .iban).get().canonical == "DE89370400440532013000")
    #expect(throws: TypedValue.Refusal.self) { try TypedValue.parse("DE88370400440532013000", as: .iban).get() }
  }
}

@Suite struct AnswerTests {
  private let page = Provenance(
    locator: .region(Region(page: 1, x: 1, y: 1, width: 5, height: 5)), producer: "labels 1")

  private var record: Record {
    let other = Sourced.Alternative(value: .text("B"), raw: "B", confidence: 0.2, provenance: [page])
    let value = Sourced(value: .text("A"), raw: "A", confidence: 0.7, provenance: [page], alternatives: [other])
    return Record(
      id: DocumentID(hex: "00"), contract: ContractReference(name: "thing", version: 1), classification: 1,
      fields: [RecordField(path: "number", values: [value], confidence: 0.7)],
      tables: [
        RecordTable(path: "lines", rows: [[RecordField(path: "lines.amount", values: [value], confidence: 0.7)]])
      ])
  }

  @Test("makes a new version with the person as producer and leaves the old one alone")
  func picking() throws {
    let before = record
    let after = try #require(before.answering("number", .pick(1), person: "maria"))
    #expect(before.value("number") == .text("A"))
    #expect(after.value("number") == .text("B"))
    #expect(after.version == 2 && after.supersedes == 1 && after.producer == "person maria")
    #expect(after.field("number")?.isAnswered == true)
    #expect(before.field("number")?.isAnswered == false)
  }

  @Test("reaches into a table's cell")
  func cell() throws {
    let after = try #require(record.answering("lines[1].amount", .absent, person: "maria"))
    #expect(after.tables[0].rows[0][0].values.isEmpty)
    #expect(record.answering("lines[2].amount", .absent, person: "maria") == nil)
    #expect(record.answering("nothing", .accept, person: "maria") == nil)
  }
}

@Suite struct ContextLineTests {
  @Test("shows the lines around a value and marks its words")
  func around() {
    var words: [Word] = []
    for line in 0..<9 {
      let y = Float(line * 20)
      words.append(Word(text: "line", x: 10, y: y, width: 30, height: 10, line: Int32(line)))
      words.append(Word(text: "\(line)", x: 50, y: y, width: 10, height: 10, line: Int32(line)))
    }
    let page = PageReading(number: 1, width: 100, height: 200, unit: .point, source: .layer, words: words)
    let reading = Reading(mediaType: "application/pdf", content: .pages([page]))
    let place = Locator.region(Region(page: 1, x: 49, y: 79, width: 12, height: 12))
    let lines = ContextLine.around(place, in: reading)
    #expect(lines.map(\.text) == ["line 2", "line 3", "line 4", "line 5", "line 6"])
    #expect(lines[2].marked == 5..<6)
  }

  @Test("shows the lines around a stretch of a text and the row of a cell")
  func texts() {
    let text = Reading(
      mediaType: "text/plain",
      content: .text(TextReading(text: "one\ntwo 12\nthree\n", tables: [TextTable(rows: [[4..<7, 8..<10]])])))
    let lines = ContextLine.around(.span(8..<10), in: text, reach: 1)
    #expect(lines.map(\.text) == ["one", "two 12", "three"])
    #expect(lines[1].marked == 4..<6)
    let cells = ContextLine.around(.cell(sheet: 1, row: 1, column: 2), in: text)
    #expect(cells.map(\.text) == ["two  12"])
    #expect(cells[0].marked == 5..<7)
  }

  @Test("never hands a document's escape sequence to the terminal")
  func escapes() {
    #expect("a\u{1B}[2Jb\u{202E}c".neutralised == "a\u{241B}[2Jb\u{B7}c")
  }
}
