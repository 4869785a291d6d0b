/// How a contract's check came out for a record.
package enum CheckResult: Hashable, Sendable {
  case holds
  case fails
  /// A term that it needs is missing.
  case doesNotApply
}

/// Looks up values by path while checks are evaluated.
struct CheckedValues {
  /// Of single fields.
  var numbers: (String) -> DecimalNumber?
  var values: (String) -> Value?
  /// A table's column, by rows; nil where the table has no rows.
  var column: (_ table: String, _ column: String) -> [DecimalNumber?]?
}

extension CheckedValues {
  init(_ record: Record) {
    func value(_ path: String) -> Value? { record.field(path)?.values.first?.value }
    self.init(
      numbers: { path in if case .decimal(let number)? = value(path) { number } else { nil } },
      values: value,
      column: { table, column in
        guard let found = record.tables.first(where: { $0.path == table }), !found.rows.isEmpty else { return nil }
        return found.rows.map { row in
          guard case .decimal(let number)? = row.first(where: { $0.column == column })?.values.first?.value else {
            return nil
          }
          return number
        }
      })
  }

  /// A number, or a column added up; nil where missing.
  func amount(_ path: String) -> DecimalNumber? {
    guard let dot = path.firstIndex(of: "."),
      let rows = column(String(path[..<dot]), String(path[path.index(after: dot)...]))
    else { return numbers(path) }
    let numbers = rows.compactMap { $0 }
    guard !numbers.isEmpty else { return nil }
    return numbers.reduce(DecimalNumber.zero) { $0?.adding($1) ?? $0 }
  }
}

extension Check {
  func evaluate(on values: CheckedValues) -> CheckResult {
    switch rule {
    case .sum(let terms, let equals, let within):
      guard let wanted = values.amount(equals) else { return .doesNotApply }
      var sum = DecimalNumber.zero
      for term in terms {
        guard let amount = values.amount(term.path) else {
          if term.isOptional { continue }
          return .doesNotApply
        }
        guard let next = sum.adding(term.isSubtracted ? amount.negated : amount) else { return .doesNotApply }
        sum = next
      }
      return Check.near(sum, wanted, within)
    case .product(let factors, let equals, let within):
      return product(factors, equals, within, values)
    case .order(let paths):
      let present = paths.compactMap(values.values)
      guard present.count == paths.count else { return .doesNotApply }
      return zip(present, present.dropFirst()).allSatisfy(Check.isOrdered) ? .holds : .fails
    case .oneOf(let field, let allowed):
      guard let value = values.values(field) else { return .doesNotApply }
      return allowed.contains(value.canonical) ? .holds : .fails
    case .checksum(let field, let type):
      guard let value = values.values(field) else { return .doesNotApply }
      return Checksum.holds(value.canonical, for: type).map { $0 ? .holds : .fails } ?? .doesNotApply
    case .range(let field, let from, let to):
      guard let number = values.numbers(field) else { return .doesNotApply }
      return (from.map { $0 <= number } ?? true) && (to.map { number <= $0 } ?? true) ? .holds : .fails
    case .presentIf(let field, let other):
      guard values.values(other) != nil else { return .doesNotApply }
      return values.values(field) != nil ? .holds : .fails
    case .sameAs(let field, let other):
      guard let a = values.values(field), let b = values.values(other) else { return .doesNotApply }
      return a == b ? .holds : .fails
    }
  }

  private func product(
    _ factors: [String], _ equals: String, _ within: DecimalNumber, _ values: CheckedValues
  ) -> CheckResult {
    func rows(_ path: String) -> [DecimalNumber?]? {
      let words = path.split(separator: ".").map(String.init)
      return words.count == 2 ? values.column(words[0], words[1]) : [values.numbers(path)]
    }
    guard let wanted = rows(equals) else { return .doesNotApply }
    let columns = factors.map { rows($0) ?? [] }
    var applied = false
    for (index, target) in wanted.enumerated() {
      let numbers = columns.map { $0.indices.contains(index) ? $0[index] : nil }
      guard let target, numbers.allSatisfy({ $0 != nil }) else { continue }
      let product = numbers.reduce(DecimalNumber(units: 1, scale: 0) as DecimalNumber?) { product, factor in
        factor.flatMap { product?.multiplied(by: $0) }
      }
      guard let product else { continue }
      applied = true
      if Check.near(product, target, within) == .fails { return .fails }
    }
    return applied ? .holds : .doesNotApply
  }

  private static func near(_ a: DecimalNumber, _ b: DecimalNumber, _ within: DecimalNumber) -> CheckResult {
    guard let difference = a.adding(b.negated) else { return .doesNotApply }
    return difference.magnitude <= within ? .holds : .fails
  }

  private static func isOrdered(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.date(let first), .date(let second)): first <= second
    case (.decimal(let first), .decimal(let second)): first <= second
    default: a.canonical <= b.canonical
    }
  }
}

extension Contract {
  /// A finding for every check of a record that fails, or that cannot be asked.
  package func checkFindings(on record: Record) -> [Finding] {
    let values = CheckedValues(record)
    return checks.compactMap { (check) -> Finding? in
      switch check.evaluate(on: values) {
      case .holds: return nil
      case .fails:
        return Finding(
          check.code, .error, "The check `\(check.code)` does not hold: \(check.paths.joined(separator: ", ")).",
          field: check.paths.last)
      case .doesNotApply:
        return Finding(check.code, .note, "The check `\(check.code)` does not apply: a value is missing.")
      }
    }
  }
}

extension Check {
  /// The fields it speaks of, the one that the others must give last.
  package var paths: [String] {
    switch rule {
    case .sum(let terms, let equals, _): terms.map(\.path) + [equals]
    case .product(let factors, let equals, _): factors + [equals]
    case .order(let paths): paths
    case .oneOf(let field, _), .checksum(let field, _), .range(let field, _, _): [field]
    case .presentIf(let field, let other), .sameAs(let field, let other): [other, field]
    }
  }
}
