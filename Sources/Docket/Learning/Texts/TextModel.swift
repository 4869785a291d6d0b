/// What was learned about texts: which of some classes one belongs to. A class is a contract, or a value of a field.
///
/// Log-linear on top of a zero-shot score, like a ranker: `weights · marks + bias + zeroShot · score`, against "none of
/// them", whose score is 0. Marks are weighed by how rare they are and by how much they tell; marks that were never
/// seen may count for a text's length, so that the less of a text is known, the less what was learned says of it.
package struct TextModel: Hashable, Sendable {
  /// `types`, or the path of a field with its contract's name before it: `ticket.category`.
  package var name: String
  /// As provenance names it: `ticket.category model 3`.
  package var producer: String
  package var form: TextMarks.Form
  /// Contracts' or values' names, ascending.
  package var classes: [String]
  var zeroShot: Double
  /// By class.
  var biases: [Double]
  /// By class: what a whole number of its weights is worth.
  var scales: [Float]
  /// Ascending.
  var marks: [UInt32]
  /// By mark: how rare it was, and how much it told.
  var importances: [Float]
  /// Of a mark that was never seen.
  var strangeImportance: Float
  /// By mark, then by class.
  var weights: [Int16]
  /// What turns the probability of the likeliest class into one that is true: bias and weight of its logit.
  package var calibration: [Double] = [0, 1]
  /// Of each text that it was learned from: on these it flatters itself.
  package var learnedFrom: Set<String> = []
  /// Of the weights and the card.
  package var digest: ContentDigest

  package static func == (left: TextModel, right: TextModel) -> Bool { left.digest == right.digest }
  package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

  /// What was learned says of a text, by class; its zero-shot scores apart.
  package func scores(of text: TextMarks) -> [Double] {
    var scores = biases
    for block in [text.words, text.pieces] where !block.isEmpty {
      let share = 1 / TextModel.blockNorm(form)
      var norm = 0.0
      var sums = [Double](repeating: 0, count: classes.count)
      for mark in block {
        let place = place(of: mark.hash)
        let value = TextModel.weight(mark.count, importance: place.map { importances[$0] } ?? strangeImportance)
        norm += value * value
        guard let place else { continue }
        for index in classes.indices { sums[index] += value * Double(weights[place * classes.count + index]) }
      }
      guard norm > 0 else { continue }
      for index in classes.indices { scores[index] += share * sums[index] * Double(scales[index]) / norm.squareRoot() }
    }
    return scores
  }

  /// Each block of marks has length 1 / blockNorm, a whole text 1.
  static func blockNorm(_ form: TextMarks.Form) -> Double { form.hasPieces ? 2.0.squareRoot() : 1 }

  /// A mark's weight in a text, before the text is made one of length 1.
  static func weight(_ count: Int32, importance: Float) -> Double {
    Double(importance) * (count > 1 ? 1 + Elementary.log(Double(count)) : 1)
  }

  /// A probability made true.
  static func calibrated(_ probability: Double, by calibration: [Double]) -> Double {
    Calibration.logistic(calibration[0] + calibration[1] * Calibration.logit(probability))
  }

  private func place(of mark: UInt32) -> Int? {
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if marks[middle] < mark { low = middle + 1 } else { high = middle }
    }
    return low < marks.count && marks[low] == mark ? low : nil
  }
}
