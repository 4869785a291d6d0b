/// Which marks of some lessons are kept, and how much each counts: the rarer, and the more it stands in the texts of
/// one class and not in those of others, the more. Source for the second: Wang and Manning, "Baselines and Bigrams".
struct MarkWeighing {
  /// Ascending.
  private(set) var marks: [UInt32] = []
  private(set) var importances: [Float] = []
  /// Of a mark that no lesson has: as rare as can be, telling as much as one that is kept does on average.
  private(set) var strange: Float = 0

  /// A mark of fewer lessons says nothing of others.
  private static let leastFrequency = 2
  /// What is added to each count.
  private static let smoothing = 1.0

  init(_ lessons: [TextLesson], classes: [String]) {
    let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    // The last column is of lessons of no class.
    let width = classes.count + 1
    var kept: [(mark: UInt32, importance: Float)] = []
    var sum = 0.0
    for block in [\TextMarks.words, \TextMarks.pieces] {
      var counts: [UInt32: [Int32]] = [:]
      for lesson in lessons {
        let column = lesson.truth.flatMap { numbers[$0] } ?? classes.count
        for mark in lesson.marks[keyPath: block] {
          counts[mark.hash, default: [Int32](repeating: 0, count: width)][column] += 1
        }
      }
      let frequent = counts.filter { $0.value.reduce(0, +) >= MarkWeighing.leastFrequency }.sorted { $0.key < $1.key }
      var totals = [Double](repeating: 0, count: width)
      for (_, columns) in frequent {
        for column in 0..<width { totals[column] += Double(columns[column]) + MarkWeighing.smoothing }
      }
      let all = totals.reduce(0, +)
      for (mark, columns) in frequent {
        let frequency = columns.reduce(0, +)
        var tells = 0.0
        let whole = columns.reduce(0.0) { $0 + Double($1) + MarkWeighing.smoothing }
        for column in 0..<width where totals[column] < all {
          let own = Double(columns[column]) + MarkWeighing.smoothing
          let ratio = own / totals[column] / ((whole - own) / (all - totals[column]))
          tells = max(tells, abs(Elementary.log(ratio)))
        }
        let rarity = 1 + Elementary.log(Double(1 + lessons.count) / Double(1 + frequency))
        kept.append((mark, Float(tells * rarity)))
        sum += tells
      }
    }
    kept.sort { $0.mark < $1.mark }
    // Two marks of one hash in two blocks: the first stands for both.
    for (mark, importance) in kept where marks.last != mark {
      marks.append(mark)
      importances.append(importance)
    }
    strange = kept.isEmpty ? 0 : Float(sum / Double(kept.count) * (1 + Elementary.log(Double(1 + lessons.count))))
  }
}
