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
  private let room: IntakeRoom
  /// Seconds for which sources are asked again while documents are in hand.
  private let lingers: Double
  private let observe: @Sendable (RunStep) -> Void

  /// What happened to one document, for progress on a terminal.
  package enum RunStep: Sendable {
    case arrived(Document)
    case worked(Document, DocumentState, errorCode: String?)
    /// What could not be taken in, or not be put away afterwards, stays where it is, for the next run.
    case left(DocketError)
    /// Nothing is taken in for now, and why; it goes on by itself.
    case paused(DocketError)
    /// A destination took a delivery; or did not, and why: it is tried again later, or given up.
    case delivery(OutboxEntry, DocketError?)
  }

  package init(
    file: PipelineFile, desk: WorkDesk, store: any Store, blobs: any BlobStore, sources: [any Source],
    destinations: [any Destination], forms: DeliveryForms = .init(), clock: any RunClock, owner: LeaseOwner, lanes: Int,
    room: IntakeRoom = IntakeRoom(), lingers: Double = 0,
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
    self.room = room
    self.lingers = lingers
    self.observe = observe
    courier = Courier(
      pipeline: file.name, store: store, blobs: blobs,
      destinations: Dictionary(destinations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
      clock: clock, owner: owner, forms: forms, observe: { observe(.delivery($0, $1)) })
  }

  /// Until nothing is left to take in, to work on or to deliver now, or until `shouldStop` says so.
  ///
  /// - Parameter keepsIdle: the store remembers the run even if there was nothing to do.
  /// - Throws: what stops a run: a full disk, a store that does not answer. One bad document never does.
  package func batch(
    by whom: Attribution, keepsIdle: Bool = true, shouldStop: @escaping @Sendable () -> Bool
  ) async throws(DocketError) -> RunEntry {
    let progress = BatchProgress()
    var entry = RunEntry(id: whom.run, pipeline: file.name, actor: whom.actor, beganAt: clock.now())
    if keepsIdle { try await store.save(entry) }
    try await store.giveBack(pipeline: file.name, owner: owner, by: stamped(whom))
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
    } catch {
      let meaning = error as? DocketError ?? DocketError(.interrupted, "The run was cancelled.")
      await keep(entry, stoppedBy: meaning, after: await progress.sums, keepsIdle: keepsIdle)
      throw meaning
    }
    let sums = await progress.sums
    entry.endedAt = clock.now()
    (entry.arrived, entry.worked, entry.failed) = (sums.arrived, sums.worked, sums.failed)
    if keepsIdle || sums != (0, 0, 0) { try await store.save(entry) }
    return entry
  }

  /// What stopped a run is kept with it; a watch that meets the same again and again keeps it once.
  private func keep(
    _ entry: RunEntry, stoppedBy error: DocketError, after sums: (arrived: Int, worked: Int, failed: Int),
    keepsIdle: Bool
  ) async {
    var entry = entry
    entry.endedAt = clock.now()
    (entry.arrived, entry.worked, entry.failed) = sums
    entry.failure = RunEntry.Failure(error)
    let last = try? await store.runs(limit: 1).first
    let isKnown = last?.pipeline == file.name && last?.failure == entry.failure
    // A store that cannot be written, for a full disk say, cannot keep why.
    if keepsIdle || !isKnown { try? await store.save(entry) }
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
    let end = clock.now() + lingers
    for source in sources { await source.offerAgain() }
    var isBusy = true
    while isBusy {
      for source in sources {
        try await takeIn(from: source, by: whom, progress: progress, shouldStop: shouldStop)
        for error in await source.refusals() { observe(.left(error)) }
      }
      // What comes while others are worked on does not wait for their end.
      let isWorking = await progress.isWorking
      isBusy = isWorking && clock.now() < end && !shouldStop()
      if isBusy { do { try await clock.sleep(seconds: 0.3) } catch { return } }
    }
  }

  private func takeIn(
    from source: any Source, by whom: Attribution, progress: BatchProgress, shouldStop: @Sendable () -> Bool
  ) async throws(DocketError) {
    while !shouldStop() {
      let limit = try await waitForRoom(shouldStop: shouldStop)
      if limit == 0 { return }
      let arrivals = try await source.arrivals(limit: limit)
      if arrivals.isEmpty { return }
      for arrival in arrivals where !shouldStop() {
        if let document = try await takeIn(arrival, from: source, by: stamped(whom)) {
          await progress.arrived()
          observe(.arrived(document))
        }
      }
    }
  }

  /// How many may be taken in now; waits while the queue is full. None where the disk is, or the run is to stop.
  private func waitForRoom(shouldStop: @Sendable () -> Bool) async throws(DocketError) -> Int {
    var isPaused = false
    while !shouldStop() {
      if let error = room.lacksDisk {
        observe(.left(error))
        return 0
      }
      let queued = try await store.queuedCount(pipeline: file.name)
      let free = room.mostQueued - queued
      // A queue that was full is let run down somewhat, so that not every document makes a pause.
      if free > 0, !isPaused || queued <= room.mostQueued * 4 / 5 { return min(256, free) }
      if !isPaused { observe(.paused(room.isFull(queued))) }
      isPaused = true
      do { try await clock.sleep(seconds: 0.1) } catch { return 0 }
    }
    return 0
  }

  /// The bytes are durable, then the document is, then the source is told. Nil where nothing new came in.
  private func takeIn(
    _ arrival: Arrival, from source: any Source, by whom: Attribution
  ) async throws(DocketError) -> Document? {
    // A run that was killed between the two told nobody.
    if try await store.hasTaken(arrival) {
      await acknowledge(arrival, to: source)
      return nil
    }
    let kept: (digest: ContentDigest, byteCount: Int)
    do throws(DocketError) {
      // Whatever its size, it is kept; reading it meets the limit and fails with a code.
      kept = try await blobs.keep(fileAt: arrival.path, limit: .max)
    } catch {
      guard error.code == .arrivalUnreadable || error.code == .arrivalChanged else { throw error }
      // Gone, or written to: it is offered again when it is whole. Another run may have taken it in, and away.
      guard await source.standing(of: arrival) == .unchanged, try await !store.hasTaken(arrival) else { return nil }
      observe(.left(error))
      return nil
    }
    // Another file under the same name: what was copied may be either, and the next look takes it.
    guard await source.standing(of: arrival) != .changed else { return nil }
    var document: Document?
    if try await !store.recognizes(arrival, kept.digest) {
      let new = try await store.admit(
        NewDocument(
          digest: kept.digest, byteCount: kept.byteCount, name: arrival.name, source: arrival.source,
          pipeline: file.name, token: arrival.token, place: arrival.place,
          sensitivity: file.source(arrival.source)?.sensitivity ?? .internal), by: whom)
      // The same bytes were taken away as somebody else's in the moment between: now they are this document's.
      if await !blobs.holds(kept.digest) { _ = try await blobs.keep(fileAt: arrival.path, limit: .max) }
      // Another run was quicker.
      if new.arrivedAt == whom.at { document = new }
    }
    await acknowledge(arrival, to: source)
    return document
  }

  /// The document is safe: a source that cannot put its file away keeps nobody waiting, and nothing comes in twice.
  private func acknowledge(_ arrival: Arrival, to source: any Source) async {
    do throws(DocketError) { try await source.acknowledge(arrival) } catch { observe(.left(error)) }
  }

  // Work

  private func workLane(
    by whom: Attribution, progress: BatchProgress, shouldStop: @Sendable () -> Bool
  ) async throws(DocketError) {
    while !shouldStop() {
      // Asked before claiming: after that only other processes can add to the queue.
      let isOver = await progress.isOver
      let leases = try await store.claim(pipeline: file.name, limit: 1, owner: owner, by: stamped(whom))
      guard let lease = leases.first else {
        if isOver { return }
        do { try await clock.sleep(seconds: 0.02) } catch { return }
        continue
      }
      await progress.began()
      try await work(lease, by: whom, progress: progress)
      await progress.ended()
      try await courier.deliverSome(by: whom)
    }
  }

  private func work(_ lease: Lease, by whom: Attribution, progress: BatchProgress) async throws(DocketError) {
    let outcome: WorkOutcome
    do throws(DocketError) {
      let made = try await desk.work(
        lease.document, cover: try await Cover.of(lease.document, store, blobs),
        isSettled: try await store.isSettled(lease.document), history: StoredVendorHistory(store, run: whom.run))
      outcome = try await held(made, of: lease.document)
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

  /// A container whose children would make more of its arrival than the pipeline allows fails, and they are dropped.
  /// Parts worked on at the same moment are not counted: as many containers as there are lanes may pass the limit.
  private func held(_ outcome: WorkOutcome, of document: Document) async throws(DocketError) -> WorkOutcome {
    guard !outcome.children.isEmpty,
      try await store.partsBeside(document.id) + outcome.children.count > file.limits.parts
    else { return outcome }
    let error = DocketErrorSummary(
      DocketError(.tooManyParts, "The arrival holds more than \(file.limits.parts) parts, one in another."))
    var work = outcome.work
    work.error = error
    return WorkOutcome(state: .failed, error: error, work: work)
  }
}

/// Counts of one batch.
private actor BatchProgress {
  private(set) var sums = (arrived: 0, worked: 0, failed: 0)
  private var isIntakeOver = false
  private var inHand = 0

  /// Nothing more can come into the queue from here: what is in hand may hold children.
  var isOver: Bool { isIntakeOver && inHand == 0 }

  /// Something is in hand.
  var isWorking: Bool { inHand > 0 }

  func arrived() { sums.arrived += 1 }
  func intakeEnded() { isIntakeOver = true }
  func began() { inHand += 1 }
  func ended() { inHand -= 1 }
  func worked(failed: Bool) {
    sums.worked += 1
    if failed { sums.failed += 1 }
  }
}
