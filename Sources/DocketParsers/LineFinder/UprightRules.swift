/// Rules from top to bottom, as tables and frames have them, taken out of the ink that hangs on them.
enum UprightRules {
  /// A stretch of short runs below each other.
  private struct Stroke {
    var left: Int32
    var right: Int32
    let top: Int32
    var bottom: Int32
    /// The number of the stroke it belongs to.
    let number: Int
  }

  /// - Parameters:
  ///   - runs: by row, those of a row from left to right; long ones, rules across the page, are not among them.
  ///   - height: of a capital, in pixels.
  static func removed(from runs: [InkRuns.Run], height: Int32) -> [InkRuns.Run] {
    guard runs.count <= mostRuns else { return runs }
    var owners = [Int](repeating: -1, count: runs.count)
    var lengths: [Int32] = []
    var open: [Stroke] = []
    var row: Int32 = -1
    let gap = max(3, height / 3)
    for (place, run) in runs.enumerated() where (run.right - run.left) * 2 <= max(height, 8) {
      if run.row != row {
        row = run.row
        // A rule across may hide some rows of it.
        open.removeAll { row - $0.bottom > gap }
      }
      let slack = max(1, height / 12)
      let found = open.firstIndex { stroke in
        stroke.bottom < row && abs(stroke.left - run.left) <= slack && abs(stroke.right - run.right) <= slack
      }
      if let found {
        (open[found].left, open[found].right, open[found].bottom) = (run.left, run.right, row)
        lengths[open[found].number] = row - open[found].top + 1
        owners[place] = open[found].number
      } else if open.count < most {
        owners[place] = lengths.count
        open.append(Stroke(left: run.left, right: run.right, top: row, bottom: row, number: lengths.count))
        lengths.append(1)
      }
    }
    let long = height * 7 / 2
    return runs.indices.filter { owners[$0] < 0 || lengths[owners[$0]] < long }.map { runs[$0] }
  }

  /// Strokes looked at together; a table has fewer, a photograph more.
  private static let most = 300
  private static let mostRuns = 400_000
}
