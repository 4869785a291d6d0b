/// Reads a contract's checks: each names fields that exist and have fitting types.
struct CheckReading {
  let contract: Contract

  private enum Key: String, YAMLKey {
    case code, sum, product, order, checksum, range, equals, within, field, from, to
    case oneOf = "one_of"
    case presentIf = "present_if"
    case sameAs = "same_as"

    /// The word that says which check it is, with the keys that go with it.
    static let rules: [(Key, others: Set<Key>)] = [
      (.sum, [.equals, .within]), (.product, [.equals, .within]), (.order, []), (.oneOf, [.field]), (.checksum, []),
      (.range, [.from, .to]), (.presentIf, [.field]), (.sameAs, [.field]),
    ]
  }

  func checks(_ value: YAMLValue) -> [Check] {
    var codes: Set<String> = []
    return (value.list("a list of checks") ?? []).compactMap { value in
      guard let map = value.keys(Key.self, "a check"), let written = map.required(.code),
        let code = written.name("a check's code"), let rule = rule(map)
      else { return nil }
      if !codes.insert(code).inserted { written.mistake("Another check has the code `\(code)`.") }
      return Check(code: code, rule: rule)
    }
  }

  private func rule(_ map: YAMLMap<Key>) -> Check.Rule? {
    let stated = Key.rules.filter { map[$0.0] != nil }
    guard let (key, others) = stated.first, let value = map[key], stated.count == 1 else {
      let words = Key.rules.map { "`\($0.0.rawValue)`" }.joined(separator: ", ")
      map.value.mistake("A check has exactly one of \(words).")
      return nil
    }
    for extra in map.present.subtracting(others).subtracting([key, .code]) {
      map[extra]?.mistake("`\(extra.rawValue)` does not go with `\(key.rawValue)`.")
    }
    return switch key {
    case .sum: sum(value, map)
    case .product: product(value, map)
    case .order: order(value)
    case .oneOf: field(map).map { .oneOf(field: $0.path, values: value.texts()) }
    case .checksum: checksum(value)
    case .range: range(value, map)
    case .presentIf: pair(value, map).map { .presentIf(field: $0, other: $1) }
    case .sameAs: pair(value, map).map { .sameAs(field: $0, other: $1) }
    default: nil
    }
  }

  private func number(_ value: YAMLValue, path: String? = nil) -> Leaf? {
    guard let leaf = value.leaf(of: contract, path) else { return nil }
    guard leaf.type.isNumber else {
      value.mistake("`\(leaf.path)` is of type `\(leaf.type.rawValue)`, which is not a number.")
      return nil
    }
    return leaf
  }

  private func field(_ map: YAMLMap<Key>) -> Leaf? { map.required(.field)?.leaf(of: contract) }

  private func pair(_ other: YAMLValue, _ map: YAMLMap<Key>) -> (String, String)? {
    guard let field = field(map), let other = other.leaf(of: contract) else { return nil }
    return (field.path, other.path)
  }

  private func within(_ map: YAMLMap<Key>) -> DecimalNumber { map[.within]?.decimal("a tolerance") ?? .zero }

  private func sum(_ value: YAMLValue, _ map: YAMLMap<Key>) -> Check.Rule? {
    let terms = (value.list("a list of terms") ?? []).compactMap { value -> Check.Term? in
      guard let text = value.text("a field, such as `total`, `-total` or `total?`") else { return nil }
      let path = text.drop { $0 == "-" }
      let isOptional = path.hasSuffix("?")
      guard let leaf = number(value, path: String(isOptional ? path.dropLast() : path)) else { return nil }
      return Check.Term(path: leaf.path, isSubtracted: text.hasPrefix("-"), isOptional: isOptional)
    }
    guard !terms.isEmpty, let equals = map.required(.equals).flatMap({ number($0) }) else { return nil }
    return .sum(terms, equals: equals.path, within: within(map))
  }

  private func product(_ value: YAMLValue, _ map: YAMLMap<Key>) -> Check.Rule? {
    let factors = (value.list("a list of fields") ?? []).compactMap { number($0) }
    guard !factors.isEmpty, let written = map.required(.equals), let equals = number(written) else { return nil }
    let tables = Set(factors.map(\.table)).union([equals.table])
    if tables.count > 1 {
      written.mistake("A product holds row by row: all of its fields stand in one table, or none.")
    }
    return .product(factors.map(\.path), equals: equals.path, within: within(map))
  }

  private func order(_ value: YAMLValue) -> Check.Rule? {
    let leaves = (value.list("a list of fields") ?? []).compactMap { $0.leaf(of: contract) }
    let fits = leaves.allSatisfy(\.type.isNumber) || leaves.allSatisfy(\.type.isMoment)
    if leaves.count < 2 || !fits { value.mistake("An `order` names two or more dates, or two or more numbers.") }
    return .order(leaves.map(\.path))
  }

  private func checksum(_ value: YAMLValue) -> Check.Rule? {
    guard let leaf = value.leaf(of: contract) else { return nil }
    guard [.iban, .taxID, .gtin].contains(leaf.type) else {
      value.mistake("A field of type `\(leaf.type.rawValue)` has no checksum; `iban`, `tax_id` and `gtin` have.")
      return nil
    }
    return .checksum(field: leaf.path, type: leaf.type)
  }

  private func range(_ value: YAMLValue, _ map: YAMLMap<Key>) -> Check.Rule? {
    guard let leaf = number(value) else { return nil }
    if map[.from] == nil, map[.to] == nil { map.value.mistake("A `range` has `from`, `to` or both.") }
    return .range(field: leaf.path, from: map[.from]?.decimal(), to: map[.to]?.decimal())
  }
}

extension FieldType {
  /// Values are decimal numbers.
  package var isNumber: Bool { [.money, .decimal, .integer, .quantity, .percent].contains(self) }
  /// Values are days or times.
  package var isMoment: Bool { [.date, .datetime, .time].contains(self) }

  /// The type of a compound type's part, nil where there is no such part.
  package func partType(_ part: String) -> FieldType? {
    guard parts.contains(part) else { return nil }
    return FieldType(rawValue: part) ?? .text
  }
}
