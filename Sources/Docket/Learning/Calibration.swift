/// Turns scores into probabilities. A card like any model: it says what it was fitted on, how many, by what method,
/// and its own error.
package struct Calibration: Hashable, Sendable {
  package var name: String
  package var fittedOn: String
  package var count: Int
  package var method: String
  /// On documents that took no part in fitting; nil where it was not measured.
  package var expectedError: Double?
  /// By `TYPE/READING` (`money/ocr`), with `*` where none is more exact; `prose` is what was found in sentences.
  var weights: [String: Weights]
  package var digest: ContentDigest
  /// Whether a value that it calls unlikely is not given. A ranker weighs absence itself, against every candidate.
  var withholds = true

  /// Used where no card ships: cautious, fitted on nothing.
  package static let none = Calibration(
    name: "none", fittedOn: "nothing", count: 0, method: "fixed", expectedError: nil,
    weights: ["*/*": Weights(bias: -0.5, probability: 0.6, check: 0.8, reading: 0.3)],
    digest: ContentDigest(of: "calibration none"))

  /// Both readings of a date were candidates that a ranker learned to choose from.
  var weighsAmbiguity: Bool { !withholds }

  /// Whether its probabilities come from documents.
  package var isFitted: Bool { count > 0 }

  package func confidence(_ signals: Signals, type: FieldType) -> Double {
    let readings = (signals.isFromSentence ? ["prose"] : []) + [signals.isFromPixels ? "ocr" : "layer", "*"]
    let fitting = readings.lazy.compactMap { weights["\(type.rawValue)/\($0)"] ?? weights["*/\($0)"] }
    guard let weights = fitting.first else { return signals.probability }
    let logit = zip(weights.numbers, signals.numbers).reduce(0) { $0 + $1.0 * $1.1 }
    return (10_000 * Self.logistic(logit)).rounded() / 10_000
  }

  static func logit(_ probability: Double) -> Double {
    let bounded = min(0.9995, max(0.0005, probability))
    return Elementary.log(bounded / (1 - bounded))
  }

  static func logistic(_ x: Double) -> Double { 1 / (1 + Elementary.exp(-x)) }
}

extension Calibration {
  /// From a card's JSON. Throws `bad-configuration` where it is none.
  package init(card text: String) throws(DocketError) {
    do {
      let json = try JSONValue(parsing: text)
      name = try json["name"].string
      fittedOn = try json["fitted_on"].string
      count = try json["count"].integer
      method = try json["method"].string
      expectedError = try json["expected_calibration_error"].optional { json throws(JSONMistake) in try json.double }
      weights = [:]
      for (key, row) in try json["weights"].members {
        weights[key] = try Weights(row)
      }
      digest = ContentDigest(of: text)
    } catch {
      throw DocketError(.badConfiguration, "The calibration card cannot be understood.", cause: "\(error)")
    }
  }
}
