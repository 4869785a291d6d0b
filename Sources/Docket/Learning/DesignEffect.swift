/// How much less a sample tells because its documents come in clusters: what a vendor's first invoice gets wrong, the
/// next one likely gets wrong too.
package struct DesignEffect: Hashable, Sendable {
  /// How alike documents of one cluster are in being wrong, 0 (not at all) to 1 (all or none of them).
  package var correlation: Double

  package init(correlation: Double) { self.correlation = correlation }

  /// Assumed where too few are wrong to measure it, and the least that is believed.
  package static let leastCorrelation = 0.05
  /// Fewer wrong ones say nothing about how they lie.
  package static let fewestWrong = 5

  package init(of sample: [Judged]) {
    self.init(Dictionary(grouping: sample, by: \.cluster).values.map { ($0.count, $0.count { $0.isWrong }) })
  }

  /// Measured by the analysis of variance, on what a threshold accepts.
  ///
  /// - Parameter clusters: how many documents each has, and how many of them are wrong.
  init(_ clusters: [(size: Int, wrong: Int)]) {
    correlation = Self.leastCorrelation
    let clusters = clusters.sorted { $0 < $1 }.map { (size: Double($0.size), wrong: Double($0.wrong)) }
    let count = clusters.reduce(0) { $0 + $1.size }
    let groups = Double(clusters.count)
    let wrong = clusters.reduce(0) { $0 + $1.wrong }
    guard wrong >= Double(Self.fewestWrong), groups > 1, count > groups else { return }
    let rate = wrong / count
    let between = clusters.reduce(0.0) { sum, cluster in
      let difference = cluster.wrong / cluster.size - rate
      return sum + cluster.size * difference * difference
    }
    let within = clusters.reduce(0.0) { $0 + $1.wrong * (1 - $1.wrong / $1.size) }
    let squares = clusters.reduce(0.0) { $0 + $1.size * $1.size }
    let meanSize = (count - squares / count) / (groups - 1)
    let betweenMean = between / (groups - 1)
    let withinMean = within / (count - groups)
    let total = betweenMean + (meanSize - 1) * withinMean
    guard total > 0 else { return }
    correlation = min(1, max(Self.leastCorrelation, (betweenMean - withinMean) / total))
  }

  /// By how much a sample has to be larger than one of independent documents; 1 where every cluster has one document.
  package func factor(of sample: [Judged]) -> Double {
    guard !sample.isEmpty else { return 1 }
    let sizes = Dictionary(grouping: sample, by: \.cluster).values.map { Double($0.count) }.sorted()
    let weighted = sizes.reduce(0) { $0 + $1 * $1 } / Double(sample.count)
    return 1 + correlation * (weighted - 1)
  }
}

/// A record, or a field, of which is known whether it was right: what a proof is made from.
package struct Judged: Hashable, Sendable {
  package var id: String
  /// 0 to 1; 0 where something else than the proof asks for it, so that no threshold accepts it.
  package var confidence: Double
  package var isWrong: Bool
  /// Its vendor, or whatever makes others like it.
  package var cluster: String

  package init(id: String, confidence: Double, isWrong: Bool, cluster: String) {
    self.id = id
    self.confidence = confidence
    self.isWrong = isWrong
    self.cluster = cluster
  }
}
