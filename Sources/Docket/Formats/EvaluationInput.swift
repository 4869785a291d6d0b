/// What is known to be true of a document, as a line of JSON: its file and its fields.
///
///     {"file": "a.pdf", "contract": "bill", "issuer": "Shop", "fields": {"total": "9.00", "due_on": null}}
package struct TruthLine: Hashable, Sendable {
  package var file: String
  /// Of the original, where it is known.
  package var sha256: String?
  package var contract: String?
  package var issuer: String?
  /// By path: one value, several of a list, none where it is known that there is none. A field that is not named is
  /// not known.
  package var fields: [String: [String]]

  package init(_ json: JSONValue) throws(JSONMistake) {
    file = try json["file"].string
    sha256 = try json["sha256"].optional { json throws(JSONMistake) in try json.string }
    contract = try json["contract"].optional { json throws(JSONMistake) in try json.string }
    issuer = try json["issuer"].optional { json throws(JSONMistake) in try json.string }
    fields = try json["fields"].dictionary { value throws(JSONMistake) in
      switch value {
      case .null: []
      case .array(let values): try values.map { value throws(JSONMistake) in try value.string }
      default: [try value.string]
      }
    }
  }

  /// Fields with one value, or none: lists are not learned.
  package var single: [String: String?] { fields.filter { $0.value.count < 2 }.mapValues(\.first) }

  /// The last part of the file's path, without its ending: what a line of `docket extract` is found by.
  package var stem: String { Self.stem(of: file) }

  package static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}

extension Verdict {
  /// A line that `docket extract --json` printed, held against the truth.
  ///
  /// Nothing is asked of it that a policy would ask: all records are candidates but those without a value for a field
  /// that the truth names, with a check that does not hold, or without a contract.
  /// - Throws: where the line is none of `docket/extraction/1`.
  package init(extraction json: JSONValue, truth: TruthLine, ignoringChecks: Bool = false) throws(JSONMistake) {
    let contract: ContractReference? = try json["contract"].optional(ContractReference.init)
    let given = try json["fields"].optional { json throws(JSONMistake) in try json.members } ?? [:]
    var fields: [FieldVerdict] = []
    let sureness = try json["contract"]["confidence"].optional { json throws(JSONMistake) in try json.double } ?? 1
    // As a record's own confidence, over the fields that the truth knows.
    var product = ContractDoubt.factor(sureness)
    var isComplete = contract != nil
    for (path, expected) in truth.fields.sorted(by: { $0.key < $1.key }) {
      let field = given[path] ?? given["\(path).name"] ?? .null
      let values: [JSONValue] = if case .array(let list) = field { list } else { field.isNull ? [] : [field] }
      let confidence = try values.map { value throws(JSONMistake) in try value["confidence"].double }.min()
      if let confidence { product *= confidence }
      if values.isEmpty, !expected.isEmpty { isComplete = false }
      fields.append(
        FieldVerdict(
          path: path, confidence: confidence,
          given: try values.map { value throws(JSONMistake) in try value["value"].string }, expected: expected,
          alike: TruthLine.alike))
    }
    let findings = try json["findings"].optional { json throws(JSONMistake) in try json.array } ?? []
    let isBroken = !ignoringChecks && findings.contains { finding in finding["level"] == .string("error") }
    self.init(
      id: truth.stem, name: truth.file, contract: contract ?? ContractReference(name: "unknown", version: 0),
      trueContract: truth.contract, confidence: (10_000 * product).rounded() / 10_000,
      isCandidate: isComplete && !isBroken, vendor: truth.issuer ?? truth.stem, fields: fields,
      reasons: isBroken ? ["check-failed"] : isComplete ? [] : ["missing"])
  }
}

extension TruthLine {
  /// The same value: numbers by what they are worth, texts without case, blanks and punctuation.
  static func alike(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    if let mine = Double(left), let theirs = Double(right) { return mine == theirs }
    let (mine, theirs) = (TrueValue.key(left), TrueValue.key(right))
    return mine == theirs && !mine.isEmpty
  }
}
