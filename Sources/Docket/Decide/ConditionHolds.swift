extension Condition {
  /// Whether it holds for a record. Money is compared in one currency only: another one does not hold.
  package func holds(for record: Record, facts: ReadingFacts, in context: Context) -> Bool {
    switch self {
    case .contract(let names): names.contains { $0 == record.contract.name || $0 == record.contract.description }
    // A folder of a source is the source too: `scanner` holds for `scanner/acme`.
    case .source(let names):
      context.source.map { source in names.contains { source == $0 || source.hasPrefix($0 + "/") } } ?? false
    case .sender(let names):
      (facts.sender ?? context.cover?.sender).map { sender in
        names.contains { sender.lowercased().hasSuffix($0.lowercased()) }
      } ?? false
    case .field(let path, let comparison): comparison.holds(for: record, path: path)
    case .check(let code): record.findings.contains { $0.code == code && $0.level == .error }
    case .quality(let word): word == facts.quality.grade.rawValue
    case .sensitivity(let words): words.contains(record.sensitivity.rawValue)
    case .language(let languages): facts.languages.first.map(languages.contains) ?? false
    case .pages(let above, let below):
      (above.map { facts.pageCount > $0 } ?? true) && (below.map { facts.pageCount < $0 } ?? true)
    case .all(let parts): parts.allSatisfy { $0.holds(for: record, facts: facts, in: context) }
    case .any(let parts): parts.contains { $0.holds(for: record, facts: facts, in: context) }
    case .not(let part): !part.holds(for: record, facts: facts, in: context)
    }
  }
}

extension Condition.Comparison {
  fileprivate func holds(for record: Record, path: String) -> Bool {
    let value = record.value(path)
    switch self {
    case .missing: return value == nil
    // Without memory of what a sender had before, everything is new.
    case .changed: return value != nil
    case .equals(let text): return value?.canonical == text
    case .oneOf(let texts): return value.map { texts.contains($0.canonical) } ?? false
    case .above(let limit, let currency):
      return Condition.Comparison.number(value, record, currency).map { $0 > limit } ?? false
    case .below(let limit, let currency):
      return Condition.Comparison.number(value, record, currency).map { $0 < limit } ?? false
    case .before(let date):
      if case .date(let own)? = value { return own < date }
      return false
    case .after(let date):
      if case .date(let own)? = value { return own > date }
      return false
    }
  }

  private static func number(_ value: Value?, _ record: Record, _ currency: String?) -> DecimalNumber? {
    guard case .decimal(let number)? = value else { return nil }
    if let currency, record.value("currency")?.canonical != currency { return nil }
    return number
  }
}
