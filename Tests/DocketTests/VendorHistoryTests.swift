import Testing

@testable import Docket

/// What a vendor had before, and what follows from it.
@Suite struct VendorHistoryTests {
  private static let contract = Contract(
    name: "thing", version: 1, summary: "",
    fields: [
      Field(name: "buyer", type: .party, role: .recipient), Field(name: "seller", type: .party, role: .issuer),
      Field(name: "iban", type: .iban), Field(name: "lines", type: .rows, columns: [Field(name: "unit", type: .unit)]),
    ], digest: ContentDigest(of: "thing"))

  private func field(_ path: String, _ texts: String..., exact: Bool = false, by person: Bool = false) -> RecordField {
    let place = Provenance(locator: person ? .person("maria") : .span(0..<1), producer: person ? "person maria" : "x 1")
    return RecordField(
      path: path,
      values: texts.map {
        Sourced(value: .text($0), raw: $0, confidence: 0.9, provenance: [place], isExact: exact)
      }, confidence: person ? 1 : 0.9)
  }

  private func record(_ fields: [RecordField], findings: [Finding] = []) -> Record {
    Record(
      id: DocumentID(hex: "01"), contract: Self.contract.reference, classification: 1, fields: fields,
      tables: [RecordTable(path: "lines", rows: [[field("lines.unit", "kg")], [field("lines.unit", "kg", "m")]])],
      findings: findings)
  }

  private func habits(_ fields: RecordField..., watching: Set<String> = ["iban"]) -> VendorHabits {
    VendorHabits(of: record(fields), by: Self.contract, watching: watching)
  }

  @Test("a vendor is known by the tax number, then by the letters and digits of the name, of any script")
  func keys() {
    #expect(
      habits(field("seller.name", "Müller & Söhne KG"), field("seller.tax_id", "DE 123-456")).keys
        == ["thing tax DE123456", "thing name MÜLLERSÖHNEKG"])
    #expect(habits(field("seller.name", "株式会社 青山")).keys == ["thing name 株式会社青山"])
    #expect(habits(field("buyer.name", "Acme"), field("seller.name", " - ")).keys.isEmpty)
  }

  @Test("watched are leaves, parts of a compound field and columns, each value once")
  func values() {
    let own = habits(
      field("seller.name", "Acme"), field("seller.tax_id"), field("iban", "A", "B", "A"),
      watching: ["iban", "seller", "lines.unit"])
    #expect(
      own.values == [
        .init(path: "iban", values: ["A", "B"]), .init(path: "lines.unit", values: ["kg", "m"]),
        .init(path: "seller.name", values: ["Acme"]),
      ])
  }

  private func finding(_ newest: String?, known: [String], of values: [String] = ["A"]) -> Finding {
    // A leap day's last second, and the next one.
    let past = VendorPast(
      newest: newest.map { KnownValue(value: $0, since: 1_709_251_199) },
      known: known.map { KnownValue(value: $0, since: 1_709_251_200) })
    return past.finding(on: .init(path: "iban", values: values))
  }

  @Test("what was known is said with its day, and never with the value")
  func findings() {
    #expect(finding(nil, known: []).code == "first-of-vendor")
    #expect(finding("B", known: []).message == "The vendor had another one before, since 2024-02-29.")
    #expect(finding("B", known: ["A"]).message == "The vendor had the same before, since 2024-03-01.")
    #expect(finding("A", known: ["A"], of: ["A", "B"]).code == "changed", "one of two is new")
    #expect(CalendarDate.text(epoch: 0) == "1970-01-01" && CalendarDate.text(epoch: -1) == "1969-12-31")
    #expect(CalendarDate.text(epoch: 951_782_400) == "2000-02-29" && CalendarDate.text(epoch: 1e300).isEmpty)
  }

  private func decide(
    _ field: RecordField, _ past: Finding?, more: [Finding] = [], routes: [PipelineFile.Route] = []
  ) -> Decision {
    let policy = PolicyFile(
      name: "p", version: 1, exact: .accept, fields: ["iban": .changed], digest: ContentDigest(of: "p"))
    let facts = ReadingFacts(
      of: Reading(mediaType: "", content: .pages([])), classification: Classification(contract: nil, confidence: 1))
    var record = Record(
      id: DocumentID(hex: "01"), contract: Self.contract.reference, classification: 1, fields: [field])
    record.findings = [past].compactMap { $0 } + more
    return Decider(policy: policy, contracts: [Self.contract], routes: routes)
      .decide(record, facts: facts, in: Context(digest: ContentDigest(of: ""), name: "a"))
  }

  @Test("the first is asked, another one is asked, the same is not; a person's answer stands")
  func asking() {
    let iban = field("iban", "A")
    #expect(decide(iban, finding(nil, known: [])).fields["iban"]?.reason == "first-of-vendor")
    #expect(decide(iban, nil).fields["iban"]?.reason == "first-of-vendor", "nobody's past is known")
    #expect(decide(iban, finding("B", known: [])).fields["iban"]?.reason == "changed")
    #expect(decide(iban, finding("A", known: ["A"])).fields["iban"] == .init(isAccepted: true))
    #expect(decide(field("iban", "A", by: true), finding("B", known: [])).fields["iban"]?.isAccepted == true)
    let broken = Finding("iban-checksum", .error, "It does not add up.", field: "iban")
    #expect(decide(iban, finding("A", known: ["A"]), more: [broken]).fields["iban"]?.reason == "check-failed")
  }

  @Test("a structured original's first goes as it is; one that differs is asked about")
  func exact() {
    let iban = field("iban", "A", exact: true)
    #expect(decide(iban, finding(nil, known: [])).fields["iban"]?.isAccepted == true)
    #expect(decide(iban, finding("B", known: [])).fields["iban"]?.reason == "changed")
  }

  @Test("a route's `changed` holds for the first and for another one, not for the same")
  func route() {
    let routes = [PipelineFile.Route(when: .field("iban", .changed), deliver: ["a"])]
    let iban = field("iban", "A")
    #expect(decide(iban, finding("B", known: []), routes: routes).destinations == ["a"])
    #expect(decide(iban, finding(nil, known: []), routes: routes).destinations == ["a"])
    #expect(decide(iban, finding("A", known: ["A"]), routes: routes).destinations.isEmpty)
    #expect(decide(field("iban"), nil, routes: routes).destinations.isEmpty, "nothing is not something new")
    let policy = PolicyFile(
      name: "p", version: 1, fields: ["a": .changed, "b": .always], fourEyes: .not(.field("c", .changed)),
      digest: ContentDigest(of: "p"))
    #expect(Decider(policy: policy, contracts: [], routes: routes).watched == ["a", "c", "iban"])
  }

  @Test("made anew, a record is told what was known when it was made first")
  func madeAnew() {
    let before = record([field("iban", "A")], findings: [finding("A", known: ["A"])])
    func anew(_ value: String) -> [String] {
      let record = record([field("iban", value)])
      let habits = VendorHabits(of: record, by: Self.contract, watching: ["iban"])
      return RecordedVendorHistory(before).noted(record, habits).findings.map(\.code)
    }
    #expect(anew("A") == ["as-before"])
    #expect(anew("B") == ["changed"])
  }

  @Test("a field that is not asked about, as the vendor had the same, keeps no answer from proving something")
  func proof() throws {
    let made = record([field("iban", "A")], findings: [finding("A", known: ["A"])])
    let document = Document(
      id: DocumentID(hex: "01"), arrival: 1, digest: ContentDigest(of: "x"), byteCount: 1, name: "a", source: "in",
      pipeline: "office", state: .held, arrivedAt: 0)
    func verdict(_ iban: RecordField, _ made: Record) -> Verdict? {
      var said = made
      (said.fields, said.tables, said.producer) = ([iban], [], "person maria")
      var own = made
      own.tables = []
      return Verdict(
        of: document, made: StoredRecord(record: own, decision: Decision(route: .review)), said: said,
        contract: Self.contract)
    }
    #expect(try #require(verdict(field("iban", "A"), made)).isWrong == false)
    #expect(try #require(verdict(field("iban", "B", by: true), made)).isWrong, "a person may say otherwise")
    #expect(verdict(field("iban", "A"), record([field("iban", "A")])) == nil, "nobody has said anything of it")
  }
}
