/// Reads a `when`: a closed list of what may be asked of a record. Several keys mean `all`.
struct ConditionReading {
  /// The contracts that a field may be of, as written: `name` or `name@1`.
  let contracts: [String]

  private enum Key: String, YAMLKey {
    case contract, source, sender, field, check, quality, sensitivity, language, pages, all, any, not
    case equals, above, below, before, after, missing, changed
    case oneOf = "one_of"

    static let comparisons: [Key] = [.equals, .oneOf, .above, .below, .before, .after, .missing, .changed]
  }

  func condition(_ value: YAMLValue) -> Condition? {
    guard let map = value.keys(Key.self, "a condition such as `{ field: total, above: 100 EUR }`") else { return nil }
    var parts: [Condition] = []
    let named = map[.contract]?.oneOrMore().compactMap { $0.reference(.contract, "a contract") } ?? []
    if map[.contract] != nil { parts.append(.contract(named)) }
    if let source = map[.source] { parts.append(.source(source.texts("a source"))) }
    if let sender = map[.sender] { parts.append(.sender(sender.texts("a sender"))) }
    if let check = map[.check]?.name("a check's code") { parts.append(.check(check)) }
    if let quality = map[.quality]?.word(PageQuality.Grade.self, "a quality") {
      parts.append(.quality(quality.rawValue))
    }
    if let words = map[.sensitivity]?.oneOrMore().compactMap({ $0.word(Sensitivity.self, "a sensitivity") }) {
      parts.append(.sensitivity(words.map(\.rawValue)))
    }
    if let languages = map[.language] { parts.append(.language(languages.texts("a language"))) }
    if let field = map[.field] { parts += comparison(field, map, of: named.isEmpty ? contracts : named) }
    if let pages = map[.pages] { parts += self.pages(pages) }
    if let all = map[.all]?.list("a list of conditions") { parts.append(.all(all.compactMap(condition))) }
    if let any = map[.any]?.list("a list of conditions") { parts.append(.any(any.compactMap(condition))) }
    if let not = map[.not].flatMap(condition) { parts.append(.not(not)) }
    if map[.field] == nil {
      for key in Key.comparisons { map[key]?.mistake("`\(key.rawValue)` compares a `field`, and none is named.") }
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private func comparison(_ field: YAMLValue, _ map: YAMLMap<Key>, of contracts: [String]) -> [Condition] {
    guard let path = field.text("a field") else { return [] }
    field.refer(to: path, .field(contracts: contracts))
    let stated = Key.comparisons.filter { map[$0] != nil }
    if stated.isEmpty {
      let words = Key.comparisons.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      field.mistake("A `field` is compared by one of \(words).")
    }
    return stated.compactMap { key in
      map[key].flatMap { comparison(key, $0) }.map { .field(path, $0) }
    }
  }

  private func comparison(_ key: Key, _ value: YAMLValue) -> Condition.Comparison? {
    switch key {
    case .equals: value.text().map { .equals($0) }
    case .oneOf: .oneOf(value.texts())
    case .above: value.money().map { .above($0.amount, currency: $0.currency) }
    case .below: value.money().map { .below($0.amount, currency: $0.currency) }
    case .before: value.date().map { .before($0) }
    case .after: value.date().map { .after($0) }
    case .missing: flag(value) ? .missing : nil
    case .changed: flag(value) ? .changed : nil
    default: nil
    }
  }

  /// `missing: true`; its opposite is written with `not`.
  private func flag(_ value: YAMLValue) -> Bool {
    guard let truth = value.truth() else { return false }
    if !truth { value.mistake("Write `not: {…}` around the condition instead of `false`.") }
    return truth
  }

  private enum PagesKey: String, YAMLKey { case above, below }

  private func pages(_ value: YAMLValue) -> [Condition] {
    guard let map = value.keys(PagesKey.self, "`{ above: N }` or `{ below: N }`") else { return [] }
    if map.present.isEmpty { value.mistake("`pages` has `above`, `below` or both.") }
    return [.pages(above: map[.above]?.whole(), below: map[.below]?.whole())]
  }
}

extension PageQuality.Grade: YAMLKey {}
