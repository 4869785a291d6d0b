/// What lessons teach, seen on lessons that it was not learned from: whether it is better than what is in use, and how
/// sure its answers may be called.
package struct CrossFitting: Sendable {
  /// A known field of a lesson: what is in use gives, what nothing learned gives, and what would be learned gives.
  package struct Answer: Hashable, Sendable {
    package var lesson: Int
    package var path: String
    package var isRightBefore: Bool
    package var isRightZeroShot: Bool
    package var isRight: Bool
    /// Of the value given, or of its absence.
    var signals: Calibration.Signals
  }

  package private(set) var answers: [Answer]
  /// About the same lessons as ones of vendors that are known; empty where that was not looked at.
  private(set) var familiar: [Answer] = []
  package let parts: Int
  /// By lesson: the part that it is in.
  private let folds: [Int]
  /// By part: what was learned from all the others.
  package let rankers: [Ranker]

  func part(of lesson: Int) -> Int? { folds.indices.contains(lesson) ? folds[lesson] : nil }

  /// - Parameters:
  ///   - inUse: what is compared with; on documents that it learned from another one stands in for it that has not.
  ///   - atMost: so many lessons are learned from at a time, drawn by their digests; nil: all that may be.
  ///   - memory: what is remembered of the other lessons where one is measured. Then a group's lessons are parted, too:
  ///     each is measured as one of a vendor that is known.
  package init(
    _ lessons: [Lesson], of contract: Contract, inUse: Ranker? = nil, atMost: Int? = nil,
    remembering memory: Memory? = nil
  ) {
    let folds = Folds(groups: lessons.map { memory == nil ? $0.group : $0.id })
    parts = folds.count
    self.folds = folds.parts
    var answers: [Answer] = []
    var rankers: [Ranker] = []
    for part in 0..<folds.count {
      var others = lessons.indices.filter { folds.parts[$0] != part }.map { lessons[$0] }
      if let atMost { others = Array(others.sorted { $0.lot < $1.lot }.prefix(atMost)) }
      let ranker = Ranker.learned(from: others, of: contract, producer: "")
      rankers.append(ranker)
      let old = inUse.map { inUse in
        Ranker.learned(from: others.filter { inUse.learnedFrom.contains($0.id) }, of: contract, producer: "")
      }
      for index in lessons.indices where folds.parts[index] == part {
        let lesson = lessons[index]
        let isKnown = inUse?.learnedFrom.contains(lesson.id) ?? false
        let before = isKnown ? old : inUse
        answers += CrossFitting.answers(lesson, index, before: before, after: ranker, memory: memory)
      }
    }
    self.rankers = rankers
    self.answers = answers.sorted { ($0.lesson, $0.path) < ($1.lesson, $1.path) }
  }

  /// With what is given for documents of known vendors: of those, others were learned from and are remembered.
  func withFamiliar(_ lessons: [Lesson], of contract: Contract) -> CrossFitting {
    let remembered = lessons.compactMap { RememberedDocument($0, vendor: $0.group, answeredAt: 0) }
    let memory = Memory(number: 0, madeAt: 0, documents: [contract.name: remembered])
    var both = self
    both.familiar = CrossFitting(lessons, of: contract, remembering: memory).answers
    return both
  }

  /// Two rankers on lessons that neither has learned from; nil: the zero-shot scores.
  ///
  /// - Parameter memory: what is remembered of the other lessons, for the second.
  package init(
    comparing first: Ranker?, with second: Ranker?, on lessons: [Lesson], remembering memory: Memory? = nil
  ) {
    parts = 1
    folds = []
    rankers = []
    answers = lessons.enumerated().flatMap { index, lesson in
      CrossFitting.answers(lesson, index, before: first, after: second, memory: memory)
    }
  }

  private static func answers(
    _ lesson: Lesson, _ index: Int, before: Ranker?, after: Ranker?, memory: Memory?
  ) -> [Answer] {
    let zeroShot = lesson.record(by: nil)
    let old = before == nil ? zeroShot : lesson.record(by: before)
    let new = lesson.remembering(memory).record(by: after)
    let support = new.record.support(by: lesson.contract)
    return lesson.truths.sorted { $0.key < $1.key }.compactMap { path, truth in
      guard let field = new.record.field(path), field.values.first?.isExact != true else { return nil }
      let value = field.values.first?.value
      let pools = Pooled.pool(new.extraction.candidates[path] ?? [])
      let place = pools.firstIndex { $0.value == value }
      var signals = Calibration.Signals(
        of: place, among: pools, isFromPixels: lesson.reading.pages.contains { $0.isFromPixels })
      signals.checks = support[path] ?? 0
      return Answer(
        lesson: index, path: path, isRightBefore: isRight(old.record.value(path), truth),
        isRightZeroShot: isRight(zeroShot.record.value(path), truth), isRight: isRight(value, truth),
        signals: signals)
    }
  }

  /// Fields for which what was learned is no worse than the zero-shot score: only they are kept.
  package var keptPaths: Set<String> {
    var balance: [String: Int] = [:]
    for answer in answers {
      balance[answer.path, default: 0] += (answer.isRight ? 1 : 0) - (answer.isRightZeroShot ? 1 : 0)
    }
    return Set(balance.filter { $0.value >= 0 }.keys)
  }

  /// As it is where only some fields are kept: for the others nothing was learned.
  package func keeping(_ paths: Set<String>) -> CrossFitting {
    var kept = self
    for index in kept.answers.indices where !paths.contains(kept.answers[index].path) {
      kept.answers[index].isRight = kept.answers[index].isRightZeroShot
    }
    return kept
  }

  private static func isRight(_ value: Value?, _ truth: String?) -> Bool {
    switch (value, truth) {
    case (nil, nil): true
    case (let value?, let truth?): TrueValue.isSame(value, truth)
    default: false
    }
  }
}

extension Lesson {
  /// The record that a ranker, or none, makes of the lesson, with shares of probability for confidences.
  fileprivate func record(by ranker: Ranker?) -> (record: Record, extraction: Extraction) {
    let extraction = extraction.understood(by: ranker)
    let record = Normalizer(calibration: .identity).normalize(
      NormalizeStage.Input(
        reading: reading, contract: contract,
        classification: Classification(contract: contract.reference, confidence: 1), extraction: extraction),
      in: context)
    return (record, extraction)
  }
}

extension Calibration {
  /// Probabilities as they are.
  static let identity = Calibration(
    name: "identity", fittedOn: "nothing", count: 0, method: "none", expectedError: nil,
    weights: ["*/*": Weights(bias: 0, probability: 1, check: 0, reading: 0)],
    digest: ContentDigest(of: "calibration identity"))
}
