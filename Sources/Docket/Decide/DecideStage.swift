/// Says what happens to a record. Pure: the same record and rules give the same decision.
package protocol Policy: Sendable {
  var fingerprint: ContentDigest { get }
  func decide(_ record: Record, facts: ReadingFacts, in context: Context) -> Decision
}

/// What a policy may ask about the document besides its record.
package struct ReadingFacts: Hashable, Sendable {
  package var pageCount: Int
  /// ISO 639-1, best first.
  package var languages: [String]
  /// Any page was read by OCR.
  package var isFromPixels: Bool
  /// The mean confidence of the words read by OCR, 0 to 1; 1 where nothing was.
  package var readingConfidence: Double
  package var findings: [Finding]

  package init(of reading: Reading, classification: Classification) {
    pageCount = reading.pages.count
    languages = classification.languages
    let pixels = reading.pages.filter { $0.source == .ocr || $0.source == .ocrOverBadLayer }
    isFromPixels = !pixels.isEmpty
    let words = pixels.flatMap(\.words)
    readingConfidence =
      words.isEmpty ? 1 : words.reduce(0) { $0 + Double($1.confidence) } / Double(words.count)
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

  package func run(_ input: Input, in context: Context) async throws(DocketError) -> Decision {
    policy.decide(input.record, facts: input.facts, in: context)
  }
}
