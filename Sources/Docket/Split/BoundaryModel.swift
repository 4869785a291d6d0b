/// Weighs what is seen between two pages: a logistic model with a card, fitted on bundles.
package struct BoundaryModel: Hashable, Sendable {
  private var bias: Double
  private var weights: [BoundarySign: Double]
  /// From here on a person is asked, and from here on a document is cut without asking.
  private var ask: Double
  private var cut: Double
  package private(set) var digest: ContentDigest

  /// Where no card ships every document is one.
  package static let none = BoundaryModel(
    bias: -20, weights: [:], ask: 1, cut: 1, digest: ContentDigest(of: "page-boundaries none"))

  /// From a card's JSON. Throws `bad-configuration` where it is none.
  package init(card text: String) throws(DocketError) {
    do {
      let json = try JSONValue(parsing: text)
      let rows = try json["weights"].members
      bias = try json["bias"].double
      weights = [:]
      for sign in BoundarySign.allCases { weights[sign] = try rows[sign.rawValue]?.double ?? 0 }
      ask = try json["thresholds"]["ask"].double
      cut = try json["thresholds"]["cut"].double
      digest = ContentDigest(of: text)
    } catch {
      throw DocketError(.badConfiguration, "The card of page boundaries cannot be understood.", cause: "\(error)")
    }
  }

  private init(
    bias: Double, weights: [BoundarySign: Double], ask: Double, cut: Double, digest: ContentDigest
  ) {
    self.bias = bias
    self.weights = weights
    self.ask = ask
    self.cut = cut
    self.digest = digest
  }

  func boundary(on page: Int, _ signs: [BoundarySign: Double]) -> Boundary {
    // In the order of the cases: sums of floating numbers depend on it.
    let logit = BoundarySign.allCases.reduce(bias) { $0 + (weights[$1] ?? 0) * (signs[$1] ?? 0) }
    let confidence = (10_000 * Calibration.logistic(logit)).rounded() / 10_000
    return Boundary(
      page: page, confidence: confidence,
      verdict: confidence >= cut ? .begins : confidence >= ask ? .doubtful : .continues, signs: signs)
  }
}
