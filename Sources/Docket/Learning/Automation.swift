/// What a threshold costs and brings: how much goes without a person, how much of that is wrong, and how long people
/// sit over the rest.
package struct Automation: Hashable, Sendable {
  package var threshold: Double
  /// Of all documents, 0 to 1.
  package var share: Double
  /// Of those that go, 0 to 1; nil where none goes.
  package var errorRate: Double?
  /// The error rate that is not exceeded at the certainty asked for.
  package var bound: Double
  /// Of a person, for a hundred documents.
  package var reviewMinutes: Double

  /// Seconds that a person takes to open a document, and to judge a field. Estimates: what a session is built for.
  package static let secondsADocument = 8.0
  package static let secondsAField = 3.0

  /// At every threshold that lets another number go than the one before; the strictest first.
  package static func curve(of verdicts: [Verdict], certainty: Double) -> [Automation] {
    guard !verdicts.isEmpty else { return [] }
    let steps = FixedSequence(wrongAtMost: 0, certainty: certainty).walk(verdicts.map(\.judged)).steps
    var curve: [Automation] = []
    var count = -1
    for step in steps where step.count != count {
      count = step.count
      let asked = verdicts.filter { $0.judged.confidence < step.threshold }
      let fields = asked.reduce(0) { $0 + $1.fields.count { $0.confidence != nil } }
      let seconds = secondsADocument * Double(asked.count) + secondsAField * Double(fields)
      curve.append(
        Automation(
          threshold: step.threshold, share: Double(step.count) / Double(verdicts.count),
          errorRate: step.count == 0 ? nil : Double(step.wrong) / Double(step.count), bound: step.bound,
          reviewMinutes: 100 * seconds / 60 / Double(verdicts.count)))
    }
    return curve
  }
}
