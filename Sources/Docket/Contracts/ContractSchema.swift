/// A contract as JSON Schema 2020-12: of the lines that destinations receive (`docket/record/1`).
///
/// Every delivered record is valid by it. A field that the contract requires may still be missing where a person said
/// that the document does not have it, so it is told by an annotation (`x-docket-required`), not by `required`.
package struct ContractSchema: Sendable {
  private let contract: Contract
  private let vocabulary: @Sendable (String) -> Vocabulary?

  /// - Parameter vocabulary: the vocabulary of a name, for the values of categories.
  package init(_ contract: Contract, vocabulary: @escaping @Sendable (String) -> Vocabulary?) {
    self.contract = contract
    self.vocabulary = vocabulary
  }

  /// Without a line end.
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
      json.member("$id", "urn:docket:contract:\(contract.name):\(contract.version)")
      json.member("title", "\(contract.reference)")
      json.member("description", contract.summary)
      json.member("type", "object")
      json.member(
        "required",
        texts: [
          "contract", "fields", "findings", "id", "name", "part", "producer", "rows", "schema", "sensitivity", "sha256",
          "supersedes", "version",
        ])
      json.memberObject("properties") { json in properties(&json) }
      json.memberObject("$defs") { json in definitions(&json) }
    }
    return json.text
  }

  private func properties(_ json: inout JSONWriter) {
    json.memberObject("schema") { $0.member("const", "docket/record/1") }
    json.memberObject("contract") { json in
      json.member("type", "object")
      json.member("required", texts: ["name", "version"])
      json.memberObject("properties") { json in
        json.memberObject("name") { $0.member("const", contract.name) }
        json.memberObject("version") { $0.member("const", contract.version) }
      }
    }
    json.memberObject("id") { $0.pattern("^[0-9a-f]*$") }
    json.memberObject("sha256") { $0.pattern("^[0-9a-f]{64}$") }
    for name in ["name", "producer"] { json.memberObject(name) { $0.member("type", "string") } }
    json.memberObject("part") { $0.member("type", texts: ["string", "null"]) }
    json.memberObject("version") { $0.whole(nullable: false) }
    json.memberObject("supersedes") { $0.whole(nullable: true) }
    json.memberObject("sensitivity") { $0.member("enum", texts: Sensitivity.allCases.map(\.rawValue)) }
    json.memberObject("findings") { $0.list(of: "finding") }
    json.memberObject("fields") { json in
      json.member("type", "object")
      json.memberObject("properties") { json in
        for field in contract.fields where field.type != .rows {
          for path in field.paths { json.memberObject(path) { json in property(field, path, &json) } }
        }
      }
      json.member("additionalProperties", false)
    }
    json.memberObject("rows") { json in
      json.member("type", "object")
      json.memberObject("properties") { json in
        for field in contract.fields where field.type == .rows {
          json.memberObject(field.name) { json in table(field, &json) }
        }
      }
      json.member("additionalProperties", false)
    }
  }

  private func property(_ field: Field, _ path: String, _ json: inout JSONWriter) {
    if let standard = field.standard { json.member("$comment", standard) }
    json.member("x-docket-type", field.typeName)
    if field.required { json.member("x-docket-required", true) }
    if let sensitivity = field.sensitivity { json.member("x-docket-sensitivity", sensitivity.rawValue) }
    let part = path.split(separator: ".").dropFirst().first.map(String.init)
    let type = part.flatMap { field.type.partType($0) } ?? field.type
    if field.isList {
      json.memberArray("anyOf") { json in
        json.object { json in sourced(type, field, &json) }
        json.object { json in
          json.member("type", "array")
          json.memberObject("items") { json in sourced(type, field, &json) }
        }
      }
    } else {
      sourced(type, field, &json)
    }
  }

  private func table(_ field: Field, _ json: inout JSONWriter) {
    if let standard = field.standard { json.member("$comment", standard) }
    json.member("type", "array")
    json.memberObject("items") { json in
      json.member("type", "object")
      json.memberObject("properties") { json in
        for column in field.columns { json.memberObject(column.name) { json in property(column, "", &json) } }
      }
      json.member("additionalProperties", false)
    }
  }

  /// A value with its evidence.
  private func sourced(_ type: FieldType, _ field: Field, _ json: inout JSONWriter) {
    json.member("$ref", "#/$defs/sourced")
    json.memberObject("properties") { json in json.memberObject("value") { json in value(type, field, &json) } }
  }

  /// Values are text in JSON, so that no number loses a digit.
  private func value(_ type: FieldType, _ field: Field, _ json: inout JSONWriter) {
    switch type {
    case .date:
      json.member("format", "date")
      json.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    case .money, .decimal, .quantity, .percent: json.pattern("^-?[0-9]+([.][0-9]+)?$")
    case .integer: json.pattern("^-?[0-9]+$")
    case .currency: json.pattern("^[A-Z]{3}$")
    case .iban: json.pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]+$")
    case .boolean: json.member("enum", texts: ["true", "false"])
    case .duration: json.pattern("^P([0-9]+[YMWD])+$")
    case .category:
      // A code of a standard that the vocabulary does not have stays as it is.
      json.member("type", "string")
      if let known = field.vocabulary.flatMap(vocabulary) { json.member("examples", texts: known.values.map(\.name)) }
    default: json.member("type", "string")
    }
  }

  private func definitions(_ json: inout JSONWriter) {
    json.memberObject("sourced") { json in
      json.member("type", "object")
      json.member("required", texts: ["confidence", "exact", "provenance", "raw", "value"])
      json.memberObject("properties") { json in
        json.memberObject("confidence") { json in
          json.member("type", "number")
          json.member("minimum", 0)
          json.member("maximum", 1)
        }
        json.memberObject("exact") { $0.member("type", "boolean") }
        json.memberObject("provenance") { json in
          json.member("type", "array")
          json.memberObject("items") { json in
            json.member("type", "object")
            json.member("required", texts: ["producer"])
          }
        }
        json.memberObject("raw") { $0.member("type", "string") }
        json.memberObject("value") { $0.member("type", "string") }
      }
    }
    json.memberObject("finding") { json in
      json.member("type", "object")
      json.member("required", texts: ["code", "level", "message"])
    }
  }
}

extension JSONWriter {
  fileprivate mutating func pattern(_ pattern: String) {
    member("type", "string")
    member("pattern", pattern)
  }

  fileprivate mutating func whole(nullable: Bool) {
    if nullable { member("type", texts: ["integer", "null"]) } else { member("type", "integer") }
    member("minimum", 1)
  }

  fileprivate mutating func list(of definition: String) {
    member("type", "array")
    memberObject("items") { $0.member("$ref", "#/$defs/\(definition)") }
  }
}
