/// What stands around a value: by this its place is found again in a similar document.
package struct CandidatePlace: Hashable, Sendable {
  /// Keys of the two words before it in its row; empty where it begins the row.
  package var left: String
  /// Keys of the words above it.
  package var above: String
  /// Rows from the document's top and bottom, counted from 0.
  package var fromTop: Int
  package var fromBottom: Int
  /// Of the page's width, 0 to 1.
  package var x: Float

  package init(left: String, above: String, fromTop: Int, fromBottom: Int, x: Float) {
    self.left = left
    self.above = above
    self.fromTop = fromTop
    self.fromBottom = fromBottom
    self.x = x
  }

  /// How alike two places are, 0 to 1: the words before, the words above, the row.
  func match(_ other: CandidatePlace) -> Double {
    (Double(left == other.left ? 1 : 0) + (above == other.above ? 1 : 0) + (rows(from: other) <= 1 ? 1 : 0)) / 3
  }

  /// How many rows apart, counted from the end of the document where they are nearer.
  func rows(from other: CandidatePlace) -> Int {
    min(abs(fromTop - other.fromTop), abs(fromBottom - other.fromBottom))
  }
}
