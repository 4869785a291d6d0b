/// A difference between two versions of a contract, seen by whoever takes its records.
package struct ContractChange: Hashable, Sendable {
  /// The field, column or state that it concerns; empty for the contract as a whole.
  package var path: String
  /// A clause: `is gone`, `was money, is text`.
  package var what: String
  /// Records of the one may not be taken by a system that was made for the other.
  package var isBreaking: Bool
}

extension Contract {
  /// What changes for takers of records from this version to another, in the order of the fields.
  ///
  /// Words for finding values (labels, headings, phrases) change no record's shape: they are no change here.
  package func changes(to other: Contract) -> [ContractChange] {
    var changes: [ContractChange] = []
    if name != other.name { changes.append(.breaking("", "was `\(name)`, is `\(other.name)`")) }
    changes += Contract.changes(from: fields, to: other.fields, below: "")
    if identity != other.identity { changes.append(.breaking("", "is told apart by other fields")) }
    changes += checkChanges(to: other) + statusChanges(to: other)
    return changes
  }

  private static func changes(from old: [Field], to new: [Field], below prefix: String) -> [ContractChange] {
    var changes: [ContractChange] = []
    for field in old {
      let path = prefix + field.name
      guard let next = new.first(where: { $0.name == field.name }) else {
        changes.append(.breaking(path, "is gone"))
        continue
      }
      changes += field.changes(to: next, at: path)
      changes += self.changes(from: field.columns, to: next.columns, below: path + ".")
    }
    for field in new where !old.contains(where: { $0.name == field.name }) {
      changes.append(
        field.required
          ? .breaking(prefix + field.name, "is new and required: records of before lack it")
          : .additive(prefix + field.name, "is new"))
    }
    return changes
  }

  private func checkChanges(to other: Contract) -> [ContractChange] {
    var changes: [ContractChange] = []
    for check in checks {
      guard let next = other.checks.first(where: { $0.code == check.code }) else {
        changes.append(.breaking("", "the check `\(check.code)` is gone"))
        continue
      }
      if next != check { changes.append(.breaking("", "the check `\(check.code)` asks for something else")) }
    }
    for check in other.checks where !checks.contains(where: { $0.code == check.code }) {
      changes.append(.additive("", "the check `\(check.code)` is new"))
    }
    return changes
  }

  private func statusChanges(to other: Contract) -> [ContractChange] {
    let (old, new) = (status?.states ?? [], other.status?.states ?? [])
    return old.subtracting(new).sorted().map { .breaking("", "the state `\($0)` is gone") }
      + new.subtracting(old).sorted().map { .additive("", "the state `\($0)` is new") }
  }
}

extension Contract.StatusGraph {
  /// All states that are named.
  package var states: Set<String> { Set([initial] + final + next.keys + next.values.joined()) }
}

extension ContractChange {
  fileprivate static func breaking(_ path: String, _ what: String) -> ContractChange {
    ContractChange(path: path, what: what, isBreaking: true)
  }

  fileprivate static func additive(_ path: String, _ what: String) -> ContractChange {
    ContractChange(path: path, what: what, isBreaking: false)
  }
}

extension Field {
  fileprivate func changes(to next: Field, at path: String) -> [ContractChange] {
    var changes: [ContractChange] = []
    if typeName != next.typeName { changes.append(.breaking(path, "was \(typeName), is \(next.typeName)")) }
    if vocabulary != next.vocabulary {
      changes.append(.breaking(path, "has the values of \(next.vocabulary.map { "`\($0)`" } ?? "no vocabulary")"))
    }
    if required, !next.required { changes.append(.breaking(path, "is no longer required")) }
    if !required, next.required { changes.append(.breaking(path, "is required now: records of before may lack it")) }
    if standard != next.standard {
      let isNew = standard == nil
      changes.append(
        isNew ? .additive(path, "has a standard's id") : .breaking(path, "means another thing of the standard"))
    }
    if sensitivity ?? .internal > next.sensitivity ?? .internal {
      changes.append(.breaking(path, "is less sensitive than it was"))
    } else if sensitivity != next.sensitivity {
      changes.append(.additive(path, "is more sensitive than it was"))
    }
    return changes
  }

  /// As contracts have it: `list of text`.
  package var typeName: String { isList ? "list of \(type.rawValue)" : type.rawValue }
}
