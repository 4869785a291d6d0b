extension CrossFitting {
  /// By path: a logistic function fitted on answers about documents that the ranker had not learned from.
  ///
  /// What signals weigh is the same for all fields: a field of its own has far too few wrong answers to say. How often
  /// a field is right otherwise is its own.
  ///
  /// - Parameter part: whose answers take no part, for what is to be said of them.
  package func calibrations(
    name: String, of paths: Set<String>, without part: Int? = nil
  ) -> [String: Calibration] {
    let isMeant = { (answer: Answer) in
      paths.contains(answer.path) && (part == nil || self.part(of: answer.lesson) != part)
    }
    let answers = answers.filter(isMeant)
    let fitted = CalibrationFit(answers, familiar: familiar.filter(isMeant))
    let counts = answers.reduce(into: [:]) { $0[$1.path, default: 0] += 1 }
    return Dictionary(
      uniqueKeysWithValues: paths.map { path in
        (path, Calibration(learned: fitted.weights(of: path), name: name, count: counts[path] ?? 0))
      })
  }
}

/// Weights for all fields together, and for each what is added to them.
private struct CalibrationFit {
  private let shared: [Double]
  private let own: [String: Double]

  /// What is usual, and how strongly what is fitted is held near it: with few answers it stays there.
  private static let usual = Calibration.Weights(
    bias: 0, probability: 1, check: 0.5, reading: 0.2, ambiguous: -0.5
  ).numbers
  private static let restraint = 8.0
  /// What is remembered of a vendor tells much, on the few documents where anything is.
  private static let memoryRestraint = 0.5
  private static let memoryWidth = Recalled.names.count
  private static let biasRestraint = 0.1
  private static let ownRestraint = 4.0

  /// - Parameter familiar: the same answers about documents of known vendors: both together count as one.
  init(_ answers: [CrossFitting.Answer], familiar: [CrossFitting.Answer]) {
    let paths = Set(answers.map(\.path)).sorted()
    let places = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
    let width = CalibrationFit.usual.count
    let share = familiar.isEmpty ? 1 : 0.5
    let rows = (answers + familiar).map {
      (numbers: $0.signals.numbers, own: width + (places[$0.path] ?? 0), isRight: $0.isRight)
    }
    let start = CalibrationFit.usual + [Double](repeating: 0, count: paths.count)
    let restraints =
      [CalibrationFit.biasRestraint]
      + [Double](repeating: CalibrationFit.restraint, count: width - 1 - CalibrationFit.memoryWidth)
      + [Double](repeating: CalibrationFit.memoryRestraint, count: CalibrationFit.memoryWidth)
      + [Double](repeating: CalibrationFit.ownRestraint, count: paths.count)
    let found = Minimizer.minimum(from: start, iterations: 100) { place, gradient in
      var loss = 0.0
      for index in start.indices {
        let away = place[index] - start[index]
        loss += restraints[index] / 2 * away * away
        gradient[index] = restraints[index] * away
      }
      for row in rows {
        var logit = place[row.own]
        for index in 0..<width { logit += place[index] * row.numbers[index] }
        let probability = Calibration.logistic(logit)
        loss -= share * Elementary.log(max(1e-300, row.isRight ? probability : 1 - probability))
        let pull = share * (probability - (row.isRight ? 1 : 0))
        for index in 0..<width { gradient[index] += pull * row.numbers[index] }
        gradient[row.own] += pull
      }
      return loss
    }
    shared = Array(found[..<width])
    own = places.mapValues { found[width + $0] }
  }

  func weights(of path: String) -> Calibration.Weights {
    var numbers = shared
    numbers[0] += own[path] ?? 0
    // More probability is never less belief.
    numbers[1] = max(0.05, numbers[1])
    // What is said to four digits is kept in four, in the card as well as here.
    return Calibration.Weights(numbers.map { (10_000 * $0).rounded() / 10_000 })
      ?? Calibration.Weights(bias: 0, probability: 1, check: 0, reading: 0)
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
