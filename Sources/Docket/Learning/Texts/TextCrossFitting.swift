/// What texts teach, seen on texts that it was not learned from.
package struct TextCrossFitting: Sendable {
  package struct Answer: Hashable, Sendable {
    package var lesson: Int
    package var truth: String?
    /// What is in use says, what nothing learned says, and what would be learned says; nil: none of them.
    package var before: String?
    package var zeroShot: String?
    package var given: String?
    /// Of what is given, before it is calibrated.
    package var probability: Double

    package var isRight: Bool { given == truth }
  }

  package private(set) var answers: [Answer] = []
  package let parts: Int

  /// - Parameter inUse: what is compared with; on texts that it learned from another one stands in for it.
  package init(_ lessons: [TextLesson], of kind: TextKind, inUse: TextModel? = nil) {
    let folds = Folds(groups: lessons.map(\.group))
    parts = folds.count
    for part in 0..<folds.count {
      let others = lessons.indices.filter { folds.parts[$0] != part }.map { lessons[$0] }
      let model = kind.learned(from: others)
      let stand = inUse.map { inUse in kind.learned(from: others.filter { inUse.learnedFrom.contains($0.id) }) }
      for index in lessons.indices where folds.parts[index] == part {
        let isKnown = inUse?.learnedFrom.contains(lessons[index].id) ?? false
        answers.append(
          TextCrossFitting.answer(lessons[index], index, of: kind, before: isKnown ? stand : inUse, after: model))
      }
    }
    answers.sort { $0.lesson < $1.lesson }
  }

  /// Two models, each with what it stands on, on lessons that neither has learned from; none: the zero-shot scores.
  package init(comparing first: [TextModel], with second: [TextModel], of kind: TextKind, on lessons: [TextLesson]) {
    func restood(_ lesson: TextLesson, _ chain: [TextModel]) -> TextLesson {
      var lesson = lesson
      lesson.zeroShot = chain.scores(lesson.zeroShot, lesson.marks)
      return lesson
    }
    parts = 1
    answers = lessons.enumerated().map { index, lesson in
      var answer = TextCrossFitting.answer(restood(lesson, second), index, of: kind, before: nil, after: nil)
      answer.before = restood(lesson, first).likeliest(by: nil, of: kind).name
      answer.zeroShot = lesson.likeliest(by: nil, of: kind).name
      return answer
    }
  }

  private static func answer(
    _ lesson: TextLesson, _ index: Int, of kind: TextKind, before: TextModel?, after: TextModel?
  ) -> Answer {
    let given = lesson.likeliest(by: after, of: kind)
    return Answer(
      lesson: index, truth: lesson.truth, before: lesson.likeliest(by: before, of: kind).name,
      zeroShot: lesson.likeliest(by: nil, of: kind).name, given: given.name, probability: given.probability)
  }

  /// How many more are right, paired, by class.
  package var gain: CrossFitting.Gain {
    var byClass: [String: CrossFitting.Gain.Count] = [:]
    for answer in answers {
      byClass[answer.truth ?? TextKind.none, default: .init()].fields += 1
      if answer.before == answer.truth { byClass[answer.truth ?? TextKind.none]?.rightBefore += 1 }
      if answer.isRight { byClass[answer.truth ?? TextKind.none]?.right += 1 }
    }
    let count = Double(answers.count)
    let gains = answers.map { Double(($0.isRight ? 1 : 0) - ($0.before == $0.truth ? 1 : 0)) }
    let mean = count > 0 ? gains.reduce(0, +) / count : 0
    let variance = count > 1 ? gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) : 1
    return CrossFitting.Gain(
      documents: answers.count, fields: answers.count, rightBefore: answers.count { $0.before == $0.truth },
      right: answers.count(where: \.isRight), byPath: byClass,
      least: mean - 1.645 * (variance / max(1, count)).squareRoot())
  }

  /// Over the classes that are true or given.
  package var macroF1: Double {
    var tallies: [String: Tally] = [:]
    for answer in answers {
      let (truth, given) = (answer.truth ?? TextKind.none, answer.given ?? TextKind.none)
      tallies[truth, default: Tally()] += Tally(expected: 1, right: truth == given ? 1 : 0)
      tallies[given, default: Tally()] += Tally(given: 1)
    }
    let known = tallies.filter { $0.value.expected > 0 }.sorted { $0.key < $1.key }
    return known.isEmpty ? 0 : known.reduce(0) { $0 + ($1.value.f1 ?? 0) } / Double(known.count)
  }

  /// The share of texts that some threshold accepts with this precision.
  package func coverage(at precision: Double) -> Double {
    Reliability.coverage(at: precision, answers.map { ($0.probability, $0.isRight) })
  }

  /// Bias and weight of a logistic function of the logit of the likeliest one's probability.
  package var calibration: [Double] {
    let start = [0.0, 1.0]
    let rows = answers.map { (logit: Calibration.logit($0.probability), isRight: $0.isRight) }
    let found = Minimizer.minimum(from: start, iterations: 60) { place, gradient in
      var loss = 0.0
      for index in 0..<2 {
        gradient[index] = place[index] - start[index]
        loss += gradient[index] * gradient[index] / 2
      }
      for row in rows {
        let probability = Calibration.logistic(place[0] + place[1] * row.logit)
        loss -= Elementary.log(max(1e-300, row.isRight ? probability : 1 - probability))
        let slope = probability - (row.isRight ? 1 : 0)
        gradient[0] += slope
        gradient[1] += slope * row.logit
      }
      return loss
    }
    return [(10_000 * found[0]).rounded() / 10_000, max(0.05, (10_000 * found[1]).rounded() / 10_000)]
  }
}

extension TextLesson {
  /// What is likeliest by a model, or by the zero-shot scores alone: no class where none is likelier than each.
  func likeliest(by model: TextModel?, of kind: TextKind) -> (name: String?, probability: Double) {
    let scores = TextScores(zeroShot: zeroShot, marks: marks, by: model)
    guard let best = scores.best else { return (nil, 1) }
    return best.probability > kind.leastOdds(of: zeroShot.count) * scores.none
      ? (best.name, best.probability) : (nil, scores.none)
  }
}
