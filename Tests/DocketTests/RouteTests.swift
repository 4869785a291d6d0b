import Docket
import DocketTesting
import Testing

/// What routes ask of a record, and where it goes.
@Suite struct RouteTests {

  private static func record(currency: String? = "EUR", total: String = "100.00") throws -> Record {
    func field(_ path: String, _ value: Value?) -> RecordField {
      RecordField(
        path: path,
        values: value.map { [Sourced(value: $0, raw: "", confidence: 1, provenance: [], isExact: true)] } ?? [],
        confidence: 1)
    }
    let total = try #require(DecimalNumber(total))
    let line = try #require(DecimalNumber("7.5"))
    let day = try #require(CalendarDate(iso: "2026-03-04"))
    return Record(
      id: DocumentID(hex: "ab"), contract: ContractReference(name: "thing", version: 1), classification: 1,
      fields: [
        field("number", .text("R-1")), field("seller.name", .text("Acme")), field("seller.iban", nil),
        field("issued_on", .date(day)), field("sent_at", .text("2026-03-04T10:00:00Z")),
        field("currency", currency.map { .text($0) }), field("total", .decimal(total)), field("due_on", nil),
      ], tables: [RecordTable(path: "lines", rows: [[field("lines.amount", .decimal(line))]])],
      sensitivity: .confidential)
  }

  private static func pipeline(_ routes: String) -> Loaded<PipelineFile> {
    PipelineFile.load(
      WrittenFile(
        path: "p.yaml",
        text: """
          format: docket/pipeline/1
          pipeline: office
          sources: { scanner: { folder: { path: in } } }
          accepts: [thing]
          policy: open
          destinations: { a: { jsonl: { path: a } }, b: { jsonl: { path: b } } }
          routes:
          \(routes)
          """))
  }

  private static func facts(pages: Int = 3) -> ReadingFacts {
    var facts = ReadingFacts(
      of: Reading(mediaType: "text/plain", content: .pages([])),
      classification: Classification(contract: nil, confidence: 1))
    facts.pageCount = pages
    facts.languages = ["de", "en"]
    facts.sender = "Bills@Acme.example"
    return facts
  }

  private static let context = Context(digest: ContentDigest(of: ""), name: "x", source: "scanner")

  private func decide(_ routes: String, _ record: Record, fourEyes: String = "") throws -> Decision {
    let file = try Self.pipeline(routes).get()
    let policy = try PolicyFile.load(
      WrittenFile(
        path: "open.yaml",
        text: "format: docket/policy/1\npolicy: open\nversion: 1\nexact: accept\nmissing: empty\n\(fourEyes)")
    ).get()
    return Decider(policy: policy, contracts: [], routes: file.routes)
      .decide(record, facts: Self.facts(), in: Self.context)
  }

  @Test(
    "every condition of the closed list",
    arguments: [
      ("contract: thing", true), ("contract: [other, thing@1]", true), ("contract: thing@2", false),
      ("source: scanner", true), ("source: [post]", false), ("sender: acme.example", true),
      ("sender: b.example", false),
      ("field: total, equals: 100", true), ("field: number, equals: R-1", true), ("field: number, equals: R-2", false),
      ("field: number, one_of: [R-0, R-1]", true), ("field: total, above: 99.99 EUR", true),
      ("field: total, above: 100 EUR", false), ("field: total, below: 100.01 EUR", true),
      ("field: issued_on, before: 2026-03-05", true), ("field: issued_on, before: 2026-03-04", false),
      ("field: sent_at, after: 2026-03-03", true), ("field: due_on, missing: true", true),
      ("field: seller, missing: true", false), ("field: seller.name, changed: true", true),
      ("field: lines.amount, above: 7", true), ("field: lines.amount, above: 8", false),
      ("sensitivity: [confidential, restricted]", true), ("sensitivity: public", false), ("language: de", true),
      ("language: en", false), ("pages: { above: 2, below: 4 }", true), ("pages: { above: 3 }", false),
      ("quality: unreadable", false), ("check: adds-up", false), ("not: { contract: other }", true),
      ("any: [{ contract: other }, { language: de }]", true),
      ("all: [{ contract: thing }, { language: en }]", false), ("contract: thing, language: en", false),
    ])
  func conditions(when: String, holds: Bool) throws {
    let decision = try decide("  - { when: { \(when) }, deliver: a }", try Self.record())
    #expect(decision.destinations == (holds ? ["a"] : []), "\(decision)")
    #expect(decision.route == (holds ? .deliver : .review))
  }

  private static let amounts = """
      - { when: { field: total, above: 50 EUR }, approve: finance, deliver: a }
      - { when: { contract: thing }, deliver: b }
    """

  @Test("an amount of another currency holds nowhere, and is asked about unless a route names that currency")
  func currencies() throws {
    let foreign = try decide(Self.amounts, try Self.record(currency: "USD"))
    #expect(foreign.destinations == ["b"] && foreign.route == .review)
    #expect(foreign.reasons.map(\.code) == ["other-currency"] && foreign.reasons[0].field == "total")
    let unknown = try decide(Self.amounts, try Self.record(currency: nil))
    #expect(unknown.reasons.map(\.code) == ["other-currency"])
    let named =
      """
        - { when: { field: total, above: 50 EUR }, approve: finance, deliver: a }
        - { when: { field: total, above: 500 USD }, approve: finance, deliver: a }
        - { when: { contract: thing }, deliver: b }
      """
    #expect(try decide(named, try Self.record(currency: "USD")).route == .deliver)
    let negated = "  - { when: { not: { field: total, above: 50 EUR } }, deliver: b }"
    #expect(try decide(negated, try Self.record(currency: "USD")).destinations.isEmpty, "nor does its opposite")
  }

  @Test("a route that asks for a role, and a policy that asks for two people, are said as what is waited for")
  func approvals() throws {
    let decision = try decide(Self.amounts, try Self.record())
    #expect(decision.route == .review && decision.destinations == ["a"])
    #expect(decision.approval == Approval(roles: ["finance"]))
    #expect(decision.reasons.map(\.message) == ["It waits for the approval of `finance`."])
    #expect(try Decision(storedJSON: decision.storedJSON) == decision)
    let two = try decide(
      "  - { when: { contract: thing }, deliver: b }", try Self.record(currency: "USD"),
      fourEyes: "four_eyes: { when: { field: total, above: 50 EUR } }")
    #expect(two.approval == Approval(isFourEyes: true), "what cannot be compared is looked at twice")
  }

  @Test("who may approve")
  func whoApproves() {
    let people = ["finance": ["maria", "ben"]]
    func missing(_ signatures: [String], _ answerers: [String] = [], fourEyes: Bool = false) -> [String] {
      Approval(roles: ["finance"], isFourEyes: fourEyes, signatures: signatures, answerers: answerers)
        .missing(among: people)
    }
    #expect(missing([]) == ["`finance`"] && missing(["maria"]) == [] && missing(["otto"]) == ["`finance`"])
    #expect(missing(["maria"], ["maria"]) == ["`finance`"], "not who answered its questions")
    #expect(missing(["otto", "ben"], ["otto"]) == [])
    #expect(
      missing(["maria"], fourEyes: true) == ["a second person"] && missing(["otto", "ben"], fourEyes: true) == [])
    #expect(Approval(roles: ["finance"], signatures: ["otto"]).missing(among: [:]) == [], "no roles are given at all")
  }

  @Test("a route to a person says so, one that rejects rejects; a word like `review: false` is a mistake")
  func otherWays() throws {
    let asked = try decide("  - { when: { contract: thing }, review: true, deliver: a }", try Self.record())
    #expect(asked.route == .review && asked.reasons.map(\.code) == ["route"] && asked.destinations == ["a"])
    #expect(try decide("  - { when: { contract: thing }, reject: true }", try Self.record()).route == .reject)
    #expect(Self.pipeline("  - { when: { contract: thing }, review: false }").value == nil)
  }
}
