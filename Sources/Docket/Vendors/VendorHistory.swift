/// Says of a record what its vendor had before, between normalizing and deciding: as findings on the record, so that
/// what was known is kept with it, and the decision depends on nothing else.
package protocol VendorHistory: Sendable {
  func noted(_ record: Record, _ habits: VendorHabits) async throws(DocketError) -> Record
}

/// Where nobody's past is known (`docket extract`).
package struct NoVendorHistory: VendorHistory {
  package init() {}
  package func noted(_ record: Record, _ habits: VendorHabits) -> Record { record }
}

/// What the store knows.
package struct StoredVendorHistory: VendorHistory {
  private let store: any Store
  private let run: String?

  /// - Parameter run: the one that works on the record; nil: what is known now.
  package init(_ store: any Store, run: String?) {
    self.store = store
    self.run = run
  }

  package func noted(_ record: Record, _ habits: VendorHabits) async throws(DocketError) -> Record {
    var record = record
    record.findings.removeAll(where: \.isOfVendor)
    for entry in habits.values {
      let past = try await store.past(
        VendorQuestion(keys: habits.keys, path: entry.path, values: entry.values, document: record.id, run: run))
      record.findings.append(past.finding(on: entry))
    }
    return record
  }
}

/// What was known when a record was made before: made anew, it is asked the same.
package struct RecordedVendorHistory: VendorHistory {
  private let before: Record

  package init(_ before: Record) { self.before = before }

  package func noted(_ record: Record, _ habits: VendorHabits) -> Record {
    var record = record
    record.findings.removeAll(where: \.isOfVendor)
    for entry in habits.values {
      guard let then = before.findings.first(where: { $0.isOfVendor && $0.field == entry.path }) else { continue }
      // Of another value it is not known whether the vendor had it.
      let isSame = then.code != Finding.sameOfVendor || before.values(at: entry.path) == record.values(at: entry.path)
      record.findings.append(
        isSame ? then : Finding(Finding.otherOfVendor, .note, "The vendor had another one before.", field: entry.path))
    }
    return record
  }
}

extension Record {
  fileprivate func values(at path: String) -> [String] {
    (fields + tables.flatMap { $0.rows.joined() }).filter { $0.path == path }
      .flatMap { $0.values.map(\.value.canonical) }
  }
}
