import Testing

@testable import Docket

@Suite struct EvaluationTests {
  private func verdict(_ id: Int, right: Bool, confidence: Double = 0.9) -> Verdict {
    let field = Verdict.FieldVerdict(
      path: "total", confidence: confidence, given: [right ? "1" : "2"], expected: ["1"], alike: ==)
    return Verdict(
      id: "\(id)", name: "\(id).pdf", contract: ContractReference(name: "bill", version: 1), trueContract: "bill",
      confidence: confidence, isCandidate: true, vendor: "\(id)", fields: [field])
  }

  @Test("of a list each value counts once, whatever the order")
  func lists() {
    let field = Verdict.FieldVerdict(
      path: "party", confidence: 0.9, given: ["a", "b", "b"], expected: ["b", "a", "c"], alike: ==)
    #expect(field.right == 2 && field.isWrong)
    let tally = Tally(of: [field])
    #expect(tally.precision == 2.0 / 3 && tally.recall == 2.0 / 3 && tally.f1 == 2.0 / 3)
    #expect(Tally().f1 == nil && Tally(given: 1).recall == nil)
  }

  @Test("confidence that means what it says has no calibration error; coverage is what a threshold reaches at best")
  func reliability() {
    let values = (0..<100).map { (confidence: 0.8, isRight: $0 < 80) } + (0..<50).map { _ in (0.95, true) }
    let reliability = Reliability(values)
    #expect(reliability.bins.map(\.count) == [100, 50])
    #expect(abs(try! #require(reliability.error) - 0.05 / 3) < 1e-9)
    #expect(Reliability.coverage(at: 0.99, values) == 50.0 / 150)
    #expect(Reliability.coverage(at: 0.8, values) == 1)
    #expect(Reliability.coverage(at: 0.9, []) == 0)
  }

  @Test("the better of two is told from the luckier one, and the same lots give the same answer")
  func comparison() {
    let first = Evaluation((0..<200).map { verdict($0, right: $0 % 5 != 0) })
    let better = Evaluation((0..<200).map { verdict($0, right: $0 % 20 != 0) })
    let same = Evaluation((0..<200).map { verdict($0, right: $0 % 5 != 1) })
    let sure = Comparison(first, better, seed: 3)
    #expect(sure.low > 0 && sure.mended == 30 && sure.broken == 0 && sure.documents == 200)
    #expect(abs(sure.difference - 0.15) < 1e-9)
    let luck = Comparison(first, same, seed: 3)
    #expect(luck.low < 0 && luck.high > 0 && luck.mended == 40 && luck.broken == 40)
    #expect(Comparison(first, better, seed: 3) == sure)
    #expect(Comparison(first, Evaluation([]), seed: 3).documents == 0)
  }

  @Test("a document's line is read again as it was")
  func lines() throws {
    let verdicts = [verdict(1, right: true), verdict(2, right: false)]
    for verdict in verdicts {
      let again = try Verdict(evaluation: JSONValue(parsing: EvaluationLine.json(of: verdict)))
      #expect(again.isWrong == verdict.isWrong && again.judged.confidence == verdict.judged.confidence)
      #expect(Tally(of: again.fields) == Tally(of: verdict.fields))
    }
  }

  @Test("a line of `docket extract` is held against the truth: names without case and marks, numbers by their worth")
  func extraction() throws {
    let line = try JSONValue(
      parsing: """
        {"schema": "docket/extraction/1", "contract": {"name": "bill", "version": 1, "confidence": 1},
         "fields": {"seller.name": {"value": "ACME & Co.", "confidence": 0.9}, "total": {"value": "9.0", "confidence": 0.5}},
         "findings": [{"code": "adds-up", "level": "error", "message": "x"}]}
        """)
    let truth = try TruthLine(
      JSONValue(
        parsing: """
          {"file": "d/a.pdf", "contract": "bill", "fields": {"seller": "acme and co", "total": "9.00", "due_on": null}}
          """))
    let verdict = try Verdict(extraction: line, truth: truth)
    #expect(!verdict.isWrong && verdict.confidence == 0.45 && verdict.id == "a")
    #expect(!verdict.isCandidate && verdict.reasons == ["check-failed"], "a failed check never goes by itself")
    #expect(try Verdict(extraction: line, truth: truth, ignoringChecks: true).isCandidate)
  }

  @Test("what goes at an error rate: proven, and at best")
  func straightThrough() throws {
    let evaluation = Evaluation(
      (0..<100).map { verdict($0, right: true, confidence: 0.97) }
        + (100..<150).map { verdict($0, right: $0 % 2 == 0, confidence: 0.6) })
    let through = evaluation.straightThrough(wrongAtMost: 0.05, certainty: 0.95)
    #expect(through.proven?.count == 100 && abs(through.share - 2.0 / 3) < 1e-9 && through.atBest == 2.0 / 3)
    #expect(evaluation.worst(3).count == 3 && evaluation.wrongRecords == 25)
    let curve = Automation.curve(of: evaluation.verdicts, certainty: 0.95)
    #expect(curve.last?.share == 1 && curve.last?.reviewMinutes == 0)
    #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.reviewMinutes >= $1.reviewMinutes })
  }
}
