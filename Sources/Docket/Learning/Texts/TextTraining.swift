/// A text whose class is known, with what nothing learned says of it.
package struct TextLesson: Hashable, Sendable {
  /// The document's digest, or another name that no other has.
  package var id: String
  /// Documents of one group are alike: what is measured on one was not learned from another.
  package var group: String
  package var marks: TextMarks
  /// By class: the zero-shot score, a logit against "none of them"; of classes that are not named it is 0.
  package var zeroShot: [String: Double]
  /// Nil: it is known to be none of them.
  package var truth: String?

  package init(id: String, group: String, marks: TextMarks, zeroShot: [String: Double], truth: String?) {
    self.id = id
    self.group = group
    self.marks = marks
    self.zeroShot = zeroShot
    self.truth = truth
  }
}

/// Learns weights from lessons: the loss is minus the logarithm of the right class's probability, with what restrains
/// the weights; L-BFGS from the zero-shot scores.
struct TextTraining {
  let form: TextMarks.Form
  let classes: [String]
  private let settings: Settings
  private let marks: [UInt32]
  private let importances: [Float]
  private let strangeImportance: Float
  private var rows: [Row] = []

  struct Settings: Hashable, Sendable {
    /// On each weight.
    var restraint: Double
    /// On each bias; nil: there are none, so that a text without a known word is left to its zero-shot scores.
    var biasRestraint: Double?
    /// Of a class with fewer lessons nothing is learned: what its texts have in common is not known, and what speaks
    /// for others would speak against it.
    var leastLessons: Int
    /// How much it counts that a text is none of the *other* classes: what is of no kind that is known is then of none.
    var strangeness: Double
    /// Whether marks that no lesson had make a text longer.
    var countsStrangeMarks: Bool
    /// On how far the weight of the zero-shot score departs from 1.
    var zeroShotRestraint = 10.0
    var iterations = 60
  }

  /// A lesson as numbers.
  private struct Row {
    var places: [Int32]
    var values: [Float]
    /// Those of `classes`, then of others that are only known zero-shot.
    var zeroShot: [Double]
    var right: Int?
  }

  init(_ lessons: [TextLesson], form: TextMarks.Form, settings: Settings) {
    self.form = form
    self.settings = settings
    let sizes = lessons.compactMap(\.truth).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    classes = sizes.filter { $0.value >= settings.leastLessons }.keys.sorted()
    let weighing = MarkWeighing(lessons, classes: classes)
    marks = weighing.marks
    importances = weighing.importances
    strangeImportance = settings.countsStrangeMarks ? weighing.strange : 0
    let places = Dictionary(uniqueKeysWithValues: marks.enumerated().map { ($1, Int32($0)) })
    rows = lessons.map { row($0, places) }
  }

  private func row(_ lesson: TextLesson, _ places: [UInt32: Int32]) -> Row {
    let others = Set(lesson.zeroShot.keys).union([lesson.truth].compactMap { $0 }).subtracting(classes).sorted()
    var row = Row(
      places: [], values: [], zeroShot: (classes + others).map { lesson.zeroShot[$0] ?? 0 },
      right: lesson.truth.flatMap { (classes + others).firstIndex(of: $0) })
    for block in [lesson.marks.words, lesson.marks.pieces] {
      let weights = block.map { mark in
        TextModel.weight(
          mark.count, importance: places[mark.hash].map { importances[Int($0)] } ?? strangeImportance)
      }
      let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot() * TextModel.blockNorm(form)
      for (mark, weight) in zip(block, weights) {
        guard let place = places[mark.hash], norm > 0 else { continue }
        row.places.append(place)
        row.values.append(Float(weight / norm))
      }
    }
    return row
  }

  /// Weights by mark and class, biases by class, and the weight of the zero-shot score.
  var start: [Double] {
    [Double](repeating: 0, count: (marks.count + 1) * classes.count) + [1]
  }

  func model(name: String, producer: String) -> TextModel {
    let found = Minimizer.minimum(from: start, iterations: settings.iterations) { place, gradient in
      loss(place, gradient: &gradient)
    }
    let width = classes.count
    let most = classes.indices.map { column in
      stride(from: column, to: marks.count * width, by: width).reduce(0.0) { max($0, abs(found[$1])) }
    }
    let scales = most.map { Float(max(1e-9, $0) / Double(Int16.max)) }
    let weights = (0..<marks.count * width).map { place in
      Int16(clamping: Int((found[place] / Double(scales[place % width])).rounded()))
    }
    return TextModel(
      name: name, producer: producer, form: form, classes: classes, zeroShot: found[found.count - 1],
      biases: Array(found[(marks.count * width)..<(marks.count + 1) * width]), scales: scales, marks: marks,
      importances: importances, strangeImportance: strangeImportance, weights: weights,
      digest: ContentDigest(of: producer))
  }

  /// The loss at a place, with its gradient there.
  func loss(_ place: [Double], gradient: inout [Double]) -> Double {
    let width = classes.count
    let scale = place[place.count - 1]
    let biases = marks.count * width
    var loss = settings.zeroShotRestraint / 2 * (scale - 1) * (scale - 1)
    var scaleGradient = settings.zeroShotRestraint * (scale - 1)
    for index in 0..<biases {
      loss += settings.restraint / 2 * place[index] * place[index]
      gradient[index] = settings.restraint * place[index]
    }
    for index in biases..<biases + width {
      gradient[index] = (settings.biasRestraint ?? 0) * place[index]
      loss += (settings.biasRestraint ?? 0) / 2 * place[index] * place[index]
    }
    place.withUnsafeBufferPointer { place in
      gradient.withUnsafeMutableBufferPointer { gradient in
        for row in rows {
          var scores = row.zeroShot.map { scale * $0 }
          for index in 0..<width { scores[index] += place[biases + index] }
          for (mark, value) in zip(row.places, row.values) {
            let first = Int(mark) * width
            for index in 0..<width { scores[index] += Double(value) * place[first + index] }
          }
          var slopes = [Double](repeating: 0, count: scores.count)
          loss += TextTraining.add(scores, right: row.right, without: nil, share: 1, to: &slopes)
          if settings.strangeness > 0, let right = row.right {
            loss += TextTraining.add(scores, right: nil, without: right, share: settings.strangeness, to: &slopes)
          }
          for index in slopes.indices { scaleGradient += slopes[index] * row.zeroShot[index] }
          if settings.biasRestraint != nil {
            for index in 0..<width { gradient[biases + index] += slopes[index] }
          }
          for (mark, value) in zip(row.places, row.values) {
            let first = Int(mark) * width
            for index in 0..<width { gradient[first + index] += Double(value) * slopes[index] }
          }
        }
      }
    }
    gradient[place.count - 1] = scaleGradient
    return loss
  }

  /// Minus the logarithm of the right one's probability against all but one; adds how the scores should change.
  private static func add(
    _ scores: [Double], right: Int?, without left: Int?, share: Double, to slopes: inout [Double]
  ) -> Double {
    let best = scores.indices.reduce(0.0) { $1 == left ? $0 : max($0, scores[$1]) }
    var sum = Elementary.exp(-best)
    var weights = [Double](repeating: 0, count: scores.count)
    for index in scores.indices where index != left {
      weights[index] = Elementary.exp(scores[index] - best)
      sum += weights[index]
    }
    for index in scores.indices where index != left { slopes[index] += share * weights[index] / sum }
    if let right { slopes[right] -= share }
    return share * (best + Elementary.log(sum) - (right.map { scores[$0] } ?? 0))
  }
}
