/// Dates that may be read day first or month first, settled by what a contract says of them: where one date must not be
/// before another and only the other readings keep to that, those are taken.
struct DateReadings {
  private(set) var pools: [String: [Pooled]]

  /// - Parameter pools: of each field, best first; the same when settled.
  init(_ pools: [String: [Pooled]], checks: [Check]) {
    self.pools = pools
    for check in checks {
      guard case .order(let paths) = check.rule else { continue }
      settle(check, paths)
    }
  }

  private mutating func settle(_ check: Check, _ paths: [String]) {
    guard holds(check, paths.map { ($0, pools[$0]?.first?.value) }) == .fails else { return }
    let others = paths.map { (path: $0, place: other($0)) }
    let values = others.map { ($0.path, pools[$0.path]?[$0.place ?? 0].value) }
    guard others.contains(where: { $0.place != nil }), holds(check, values) == .holds else { return }
    for (path, place) in others {
      guard let place, var pool = pools[path] else { continue }
      (pool[0].score, pool[place].score) = (pool[place].score, pool[0].score)
      pool.swapAt(0, place)
      pools[path] = pool
    }
  }

  /// The place of the other reading of a field's best proposal; nil where there is one reading only.
  private func other(_ path: String) -> Int? {
    guard let pool = pools[path], let best = pool.first?.candidates.first, best.isAmbiguousDate else { return nil }
    return pool.indices.dropFirst().first { place in
      pool[place].candidates.contains { $0.isAmbiguousDate && $0.locators == best.locators }
    }
  }

  private func holds(_ check: Check, _ values: [(path: String, value: Value?)]) -> CheckResult {
    let known = Dictionary(values.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
    return check.evaluate(
      on: CheckedValues(numbers: { _ in nil }, values: { known[$0] ?? nil }, column: { _, _ in nil }))
  }
}

extension Candidate {
  /// Whether the same digits may mean another day.
  var isAmbiguousDate: Bool { findings.contains { $0.code == "ambiguous-date" } }
}
