import Testing

@testable import Docket

/// Twenty lessons: in each the amount behind `OWED` is the right one, though another scores higher.
func owedLessons(_ count: Int = 20, labelled label: String = "Owed") async throws -> [Lesson] {
  let contract = owedContract
  let stage = ExtractStage(
    [LabelExtractor(Lexicon([]), vocabularies: [:], described: [contract.reference])],
    settings: ContentDigest(of: ""), rankers: Rankers(studied: [contract.reference]))
  var lessons: [Lesson] = []
  for number in 0..<count {
    let reading = page([
      [("Shop", 50), ("\(number % 4)", 90)], [("Total", 50), ("\(900 + number * 7).00", 200)],
      [(label, 50), ("\(11 + number * 3).50", 200)], [("Rest", 50), ("\(5 + number).25", 200)],
    ])
    let context = Context(digest: ContentDigest(of: "\(number)"), name: "a.pdf")
    lessons.append(
      try await stage.lesson(
        id: context.digest.hex, group: "shop \(number % 4)", reading: reading, contract: contract, context: context,
        truths: ["total": "\(11 + number * 3).50", "unknown": "1", "note": nil]))
  }
  return lessons
}

let owedContract = Contract(
  name: "slip", version: 2, summary: "A slip.",
  fields: [
    Field(name: "total", type: .money, required: true, labels: ["en": [WeightedPhrase("total")]]),
    Field(name: "note", type: .text, labels: ["en": [WeightedPhrase("remark")]]),
  ], digest: ContentDigest(of: "owed"))

@Suite struct RankerTrainingTests {
  @Test("the gradient is what small differences say")
  func gradient() async throws {
    let examples = try await owedLessons(6).compactMap { $0.example(of: "total") }
    let training = RankerTraining(path: "total", isText: false, examples: examples)
    var place = training.start
    for index in place.indices { place[index] += 0.01 * Double(index % 7) - 0.02 }
    var gradient = place.map { _ in 0.0 }
    var unused = gradient
    _ = training.loss(place, gradient: &gradient)
    let step = 1e-5
    // Some marks, some measures, the bias and the weight of the zero-shot score.
    for index in [0, 1, 17, place.count - 12, place.count - 5, place.count - 2, place.count - 1] {
      var (higher, lower) = (place, place)
      higher[index] += step
      lower[index] -= step
      let slope = (training.loss(higher, gradient: &unused) - training.loss(lower, gradient: &unused)) / (2 * step)
      #expect(abs(slope - gradient[index]) < 1e-5 * max(1, abs(slope)), "place \(index): \(slope), \(gradient[index])")
    }
  }

  @Test("what stands beside the right value is learned, and told from what the contract's labels say")
  func learns() async throws {
    let lessons = try await owedLessons()
    let trained = try Training(lessons, of: owedContract, number: 3, inUse: nil, comparedWith: "zero-shot")
    #expect(trained.card.gain.rightBefore == 20, "the absent note is right before")
    #expect(trained.card.gain.right == 40)
    #expect(trained.card.gain.isProven)
    #expect(trained.card.fields == ["total": 20, "note": 20], "what the contract does not have is not learned")
    let ranked = trained.ranker.ranked(try await owedLessons(30)[29].extraction).settled()
    let best = try #require(ranked.candidates["total"]?.first)
    #expect(best.value.canonical == "98.50" && best.score > 0)
    #expect(best.producer == "\(LabelExtractor.name) + slip model 3")
    #expect(ranked.candidates["total"]?.allSatisfy { $0.features == nil } == true)
  }

  @Test("the same lessons in any order give the same bytes")
  func deterministic() async throws {
    let lessons = try await owedLessons(12)
    let first = try Training(lessons, of: owedContract, number: 1, inUse: nil, comparedWith: "zero-shot")
    let second = try Training(lessons.reversed(), of: owedContract, number: 1, inUse: nil, comparedWith: "zero-shot")
    #expect(first.weights == second.weights)
    #expect(first.card.json == second.card.json)
  }

  @Test("less than five documents, or one vendor's alone, are too little")
  func tooLittle() async throws {
    let few = try await owedLessons(4)
    #expect(throws: DocketError.self) {
      try Training(few, of: owedContract, number: 1, inUse: nil, comparedWith: "zero-shot")
    }
    var alike = try await owedLessons(8)
    for index in alike.indices { alike[index].group = "one" }
    do {
      _ = try Training(alike, of: owedContract, number: 1, inUse: nil, comparedWith: "zero-shot")
      Issue.record("one group taught")
    } catch {
      #expect((error as? DocketError)?.code == .tooLittleToLearn)
    }
  }

  @Test("what is learned again from the same documents is no better, and stays a candidate")
  func noGain() async throws {
    let lessons = try await owedLessons()
    let first = try Training(lessons, of: owedContract, number: 1, inUse: nil, comparedWith: "zero-shot")
    #expect(first.ranker.learnedFrom == Set(lessons.map(\.id)))
    let second = try Training(lessons, of: owedContract, number: 2, inUse: first.ranker, comparedWith: "model 1")
    #expect(second.card.gain.rightBefore == second.card.gain.right)
    #expect(!second.card.gain.isProven)
  }

  @Test("a field that learning makes worse is left to its labels")
  func worse() async throws {
    // Of the totals half are what the label says, half what stands elsewhere, by no rule.
    var lessons = try await owedLessons(20)
    for index in lessons.indices where index % 5 != 0 {
      lessons[index].truths["total"] = "\(900 + index * 7).00"
    }
    let crossFitted = CrossFitting(lessons, of: owedContract)
    let worse = crossFitted.answers.filter { $0.path == "total" }
    let isWorse = worse.count(where: \.isRight) < worse.count(where: \.isRightZeroShot)
    #expect(crossFitted.keptPaths.contains("total") == !isWorse)
    let none = crossFitted.keeping([])
    #expect(none.gain.right == none.gain.rightBefore, "as if nothing had been learned")
    #expect(crossFitted.keeping(["total", "note"]).gain == crossFitted.gain)
  }

  @Test("confidences come from answers about documents that were not learned from")
  func calibrated() async throws {
    let lessons = try await owedLessons()
    let crossFitted = CrossFitting(lessons, of: owedContract)
    let calibration = try #require(crossFitted.calibrations(name: "slip", of: ["total"])["total"])
    #expect(calibration.isFitted && !calibration.withholds, "a ranker has weighed absence already")
    func confidence(_ probability: Double) -> Double {
      calibration.confidence(
        Calibration.Signals(probability: probability, checks: 0, reading: 1, isFromPixels: false), type: .money)
    }
    #expect(confidence(0.95) > confidence(0.6) && confidence(0.95) > 0.8)
  }

  @Test("answers about known vendors take part in what signals weigh, and change nothing else")
  func familiar() async throws {
    let lessons = try await owedLessons()
    let crossFitted = CrossFitting(lessons, of: owedContract)
    let both = crossFitted.withFamiliar(lessons, of: owedContract)
    #expect(both.answers == crossFitted.answers && both.familiar.count == crossFitted.answers.count)
    #expect(both.familiar.contains { $0.signals.recalled != nil })
    #expect(crossFitted.answers.allSatisfy { $0.signals.recalled == nil })
    let weights = try #require(both.calibrations(name: "slip", of: ["total"])["total"]?.weights["*/*"])
    #expect(weights.numbers.count == Calibration.Weights.names.count)
    #expect(weights.numbers.suffix(Recalled.names.count).contains { $0 != 0 })
  }

  @Test("what signals weigh is shared by the fields, how often one is right is its own")
  func shared() async throws {
    let crossFitted = CrossFitting(try await owedLessons(), of: owedContract)
    let calibrations = crossFitted.calibrations(name: "slip", of: ["total", "note"])
    let weights = calibrations.values.compactMap { $0.weights["*/*"]?.numbers.dropFirst() }
    #expect(weights.count == 2 && weights[0] == weights[1])
    let part = try #require(crossFitted.part(of: 0))
    let others = crossFitted.calibrations(name: "slip", of: ["total"], without: part)
    let left = crossFitted.answers.count { $0.path == "total" && crossFitted.part(of: $0.lesson) != part }
    #expect(others["total"]?.count == left && left < crossFitted.answers.count { $0.path == "total" })
  }
}

@Suite struct MinimizerTests {
  @Test("the bottom of Rosenbrock's valley is found")
  func valley() {
    let found = Minimizer.minimum(from: [-1.2, 1], iterations: 200) { place, gradient in
      let (x, y) = (place[0], place[1])
      gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x)
      gradient[1] = 200 * (y - x * x)
      return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x)
    }
    #expect(abs(found[0] - 1) < 1e-3 && abs(found[1] - 1) < 1e-3)
  }
}

@Suite struct FoldsTests {
  @Test("a group is never parted, every lesson is in a part, and order decides nothing")
  func groups() {
    let groups = (0..<40).map { "vendor \($0 % 9)" }
    let folds = Folds(groups: groups)
    #expect(folds.count == 5)
    for name in Set(groups) {
      let parts = groups.indices.filter { groups[$0] == name }.map { folds.parts[$0] }
      #expect(Set(parts).count == 1)
    }
    #expect(Set(folds.parts) == Set(0..<5))
    #expect(Array(Folds(groups: groups.reversed()).parts.reversed()) == folds.parts)
    #expect(Folds(groups: ["a", "b"]).count == 2)
  }
}

@Suite struct TrueValueTests {
  @Test("texts are the same by their letters and digits, numbers and days by value")
  func same() {
    #expect(TrueValue.isSame(.text("Smith & Sons, Ltd."), "SMITH AND SONS LTD"))
    #expect(TrueValue.isSame(.decimal(DecimalNumber("9.50")!), "9.5"))
    #expect(!TrueValue.isSame(.decimal(DecimalNumber("9.50")!), "95"))
    #expect(TrueValue.isSame(.date(CalendarDate(iso: "2026-03-04")!), "2026-03-04"))
  }

  @Test("of texts the nearest one teaches where none is right, if it is near")
  func nearest() {
    func right(_ texts: [String], _ truth: String) -> [Bool] {
      TrueValue.right(
        among: texts.map {
          Candidate(path: "name", value: .text($0), raw: $0, score: 0, locators: [], producer: "test 1")
        }, truth)
    }
    #expect(right(["Mill Lane 1", "Anna Smith Ltd"], "Anna Smyth Ltd") == [false, true])
    #expect(right(["Mill Lane 1", "Bakery"], "Anna Smyth Ltd") == [false, false])
    #expect(right(["Anna Smith", "Anna Smith Ltd"], "Anna Smith") == [true, false])
  }
}
