extension CrossFitting {
  /// How strongly what is fitted is held near what is usual, and a field's near that of all fields.
  private static let restraint = 1.0
  private static let fieldRestraint = 4.0
  private static let usual = Calibration.Weights(bias: 0, probability: 1, check: 0.5, reading: 0.2)

  /// By path: a logistic function fitted on answers about documents that the ranker had not learned from.
  package func calibrations(name: String, of paths: Set<String>) -> [String: Calibration] {
    let answers = answers.filter { paths.contains($0.path) }
    let all = CrossFitting.fitted(answers, near: CrossFitting.usual, restraint: CrossFitting.restraint)
    return Dictionary(grouping: answers, by: \.path).mapValues { own in
      let weights = CrossFitting.fitted(own, near: all, restraint: CrossFitting.fieldRestraint)
      return Calibration(learned: weights, name: name, count: own.count)
    }
  }

  private static func fitted(
    _ answers: [Answer], near usual: Calibration.Weights, restraint: Double
  ) -> Calibration.Weights {
    let rows = answers.map { answer in
      let signals = answer.signals
      return [
        1, Calibration.logit(signals.probability), signals.checks,
        signals.isFromPixels ? Calibration.logit(signals.reading) : 0,
      ]
    }
    let start = [usual.bias, usual.probability, usual.check, usual.reading]
    let found = Minimizer.minimum(from: start, iterations: 60) { place, gradient in
      var loss = 0.0
      for index in 0..<4 {
        loss += restraint / 2 * (place[index] - start[index]) * (place[index] - start[index])
        gradient[index] = restraint * (place[index] - start[index])
      }
      for (row, answer) in zip(rows, answers) {
        var logit = 0.0
        for index in 0..<4 { logit += place[index] * row[index] }
        let probability = Calibration.logistic(logit)
        loss -= Elementary.log(max(1e-300, answer.isRight ? probability : 1 - probability))
        for index in 0..<4 { gradient[index] += (probability - (answer.isRight ? 1 : 0)) * row[index] }
      }
      return loss
    }
    // What is said to four digits is kept in four, in the card as well as here.
    let kept = found.map { (10_000 * $0).rounded() / 10_000 }
    // More probability is never less belief.
    return Calibration.Weights(bias: kept[0], probability: max(0.05, kept[1]), check: kept[2], reading: kept[3])
  }
}

extension Calibration {
  /// Of one field, from what was learned about its contract.
  init(learned weights: Weights, name: String, count: Int) {
    self.init(
      name: name, fittedOn: "reviewed documents", count: count, method: "logistic on out-of-fold answers",
      expectedError: nil, weights: ["*/*": weights], digest: ContentDigest(of: name))
    withholds = false
  }
}

extension Record {
  /// By path: checks that hold with it, minus those that do not.
  func support(by contract: Contract) -> [String: Double] {
    let values = CheckedValues(self)
    var support: [String: Double] = [:]
    for check in contract.checks {
      switch check.evaluate(on: values) {
      case .holds: for path in check.paths { support[path, default: 0] += 1 }
      case .fails: for path in check.paths { support[path, default: 0] -= 1 }
      case .doesNotApply: break
      }
    }
    return support.mapValues { min(2, max(-2, $0)) }
  }
}
