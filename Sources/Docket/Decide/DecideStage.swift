/// Says what happens to a record. Pure: the same record and rules give the same decision.
package protocol Policy: Sendable {
  var fingerprint: ContentDigest { get }
  /// The same without the proofs in force: what a proof is of.
  var rules: ContentDigest { get }
  /// Fields about which it matters what their vendor had before.
  var watched: Set<String> { get }
  func decide(_ record: Record, facts: ReadingFacts, in context: Context) -> Decision
}

extension Policy {
  package var rules: ContentDigest { fingerprint }
  package var watched: Set<String> { [] }
}

/// What a policy may ask about the document besides its record.
package struct ReadingFacts: Hashable, Sendable {
  /// Of a mail: the address that it is from.
  package var sender: String?
  package var pageCount: Int
  /// ISO 639-1, best first.
  package var languages: [String]
  /// Any page was read by OCR.
  package var isFromPixels: Bool
  /// Of the worst page.
  package var quality: PageQuality
  package var findings: [Finding]

  package init(of reading: Reading, classification: Classification) {
    sender = Cover.sender(of: reading)
    pageCount = reading.pages.count
    languages = classification.languages
    isFromPixels = reading.pages.contains { $0.source == .ocr || $0.source == .ocrOverBadLayer }
    quality = reading.quality
    findings = reading.findings
  }
}

/// Record to decision.
package struct DecideStage: Stage {
  package static let name = StageName.decide
  private let policy: any Policy

  package init(_ policy: any Policy) { self.policy = policy }

  package struct Input: Sendable {
    package var record: Record
    package var facts: ReadingFacts
    package init(record: Record, facts: ReadingFacts) {
      self.record = record
      self.facts = facts
    }
  }

  package var fingerprint: ContentDigest { policy.fingerprint }
  package var rules: ContentDigest { policy.rules }
  package var watched: Set<String> { policy.watched }

  package func run(_ input: Input, in context: Context) async throws(DocketError) -> Decision {
    policy.decide(input.record, facts: input.facts, in: context)
  }
}
