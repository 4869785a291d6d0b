/// Learn then test: walks thresholds from strict to loose, and stops at the first whose error rate is not proven.
///
/// Trying many thresholds and taking the best one would find a lucky one. Here the order is fixed before anything is
/// looked at, and the walk ends at the first failure, so each threshold may be tested at the full certainty
/// (Angelopoulos and others, "Learn then test", 2021; fixed-sequence testing).
///
/// Where the walk begins is fixed by the confidences alone, before anything is known of what was wrong: at the
/// threshold that is proven most surely if they are true. The strictest one would let so few go that a single wrong one
/// ends all.
package struct FixedSequence: Hashable, Sendable {
  package var wrongAtMost: Double
  package var certainty: Double

  package init(wrongAtMost: Double, certainty: Double) {
    self.wrongAtMost = wrongAtMost
    self.certainty = certainty
  }

  /// Fixed for all samples: from a confidence of 99.9 % down to 12 %, even steps of the log odds.
  package static let thresholds: [Double] = (0...36).map { step in
    (100_000 * Calibration.logistic(7 - 0.25 * Double(step))).rounded() / 100_000
  }

  /// One threshold, and what the sample says about it.
  package struct Step: Hashable, Sendable {
    package var threshold: Double
    /// How many it accepts.
    package var count: Int
    package var wrong: Int
    /// How many independent ones would tell as much.
    package var effectiveCount: Double
    package var clusters: Int
    package var certainty: Double
    /// What may be told of it without knowing what was wrong; nil in what was stored.
    var prospect: Prospect?

    package init(
      threshold: Double, count: Int, wrong: Int, effectiveCount: Double, clusters: Int, certainty: Double
    ) {
      self.threshold = threshold
      self.count = count
      self.wrong = wrong
      self.effectiveCount = effectiveCount
      self.clusters = clusters
      self.certainty = certainty
    }

    /// The error rate that is not exceeded, at the certainty.
    package var bound: Double {
      BinomialBound.upper(wrong: effectiveWrong, of: effectiveCount, certainty: certainty)
    }

    var effectiveWrong: Double { count == 0 ? 0 : Double(wrong) * effectiveCount / Double(count) }

    func proves(_ rate: Double) -> Bool {
      BinomialBound.proves(rate, wrong: effectiveWrong, of: effectiveCount, certainty: certainty)
    }
  }

  /// What a walk came to.
  package struct Outcome: Hashable, Sendable {
    /// The loosest threshold that is proven; nil where none is.
    package var proven: Step?
    /// All thresholds, the strictest first, whether the walk came to them or not.
    package var steps: [Step]
    /// How many were judged.
    package var count: Int
    package var wrongAtMost: Double
    package var certainty: Double

    /// How many more judged ones it takes at least, if none of them is wrong; 0 where one is proven.
    ///
    /// For the threshold that comes nearest: as many right ones as are missing, and for each those beside it that the
    /// threshold does not accept.
    package var missing: Int {
      guard proven == nil else { return 0 }
      let estimates = steps.filter { $0.count > 0 }.compactMap { step -> Int? in
        let factor = Double(step.count) / step.effectiveCount
        let needed = BinomialBound.countNeeded(
          wrong: step.effectiveWrong, wrongAtMost: wrongAtMost, certainty: certainty, most: 1_000_000)
        guard let needed else { return nil }
        let more = max(1, Double(needed) * factor - Double(step.count))
        return Int((more * Double(count) / Double(step.count)).rounded(.up))
      }
      return estimates.min() ?? BinomialBound.errorFreeNeeded(wrongAtMost: wrongAtMost, certainty: certainty)
    }
  }

  package func walk(_ sample: [Judged]) -> Outcome {
    let steps = steps(of: sample)
    var proven: Step?
    for step in steps.dropFirst(start(of: steps)) {
      guard step.proves(wrongAtMost) else { break }
      // Of thresholds that accept the same, the strictest: nothing is said about confidences that were not seen.
      if step.count != proven?.count { proven = step }
    }
    if let found = proven {
      var plain = found
      plain.prospect = nil
      proven = plain
    }
    return Outcome(
      proven: proven, steps: steps, count: sample.count, wrongAtMost: wrongAtMost, certainty: certainty)
  }

  /// Of the thresholds that accept enough to prove anything, the one that is proven most surely if confidences are
  /// true; of equal ones the strictest. No answer has a part in it, so that the order of tests is fixed before they
  /// are made.
  private func start(of steps: [Step]) -> Int {
    let needed = Double(BinomialBound.errorFreeNeeded(wrongAtMost: wrongAtMost, certainty: certainty))
    let prospects = steps.enumerated().compactMap { place, step -> (place: Int, doubt: Double)? in
      guard let prospect = step.prospect, prospect.effectiveCount >= needed else { return nil }
      return (place, (1e6 * prospect.doubt(of: wrongAtMost)).rounded())
    }
    return prospects.min { ($0.doubt, $0.place) < ($1.doubt, $1.place) }?.place ?? steps.count
  }

  /// What confidences alone say of a threshold.
  struct Prospect: Hashable, Sendable {
    /// Of documents that tell as much, were those of one cluster as alike as is assumed at least.
    var effectiveCount: Double
    /// Among them, if confidences are true.
    var expectedWrong: Double

    /// How likely so few wrong ones would be seen were the true rate as high, 0 to 1.
    func doubt(of rate: Double) -> Double {
      let wrong = min(expectedWrong, 0.999 * effectiveCount)
      return 1 - BinomialBound.beta(rate, wrong + 1, effectiveCount - wrong)
    }
  }

  private func steps(of sample: [Judged]) -> [Step] {
    let sorted = sample.sorted { ($0.confidence, $0.id) > ($1.confidence, $1.id) }
    var accepted = Accepted()
    var next = 0
    return Self.thresholds.map { threshold in
      while next < sorted.count, sorted[next].confidence >= threshold {
        accepted.add(sorted[next])
        next += 1
      }
      var step = Step(
        threshold: threshold, count: accepted.count, wrong: accepted.wrong,
        effectiveCount: Double(accepted.count) / accepted.designEffect, clusters: accepted.clusters.count,
        certainty: certainty)
      step.prospect = accepted.prospect
      return step
    }
  }

  /// What a threshold accepts, added up.
  private struct Accepted {
    var count = 0
    var wrong = 0
    private(set) var clusters: [String: (size: Int, wrong: Int)] = [:]
    private var squares = 0
    private var expectedWrong = 0.0

    /// How many documents tell as much as one independent one.
    var designEffect: Double { designEffect(DesignEffect(Array(clusters.values)).correlation) }

    private func designEffect(_ correlation: Double) -> Double {
      guard count > 0 else { return 1 }
      return 1 + correlation * (Double(squares) / Double(count) - 1)
    }

    var prospect: Prospect {
      let effect = designEffect(DesignEffect.leastCorrelation)
      return Prospect(effectiveCount: Double(count) / effect, expectedWrong: expectedWrong / effect)
    }

    mutating func add(_ judged: Judged) {
      let before = clusters[judged.cluster] ?? (0, 0)
      let isWrong = judged.isWrong ? 1 : 0
      clusters[judged.cluster] = (before.size + 1, before.wrong + isWrong)
      squares += 2 * before.size + 1
      count += 1
      wrong += isWrong
      expectedWrong += 1 - judged.confidence
    }
  }
}
