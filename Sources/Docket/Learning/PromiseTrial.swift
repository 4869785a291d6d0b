/// Whether promises are kept: documents whose answers are known are parted by lot, a threshold is proven on one part,
/// and on the other it shows how many of the records that go are wrong.
package struct PromiseTrial: Sendable {
  package var wrongAtMost: Double
  package var certainty: Double
  package var rounds: Int
  package var seed: Int

  package init(wrongAtMost: Double, certainty: Double, rounds: Int, seed: Int) {
    self.wrongAtMost = wrongAtMost
    self.certainty = certainty
    self.rounds = rounds
    self.seed = seed
  }

  package struct Result: Hashable, Sendable {
    package var rounds = 0
    /// Rounds in which a threshold was proven.
    package var proven = 0
    /// Rounds in which more were wrong than promised.
    package var broken = 0
    /// Rounds in which so many were wrong that the promise is refuted at the certainty asked for. In a small part
    /// luck alone breaks a promise that is kept.
    package var refuted = 0
    /// Means over all rounds, of all documents, 0 to 1: what goes by the proven threshold, and by the best one chosen
    /// with the truth at hand.
    package var share = 0.0
    package var bestShare = 0.0
  }

  /// Parts the documents themselves; both parts are seen once.
  ///
  /// - Parameter calibration: of the documents, 0 to 1, on which the threshold is proven.
  package func splits(_ sample: [Judged], calibration: Double) -> Result {
    var dice = SeededDice(seed: seed)
    let sequence = FixedSequence(wrongAtMost: wrongAtMost, certainty: certainty)
    var result = Result(rounds: rounds)
    let ordered = sample.sorted { $0.id < $1.id }
    let cut = Int((Double(sample.count) * calibration).rounded())
    for _ in 0..<rounds {
      let mixed = dice.shuffled(ordered)
      add(sequence.walk(Array(mixed[..<cut])).proven, on: Array(mixed[cut...]), to: &result)
    }
    return mean(result)
  }

  /// Takes the documents for all that there are and draws from them, an issuer with all of his at a time and as often
  /// as the lot wants: then the true error rate of a threshold is known, and luck in the test has no part in it.
  ///
  /// - Parameter count: how many are drawn, or a few more, to prove a threshold.
  package func draws(_ sample: [Judged], count: Int) -> Result {
    var dice = SeededDice(seed: seed)
    let sequence = FixedSequence(wrongAtMost: wrongAtMost, certainty: certainty)
    var result = Result(rounds: rounds)
    let ordered = sample.sorted { $0.id < $1.id }
    let clusters = Dictionary(grouping: ordered, by: \.cluster).sorted { $0.key < $1.key }.map(\.value)
    guard !clusters.isEmpty else { return result }
    for _ in 0..<rounds {
      var drawn: [Judged] = []
      var number = 0
      while drawn.count < count {
        number += 1
        // Drawn again it is another issuer.
        drawn += clusters[dice.roll(clusters.count)].map { judged in
          var copy = judged
          copy.cluster = "\(number)"
          return copy
        }
      }
      add(sequence.walk(drawn).proven, on: ordered, to: &result)
    }
    return mean(result)
  }

  private func add(_ step: FixedSequence.Step?, on test: [Judged], to result: inout Result) {
    let values = test.filter { $0.confidence > 0 }.map { ($0.confidence, !$0.isWrong) }
    let best = Reliability.coverage(at: 1 - wrongAtMost, values) * Double(values.count)
    result.bestShare += best / Double(max(1, test.count))
    guard let step else { return }
    result.proven += 1
    let accepted = test.filter { $0.confidence >= step.threshold }
    let wrong = accepted.count { $0.isWrong }
    result.share += Double(accepted.count) / Double(max(1, test.count))
    if Double(wrong) > wrongAtMost * Double(accepted.count) { result.broken += 1 }
    let bound = BinomialBound.lower(wrong: Double(wrong), of: Double(accepted.count), certainty: certainty)
    if bound > wrongAtMost { result.refuted += 1 }
  }

  private func mean(_ result: Result) -> Result {
    var mean = result
    mean.share /= Double(max(1, rounds))
    mean.bestShare /= Double(max(1, rounds))
    return mean
  }
}
