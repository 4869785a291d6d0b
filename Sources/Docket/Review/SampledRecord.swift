/// A record that went without a person and was drawn to be asked about afterwards.
extension Decision {
  /// Why its fields are asked.
  package static let sampledReason = "sampled"

  /// The same with every value asked that only the proof accepted, so that the answers say how often it is wrong.
  package func askingAgain(about record: Record) -> Decision {
    var next = self
    for field in record.fields where !field.values.isEmpty && !field.isExact && !field.isAnswered {
      next.fields[field.path] = FieldDecision(isAccepted: false, reason: Decision.sampledReason)
    }
    for table in record.tables {
      let cells = table.rows.joined()
      guard !cells.allSatisfy({ $0.values.isEmpty || $0.isExact || $0.isAnswered }) else { continue }
      next.fields[table.path] = FieldDecision(isAccepted: false, reason: Decision.sampledReason)
    }
    return next
  }
}

extension Question {
  /// What was chosen is not shown: who sees it tends to agree. A table's rows are.
  package var isBlind: Bool { reason == Decision.sampledReason && type != .rows }
}

extension Question {
  /// What a typed value says: a blind answer that comes to the value that was chosen confirms it.
  package func answer(typed value: Value, raw: String) -> Answer {
    guard isBlind, let current, current.value.says(the: value) else { return .edit(value, raw: raw) }
    return .accept
  }
}

extension Value {
  /// Whether both are the same, but for case, blanks and punctuation in texts.
  package func says(the other: Value) -> Bool {
    if self == other { return true }
    guard case .text(let mine) = self, case .text(let theirs) = other else { return canonical == other.canonical }
    let (left, right) = (LabelKeyless.compact(mine), LabelKeyless.compact(theirs))
    return left == right && !left.isEmpty
  }
}
