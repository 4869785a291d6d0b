/// A mapping with the contract and the vocabularies that it needs, ready for records.
package struct AppliedMapping: Sendable {
  private let mapping: Mapping
  private let contract: Contract
  private let vocabularies: [String: Vocabulary]

  /// Nil where the library has no such contract.
  package init?(_ mapping: Mapping, in library: Library) {
    guard let contract = library.contract(mapping.contract.text) else { return nil }
    self.mapping = mapping
    self.contract = contract
    let named = mapping.fields.flatMap(\.values).compactMap(\.by?.text)
    vocabularies = Dictionary(
      named.compactMap { name in library.vocabulary(name).map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// A record in the other system's words.
  package struct Mapped: Hashable, Sendable {
    /// One line: numbers and truths as such, everything else as texts, what is absent as null.
    package var json: String
    package var sheet: RecordSheet
    /// What the other system's words could not hold.
    package var findings: [Finding]
  }

  /// - Throws: `mapping-unfit` where the record is of another contract.
  package func map(_ record: Record, identity: ContentDigest? = nil) throws(DocketError) -> Mapped {
    guard record.contract.name == contract.name else {
      throw DocketError(
        .mappingUnfit,
        "The mapping `\(mapping.reference)` is of `\(mapping.contract.text)`; this record is of another contract.")
    }
    var work = ValueMapping(mapping: mapping.reference, vocabularies: vocabularies)
    var sheet = RecordSheet(name: mapping.name, columns: [], values: [], identity: identity)
    for field in mapping.fields {
      switch field.source {
      case .value(let value):
        sheet.columns.append(.init(field.name.text, kind(of: value, in: nil)))
        sheet.values.append(work.value(value, field.name.text) { record.mappedValues(at: $0) })
      case .rows(let each, let inner):
        let named = inner.compactMap { field -> (String, MappedValue)? in
          if case .value(let value) = field.source { (field.name.text, value) } else { nil }
        }
        let rows = record.tables.first { $0.path == each.text }?.rows ?? []
        sheet.tables.append(
          .init(
            name: field.name.text, columns: named.map { .init($0, kind(of: $1, in: each.text)) },
            rows: rows.map { row in
              named.map { name, value in
                work.value(value, "\(field.name.text).\(name)") { path in
                  let cell = row.first { $0.path == "\(each.text).\(path)" }
                  let isColumn = contract.leaf("\(each.text).\(path)") != nil
                  return isColumn ? cell?.values.map(\.value) ?? [] : record.mappedValues(at: path)
                }
              }
            }))
      }
    }
    return Mapped(json: json(sheet), sheet: sheet, findings: work.findings)
  }

  private func kind(of value: MappedValue, in table: String?) -> RecordSheet.Kind {
    switch value.form {
    case .integer, .epoch: return .integer
    case .decimal: return .decimal
    case .text, .date, .dateBasic, .datetime, .upper, .lower: return .text
    case nil: break
    }
    guard value.from.count == 1, value.split == nil, value.by == nil, value.join == nil, value.first == nil,
      value.last == nil, let path = value.from.first?.text
    else { return .text }
    let type = table.flatMap { contract.leaf("\($0).\(path)") }?.type ?? contract.leafType(path)
    if type == .boolean { return .boolean }
    return type.isNumber ? .decimal : .text
  }

  /// In the order of the mapping.
  private func json(_ sheet: RecordSheet) -> String {
    var json = JSONWriter()
    var tables = sheet.tables[...]
    var values = sheet.values[...]
    json.object { json in
      for field in mapping.fields {
        json.key(field.name.text)
        if case .value = field.source {
          json.mapped(values.removeFirst())
        } else {
          let table = tables.removeFirst()
          json.array { json in
            for row in table.rows {
              json.object { json in
                for (column, value) in zip(table.columns, row) {
                  json.key(column.name)
                  json.mapped(value)
                }
              }
            }
          }
        }
      }
    }
    return json.text
  }
}

extension MappedField {
  fileprivate var values: [MappedValue] {
    switch source {
    case .value(let value): [value]
    case .rows(_, let fields): fields.flatMap(\.values)
    }
  }
}

extension Record {
  fileprivate func mappedValues(at path: String) -> [Value] { field(path)?.values.map(\.value) ?? [] }
}

extension JSONWriter {
  fileprivate mutating func mapped(_ value: Value?) {
    switch value {
    case nil: null()
    case .boolean(let truth)?: raw(truth ? "true" : "false")
    // Its own digits: no number is rounded on the way.
    case .decimal(let number)?: raw(number.description)
    case let value?: string(value.canonical)
    }
  }
}
