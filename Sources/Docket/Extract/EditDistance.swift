/// How many letters must be changed, added or left out to make one word of another.
package enum EditDistance {
  /// Nil where it is more than `limit`.
  package static func between<Letter: Equatable>(_ a: [Letter], _ b: [Letter], atMost limit: Int) -> Int? {
    guard limit >= 0, abs(a.count - b.count) <= limit else { return nil }
    var last = Array(0...b.count)
    var next = last
    for (row, letter) in a.enumerated() {
      next[0] = row + 1
      var least = next[0]
      for (column, other) in b.enumerated() {
        next[column + 1] = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, next[column] + 1)
        least = min(least, next[column + 1])
      }
      if least > limit { return nil }
      swap(&last, &next)
    }
    return last[b.count] <= limit ? last[b.count] : nil
  }
}
