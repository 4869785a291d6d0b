/// The scores of all classes for one text, learned and zero-shot, as logits against "none of them".
struct TextScores {
  /// By class, in the order of their names.
  private(set) var all: [(name: String, score: Double)] = []
  /// The probability of none of them.
  let none: Double

  /// Scores of more are no surer.
  private static let most = 30.0
  /// What was learned about documents speaks against a contract only so much: its headings and labels may say of a page
  /// of a kind that was never seen what texts cannot.
  private static func least(_ form: TextMarks.Form) -> Double { form == .document ? -2 : -most }

  /// A document of fewer words and pairs says less: five letters are of no kind.
  private static let whole = 20.0
  private static func share(_ marks: TextMarks, _ form: TextMarks.Form) -> Double {
    form == .document ? min(1, Double(marks.words.count) / whole) : 1
  }

  init(zeroShot: [String: Double], marks: TextMarks, by model: TextModel?) {
    var scores = zeroShot.mapValues { $0 * (model?.zeroShot ?? 1) }
    if let model {
      let share = TextScores.share(marks, model.form)
      for (name, score) in zip(model.classes, model.scores(of: marks)) {
        scores[name, default: 0] += max(TextScores.least(model.form), score > 0 ? share * score : score)
      }
    }
    all = scores.sorted { $0.key < $1.key }.map { ($0.key, min(TextScores.most, $0.value)) }
    none = 1 / all.reduce(1) { $0 + Elementary.exp($1.score) }
  }

  /// The first of the likeliest.
  var best: (name: String, probability: Double)? {
    guard let most = all.map(\.score).max(), let best = all.first(where: { $0.score == most }) else { return nil }
    return (best.name, Elementary.exp(best.score) * none)
  }
}
