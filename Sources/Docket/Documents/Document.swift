/// One arrival of a document: 128 random bits, as 32 hexadecimal digits.
///
/// The same bytes arriving twice are two documents with one digest.
package struct DocumentID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let hex: String

  package init(hex: String) { self.hex = hex }

  /// From 16 random bytes; randomness is the caller's, the domain has none.
  package init(random bytes: [UInt8]) { hex = Hex.encode(bytes) }

  /// The same for the same parts, and as good as random where one of them is.
  package static func derived(from parts: [String]) -> DocumentID {
    DocumentID(hex: String(ContentDigest(of: parts.joined(separator: "\u{1F}")).hex.prefix(32)))
  }

  /// Of what lies in this document at some place: found there again, it is the same.
  package func child(at part: PartPath) -> DocumentID { .derived(from: [hex, part.text]) }

  package var description: String { hex }
  package static func < (a: DocumentID, b: DocumentID) -> Bool { a.hex < b.hex }
}

/// Where a child stands in its container: `attachment/2`, `pages/3-5`, and nested `attachment/2/attachment/1`.
package struct PartPath: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String
  package init(_ text: String) { self.text = text }

  package func appending(_ inner: PartPath) -> PartPath { PartPath("\(text)/\(inner.text)") }
  package var description: String { text }
  package static func < (a: PartPath, b: PartPath) -> Bool { a.text < b.text }
}

/// How carefully a document or a field must be treated; whatever is derived carries the highest.
package enum Sensitivity: String, CaseIterable, Comparable, Sendable {
  case `public`, `internal`, confidential, restricted

  package static func < (a: Sensitivity, b: Sensitivity) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// Where a document is: always exactly one of these.
package enum DocumentState: String, CaseIterable, Sendable {
  /// Waits for a worker.
  case queued
  /// A run holds a lease on it.
  case working
  /// Waits for a person.
  case review
  /// Accepted by a person, inside the undo window.
  case held
  /// Accepted; its deliveries are on their way.
  case delivering
  /// Every destination has it.
  case delivered
  /// Accepted, and no destination wanted it.
  case stored
  /// A person or a policy refused it.
  case rejected
  /// The same bytes arrived before; linked to the first.
  case duplicate
  /// A container without a record of its own; its children are counted.
  case expanded
  /// Nobody could read or finish it; has an error code.
  case failed
  /// A delivery was given up; waits for a person.
  case undelivered

  /// Nothing more will happen to it unless a person acts.
  package var isResting: Bool {
    switch self {
    case .queued, .working, .review, .held, .delivering, .undelivered: false
    case .delivered, .stored, .rejected, .duplicate, .expanded, .failed: true
    }
  }
}

/// What came in: one arrival, with where it came from and where it is now.
package struct Document: Hashable, Sendable {
  package var id: DocumentID
  /// Counts arrivals in a workspace from 1, children included.
  package var arrival: Int
  package var digest: ContentDigest
  package var byteCount: Int
  /// The file's own name as it came, without folders; never trusted as a path.
  package var name: String
  package var source: String
  package var pipeline: String
  package var parent: DocumentID?
  package var part: PartPath?
  /// Containers around it: 0 for what a source brought.
  package var depth: Int
  package var state: DocumentState
  package var sensitivity: Sensitivity
  /// Of the same bytes that arrived first, when `state` is `duplicate`.
  package var duplicateOf: DocumentID?
  /// Why it failed, when `state` is `failed` or `undelivered`.
  package var errorCode: String?
  /// Seconds since 1970.
  package var arrivedAt: Double

  package init(
    id: DocumentID, arrival: Int, digest: ContentDigest, byteCount: Int, name: String, source: String,
    pipeline: String, parent: DocumentID? = nil, part: PartPath? = nil, depth: Int = 0,
    state: DocumentState = .queued, sensitivity: Sensitivity = .internal, duplicateOf: DocumentID? = nil,
    errorCode: String? = nil, arrivedAt: Double
  ) {
    self.id = id
    self.arrival = arrival
    self.digest = digest
    self.byteCount = byteCount
    self.name = name
    self.source = source
    self.pipeline = pipeline
    self.parent = parent
    self.part = part
    self.depth = depth
    self.state = state
    self.sensitivity = sensitivity
    self.duplicateOf = duplicateOf
    self.errorCode = errorCode
    self.arrivedAt = arrivedAt
  }
}
