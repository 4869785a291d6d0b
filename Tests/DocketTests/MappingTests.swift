import Docket
import Testing

@Suite struct MappingTests {
  private static let contract = """
    format: docket/contract/1
    contract: thing
    version: 1
    summary: A thing.
    fields:
      number: { type: id }
      issued_on: { type: date }
      sent_at: { type: datetime }
      seller: { type: party }
      kind: { type: category, vocabulary: kinds }
      total: { type: money }
      paid: { type: boolean }
      tags: { type: text, list: true }
      lines: { type: rows, columns: { text: { type: text }, amount: { type: money } } }
    """
  private static let kinds = """
    format: docket/vocabulary/1
    vocabulary: kinds
    version: 1
    values:
      plain: { labels: { en: [plain] }, codes: { LIST: "380" } }
      other: { labels: { en: [something else] } }
    """

  private func library(_ fields: String) throws -> (Library, [Mistake]) {
    let mapping = WrittenFile(
      path: "ledger.yaml",
      text: "format: docket/mapping/1\nmapping: ledger\nversion: 1\ncontract: thing@1\nfields:\n  \(fields)\n")
    var mistakes: [Mistake] = []
    let files = [WrittenFile(path: "c", text: Self.contract), WrittenFile(path: "v", text: Self.kinds), mapping]
    let library = Library(files: files, mistakes: &mistakes)
    return (library, mistakes + MappingLint.mistakes(of: MappingFile.load(mapping), in: library))
  }

  private static func field(_ path: String, _ values: Value...) -> RecordField {
    RecordField(
      path: path, values: values.map { Sourced(value: $0, raw: "", confidence: 1, provenance: []) }, confidence: 1)
  }

  private static func record() throws -> Record {
    Record(
      id: DocumentID(hex: "ab"), contract: ContractReference(name: "thing", version: 1), classification: 1,
      fields: [
        field("number", .text("R-2026-17")), field("issued_on", .date(try #require(CalendarDate(iso: "2026-03-04")))),
        field("sent_at", .text("2026-03-04T10:20:30+01:00")), field("seller.name", .text("Müller GmbH")),
        field("kind", .text("plain")), field("total", .decimal(try #require(DecimalNumber("1536.525")))),
        field("paid", .boolean(true)), field("tags", .text("a"), .text("b")), field("seller.id"),
      ],
      tables: [
        RecordTable(
          path: "lines",
          rows: [
            [field("lines.text", .text("x")), field("lines.amount", .decimal(try #require(DecimalNumber("2.50"))))],
            [field("lines.text"), field("lines.amount", .decimal(try #require(DecimalNumber("3"))))],
          ])
      ])
  }

  private func map(_ fields: String) throws -> AppliedMapping.Mapped {
    let (library, mistakes) = try library(fields)
    #expect(mistakes.isEmpty, "\(mistakes)")
    let mapping = try #require(library.mapping("ledger"))
    return try #require(AppliedMapping(mapping, in: library)).map(try Self.record())
  }

  @Test(
    "says a value in another system's words",
    arguments: [
      ("x: number", "\"R-2026-17\"", ""),
      ("x: { from: seller.id, default: \"0\" }", "\"0\"", ""),
      ("x: { from: seller.id }", "null", ""),
      ("x: { constant: \"7\", as: integer }", "7", ""),
      ("x: { from: issued_on, as: date-basic }", "\"20260304\"", ""),
      ("x: { from: issued_on, as: datetime }", "\"2026-03-04T00:00:00\"", ""),
      ("x: { from: issued_on, as: epoch }", "1772582400", ""),
      ("x: { from: sent_at, as: epoch }", "1772616030", ""),
      ("x: { from: sent_at, as: date }", "\"2026-03-04\"", "mapping-lossy"),
      ("x: { from: total, times: 1000, as: integer }", "1536525", ""),
      ("x: { from: total, times: 100, as: integer }", "153653", "mapping-lossy"),
      ("x: total", "1536.525", ""),
      ("x: { from: total, as: text }", "\"1536.525\"", ""),
      ("x: paid", "true", ""),
      ("x: { from: kind, by: kinds, code: LIST }", "\"380\"", ""),
      ("x: { from: number, as: integer, default: \"0\" }", "0", "mapping-failed"),
      ("x: { from: number, by: kinds }", "null", "mapping-failed"),
      ("x: { from: number, split: \"-\", part: 3, as: integer }", "17", "mapping-lossy"),
      ("x: { from: number, split: \"-\", part: 9 }", "null", "mapping-failed"),
      ("x: { from: seller.name, first: 6 }", "\"Müller\"", "mapping-lossy"),
      ("x: { from: seller.name, last: 40 }", "\"Müller GmbH\"", ""),
      ("x: { from: seller.name, as: upper }", "\"MÜLLER GMBH\"", "mapping-lossy"),
      ("x: tags", "\"a\"", "mapping-lossy"),
      ("x: { from: tags, join: \"; \" }", "\"a; b\"", ""),
      ("x: { from: [seller.name, number], join: \" \" }", "\"Müller GmbH R-2026-17\"", ""),
      (
        "x: { each: lines, fields: { t: text, c: { from: amount, times: 100, as: integer }, n: number } }",
        "[{\"t\":\"x\",\"c\":250,\"n\":\"R-2026-17\"},{\"t\":null,\"c\":300,\"n\":\"R-2026-17\"}]", ""
      ),
    ])
  func words(field: String, json: String, finding: String) throws {
    let mapped = try map(field)
    #expect(mapped.json == "{\"x\":\(json)}")
    #expect(mapped.findings.map(\.code) == (finding.isEmpty ? [] : [finding]))
    #expect(mapped.findings.allSatisfy { !$0.message.contains("Müller") && !$0.message.contains("2026") })
  }

  @Test("a table of the other system has its own names, and numbers where there are numbers")
  func sheet() throws {
    let sheet = try map("doc: number\n  cents: { from: total, times: 1000, as: integer }\n  sum: total").sheet
    #expect(sheet.name == "ledger" && sheet.columns.map(\.name) == ["doc", "cents", "sum"])
    #expect(sheet.columns.map(\.kind) == [.text, .integer, .decimal])
  }

  @Test("a record of another contract is refused")
  func unfit() throws {
    let (library, _) = try library("x: number")
    let ledger = try #require(library.mapping("ledger"))
    let mapping = try #require(AppliedMapping(ledger, in: library))
    var other = try Self.record()
    other.contract.name = "other"
    let record = other
    #expect(throws: DocketError.self) { try mapping.map(record) }
  }

  @Test(
    "says where it is wrong, and what may have been meant",
    arguments: [
      ("x: numbr", "ledger.yaml:6:6: The contract has no field `numbr`; did you mean `number`?"),
      ("x: { frm: number }", "Unknown key `frm`; did you mean `from`?"),
      ("x: { from: number, as: dat }", "`dat` is not a form; did you mean `date`?"),
      ("x: { from: number, times: 2 }", "`times` does not go with a field of the type `id`."),
      ("x: { from: total, as: date }", "`as: date` does not go with a field of the type `money`."),
      ("x: seller", "`seller` has parts; name one of them"),
      ("x: lines", "`lines` is a table"),
      ("x: lines.amount", "`lines.amount` is a column"),
      ("x: { each: line, fields: { a: text } }", "no table `line`; did you mean `lines`?"),
      ("x: { each: lines, fields: { a: txt } }", "did you mean `text`?"),
      ("x: { from: kind, by: kind }", "no vocabulary `kind`; did you mean `kinds`?"),
      ("x: { from: kind, by: kinds, code: LISD }", "no code list `LISD`; did you mean `LIST`?"),
      ("x: { from: kind, code: LIST }", "`code` is a code list of the vocabulary `by`."),
      ("x: { from: number, part: 2 }", "`split` says where to cut"),
      ("x: { default: a }", "one of `from`, `each` and `constant`"),
      ("x: number\n  X: number", "written twice"),
    ])
  func mistakes(field: String, message: String) throws {
    let mistakes = try library(field).1
    #expect(mistakes.contains { $0.description.contains(message) }, "\(mistakes)")
  }
}
