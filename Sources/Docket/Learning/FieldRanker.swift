/// What was learned about one field: a score for each candidate, the logit against "absent".
///
/// A log-linear ranker on top of the zero-shot score:
/// `weights · marks + measureWeights · measures + bias + zeroShot · score`.
/// Source: the method's A1z.
package struct FieldRanker: Hashable, Sendable {
  package var path: String
  /// By mark; those of no weight are left out.
  var weights: [UInt32: Float]
  /// How each measure is made comparable, and what it weighs.
  var means: [Float]
  var scales: [Float]
  var measureWeights: [Float]
  var bias: Double
  var zeroShot: Double

  /// Measures that compare a candidate with the field's others.
  static let comparedCount = 2
  static let measureCount = FeatureReader.measureCount + comparedCount
  /// Further from the mean than this says no more.
  private static let farthest: Float = 3

  /// What counts here of what similar documents say for a candidate: some of it was learned already.
  static let ofSupport = 0.6

  /// A standardised measure.
  static func standardised(_ value: Float, mean: Float, scale: Float) -> Float {
    scale > 0 ? min(farthest, max(-farthest, (value - mean) / scale)) : 0
  }

  /// What a candidate of a field is weighed by, its zero-shot score apart.
  struct Weighed {
    var marks: [UInt32]
    var measures: [Float]
    var zeroShot: Double
  }

  /// Of a field's candidates that have features, in their order.
  static func weighed(_ candidates: [Candidate]) -> [Weighed] {
    let described = candidates.filter { $0.features != nil }
    let best = described.map(\.score).max() ?? 0
    let sum = described.reduce(Elementary.exp(-best)) { $0 + Elementary.exp($1.score - best) }
    return described.compactMap { candidate in
      guard let features = candidate.features, features.measures.count == FeatureReader.measureCount else { return nil }
      let share = Elementary.exp(candidate.score - best) / sum
      return Weighed(
        marks: features.marks, measures: features.measures + [Float(candidate.score - best), Float(share)],
        zeroShot: candidate.score)
    }
  }

  func score(_ candidate: Weighed) -> Double {
    var score = bias + zeroShot * candidate.zeroShot
    for mark in candidate.marks { if let weight = weights[mark] { score += Double(weight) } }
    for (index, value) in candidate.measures.enumerated() {
      score += Double(
        FieldRanker.standardised(value, mean: means[index], scale: scales[index]) * measureWeights[index])
    }
    return score
  }

  /// The candidates by what was learned, best first: one a value, which has the probability of all its places.
  /// Those without features keep their scores.
  func ranked(_ candidates: [Candidate], producer: String) -> [Candidate] {
    guard !candidates.contains(where: \.isExact) else { return candidates }
    var weighed = FieldRanker.weighed(candidates)[...]
    let before = Dictionary(
      Pooled.pool(candidates).map { ($0.value, $0.score) }, uniquingKeysWith: { first, _ in first })
    let scored = candidates.map { candidate in
      guard candidate.features != nil, let features = weighed.popFirst() else { return candidate }
      var scored = candidate
      scored.zeroShot = before[candidate.value]
      scored.score = score(features) + FieldRanker.ofSupport * (candidate.features?.support ?? 0)
      scored.producer += " + \(producer)"
      return scored
    }
    var kept: [Candidate] = []
    var places: [Value: Int] = [:]
    for candidate in scored.bestFirst {
      if let place = places[candidate.value] {
        kept[place].score += Elementary.log(1 + Elementary.exp(candidate.score - kept[place].score))
      } else {
        places[candidate.value] = kept.count
        kept.append(candidate)
      }
    }
    return kept.bestFirst
  }
}
