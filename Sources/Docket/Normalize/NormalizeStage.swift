/// Chooses among candidates and makes the canonical record.
package protocol Normalizing: Sendable {
  var fingerprint: ContentDigest { get }
  func normalize(_ input: NormalizeStage.Input, in context: Context) -> Record
}

/// Candidates to record.
package struct NormalizeStage: Stage {
  package static let name = StageName.normalize
  private let normalizer: any Normalizing

  package init(_ normalizer: any Normalizing) { self.normalizer = normalizer }

  package struct Input: Sendable {
    package var reading: Reading
    package var contract: Contract
    package var classification: Classification
    package var extraction: Extraction
    package init(reading: Reading, contract: Contract, classification: Classification, extraction: Extraction) {
      self.reading = reading
      self.contract = contract
      self.classification = classification
      self.extraction = extraction
    }
  }

  package var fingerprint: ContentDigest { normalizer.fingerprint }

  package func run(_ input: Input, in context: Context) async throws(DocketError) -> Record {
    normalizer.normalize(input, in: context)
  }
}
