/// What a record of one type is: its fields, its checks, who owns it. Data alone; no type is known to the code.
///
/// Read from `Pipelines/contracts/<name>.v<version>.yaml`; Docs: the file formats.
package struct Contract: Hashable, Sendable {
  package var name: String
  package var version: Int
  package var summary: String
  package var standard: String?
  package var owner: String?
  package var sourceOfTruth: String?
  /// What such a document calls itself, by language (`en`, `de` …).
  package var headings: [String: [WeightedPhrase]]
  /// What documents call themselves that look like it and are none: `quotation`, `delivery note`.
  package var notHeadings: [String: [WeightedPhrase]]
  /// What such a document says besides, by language: words and sentences that tell what it is (`thank you for your
  /// visit`), for classification alone.
  package var phrases: [String: [WeightedPhrase]]
  /// What people speak of who write such a record in their own words, by language: `password`, `not working`. Counts
  /// in a plain text that came alone.
  package var written: [String: [WeightedPhrase]]
  /// Field paths that together say which thing this is; the first complete list counts.
  package var identity: [[String]]
  /// In the order written.
  package var fields: [Field]
  package var checks: [Check]
  package var status: StatusGraph?
  package var access: Access?
  package var freshFor: String?
  /// The order in which such documents write dates where neither they nor their source tell.
  package var dates: DateOrder?
  /// Of the file's bytes.
  package var digest: ContentDigest

  package init(
    name: String, version: Int, summary: String, standard: String? = nil, owner: String? = nil,
    sourceOfTruth: String? = nil, headings: [String: [WeightedPhrase]] = [:],
    notHeadings: [String: [WeightedPhrase]] = [:], phrases: [String: [WeightedPhrase]] = [:],
    written: [String: [WeightedPhrase]] = [:], identity: [[String]] = [], fields: [Field], checks: [Check] = [],
    status: StatusGraph? = nil, access: Access? = nil, freshFor: String? = nil, dates: DateOrder? = nil,
    digest: ContentDigest
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.standard = standard
    self.owner = owner
    self.sourceOfTruth = sourceOfTruth
    self.headings = headings
    self.notHeadings = notHeadings
    self.phrases = phrases
    self.written = written
    self.identity = identity
    self.fields = fields
    self.checks = checks
    self.status = status
    self.access = access
    self.freshFor = freshFor
    self.dates = dates
    self.digest = digest
  }

  package var reference: ContractReference { ContractReference(name: name, version: version) }

  /// Whether a mail's own text is part of such a record.
  package var isWrittenAsMail: Bool { fields.contains { $0.mail == .body } }

  package func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  package struct StatusGraph: Hashable, Sendable {
    package var initial: String
    package var next: [String: [String]]
    package var final: [String]
    package init(initial: String, next: [String: [String]], final: [String]) {
      self.initial = initial
      self.next = next
      self.final = final
    }
  }

  /// Roles that may read, and roles that may write by field (`default` for the rest).
  package struct Access: Hashable, Sendable {
    package var read: [String]
    package var write: [String: [String]]
    package init(read: [String], write: [String: [String]]) {
      self.read = read
      self.write = write
    }
  }
}

/// `invoice@1`.
package struct ContractReference: Hashable, Sendable, CustomStringConvertible {
  package var name: String
  package var version: Int
  package init(name: String, version: Int) {
    self.name = name
    self.version = version
  }
  package var description: String { "\(name)@\(version)" }
}

/// Words people print, with how much they say: 1 unless given.
package struct WeightedPhrase: Hashable, Sendable {
  package var text: String
  package var weight: Double
  package init(_ text: String, weight: Double = 1) {
    self.text = text
    self.weight = weight
  }
}

extension [String: [WeightedPhrase]] {
  /// All languages' phrases, by language in order, so that nothing depends on how a dictionary lies in memory.
  package var inOrder: [WeightedPhrase] { sorted { $0.key < $1.key }.flatMap(\.value) }
}

/// A field of a contract.
package struct Field: Hashable, Sendable {
  package var name: String
  package var type: FieldType
  package var required: Bool
  package var isList: Bool
  package var vocabulary: String?
  /// By language.
  package var labels: [String: [WeightedPhrase]]
  package var notLabels: [String: [WeightedPhrase]]
  /// What sentences say that speak for a value behind, before or between it, and words that speak against it in the
  /// same sentence.
  package var phrases: [String: [WeightedPhrase]]
  package var notPhrases: [String: [WeightedPhrase]]
  package var range: RangeEnd?
  package var role: Role?
  /// What of a mail says it, where a record is written in a mail's body.
  package var mail: MailPart?
  /// A small preference, in units of the zero-shot score.
  package var bias: Double
  /// The standard's id: `BT-112`, `BG-4`.
  package var standard: String?
  package var sensitivity: Sensitivity?
  /// For `rows`: the columns, in the order written.
  package var columns: [Field]
  package var defaultValue: String?

  package enum RangeEnd: String, CaseIterable, Sendable { case from, to }
  package enum Role: String, CaseIterable, Sendable { case issuer, recipient }
  /// Headers by their names, and the text that the sender wrote himself.
  package enum MailPart: String, CaseIterable, Sendable { case from, to, date, subject, body }

  package init(
    name: String, type: FieldType, required: Bool = false, isList: Bool = false, vocabulary: String? = nil,
    labels: [String: [WeightedPhrase]] = [:], notLabels: [String: [WeightedPhrase]] = [:],
    phrases: [String: [WeightedPhrase]] = [:], notPhrases: [String: [WeightedPhrase]] = [:],
    range: RangeEnd? = nil, role: Role? = nil, mail: MailPart? = nil, bias: Double = 0, standard: String? = nil,
    sensitivity: Sensitivity? = nil, columns: [Field] = [], defaultValue: String? = nil
  ) {
    self.name = name
    self.type = type
    self.required = required
    self.isList = isList
    self.vocabulary = vocabulary
    self.labels = labels
    self.notLabels = notLabels
    self.phrases = phrases
    self.notPhrases = notPhrases
    self.range = range
    self.role = role
    self.mail = mail
    self.bias = bias
    self.standard = standard
    self.sensitivity = sensitivity
    self.columns = columns
    self.defaultValue = defaultValue
  }

  /// Leaf paths a record can have for this field: itself, or a compound type's parts, dotted.
  package var paths: [String] {
    type.parts.isEmpty ? [name] : type.parts.map { "\(name).\($0)" }
  }
}

/// The closed list of field types.
package enum FieldType: String, CaseIterable, Sendable {
  case text, id, category, boolean, date, datetime, duration, decimal, integer, percent, money, currency, quantity
  case unit, party, person, address, country, email, phone, url, iban, bic
  case taxID = "tax_id"
  case gtin, plate, time, reference, rows

  /// A compound type's parts, dotted after the field's name.
  package var parts: [String] {
    guard self == .party else { return [] }
    return ["name"] + [FieldType.taxID, .id, .address, .country, .email, .phone].map(\.rawValue)
  }
}

/// A rule over a record's values that must hold.
package struct Check: Hashable, Sendable {
  package var code: String
  package var rule: Rule

  package enum Rule: Hashable, Sendable {
    /// The terms add up to `equals`, within a tolerance.
    case sum([Term], equals: String, within: DecimalNumber)
    /// Row by row: the factors multiplied are `equals`.
    case product([String], equals: String, within: DecimalNumber)
    /// Values do not fall: dates or numbers.
    case order([String])
    case oneOf(field: String, values: [String])
    /// The field's own checksum (IBAN, tax id, GTIN).
    case checksum(field: String, type: FieldType)
    case range(field: String, from: DecimalNumber?, to: DecimalNumber?)
    /// `field` must be there when `other` is.
    case presentIf(field: String, other: String)
    /// Two fields agree.
    case sameAs(field: String, other: String)
  }

  /// `"-allowances?"`: subtracted, may be missing.
  package struct Term: Hashable, Sendable {
    package var path: String
    package var isSubtracted: Bool
    package var isOptional: Bool
    package init(path: String, isSubtracted: Bool = false, isOptional: Bool = false) {
      self.path = path
      self.isSubtracted = isSubtracted
      self.isOptional = isOptional
    }
  }

  package init(code: String, rule: Rule) {
    self.code = code
    self.rule = rule
  }
}

extension Contract {
  /// Paths that rules may name: leaves, and a table's columns.
  package var knownPaths: [String] {
    fields.flatMap { field in
      field.type == .rows ? field.columns.map { "\(field.name).\($0.name)" } : field.paths + [field.name]
    }
  }
}
