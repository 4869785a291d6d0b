/// A record as tables take it: leaf values in columns, rows and lists of several values in tables below.
package struct RecordSheet: Hashable, Sendable {
  /// The contract's name, or the mapping's.
  package var name: String
  /// Beside `values`. All that a record of this kind can have, whether or not this one has it.
  package var columns: [Column]
  package var values: [Value?]
  package var tables: [Table]
  /// Which thing the record is of; nil where that is not complete.
  package var identity: ContentDigest?

  package struct Column: Hashable, Sendable {
    /// A leaf path, `seller.name`.
    package var name: String
    package var kind: Kind
    package init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  package enum Kind: Hashable, Sendable { case text, integer, decimal, boolean }

  package struct Table: Hashable, Sendable {
    package var name: String
    package var columns: [Column]
    package var rows: [[Value?]]
    package init(name: String, columns: [Column], rows: [[Value?]]) {
      self.name = name
      self.columns = columns
      self.rows = rows
    }
  }

  package init(
    name: String, columns: [Column], values: [Value?], tables: [Table] = [], identity: ContentDigest? = nil
  ) {
    self.name = name
    self.columns = columns
    self.values = values
    self.tables = tables
    self.identity = identity
  }
}

extension RecordSheet {
  /// Of a record by its contract.
  package init(of record: Record, by contract: Contract) {
    self.init(name: contract.name, columns: [], values: [], identity: Traits.identity(of: record, by: contract))
    for field in contract.fields {
      if field.type == .rows {
        let columns = field.columns.flatMap(\.sheetColumns)
        let rows = record.tables.first { $0.path == field.name }?.rows ?? []
        tables.append(
          Table(
            name: field.name, columns: columns,
            rows: rows.map { row in
              columns.map { column in
                row.first { $0.path == "\(field.name).\(column.name)" }?.values.first?.value
              }
            }))
      } else if field.isList {
        tables.append(Table(list: field, of: record))
      } else {
        columns += field.sheetColumns
        values += field.sheetColumns.map { record.value($0.name) }
      }
    }
  }

  /// Of leaf values alone, where nothing else is known of them.
  package init(name: String, cells: [Delivery.Cell]) {
    self.init(
      name: name, columns: cells.map { Column($0.path, .text) },
      values: cells.map { $0.value.isEmpty ? nil : .text($0.value) })
  }
}

extension RecordSheet.Table {
  /// The values of a list field, one a row.
  fileprivate init(list field: Field, of record: Record) {
    let columns = field.sheetColumns
    let lists = columns.map { column in record.field(column.name)?.values.map(\.value) ?? [] }
    let count = lists.map(\.count).max() ?? 0
    self.init(
      name: field.name,
      columns: columns.map { column in
        let part = column.name.dropFirst(field.name.count + 1)
        return RecordSheet.Column(part.isEmpty ? "value" : String(part), column.kind)
      }, rows: (0..<count).map { row in lists.map { $0.indices.contains(row) ? $0[row] : nil } })
  }
}

extension Field {
  fileprivate var sheetColumns: [RecordSheet.Column] { paths.map { .init($0, type.sheetKind) } }
}

extension FieldType {
  fileprivate var sheetKind: RecordSheet.Kind {
    switch self {
    case .integer: .integer
    case .decimal, .money, .quantity, .percent: .decimal
    case .boolean: .boolean
    default: .text
    }
  }
}
