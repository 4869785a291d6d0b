/// Which contract a document fits, or that none does.
package struct Classification: Hashable, Sendable {
  /// Nil: unknown.
  package var contract: ContractReference?
  package var confidence: Double
  /// Other contracts that were considered, best first.
  package var alternatives: [Alternative]
  /// Why, in words for a person: headings and labels found, by their contract words, never the document's content.
  package var evidence: [String]
  /// ISO 639-1 codes by share of the text, best first.
  package var languages: [String]

  package struct Alternative: Hashable, Sendable {
    package var contract: ContractReference
    package var confidence: Double
    package init(contract: ContractReference, confidence: Double) {
      self.contract = contract
      self.confidence = confidence
    }
  }

  package init(
    contract: ContractReference?, confidence: Double, alternatives: [Alternative] = [], evidence: [String] = [],
    languages: [String] = []
  ) {
    self.contract = contract
    self.confidence = confidence
    self.alternatives = alternatives
    self.evidence = evidence
    self.languages = languages
  }
}
