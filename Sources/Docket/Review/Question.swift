/// One doubtful field of one record, as a person is asked about it.
package struct Question: Hashable, Sendable {
  package var document: DocumentID
  /// A leaf path, `total`, or a table's cell, `lines[3].amount`.
  package var path: String
  package var type: FieldType
  package var required: Bool
  /// Nil: no value was found.
  package var current: Sourced?
  /// What else it may be, best first.
  package var alternatives: [Sourced.Alternative]
  package var confidence: Double
  /// A code: `unproven`, `missing`, `check-failed` …
  package var reason: String
  /// The record's findings that name this field.
  package var findings: [Finding]
  /// What the vendor had last, where it matters.
  package var before: KnownValue?
  /// The text around the value, or the page's first lines where there is none.
  package var context: [ContextLine]

  /// Questions of a record in the contract's order: required ones first, then by confidence, cells last.
  package static func list(
    of record: Record, document: DocumentID, decision: Decision, contract: Contract, reading: Reading?
  ) -> [Question] {
    var questions: [Question] = []
    for field in record.fields {
      guard let asked = decision.fields[field.path], !asked.isAccepted else { continue }
      let spec = contract.field(String(field.path.split(separator: ".")[0]))
      questions.append(
        Question(
          document: document, path: field.path, type: contract.leafType(field.path), required: spec?.required ?? false,
          current: field.values.first, alternatives: field.alternatives, confidence: field.confidence,
          reason: asked.reason ?? "doubtful",
          findings: record.findings.filter { $0.field == field.path },
          context: reading.map { ContextLine.around(field.place, in: $0) } ?? []))
    }
    questions.sort {
      ($0.required ? 0 : 1, $0.confidence, $0.path) < ($1.required ? 0 : 1, $1.confidence, $1.path)
    }
    return questions + tables(of: record, document: document, decision: decision)
  }

  /// A table is asked as one, its rows as the context.
  private static func tables(
    of record: Record, document: DocumentID, decision: Decision
  ) -> [Question] {
    record.tables.compactMap { table in
      guard let asked = decision.fields[table.path], !asked.isAccepted else { return nil }
      let lines = table.rows.prefix(12).enumerated().map { index, row in
        let cells = row.compactMap { $0.values.first?.value.canonical }.joined(separator: " · ")
        return ContextLine(text: "\(index + 1)  \(cells)".neutralised)
      }
      return Question(
        document: document, path: table.path, type: .rows, required: false, current: nil, alternatives: [],
        confidence: table.rows.joined().map(\.confidence).min() ?? 0, reason: asked.reason ?? "doubtful",
        findings: record.findings.filter { $0.level != .note && $0.field?.hasPrefix("\(table.path).") == true },
        context: lines)
    }
  }
}

/// `lines[3].amount`: a table, a row counted from 1, a column.
package struct CellPath: Hashable, Sendable, CustomStringConvertible {
  package var table: String
  package var row: Int
  package var column: String

  package init(table: String, row: Int, column: String) {
    self.table = table
    self.row = row
    self.column = column
  }

  /// Nil for a path that names no cell.
  package init?(_ path: String) {
    guard let open = path.firstIndex(of: "["), let close = path.firstIndex(of: "]"), open < close,
      let row = Int(path[path.index(after: open)..<close]), row >= 1,
      path[close...].hasPrefix("]."), path[close...].count > 2
    else { return nil }
    self.init(table: String(path[..<open]), row: row, column: String(path[close...].dropFirst(2)))
  }

  package var description: String { "\(table)[\(row)].\(column)" }
}

extension RecordField {
  /// Where its value stands, or what is most likely it.
  fileprivate var place: Locator? { (values.first?.provenance ?? suggestions.first?.provenance)?.first?.locator }

  /// The last word of the path: a cell's column.
  package var column: String { String(path.split(separator: ".").last ?? "") }
}

extension Contract {
  /// The type of a leaf: a field's, a column's, or that of a compound type's part.
  package func leafType(_ path: String) -> FieldType { leaf(path)?.type ?? .text }
}
