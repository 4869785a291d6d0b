/// What every model's card says, whatever was learned.
package protocol LearnedCard: Sendable {
  /// As `docket models` names what was learned: a contract, a contract's field, or `types`.
  var name: String { get }
  var number: Int { get }
  /// `invoice@1`; `types` where it is of no single contract.
  var subject: String { get }
  /// By what its documents were seen.
  var basis: String { get }
  var documents: [String] { get }
  var groups: Int { get }
  var source: String? { get }
  var license: String? { get }
  var split: String { get }
  var comparedWith: String { get }
  var gain: CrossFitting.Gain { get }
  var weightBytes: Int { get }
  var json: String { get }
}

extension LearnedCard {
  /// As provenance names it.
  package var producer: String { "\(name) model \(number)" }
}

extension ModelCard: LearnedCard {
  package var subject: String { contract.description }
  package var basis: String { "contract \(contract), \(features), \(extractor)" }
}
