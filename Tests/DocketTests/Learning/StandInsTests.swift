import Testing

@testable import Docket

@Suite struct StandInsTests {
  private func code(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? DocketError)?.code.id ?? "\(error)"
    }
  }

  @Test("every document has a stand-in that was learned from others' vendors alone")
  func blind() async throws {
    let lessons = try await owedLessons(12)
    let trained = try Training(lessons, of: owedContract, number: 7, inUse: nil, comparedWith: "zero-shot")
    let standIns = try #require(try StandIns(card: trained.card.json, bytes: trained.standIns))
    let all = Set(lessons.map(\.id))
    for lesson in lessons {
      let ranker = try #require(standIns.ranker(for: lesson.id))
      #expect(!ranker.learnedFrom.contains(lesson.id) && ranker.learnedFrom.isSubset(of: all))
      for other in lessons where other.group == lesson.group {
        #expect(!ranker.learnedFrom.contains(other.id), "no document of the same vendor")
      }
      #expect(Set(ranker.calibrations.keys) == Set(trained.ranker.calibrations.keys))
      #expect(ranker.contract == trained.ranker.contract && ranker.digest != trained.ranker.digest)
    }
    #expect(standIns.ranker(for: "another") == nil)
    // The same lessons in another order give the same bytes.
    let again = try Training(
      lessons.reversed(), of: owedContract, number: 7, inUse: nil, comparedWith: "zero-shot")
    #expect(again.standIns == trained.standIns && again.card.json == trained.card.json)
  }

  @Test("a stand-in answers as what was learned from the other parts would")
  func answers() async throws {
    let lessons = try await owedLessons(12).sorted { $0.id < $1.id }
    let trained = try Training(lessons, of: owedContract, number: 7, inUse: nil, comparedWith: "zero-shot")
    let standIns = try #require(try StandIns(card: trained.card.json, bytes: trained.standIns))
    let lesson = lessons[0]
    let ranker = try #require(standIns.ranker(for: lesson.id))
    let others = lessons.filter { ranker.learnedFrom.contains($0.id) }
    let learned = Ranker.learned(from: others, of: owedContract, producer: "")
    for field in ranker.fields {
      #expect(learned.fields.contains { $0.path == field.path && $0.weights == field.weights })
    }
  }

  @Test("stand-ins that are cut off or another model's are refused; a model without any says so")
  func damaged() async throws {
    let trained = try Training(
      try await owedLessons(12), of: owedContract, number: 7, inUse: nil, comparedWith: "zero-shot")
    let bytes = trained.standIns
    #expect(code { _ = try StandIns(card: trained.card.json, bytes: Array(bytes.dropLast())) } == "model-damaged")
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
      #expect(code { _ = try StandInFile.parts(of: Array(bytes.prefix(length))) } == "model-damaged")
    }
    #expect(code { _ = try StandInFile.parts(of: bytes + [0]) } == "model-damaged")
    var card = trained.card
    card.standIns = nil
    #expect(try StandIns(card: card.json, bytes: bytes) == nil)
    #expect(try ModelCard(json: card.json) == card)
  }

  @Test("rankers that know a document are replaced, the others stay, and without a stand-in there is none")
  func replaced() async throws {
    let lessons = try await owedLessons(12)
    let trained = try Training(lessons, of: owedContract, number: 7, inUse: nil, comparedWith: "zero-shot")
    let standIns = try #require(try StandIns(card: trained.card.json, bytes: trained.standIns))
    let rankers = Rankers([trained.ranker])
    let blind = try #require(rankers.blind(to: lessons[3].id, by: [standIns]))
    #expect(blind.rankers == [standIns.ranker(for: lessons[3].id)] && !blind.knows(lessons[3].id))
    #expect(rankers.blind(to: lessons[3].id, by: []) == nil)
    #expect(rankers.blind(to: "never seen", by: []) == rankers)
  }
}

@Suite struct SignalsTests {
  private func pool(_ scores: [Double], zeroShot: [Double]? = nil) -> [Pooled] {
    scores.enumerated().map { place, score in
      var candidate = Candidate(
        path: "total", value: .text("\(place)"), raw: "", score: score, locators: [], producer: "labels")
      candidate.zeroShot = zeroShot?[place]
      return Pooled(value: candidate.value, score: score, candidates: [candidate])
    }
  }

  @Test("the lead is over the next value or over absence, whichever is nearer")
  func lead() {
    let two = pool([5, 3])
    #expect(Calibration.Signals(of: 0, among: two, isFromPixels: false).lead == 2)
    #expect(Calibration.Signals(of: 1, among: two, isFromPixels: false).lead == -2)
    #expect(Calibration.Signals(of: 0, among: pool([5]), isFromPixels: false).lead == 5)
    #expect(Calibration.Signals(of: 0, among: pool([5, -3]), isFromPixels: false).lead == 5, "absence is 0")
    #expect(Calibration.Signals(of: nil, among: two, isFromPixels: false).lead == -5)
  }

  @Test("what nothing learned would have chosen tells only where something was learned")
  func zeroShot() {
    #expect(Calibration.Signals(of: 0, among: pool([5, 3]), isFromPixels: false).zeroShotLead == nil)
    let learned = pool([5, 3], zeroShot: [1, 2.5])
    #expect(Calibration.Signals(of: 0, among: learned, isFromPixels: false).zeroShotLead == -1.5)
    #expect(Calibration.Signals(of: 1, among: learned, isFromPixels: false).zeroShotLead == 1.5)
    #expect(Calibration.Signals(of: 0, among: learned, isFromPixels: false).numbers[7] == -1)
  }

  @Test("cards without the newer signals are read as weighing them nothing; a weight that is no number is refused")
  func cards() throws {
    let old = try #require(Calibration.Weights([1, 0.5, 0.2, 0.1]))
    #expect(old == Calibration.Weights(bias: 1, probability: 0.5, check: 0.2, reading: 0.1))
    #expect(Calibration.Weights([1, 0.5, 0.2]) == nil && Calibration.Weights([1, 0.5, 0.2, .nan]) == nil)
    func card(_ row: String) -> String {
      """
      {"name": "c", "fitted_on": "x", "count": 1, "method": "m", "expected_calibration_error": null,
       "weights": {"*/*": {"bias": 1, "probability": 0.5, "check": 0.2, "reading": 0.1\(row)}}}
      """
    }
    let signals = Calibration.Signals(probability: 0.9, checks: 0, reading: 1, isFromPixels: false, lead: 3, values: 4)
    let plain = try Calibration(card: card("")).confidence(signals, type: .money)
    #expect(try Calibration(card: card(#", "lead": 0.5"#)).confidence(signals, type: .money) > plain)
    #expect(try Calibration(card: card(#", "values": -0.5"#)).confidence(signals, type: .money) < plain)
    #expect(throws: DocketError.self) { try Calibration(card: card(#", "lead": "much""#)) }
  }
}

@Suite struct LearningCurveTests {
  @Test("more answers bring more right values, and the first point is what nothing learned gives")
  func rises() async throws {
    let lessons = try await owedLessons(30)
    let curve = try LearningCurve(lessons, of: owedContract)
    #expect(curve.points.map(\.documents).first == 0 && curve.points.count >= 4)
    #expect(Set(curve.points.map(\.fields)).count == 1, "the same fields at every point")
    let zero = CrossFitting(lessons, of: owedContract).answers.count(where: \.isRightZeroShot)
    #expect(curve.points[0].right == zero)
    #expect(try #require(curve.points.last).right > zero)
    #expect(try LearningCurve(lessons.reversed(), of: owedContract) == curve)
    #expect(throws: DocketError.self) { try LearningCurve(Array(lessons.prefix(3)), of: owedContract) }
  }
}
