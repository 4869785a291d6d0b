import Docket

extension Office {
  /// By what a record's vendor is known, and what a pipeline watches him for.
  func habits(of record: Record, in file: PipelineFile?) throws -> VendorHabits? {
    guard let file, let contract = library.contract(record.contract) else { return nil }
    let decider = Decider(policy: try policy(of: file), contracts: [], routes: file.routes)
    return VendorHabits(of: record, by: contract, watching: decider.watched)
  }

  /// What its vendor had last in each field about which that was said: for people who are asked or want to know, and
  /// looked up anew each time, so that what was forgotten stays so.
  func vendorBefore(_ record: Record, of document: Document) async throws -> [String: KnownValue] {
    let paths = Set(record.findings.filter(\.isOfVendor).compactMap(\.field))
    guard !paths.isEmpty, let file = try? pipeline(document.pipeline),
      let habits = try habits(of: record, in: file)
    else { return [:] }
    let run = try await store.events(of: document.id).last { $0.kind == .claimed }?.whom.run
    var before: [String: KnownValue] = [:]
    for entry in habits.values where paths.contains(entry.path) {
      let question = VendorQuestion(
        keys: habits.keys, path: entry.path, values: entry.values, document: document.id, run: run)
      before[entry.path] = try await store.past(question).newest
    }
    return before
  }
}
