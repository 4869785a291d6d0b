import Testing

@testable import Docket

private let sums = Contract(
  name: "bill", version: 1, summary: "A bill.",
  fields: [
    Field(name: "net", type: .money), Field(name: "tax", type: .money),
    Field(name: "total", type: .money, required: true),
  ],
  checks: [
    Check(
      code: "adds-up",
      rule: .sum([.init(path: "net"), .init(path: "tax")], equals: "total", within: DecimalNumber("0.02")!))
  ], digest: ContentDigest(of: "bill"))

private func candidate(_ path: String, _ amount: String, _ score: Double, exact: Bool = false) -> Candidate {
  Candidate(
    path: path, value: .decimal(DecimalNumber(amount)!), raw: amount, score: score,
    locators: [.region(Region(page: 1, x: 0, y: 0, width: 1, height: 1))], producer: "test 1", isExact: exact)
}

private func normalize(_ candidates: [String: [Candidate]], calibration: Calibration = .none) -> Record {
  let reading = Reading(mediaType: "application/pdf", content: .pages([]))
  return Normalizer(calibration: calibration).normalize(
    .init(
      reading: reading, contract: sums,
      classification: Classification(contract: sums.reference, confidence: 1),
      extraction: Extraction(candidates: candidates)), in: Context(digest: ContentDigest(of: ""), name: "a"))
}

@Suite struct NormalizerTests {
  @Test("chooses related amounts together: what adds up beats what scores a little higher")
  func joint() {
    let record = normalize([
      "net": [candidate("net", "50.00", 2.0), candidate("net", "90.00", 1.0)],
      "tax": [candidate("tax", "3.00", 1.5), candidate("tax", "17.10", 0.5)],
      "total": [candidate("total", "107.10", 2.0)],
    ])
    #expect(record.value("net")?.canonical == "90.00")
    #expect(record.value("tax")?.canonical == "17.10")
    #expect(!record.findings.contains { $0.level == .error })
  }

  @Test("of the readings of two dates those are taken that keep the order which the contract asks for")
  func dates() {
    let contract = Contract(
      name: "bill", version: 1, summary: "A bill.",
      fields: [Field(name: "issued_on", type: .date), Field(name: "due_on", type: .date)],
      checks: [Check(code: "due-after-issue", rule: .order(["issued_on", "due_on"]))],
      digest: ContentDigest(of: "dates"))
    func readings(_ path: String, _ y: Double, _ days: String...) -> [Candidate] {
      days.enumerated().map { place, day in
        Candidate(
          path: path, value: .date(CalendarDate(iso: day)!), raw: "x", score: 3 - 0.4 * Double(place),
          locators: [.region(Region(page: 1, x: 0, y: y, width: 1, height: 1))], producer: "test 1",
          findings: [Finding("ambiguous-date", .warning, "It may be read in two ways.", field: path)])
      }
    }
    let record = Normalizer().normalize(
      .init(
        reading: Reading(mediaType: "application/pdf", content: .pages([])), contract: contract,
        classification: Classification(contract: contract.reference, confidence: 1),
        extraction: Extraction(candidates: [
          "issued_on": readings("issued_on", 0, "2018-09-07", "2018-07-09"),
          "due_on": readings("due_on", 20, "2018-07-09", "2018-09-07"),
        ])), in: Context(digest: ContentDigest(of: ""), name: "a"))
    #expect(record.value("issued_on")?.canonical == "2018-07-09")
    #expect(record.value("due_on")?.canonical == "2018-09-07")
  }

  @Test("a check that fails is an error, one that lacks a value a note")
  func checks() {
    let failing = normalize([
      "net": [candidate("net", "1.00", 9, exact: true)], "tax": [candidate("tax", "1.00", 9, exact: true)],
      "total": [candidate("total", "5.00", 9, exact: true)],
    ])
    #expect(failing.findings.contains { $0.code == "adds-up" && $0.level == .error })
    let lacking = normalize(["total": [candidate("total", "5.00", 3)]])
    #expect(lacking.findings.contains { $0.code == "adds-up" && $0.level == .note })
  }

  @Test("what a fitted card holds for likely wrong is suggested, not given; a person may pick it")
  func doubtful() throws {
    var card = Calibration.none
    card.count = 100
    card.weights = ["*/*": Calibration.Weights(bias: -3, probability: 0.5, check: 0, reading: 0)]
    let proposals = ["total": [candidate("total", "5.00", 1), candidate("total", "6.00", 0.5)]]
    let record = normalize(proposals, calibration: card)
    let field = try #require(record.field("total"))
    #expect(field.values.isEmpty)
    #expect(field.suggestions.map(\.value.canonical) == ["5.00", "6.00"])
    #expect(record.answering("total", .pick(2), person: "maria")?.value("total")?.canonical == "6.00")
    #expect(try RecordField(storedJSON: field.storedJSON) == field)
    #expect(normalize(proposals).field("total")?.values.map(\.value.canonical) == ["5.00"])
  }

  @Test("what scores below absence is absent, however often it is printed")
  func absence() {
    let record = normalize(["total": [candidate("total", "5.00", -3)]])
    #expect(record.field("total")?.values.isEmpty == true)
    let again = normalize(["total": [candidate("total", "5.00", -0.2), candidate("total", "5.00", -0.2)]])
    #expect(again.field("total")?.values.isEmpty == true)
  }
}

@Suite struct DeciderTests {
  private func decide(_ record: Record, exact: PolicyFile.Stance = .accept) -> Decision {
    let policy = PolicyFile(name: "p", version: 1, exact: exact, unproven: .ask, digest: ContentDigest(of: "p"))
    let route = PipelineFile.Route(when: .contract(["bill"]), deliver: ["ledger"])
    let facts = ReadingFacts(
      of: Reading(mediaType: "", content: .pages([])),
      classification: Classification(contract: sums.reference, confidence: 1))
    return Decider(policy: policy, contracts: [sums], routes: [route]).decide(
      record, facts: facts, in: Context(digest: ContentDigest(of: ""), name: "a"))
  }

  private func exact(_ total: String) -> Record {
    normalize([
      "net": [candidate("net", "1.00", 9, exact: true)], "tax": [candidate("tax", "1.00", 9, exact: true)],
      "total": [candidate("total", total, 9, exact: true)],
    ])
  }

  @Test("a structured original whose checks hold goes without a person")
  func exactRecord() {
    let decision = decide(exact("2.00"))
    #expect(decision.route == .deliver && decision.destinations == ["ledger"] && decision.reasons.isEmpty)
  }

  @Test("a failed check is never delivered without a person, and the reason is said")
  func failedCheck() {
    let decision = decide(exact("3.00"))
    #expect(decision.route == .review)
    #expect(decision.fields["total"] == .init(isAccepted: false, reason: "check-failed"))
    #expect(decision.reasons.contains { $0.code == "adds-up" })
  }

  @Test("without proof, what was read off a page is asked")
  func unproven() {
    let decision = decide(normalize(["total": [candidate("total", "5.00", 6)]]))
    #expect(decision.route == .review && decision.fields["total"]?.reason == "unproven")
  }

  @Test("a required value that is missing is asked; another one is not")
  func missing() {
    let decision = decide(normalize([:]))
    #expect(decision.fields["total"]?.reason == "missing")
    #expect(decision.fields["net"]?.isAccepted == true)
  }

  @Test("a policy may ask exact values too")
  func cautious() {
    #expect(decide(exact("2.00"), exact: .ask).route == .review)
  }
}
