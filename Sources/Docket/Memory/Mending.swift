/// A word as it was read off a picture, as texts are compared.
package struct ReadWord: Hashable, Sendable {
  /// Letters and digits, in lower case.
  var key: [Unicode.Scalar]
  /// What else it may be.
  var others: [[Unicode.Scalar]]
  /// 0 to 1.
  var confidence: Double
}

/// Whether what was read is another text read a little wrong: only doubtful letters may differ, and of digits that the
/// reader is sure of none, since another house number is another house.
enum Mending {
  /// How far from a known text, by its length, what was read may be.
  private static let farthest = 0.3

  /// What a letter that differs counts, by how sure the reader is of its word; nil: it may not differ.
  private static func cost(_ confidence: Double, isDigit: Bool) -> Double? {
    switch confidence {
    case ..<0.7: 1
    case ..<0.9: 1.5
    case _ where isDigit: nil
    case ..<0.97: 3
    case ..<1: 12
    default: nil
    }
  }

  /// 1 where nothing differs, 0.7 where just enough is alike; nil where it is another text.
  static func likeness(of read: [ReadWord], to known: [Unicode.Scalar]) -> Double? {
    let text = String(String.UnicodeScalarView(known))
    var letters: [(letter: Unicode.Scalar, cost: Double?)] = []
    for word in read where !word.key.isEmpty {
      // Another reading of the word that stands in the known text is what was read.
      let isKnown = text.contains(String(String.UnicodeScalarView(word.key)))
      let other =
        isKnown ? nil : word.others.first { !$0.isEmpty && text.contains(String(String.UnicodeScalarView($0))) }
      letters += (other ?? word.key).map {
        ($0, cost(word.confidence, isDigit: $0.properties.numericType != nil))
      }
    }
    guard !letters.isEmpty, !known.isEmpty else { return nil }
    let longest = Double(max(letters.count, known.count))
    guard Likeness.of(letters.map(\.letter), known, atLeast: 1 - farthest) > 0 else { return nil }
    guard let distance = distance(letters, known), distance <= farthest * longest else { return nil }
    return 1 - distance / longest
  }

  private static let never = 1e9

  private static func distance(
    _ read: [(letter: Unicode.Scalar, cost: Double?)], _ known: [Unicode.Scalar]
  ) -> Double? {
    let costs = read.map { $0.cost ?? never }
    // A letter that was left out stands between two: the more doubtful one tells how easily.
    func gap(_ row: Int) -> Double { min(costs[max(0, row - 1)], costs[min(costs.count - 1, row)]) }
    var last = (0...known.count).map { Double($0) * gap(0) }
    var next = last
    for row in read.indices {
      next[0] = last[0] + costs[row]
      for column in known.indices {
        let isSame = read[row].letter == known[column]
        next[column + 1] = min(
          last[column] + (isSame ? 0 : costs[row]), last[column + 1] + costs[row], next[column] + gap(row + 1))
      }
      swap(&last, &next)
    }
    return last[known.count] < never ? last[known.count] : nil
  }
}
