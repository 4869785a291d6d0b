package import Docket

extension MemoryStore {
  package func past(_ question: VendorQuestion) -> VendorPast {
    let first = question.run.flatMap { run in log.first { $0.whom.run == run }?.sequence } ?? .max
    for key in question.keys {
      let found = rows.compactMap { row -> (values: [String], sequence: Int, at: Double)? in
        guard let settled = row.settled, settled.sequence < first, row.document.id != question.document,
          let habits = row.habits, habits.keys.contains(key),
          let values = habits.values.first(where: { $0.path == question.path })?.values
        else { return nil }
        return (values, settled.sequence, settled.at)
      }.sorted { $0.sequence < $1.sequence }
      guard let newest = found.last?.values.first else { continue }
      func since(_ value: String) -> KnownValue? {
        found.first { $0.values.contains(value) }.map { KnownValue(value: value, since: $0.at) }
      }
      return VendorPast(newest: since(newest), known: question.values.compactMap(since))
    }
    return .none
  }
}
