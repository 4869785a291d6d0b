/// By what the issuer of a record is known, and what it says in the fields that are watched for changes.
package struct VendorHabits: Hashable, Sendable {
  /// Of the contract and the issuer's tax number, then of the contract and its name; empty: nobody can be told.
  package var keys: [String]
  /// Leaf paths and columns that have a value, in order, each value once.
  package var values: [Entry]

  package struct Entry: Hashable, Sendable {
    package var path: String
    package var values: [String]
    package init(path: String, values: [String]) {
      self.path = path
      self.values = values
    }
  }

  /// More of a list or a column are not compared.
  private static let mostValues = 100

  package init(keys: [String], values: [Entry]) {
    self.keys = keys
    self.values = values
  }

  /// - Parameter watched: fields, as policies and routes name them: `iban`, `seller`, `lines.description`.
  package init(of record: Record, by contract: Contract, watching watched: Set<String>) {
    var values: [String: [String]] = [:]
    for field in record.leavesAndCells where watched.contains(where: { field.path.isPath(in: $0) }) {
      for value in field.values.map(\.value.canonical) where values[field.path]?.contains(value) != true {
        values[field.path, default: []].append(value)
      }
    }
    self.init(
      keys: VendorHabits.keys(of: record, by: contract),
      values: values.sorted { $0.key < $1.key }.map {
        Entry(path: $0.key, values: Array($0.value.prefix(VendorHabits.mostValues)))
      })
  }

  private static func keys(of record: Record, by contract: Contract) -> [String] {
    guard let issuer = contract.fields.first(where: { $0.role == .issuer }) else { return [] }
    let tax = record.value("\(issuer.name).\(FieldType.taxID.rawValue)").map(\.canonical)
    let name = (record.value("\(issuer.name).name") ?? record.value(issuer.name)).map(\.canonical)
    return [("tax", tax), ("name", name)].compactMap { kind, text in
      guard let key = text.map(VendorHabits.key), !key.isEmpty else { return nil }
      return "\(contract.name) \(kind) \(key)"
    }
  }

  /// Letters and digits of any script, in capitals.
  private static func key(_ text: String) -> String {
    var key = ""
    for scalar in text.uppercased().unicodeScalars
    where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      key.unicodeScalars.append(scalar)
    }
    return key
  }
}

extension Record {
  fileprivate var leavesAndCells: [RecordField] { fields + tables.flatMap { $0.rows.joined() } }
}

extension String {
  /// Itself, or a part of a compound field or a table.
  fileprivate func isPath(in field: String) -> Bool { self == field || hasPrefix("\(field).") }
}
