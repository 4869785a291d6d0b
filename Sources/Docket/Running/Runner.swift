/// One batch of a pipeline: takes in what sources offer, works the queue on several lanes, empties the outbox.
///
/// Everything it needs of the world is handed in. Killed at any moment, the next run goes on where it stopped:
/// each step is durable before the next relies on it.
package struct Runner: Sendable {
  package let file: PipelineFile
  let desk: WorkDesk
  let store: any Store
  let blobs: any BlobStore
  let sources: [any Source]
  let courier: Courier
  let clock: any RunClock
  let owner: LeaseOwner
  /// How many documents are in hand at once.
  let lanes: Int
  private let observe: @Sendable (RunStep) -> Void

  /// What happened to one document, for progress on a terminal.
  package enum RunStep: Sendable {
    case arrived(Document)
    case worked(Document, DocumentState, errorCode: String?)
  }

  package init(
    file: PipelineFile, desk: WorkDesk, store: any Store, blobs: any BlobStore, sources: [any Source],
    destinations: [any Destination], clock: any RunClock, owner: LeaseOwner, lanes: Int,
    observe: @escaping @Sendable (RunStep) -> Void = { _ in }
  ) {
    self.file = file
    self.desk = desk
    self.store = store
    self.blobs = blobs
    self.sources = sources
    self.clock = clock
    self.owner = owner
    self.lanes = max(1, lanes)
    self.observe = observe
    courier = Courier(
      pipeline: file.name, store: store, blobs: blobs,
      destinations: Dictionary(destinations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
      clock: clock, owner: owner)
  }

  /// Until nothing is left to take in, to work on or to deliver now, or until `shouldStop` says so.
  ///
  /// - Throws: what stops a run: a full disk, a store that does not answer. One bad document never does.
  package func batch(
    by whom: Attribution, shouldStop: @escaping @Sendable () -> Bool
  ) async throws(DocketError) -> RunEntry {
    let progress = BatchProgress()
    var entry = RunEntry(id: whom.run, pipeline: file.name, actor: whom.actor, beganAt: clock.now())
    try await store.save(entry)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          do { try await takeIn(by: whom, progress: progress, shouldStop: shouldStop) } catch {
            await progress.intakeEnded()
            throw error
          }
          await progress.intakeEnded()
        }
        for _ in 0..<lanes {
          group.addTask { try await workLane(by: whom, progress: progress, shouldStop: shouldStop) }
        }
        try await group.waitForAll()
      }
      _ = try await store.releaseHeld(pipeline: file.name, now: clock.now(), by: stamped(whom))
      try await courier.deliverAll(by: whom, shouldStop: shouldStop)
    } catch let error as DocketError {
      throw error
    } catch {
      throw DocketError(.interrupted, "The run was cancelled.")
    }
    let sums = await progress.sums
    entry.endedAt = clock.now()
    (entry.arrived, entry.worked, entry.failed) = (sums.arrived, sums.worked, sums.failed)
    try await store.save(entry)
    return entry
  }

  private func stamped(_ whom: Attribution) -> Attribution {
    var now = whom
    now.at = clock.now()
    return now
  }

  // Intake

  private func takeIn(
    by whom: Attribution, progress: BatchProgress, shouldStop: @Sendable () -> Bool
  ) async throws(DocketError) {
    for source in sources {
      while !shouldStop() {
        let arrivals = try await source.arrivals(limit: 256)
        if arrivals.isEmpty { break }
        for arrival in arrivals where !shouldStop() {
          guard let document = try await takeIn(arrival, by: stamped(whom)) else { continue }
          await progress.arrived()
          observe(.arrived(document))
          // Delivering beside the work keeps what waits short, and a record's way too.
          try await source.acknowledge(arrival)
        }
      }
    }
  }

  /// The bytes are durable, then the document is, then the source is told. Nil where the file vanished.
  private func takeIn(_ arrival: Arrival, by whom: Attribution) async throws(DocketError) -> Document? {
    let entry = file.sources.first { $0.name == arrival.source }
    let kept: (digest: ContentDigest, byteCount: Int)
    do throws(DocketError) {
      // Whatever its size, it is kept; reading it meets the limit and fails with a code.
      kept = try await blobs.keep(fileAt: arrival.path, limit: .max)
    } catch {
      if error.code == .fileSystem { return nil }
      throw error
    }
    return try await store.admit(
      NewDocument(
        digest: kept.digest, byteCount: kept.byteCount, name: arrival.name, source: arrival.source,
        pipeline: file.name, token: arrival.token, sensitivity: entry?.sensitivity ?? .internal), by: whom)
  }

  // Work

  private func workLane(
    by whom: Attribution, progress: BatchProgress, shouldStop: @Sendable () -> Bool
  ) async throws(DocketError) {
    while !shouldStop() {
      // Asked before claiming: what arrives later is claimed in the next round.
      let wasIntakeOver = await progress.isIntakeOver
      let leases = try await store.claim(
        pipeline: file.name, limit: 1, owner: owner, by: stamped(whom))
      guard let lease = leases.first else {
        if wasIntakeOver { return }
        do { try await clock.sleep(seconds: 0.01) } catch { return }
        continue
      }
      try await work(lease, by: whom, progress: progress)
      try await courier.deliverSome(by: whom)
    }
  }

  private func work(_ lease: Lease, by whom: Attribution, progress: BatchProgress) async throws(DocketError) {
    let outcome: WorkOutcome
    do throws(DocketError) {
      outcome = try await desk.work(lease.document)
    } catch {
      // Not this document's fault: it goes back, and the run ends.
      try? await store.release(lease, by: stamped(whom))
      throw error
    }
    do throws(DocketError) {
      try await store.finish(lease, outcome, by: stamped(whom))
    } catch {
      if error.code == .leaseLost { return }
      throw error
    }
    await progress.worked(failed: outcome.state == .failed)
    observe(.worked(lease.document, outcome.state, errorCode: outcome.error?.code))
  }
}

/// Counts of one batch.
private actor BatchProgress {
  private(set) var sums = (arrived: 0, worked: 0, failed: 0)
  private(set) var isIntakeOver = false

  func arrived() { sums.arrived += 1 }
  func intakeEnded() { isIntakeOver = true }
  func worked(failed: Bool) {
    sums.worked += 1
    if failed { sums.failed += 1 }
  }
}
