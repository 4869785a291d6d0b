/// Letters that follow each other: a line's beginnings, found from left to right.
///
/// Each letter joins the line whose last letters stand beside it; where those stand is followed as the line goes, so
/// that it may climb.
struct LineChain {
  /// From left to right.
  var letters: [Blob]
  /// Where the last letters stand, in pixels.
  fileprivate(set) var top: Float
  fileprivate(set) var bottom: Float
  fileprivate(set) var right: Int32

  init(_ first: Blob) {
    letters = [first]
    (top, bottom, right) = (Float(first.top), Float(first.bottom), first.right)
  }

  init(_ letters: [Blob]) {
    self.letters = letters.sorted { ($0.left, $0.top) < ($1.left, $1.top) }
    (top, bottom, right) = (0, 0, 0)
  }

  fileprivate var height: Float { bottom - top }

  fileprivate mutating func append(_ blob: Blob) {
    letters.append(blob)
    let share = min(0.6, max(0.2, 0.2 * Float(blob.width) / Float(blob.height)))
    top += (Float(blob.top) - top) * share
    bottom += (Float(blob.bottom) - bottom) * share
    right = max(right, blob.right)
  }

  /// How badly a letter follows; nil where it does not.
  fileprivate func distance(to blob: Blob) -> Float? {
    let own = Float(blob.height)
    let (least, greatest) = (min(own, height), max(own, height))
    guard greatest <= LineChain.mostUnlike * least else { return nil }
    let overlap = min(Float(blob.bottom), bottom) - max(Float(blob.top), top)
    guard overlap >= 0.5 * least else { return nil }
    let gap = Float(blob.left - right)
    guard gap <= LineChain.widestGap * greatest else { return nil }
    return abs(Float(blob.top + blob.bottom) - top - bottom) / 2 + 0.25 * max(0, gap) + 0.5 * (greatest - least)
  }

  /// In heights of the greater.
  private static let widestGap: Float = 2
  /// How many times as high one of two neighbours may be.
  private static let mostUnlike: Float = 2.4

  /// More is no page of print.
  static let most = 20_000

  /// Lines of letters, from left to right as they begin.
  ///
  /// - Parameter letters: in any order.
  static func of(_ letters: [Blob], height: Int) -> [LineChain]? {
    var chains: [LineChain] = []
    // Open lines by where they stand, so that each letter is held against few.
    var open = [[Int]](repeating: [], count: height / bucket + 1)
    for blob in letters.sorted(by: { ($0.left, $0.top) < ($1.left, $1.top) }) {
      var best: (place: Int, distance: Float)?
      let first = max(0, Int(blob.top - blob.height) / bucket)
      let last = min(open.count - 1, Int(blob.bottom + blob.height) / bucket)
      for row in first...max(first, last) {
        open[row].removeAll { Float(blob.left - chains[$0].right) > 3 * widestGap * chains[$0].height }
        for place in open[row] {
          guard let distance = chains[place].distance(to: blob) else { continue }
          if best == nil || distance < best!.distance { best = (place, distance) }
        }
      }
      guard let best else {
        guard chains.count < most else { return nil }
        open[Int(blob.middle) / bucket].append(chains.count)
        chains.append(LineChain(blob))
        continue
      }
      let before = chains[best.place].bucket
      chains[best.place].append(blob)
      let after = chains[best.place].bucket
      if before != after {
        open[before].removeAll { $0 == best.place }
        open[after].append(best.place)
      }
    }
    return chains
  }

  private static let bucket = 32
  private var bucket: Int { max(0, Int((top + bottom) / 2) / LineChain.bucket) }
}
