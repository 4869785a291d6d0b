/// A value proposed for a field, where it stands, and how well it fits. Never a choice.
package struct Candidate: Hashable, Sendable {
  /// Dotted: `total`, `seller.name`.
  package var path: String
  package var value: Value
  /// As printed.
  package var raw: String
  /// Zero-shot units: the logit against "absent", whose score is 0.
  package var score: Double
  package var locators: [Locator]
  /// What found it, with its version: `labels 1`.
  package var producer: String
  /// From a structured original: authoritative, needs no confidence of its own.
  package var isExact: Bool
  /// The lowest reading confidence of the words under it, 0 to 1.
  package var readingConfidence: Double
  package var findings: [Finding]
  /// Of its value before something learned gave another score; nil where nothing did.
  package var zeroShot: Double?
  /// How similar documents speak of it; nil where none is known.
  package var recalled: Recalled?
  /// What it looks like and what stands around it, where something learned, or somebody who learns, asks for it.
  package var features: CandidateFeatures?

  package init(
    path: String, value: Value, raw: String, score: Double, locators: [Locator], producer: String,
    isExact: Bool = false, readingConfidence: Double = 1, findings: [Finding] = []
  ) {
    self.path = path
    self.value = value
    self.raw = raw
    self.score = score
    self.locators = locators
    self.producer = producer
    self.isExact = isExact
    self.readingConfidence = readingConfidence
    self.findings = findings
  }
}

extension Candidate {
  /// Whether words of a sentence spoke for it.
  var isFromSentence: Bool { producer.hasPrefix(ProseExtractor.name) }
}

/// What the extract stage hands on: candidates by field path, best first, and proposed rows by table.
package struct Extraction: Hashable, Sendable {
  package var candidates: [String: [Candidate]]
  /// By `rows` field: each row holds at most one candidate a column; paths are `lines.amount`.
  package var rows: [String: [[String: Candidate]]]
  package var findings: [Finding]
  /// By which similar documents are found; nil where the extractors saw no pages.
  package var signature: DocumentSignature?

  package init(
    candidates: [String: [Candidate]] = [:], rows: [String: [[String: Candidate]]] = [:], findings: [Finding] = []
  ) {
    self.candidates = candidates
    self.rows = rows
    self.findings = findings
  }
}

/// Proposes values. Never chooses between them and never fails: no total is an empty answer, not an error.
package protocol Extractor: Sendable {
  /// With its version: `labels 1`. Changes whenever the same input may give another output.
  var producer: String { get }
  func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction
}
