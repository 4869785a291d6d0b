/// What tells whether two documents speak of the same thing, or say the same words.
package struct Traits: Hashable, Sendable {
  /// Which thing its record is of: the contract and the first complete list of its identity; nil where none is
  /// complete.
  package var identity: ContentDigest?
  /// Of all values of its record.
  package var values: ContentDigest?
  /// Nil for a structured original and for a few words.
  package var sketch: WordSketch?
  /// Whose it is, and what its vendor is watched for; nil where there is no record.
  package var habits: VendorHabits?

  package init(identity: ContentDigest? = nil, values: ContentDigest? = nil, sketch: WordSketch? = nil) {
    self.identity = identity
    self.values = values
    self.sketch = sketch
  }

  package init(of reading: Reading, record: Record? = nil, contract: Contract? = nil) {
    if let record, let contract { identity = Traits.identity(of: record, by: contract) }
    values = record.map(Traits.values)
    sketch = WordSketch(Traits.texts(of: reading))
  }

  /// A party stands for its name.
  static func identity(of record: Record, by contract: Contract) -> ContentDigest? {
    for (number, paths) in contract.identity.enumerated() {
      let values = paths.map { path in (record.value(path) ?? record.value("\(path).name")).map(\.canonical) }
      guard !values.isEmpty, values.allSatisfy({ $0 != nil }) else { continue }
      let keys = values.compactMap { $0 }.map { LabelKeyless.compact($0).isEmpty ? $0 : LabelKeyless.compact($0) }
      return ContentDigest(of: ([contract.name, String(number)] + keys).joined(separator: "\u{1F}"))
    }
    return nil
  }

  private static func values(of record: Record) -> ContentDigest {
    let cells = record.tables.flatMap { $0.rows.joined() }
    let lines = (record.fields + cells).map { field in
      ([field.path] + field.values.map(\.value.canonical)).joined(separator: "\u{1F}")
    }
    return ContentDigest(of: lines.joined(separator: "\u{1E}"))
  }

  private static func texts(of reading: Reading) -> [String] {
    switch reading.content {
    case .pages(let pages): pages.flatMap { $0.words.map(\.text) }
    case .text(let text): [text.text]
    case .table(let table): [table.text]
    case .tree: []
    }
  }
}

/// Another document that belongs together with one.
package struct Kin: Hashable, Sendable {
  package var document: DocumentID
  package var kind: Kind
  /// The share of words and numbers in common, 0 to 1; 1 where it was not asked.
  package var likeness: Double

  package enum Kind: String, CaseIterable, Sendable {
    /// Its record is of the same thing and has the same values.
    case same
    /// Its record is of the same thing and has other values.
    case differs
    /// It says the same words, or nearly.
    case near
  }

  package init(document: DocumentID, kind: Kind, likeness: Double = 1) {
    self.document = document
    self.kind = kind
    self.likeness = likeness
  }

  /// The likeness from which two documents are kin.
  package static let leastLikeness = 0.6

  /// States in which a document's record says nothing that others could repeat.
  package static let silent: Set<DocumentState> = [.duplicate, .rejected, .failed, .expanded]

  /// How another document is kin to one; nil where it is not.
  package init?(_ document: DocumentID, _ other: Traits, to traits: Traits) {
    let likeness = traits.sketch.flatMap { sketch in other.sketch.map { sketch.likeness(to: $0) } } ?? 0
    if let identity = traits.identity, identity == other.identity {
      self.init(document: document, kind: traits.values == other.values ? .same : .differs)
    } else if likeness >= Kin.leastLikeness {
      self.init(document: document, kind: .near, likeness: (100 * likeness).rounded() / 100)
    } else {
      return nil
    }
  }
}

extension WorkOutcome {
  /// What becomes of a document among those that are of the same thing: the same again is a duplicate, which is kept
  /// and linked; the same thing with other values waits for a person. Its record and its decision stay as they are, so
  /// that they do not depend on which of the two was finished first.
  ///
  /// - Parameter kin: without those in a silent state, in the order of arrival.
  /// - Returns: the document of which it is a duplicate.
  package mutating func settle(among kin: [Kin]) -> DocumentID? {
    guard [.delivering, .stored, .review].contains(state) else { return nil }
    if let first = kin.first(where: { $0.kind == .same }) {
      state = .duplicate
      return first.document
    }
    if kin.contains(where: { $0.kind == .differs }) { state = .review }
    return nil
  }
}
