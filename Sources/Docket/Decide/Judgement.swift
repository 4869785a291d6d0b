/// Whether a condition holds. An amount in another currency than the condition's can be compared with nothing.
package enum Judgement: Hashable, Sendable {
  case holds, fails, unknown

  fileprivate init(_ truth: Bool) { self = truth ? .holds : .fails }

  fileprivate var negated: Judgement {
    switch self {
    case .holds: .fails
    case .fails: .holds
    case .unknown: .unknown
    }
  }
}

extension Condition {
  /// What is not known does not hold; `Decider` says where that was so.
  package func holds(for record: Record, facts: ReadingFacts, in context: Context) -> Bool {
    judge(record, facts: facts, in: context) == .holds
  }

  package func judge(_ record: Record, facts: ReadingFacts, in context: Context) -> Judgement {
    switch self {
    case .contract(let names):
      return Judgement(names.contains { $0 == record.contract.name || $0 == record.contract.description })
    case .source(let names):
      // A folder of a source is the source too: `scanner` holds for `scanner/acme`.
      guard let source = context.source else { return .fails }
      return Judgement(names.contains { source == $0 || source.hasPrefix($0 + "/") })
    case .sender(let names):
      guard let sender = (facts.sender ?? context.cover?.sender)?.lowercased() else { return .fails }
      return Judgement(names.contains { sender.hasSuffix($0.lowercased()) })
    case .field(let path, let comparison): return comparison.judge(record, path: path)
    case .check(let code): return Judgement(record.findings.contains { $0.code == code && $0.level == .error })
    case .quality(let word): return Judgement(word == facts.quality.grade.rawValue)
    case .sensitivity(let words): return Judgement(words.contains(record.sensitivity.rawValue))
    case .language(let languages): return Judgement(facts.languages.first.map(languages.contains) ?? false)
    case .pages(let above, let below):
      return Judgement((above.map { facts.pageCount > $0 } ?? true) && (below.map { facts.pageCount < $0 } ?? true))
    case .all(let parts):
      let judged = parts.map { $0.judge(record, facts: facts, in: context) }
      return judged.contains(.fails) ? .fails : judged.contains(.unknown) ? .unknown : .holds
    case .any(let parts):
      let judged = parts.map { $0.judge(record, facts: facts, in: context) }
      return judged.contains(.holds) ? .holds : judged.contains(.unknown) ? .unknown : .fails
    case .not(let part): return part.judge(record, facts: facts, in: context).negated
    }
  }

  /// Fields that are compared with what their vendor had before.
  var watched: Set<String> {
    switch self {
    case .field(let path, .changed): [path]
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.watched) }
    case .not(let part): part.watched
    default: []
    }
  }

  /// Fields that are compared as amounts, each with its currency.
  var amounts: [(path: String, currency: String)] {
    switch self {
    case .field(let path, .above(_, let currency?)), .field(let path, .below(_, let currency?)): [(path, currency)]
    case .all(let parts), .any(let parts): parts.flatMap(\.amounts)
    case .not(let part): part.amounts
    default: []
    }
  }
}

extension Condition.Comparison {
  /// Of a list, or of a table's column, one value is enough.
  fileprivate func judge(_ record: Record, path: String) -> Judgement {
    let values = record.compared(at: path)
    switch self {
    case .missing: return Judgement(values.isEmpty)
    case .changed: return Judgement(!values.isEmpty && !record.isAsBefore(at: path))
    case .equals(let text): return Judgement(values.contains { $0.isWritten(text) })
    case .oneOf(let texts): return Judgement(values.contains { value in texts.contains(where: value.isWritten) })
    case .above(let limit, let currency): return amount(values, record, currency) { $0 > limit }
    case .below(let limit, let currency): return amount(values, record, currency) { $0 < limit }
    case .before(let day): return Judgement(values.contains { $0.day.map { $0 < day } ?? false })
    case .after(let day): return Judgement(values.contains { $0.day.map { $0 > day } ?? false })
    }
  }

  private func amount(
    _ values: [Value], _ record: Record, _ currency: String?, _ isMeant: (DecimalNumber) -> Bool
  ) -> Judgement {
    let numbers = values.compactMap { if case .decimal(let number) = $0 { number } else { nil } }
    guard !numbers.isEmpty else { return .fails }
    if let currency, record.value("currency")?.canonical != currency { return .unknown }
    return Judgement(numbers.contains(where: isMeant))
  }
}

extension Record {
  /// All values at a path: of a field, of the parts of a compound one, of a table's column.
  fileprivate func compared(at path: String) -> [Value] {
    let ofFields = fields.filter { $0.path == path || $0.path.hasPrefix("\(path).") }
    let ofTables = tables.filter { path == $0.path || path.hasPrefix("\($0.path).") }.flatMap { table in
      table.rows.joined().filter { path == table.path || $0.path == path || $0.path.hasPrefix("\(path).") }
    }
    return (ofFields + ofTables).flatMap { $0.values.map(\.value) }
  }
}

extension Record {
  /// Its vendor had all of it before. Where nobody's past is known, everything is new.
  func isAsBefore(at path: String) -> Bool {
    let cells = fields + tables.flatMap { $0.rows.joined() }
    let paths = Set(
      cells.filter { !$0.values.isEmpty && ($0.path == path || $0.path.hasPrefix("\(path).")) }.map(\.path))
    return paths.allSatisfy { path in findings.contains { $0.code == Finding.sameOfVendor && $0.field == path } }
  }
}

extension Value {
  /// As a person writes it: `100` is `100.00`.
  fileprivate func isWritten(_ text: String) -> Bool {
    if case .decimal(let number) = self { return DecimalNumber(text) == number }
    return canonical == text
  }

  fileprivate var day: CalendarDate? {
    switch self {
    case .date(let date): date
    case .text(let text): CalendarDate(iso: String(text.prefix(10)))
    default: nil
    }
  }
}
