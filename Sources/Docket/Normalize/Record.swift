/// The canonical object: a contract's fields with values, each with its evidence. Never changed; a correction
/// is a new version that says what it supersedes.
package struct Record: Hashable, Sendable {
  package var id: RecordID
  /// Counted from 1.
  package var version: Int
  package var supersedes: Int?
  package var contract: ContractReference
  package var classification: Double
  /// By leaf path (`total`, `seller.name`); a field without a value is there with an empty list of values.
  package var fields: [RecordField]
  package var tables: [RecordTable]
  /// Failed checks, differences, doubts.
  package var findings: [Finding]
  package var sensitivity: Sensitivity
  /// Who made this version: `docket`, or `person maria`.
  package var producer: String

  package init(
    id: RecordID, version: Int = 1, supersedes: Int? = nil, contract: ContractReference, classification: Double,
    fields: [RecordField], tables: [RecordTable] = [], findings: [Finding] = [],
    sensitivity: Sensitivity = .internal, producer: String = "docket"
  ) {
    self.id = id
    self.version = version
    self.supersedes = supersedes
    self.contract = contract
    self.classification = classification
    self.fields = fields
    self.tables = tables
    self.findings = findings
    self.sensitivity = sensitivity
    self.producer = producer
  }

  package func field(_ path: String) -> RecordField? { fields.first { $0.path == path } }
  package func value(_ path: String) -> Value? { field(path)?.values.first?.value }
}

/// A record's id is its document's: one document gives at most one record.
package typealias RecordID = DocumentID

/// A leaf of a record.
package struct RecordField: Hashable, Sendable {
  package var path: String
  /// Empty: absent. More than one only for list fields.
  package var values: [Sourced]
  /// The probability that `values` is right as it stands, absence included.
  package var confidence: Double
  /// For an absent value: what was too doubtful to be given, best first, for a person to pick from.
  package var suggestions: [Sourced.Alternative]

  package init(path: String, values: [Sourced], confidence: Double, suggestions: [Sourced.Alternative] = []) {
    self.path = path
    self.values = values
    self.confidence = confidence
    self.suggestions = suggestions
  }

  /// What else the field may be: the chosen value's runners-up, or what is suggested where none was chosen.
  package var alternatives: [Sourced.Alternative] { values.first?.alternatives ?? suggestions }
}

/// The rows of a `rows` field.
package struct RecordTable: Hashable, Sendable {
  package var path: String
  /// Cells by column name; `path` in each is `lines.amount`.
  package var rows: [[RecordField]]
  package init(path: String, rows: [[RecordField]]) {
    self.path = path
    self.rows = rows
  }
}

/// A value, how sure Docket is of it, and where it stands.
package struct Sourced: Hashable, Sendable {
  package var value: Value
  package var raw: String
  /// The extractor's raw number; nil for values of people and of structured originals.
  package var score: Double?
  /// A calibrated probability, 0 to 1.
  package var confidence: Double
  package var provenance: [Provenance]
  package var alternatives: [Alternative]
  /// From a structured original.
  package var isExact: Bool

  package struct Alternative: Hashable, Sendable {
    package var value: Value
    package var raw: String
    package var confidence: Double
    package var provenance: [Provenance]
    package init(value: Value, raw: String, confidence: Double, provenance: [Provenance]) {
      self.value = value
      self.raw = raw
      self.confidence = confidence
      self.provenance = provenance
    }
  }

  package init(
    value: Value, raw: String, score: Double? = nil, confidence: Double, provenance: [Provenance],
    alternatives: [Alternative] = [], isExact: Bool = false
  ) {
    self.value = value
    self.raw = raw
    self.score = score
    self.confidence = confidence
    self.provenance = provenance
    self.alternatives = alternatives
    self.isExact = isExact
  }
}
