/// Empties the outbox: each delivery has its effect once per key, however often it is tried.
package struct Courier: Sendable {
  let pipeline: String
  let store: any Store
  let blobs: any BlobStore
  let destinations: [String: any Destination]
  let clock: any RunClock
  let owner: LeaseOwner
  /// How a record is put for each destination.
  let forms: DeliveryForms
  /// Told of each delivery: nil where it went well, else why the destination did not take it.
  let observe: @Sendable (OutboxEntry, DocketError?) -> Void

  /// Until nothing is due now.
  func deliverAll(by whom: Attribution, shouldStop: @Sendable () -> Bool) async throws(DocketError) {
    while !shouldStop() {
      let count = try await deliverSome(by: whom)
      if count == 0 { return }
    }
  }

  /// One handful of what is due; how many there were.
  @discardableResult
  func deliverSome(by whom: Attribution) async throws(DocketError) -> Int {
    let entries = try await store.claimDeliveries(pipeline: pipeline, now: clock.now(), limit: 16, owner: owner)
    // Who is away for one delivery is away for the next: the others of this handful need not wait for it, too.
    var away: [String: DocketError] = [:]
    for entry in entries {
      var now = whom
      now.at = clock.now()
      do throws(DocketError) {
        let result = await result(of: entry, &away)
        try await store.settle(entry, result, by: now)
        if case .done = result { observe(entry, nil) }
      } catch {
        // Another process has it now; the destination knows the key.
        guard error.code == .leaseLost else { throw error }
      }
    }
    return entries.count
  }

  private func result(of entry: OutboxEntry, _ away: inout [String: DocketError]) async -> DeliveryResult {
    if let error = away[entry.destination] {
      observe(entry, error)
      // The first step, so that these come before the one that was tried.
      let wait = max(DeliveryBackoff.seconds(after: 1, key: entry.key), error.retryAfter ?? 0)
      return .postponed(to: clock.now() + wait, errorCode: error.code.id)
    }
    guard let destination = destinations[entry.destination] else {
      return .givenUp(errorCode: ErrorCode.badConfiguration.id)
    }
    do throws(DocketError) {
      let (delivery, findings) = try await delivery(entry)
      let receipt =
        switch entry.operation {
        case .deliver: try await destination.deliver(delivery)
        case .retract: try await destination.retract(delivery)
        }
      return .done(receipt, findings: findings)
    } catch {
      observe(entry, error)
      if error.isAway { away[entry.destination] = error }
      guard error.isTransient, entry.attempts < DeliveryBackoff.attempts else {
        return .givenUp(errorCode: error.code.id)
      }
      let wait = DeliveryBackoff.seconds(after: entry.attempts, key: entry.key)
      let notBefore = error.retryAfter.map { clock.now() + $0 }
      return .later(at: max(clock.now() + wait, notBefore ?? 0), errorCode: error.code.id, notBefore: notBefore)
    }
  }

  func delivery(_ entry: OutboxEntry) async throws(DocketError) -> (Delivery, [Finding]) {
    guard let document = try await store.document(entry.document),
      let stored = try await store.record(entry.document, version: entry.version)
    else { throw DocketError(.storeDamaged, "A delivery's record is not in the store.") }
    let original = ReadableFile(path: blobs.path(of: document.digest), name: document.name)
    return try forms.delivery(of: entry, stored.record, from: document, original: original)
  }
}
