import Docket
import Testing

@Suite struct LookUpTests {
  private static let contract = Contract(
    name: "thing", version: 1, summary: "",
    fields: [
      Field(name: "seller", type: .party), Field(name: "iban", type: .iban), Field(name: "number", type: .id),
    ], digest: ContentDigest(of: "thing"))

  private static let columns = ["id", "vat", "name", "iban"]
  private static let vendors = [
    ["V1", "DE123456789", "Grauwald Handel GmbH", "DE02120300000000202051"],
    ["V2", "ATU99999999", "Müller & Söhne KG", ""],
    ["V3", "", "Oak Street Bakery Ltd.", ""],
    ["V4", "", "Oak Street Bakery Inc", ""],
    ["V5", "FR12345678901", "Lumière SARL", "FR1420041010050500013M02606"],
  ]

  private func lookUps(_ rows: [[String]] = vendors) -> LookUps {
    func pair(_ field: String, _ column: String) -> LookUpEntry.Pair {
      .init(field: field, column: PlacedText(text: column, place: Place(line: 1, column: 1)))
    }
    let entry = LookUpEntry(
      name: "vendors", kind: "csv", path: "",
      match: [pair("seller.tax_id", "vat"), pair("seller.name", "name"), pair("iban", "iban")],
      fills: [pair("seller.id", "id")], place: Place(line: 1, column: 1))
    let table = LookUpTable(
      columns: Self.columns, rows: rows, digest: ContentDigest(of: "\(rows)"),
      legalForms: ["GmbH", "KG", "Ltd", "Inc", "SARL", "Sdn Bhd"])
    return LookUps([LookUp(entry, table)])
  }

  private func look(
    tax: String? = nil, name: String? = nil, iban: String? = nil, id: String? = nil, in rows: [[String]] = vendors
  ) -> Record {
    func field(_ path: String, _ text: String?) -> RecordField {
      RecordField(
        path: path, values: text.map { [Sourced(value: .text($0), raw: $0, confidence: 0.9, provenance: [])] } ?? [],
        confidence: 0.9)
    }
    let record = Record(
      id: DocumentID(hex: "ab"), contract: Self.contract.reference, classification: 1,
      fields: [
        field("seller.name", name), field("seller.tax_id", tax), field("seller.id", id), field("iban", iban),
        field("number", "1"),
      ])
    return lookUps(rows).filled(
      record, by: Self.contract, in: Context(digest: ContentDigest(of: ""), name: "x"))
  }

  private func vendor(_ record: Record) -> String? { record.value("seller.id")?.canonical }

  @Test(
    "finds a vendor by its number or its name, as documents write them",
    arguments: [
      ("DE 123 456 789", nil, "V1"), ("AT123456789", nil, nil), ("AT123456789", "Grauwald Handel", nil),
      ("123456789", nil, "V1"), (nil, "GRAUWALD HANDEL", "V1"),
      (nil, "Grauwa1d Hande1 GmbH", "V1"), (nil, "Grauwald Hanclel GmbH", "V1"), (nil, "Mueller und Söhne", nil),
      (nil, "Muller & Sohne K.G.", "V2"), (nil, "Handel Grauwald", "V1"), (nil, "Lumiere", "V5"),
      ("FR12345678901", "Something Else", "V5"), (nil, "Blumenhaus Grau", nil), (nil, nil, nil),
      ("DE000000000", "Grauwald Handel GmbH", nil),
    ] as [(String?, String?, String?)])
  func finding(tax: String?, name: String?, vendor: String?) {
    #expect(self.vendor(look(tax: tax, name: name)) == vendor)
  }

  @Test("says which keys fitted, without quoting the document, and where the value is from")
  func explanation() throws {
    let record = look(name: "Grauwald Hande1 GmbH", iban: "DE02120300000000202051")
    let finding = try #require(record.findings.first)
    #expect(finding.code == "looked-up" && finding.level == .note)
    #expect(
      finding.message == "`vendors` row 1: `seller.tax_id` is not said; `seller.name` is the same; `iban` is the same.")
    let value = try #require(record.field("seller.id")?.values.first)
    #expect(value.provenance.first?.producer == "look-up vendors row 1" && !value.isExact)
    let near = look(name: "Grauvald Handel").findings.first?.message ?? ""
    #expect(near.contains("`seller.name` is alike (92 %)"), "\(near)")
  }

  @Test("two rows that fit equally are none; a stranger is a note")
  func ambiguous() {
    let record = look(name: "Oak Street Bakery")
    #expect(vendor(record) == nil && record.findings.map(\.code) == ["look-up-ambiguous"])
    #expect(look(name: "Zebra Works").findings.map(\.code) == ["look-up-none"])
  }

  @Test("another account, name or number than the table has is asked about")
  func contradictions() throws {
    let iban = look(tax: "DE123456789", name: "Grauwald Handel", iban: "DE89370400440532013000")
    #expect(vendor(iban) == "V1" && iban.findings.map(\.field) == [nil, "iban"])
    #expect(iban.findings[1].code == "look-up-differs" && iban.findings[1].level == .warning)
    #expect(look(tax: "DE123456789", name: "Zebra Works").findings.map(\.field) == [nil, "seller.name"])
    let filled = look(tax: "DE123456789", id: "V9")
    #expect(vendor(filled) == "V9" && filled.findings.last?.field == "seller.id")
    let policy = PolicyFile(name: "p", version: 1, unproven: .accept, digest: ContentDigest(of: ""))
    let facts = ReadingFacts(
      of: Reading(mediaType: "", content: .pages([])), classification: Classification(contract: nil, confidence: 1))
    let decision = Decider(policy: policy, contracts: [Self.contract]).decide(
      iban, facts: facts, in: Context(digest: ContentDigest(of: ""), name: "x"))
    #expect(decision.fields["iban"] == .init(isAccepted: false, reason: "look-up-differs"))
    #expect(decision.route == .review)
  }

  @Test("a changed table changes the fingerprint")
  func fingerprint() {
    #expect(lookUps().fingerprint == lookUps().fingerprint)
    #expect(lookUps().fingerprint != lookUps(Array(Self.vendors.dropLast())).fingerprint)
  }

  @Test("among many rows the right one is found by a misread name")
  func many() {
    let syllables = ["ba", "ker", "lo", "mi", "tan", "vel", "so", "ri", "gro", "un", "pel", "dar"]
    var rows = (0..<5000).map { number -> [String] in
      let letters = [number % 12, number / 12 % 12, number / 144 % 12, number / 1728 % 12]
      let word = letters.map { syllables[$0] }.joined()
      return ["W\(number)", "", "\(word) Trading \(["GmbH", "Ltd"][number % 2])", ""]
    }
    rows.append(["HIT", "", "Zwiebelturm Trading GmbH", ""])
    #expect(vendor(look(name: "Zwiebe1turn Trading", in: rows)) == "HIT")
  }

  @Test("a pipeline names look-ups; what is not known is said with its place")
  func reading() throws {
    func load(_ lookUp: String) -> Loaded<PipelineFile> {
      PipelineFile.load(
        WrittenFile(
          path: "p.yaml",
          text: """
            format: docket/pipeline/1
            pipeline: office
            sources: { scanner: { folder: { path: in } } }
            accepts: [thing]
            policy: open
            look_up:
              vendors: { \(lookUp) }
            destinations: { a: { jsonl: { path: a } } }
            routes: [{ when: { contract: thing }, deliver: a }]
            """))
    }
    let entry = try load("csv: { path: v.csv }, match: { seller.name: name }, fills: { seller.id: id }").get().lookUps[
      0]
    #expect(entry.kind == "csv" && entry.path == "v.csv" && entry.fills[0].column.text == "id")
    #expect(entry.missing(in: ["name", "no"]).map(\.text) == ["id"])
    #expect(try load("sqlite: { path: v, table: t }, match: { iban: iban }").get().lookUps[0].table == "t")
    for (wrong, message) in [
      ("csv: { path: v.csv }", "`match` is missing"), ("match: { a: b }", "Exactly one of `csv` and `sqlite`"),
      ("postgres: { url: x }, match: { a: b }", "not available yet"), ("csv: { pth: v }, match: { a: b }", "`path`"),
    ] {
      #expect(load(wrong).mistakes.contains { $0.description.contains(message) }, "\(load(wrong).mistakes)")
    }
  }
}
