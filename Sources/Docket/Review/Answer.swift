/// What a person says to a question.
package enum Answer: Hashable, Sendable {
  /// The value stands as it is, an absent one included.
  case accept
  /// The runner-up of this number, counted from 1.
  case pick(Int)
  /// Another value.
  case edit(Value, raw: String)
  /// It is not on the document.
  case absent
}

extension Record {
  /// The next version of the record, with a person's answer to one field. The record itself never changes.
  ///
  /// Nil where the path names no field or there is no such runner-up.
  package func answering(_ path: String, _ answer: Answer, person: String) -> Record? {
    var next = self
    if let cell = CellPath(path) {
      guard let table = tables.firstIndex(where: { $0.path == cell.table }),
        tables[table].rows.indices.contains(cell.row - 1),
        let column = tables[table].rows[cell.row - 1].firstIndex(where: { $0.column == cell.column }),
        let field = tables[table].rows[cell.row - 1][column].answering(answer, person: person)
      else { return nil }
      next.tables[table].rows[cell.row - 1][column] = field
    } else if let table = tables.firstIndex(where: { $0.path == path }) {
      guard let answered = tables[table].answering(answer, person: person) else { return nil }
      next.tables[table] = answered
    } else {
      guard let index = fields.firstIndex(where: { $0.path == path }),
        let field = fields[index].answering(answer, person: person)
      else { return nil }
      next.fields[index] = field
    }
    next.version = version + 1
    next.supersedes = version
    next.producer = "person \(person)"
    return next
  }
}

extension RecordTable {
  /// All its cells at once: as they stand, or none of them.
  fileprivate func answering(_ answer: Answer, person: String) -> RecordTable? {
    var next = self
    switch answer {
    case .accept:
      next.rows = rows.map { row in
        row.map { $0.answering(.accept, person: person) ?? $0 }
      }
    case .absent: next.rows = []
    case .pick, .edit: return nil
    }
    return next
  }
}

extension RecordField {
  fileprivate func answering(_ answer: Answer, person: String) -> RecordField? {
    let said = Provenance(
      document: values.first?.provenance.first?.document, locator: .person(person), producer: "person \(person)")
    var next = self
    next.confidence = 1
    next.suggestions = []
    switch answer {
    case .accept:
      next.values = values.map { value in
        var kept = value
        kept.confidence = 1
        kept.provenance.append(said)
        return kept
      }
    case .pick(let number):
      guard alternatives.indices.contains(number - 1) else { return nil }
      let picked = alternatives[number - 1]
      next.values = [
        Sourced(value: picked.value, raw: picked.raw, confidence: 1, provenance: picked.provenance + [said])
      ]
    case .edit(let value, let raw):
      next.values = [Sourced(value: value, raw: raw, confidence: 1, provenance: [said])]
    case .absent:
      next.values = []
    }
    return next
  }

  /// Whether a person has answered it: the last word on a field is theirs.
  package var isAnswered: Bool {
    confidence == 1
      && (values.isEmpty
        || values.allSatisfy { $0.provenance.contains { if case .person = $0.locator { true } else { false } } })
  }
}
