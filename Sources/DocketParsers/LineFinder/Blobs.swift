/// A piece of ink that hangs together: mostly a letter, or some that touch.
struct Blob: Equatable {
  var left: Int32
  var top: Int32
  /// Not in it, nor is `bottom`.
  var right: Int32
  var bottom: Int32
  /// Pixels.
  var ink: Int32 = 0
  var runs: Int32 = 0

  var width: Int32 { right - left }
  var height: Int32 { bottom - top }
  var middle: Int32 { (top + bottom) / 2 }
  /// The mean width of its strokes, across.
  var stroke: Float { Float(ink) / Float(max(1, runs)) }
  /// How much of its box is ink.
  var fill: Float { Float(ink) / Float(max(1, width * height)) }

  mutating func include(_ other: Blob) {
    (left, top) = (min(left, other.left), min(top, other.top))
    (right, bottom) = (max(right, other.right), max(bottom, other.bottom))
    (ink, runs) = (ink + other.ink, runs + other.runs)
  }
}

/// The pieces of ink of a page.
struct Blobs {
  var all: [Blob] = []
  /// Of each run, which piece it belongs to.
  private(set) var owner: [Int32] = []

  /// More is dirt, a screen or a photograph.
  static let most = 100_000

  /// Nil where there are more than `most`.
  ///
  /// - Parameter reach: rows of paper across which ink hangs together, 0 for ink that touches.
  init?(_ ink: InkRuns, reach: Int = 0) {
    var parents = [Int32](unsafeUninitializedCapacity: ink.runs.count) { buffer, count in
      for place in 0..<ink.runs.count { buffer[place] = Int32(truncatingIfNeeded: place) }
      count = ink.runs.count
    }
    ink.runs.withUnsafeBufferPointer { runs in
      parents.withUnsafeMutableBufferPointer { parents in
        for row in 0..<ink.height {
          for above in 1...(1 + reach) where row >= above {
            Blobs.join(row, row - above, ink.starts, runs, parents)
          }
        }
      }
    }
    guard number(ink, &parents) else { return nil }
  }

  private static func root(_ place: Int32, _ parents: UnsafeMutableBufferPointer<Int32>) -> Int32 {
    var place = place
    while parents[Int(place)] != place {
      parents[Int(place)] = parents[Int(parents[Int(place)])]
      place = parents[Int(place)]
    }
    return place
  }

  /// The earlier one stays: numbers then follow the order of rows.
  private static func unite(_ one: Int32, _ other: Int32, _ parents: UnsafeMutableBufferPointer<Int32>) {
    let (a, b) = (root(one, parents), root(other, parents))
    if a < b { parents[Int(b)] = a } else if b < a { parents[Int(a)] = b }
  }

  private static func join(
    _ row: Int, _ other: Int, _ starts: [Int32], _ runs: UnsafeBufferPointer<InkRuns.Run>,
    _ parents: UnsafeMutableBufferPointer<Int32>
  ) {
    var (below, above) = (starts[row], starts[other])
    let (belowEnd, aboveEnd) = (starts[row + 1], starts[other + 1])
    while below < belowEnd, above < aboveEnd {
      let (a, b) = (runs[Int(above)], runs[Int(below)])
      // Corners that touch count.
      if a.left <= b.right, b.left <= a.right { unite(above, below, parents) }
      if a.right < b.right { above += 1 } else { below += 1 }
    }
  }

  private mutating func number(_ ink: InkRuns, _ parents: inout [Int32]) -> Bool {
    owner = [Int32](repeating: 0, count: ink.runs.count)
    for place in ink.runs.indices {
      let run = ink.runs[place]
      let parent = Int(parents[place])
      // Roots come before what hangs on them, and what they point at is numbered already.
      if parent == place {
        guard all.count < Blobs.most else { return false }
        owner[place] = Int32(all.count)
        all.append(Blob(left: run.left, top: run.row, right: run.right, bottom: run.row + 1))
      } else {
        owner[place] = owner[parent]
      }
      let number = Int(owner[place])
      all[number].left = min(all[number].left, run.left)
      all[number].right = max(all[number].right, run.right)
      all[number].bottom = run.row + 1
      all[number].ink += run.right - run.left
      all[number].runs += 1
    }
    return true
  }
}

extension Blobs {
  /// Broken print (dots, faded thermal paper) put together again: where many pieces lie just below others, small gaps
  /// from top to bottom are bridged.
  static func whole(_ ink: InkRuns, resolution: Int) -> Blobs? {
    guard let blobs = Blobs(ink) else { return nil }
    var whole = blobs
    let step = max(1, resolution / 150)
    for reach in [step, 2 * step] {
      guard let bridged = Blobs(ink, reach: reach) else { break }
      if bridged.count * 100 < whole.count * wholeShare { whole = bridged }
    }
    return whole
  }

  /// Pieces that are no specks.
  private var count: Int { all.count { $0.ink >= 4 } }

  /// In hundredths: of whole print, dots and accents alone are bridged.
  private static let wholeShare = 84
}
