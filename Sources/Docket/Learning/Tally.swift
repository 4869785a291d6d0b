/// Values given, expected and right, over some documents.
package struct Tally: Hashable, Sendable {
  package var given = 0
  package var expected = 0
  package var right = 0

  package init(given: Int = 0, expected: Int = 0, right: Int = 0) {
    self.given = given
    self.expected = expected
    self.right = right
  }

  package init(of fields: some Sequence<Verdict.FieldVerdict>) {
    for field in fields { self += Tally(given: field.given.count, expected: field.expected.count, right: field.right) }
  }

  package static func += (left: inout Tally, right: Tally) {
    left.given += right.given
    left.expected += right.expected
    left.right += right.right
  }

  /// Nil where nothing was given.
  package var precision: Double? { given == 0 ? nil : Double(right) / Double(given) }
  /// Nil where nothing was expected.
  package var recall: Double? { expected == 0 ? nil : Double(right) / Double(expected) }
  /// Nil where there was neither.
  package var f1: Double? { given + expected == 0 ? nil : 2 * Double(right) / Double(given + expected) }
}

/// Whether confidences mean what they say: of values given with 90 %, nine in ten should be right.
package struct Reliability: Hashable, Sendable {
  package var bins: [Bin]
  package var count: Int

  package struct Bin: Hashable, Sendable {
    /// 0 to 1, by tenths.
    package var from: Double
    package var count: Int
    package var meanConfidence: Double
    package var rightShare: Double
  }

  /// - Parameter values: confidence, and whether it was right.
  package init(_ values: [(confidence: Double, isRight: Bool)]) {
    count = values.count
    let grouped = Dictionary(grouping: values) { min(9, max(0, Int($0.confidence * 10))) }
    bins = grouped.keys.sorted().map { key in
      let group = grouped[key] ?? []
      let count = Double(max(1, group.count))
      return Bin(
        from: Double(key) / 10, count: group.count, meanConfidence: group.reduce(0) { $0 + $1.confidence } / count,
        rightShare: Double(group.count(where: \.isRight)) / count)
    }
  }

  /// How far confidence and truth lie apart on average (expected calibration error); nil without values.
  package var error: Double? {
    guard count > 0 else { return nil }
    return bins.reduce(0) { $0 + Double($1.count) * abs($1.meanConfidence - $1.rightShare) } / Double(count)
  }

  /// The largest share of values that some threshold accepts with this precision, chosen with the truth at hand: what
  /// a threshold could reach at best.
  package static func coverage(at precision: Double, _ values: [(confidence: Double, isRight: Bool)]) -> Double {
    let sorted = values.sorted { ($0.confidence, $0.isRight ? 1 : 0) > ($1.confidence, $1.isRight ? 1 : 0) }
    var right = 0
    var best = 0
    for (index, value) in sorted.enumerated() {
      right += value.isRight ? 1 : 0
      let isLastOfItsKind = index + 1 == sorted.count || sorted[index + 1].confidence < value.confidence
      if isLastOfItsKind, Double(right) >= precision * Double(index + 1) { best = index + 1 }
    }
    return sorted.isEmpty ? 0 : Double(best) / Double(sorted.count)
  }
}
