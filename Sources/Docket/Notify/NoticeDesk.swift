/// Tells people what happened: one notice for all that came together, none more often than the pipeline says. What
/// cannot be told stays for the next time, and stops nothing.
package struct NoticeDesk: Sendable {
  private let file: PipelineFile
  private let store: any Store
  private let channels: [String: any Destination]
  private let book: any NoticeBook
  private let clock: any RunClock

  package init(
    file: PipelineFile, store: any Store, channels: [any Destination], book: any NoticeBook, clock: any RunClock
  ) {
    self.file = file
    self.store = store
    self.channels = Dictionary(channels.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.book = book
    self.clock = clock
  }

  /// Before the first batch: what happened before somebody was to be told is not told.
  package func begin() async throws(DocketError) {
    for entry in file.notifications where try await book.state(of: place(entry)) == nil {
      let state = NoticeState(sequence: try await store.lastSequence(), beganAt: clock.now())
      try await book.keep(state, of: place(entry))
    }
  }

  /// - Returns: why somebody could not be told.
  package func tell() async throws(DocketError) -> [DocketError] {
    var failures: [DocketError] = []
    for entry in file.notifications {
      guard try await book.claim(place(entry)) else { continue }
      do throws(DocketError) {
        if let failure = try await tell(entry) { failures.append(failure) }
      } catch {
        await book.release(place(entry))
        throw error
      }
      await book.release(place(entry))
    }
    return failures
  }

  private func place(_ entry: NotifyEntry) -> String { "\(file.name).\(entry.name)" }

  private func tell(_ entry: NotifyEntry) async throws(DocketError) -> DocketError? {
    let now = clock.now()
    let known = try await book.state(of: place(entry))
    let last = try await store.lastSequence()
    var state = known ?? NoticeState(sequence: last, beganAt: now)
    try await catchUp(&state, entry)
    look(for: entry, at: now, &state)
    var failure: DocketError?
    if !state.counts.isEmpty, now - state.sentAt >= Double(entry.everySeconds), let channel = channels[entry.name] {
      do throws(DocketError) {
        _ = try await channel.deliver(message(state, entry, at: now))
        state.counts = [:]
        state.documents = []
        state.sentAt = now
      } catch {
        failure = error
        // A minute's rest, or as long as two notices are apart.
        state.sentAt = now - Double(entry.everySeconds) + min(60, Double(entry.everySeconds))
      }
    }
    try await book.keep(state, of: place(entry))
    return failure
  }

  /// Counts what happened since.
  private func catchUp(_ state: inout NoticeState, _ entry: NotifyEntry) async throws(DocketError) {
    let isRouted = file.routes.contains { $0.notify.contains(entry.name) }
    while true {
      let events = try await store.events(after: state.sequence, limit: 500)
      guard let last = events.last else { return }
      for event in events {
        guard let kind = NoticeEvent(event) else { continue }
        var document: Document?
        if let id = event.document { document = try await store.document(id) }
        guard document?.pipeline == file.name || (document == nil && event.whom.actor == file.name) else { continue }
        if kind == .arrived, let document, document.parent == nil {
          state.arrivals[document.source] = max(state.arrivals[document.source] ?? 0, event.whom.at)
          state.silent.remove(document.source)
        }
        guard entry.events.contains(kind) else { continue }
        if isRouted {
          guard let document, let stored = try await store.record(document.id, version: nil),
            stored.decision.notify.contains(entry.name)
          else { continue }
        }
        state.counts[kind, default: 0] += 1
        if let document, state.documents.count < NoticeState.mostDocuments, !state.documents.contains(document.id.hex) {
          state.documents.append(document.id.hex)
        }
      }
      state.sequence = last.sequence
    }
  }

  /// Each silence is told once.
  private func look(for entry: NotifyEntry, at now: Double, _ state: inout NoticeState) {
    guard entry.events.contains(.quiet), let limit = entry.quietSeconds else { return }
    for source in file.sources where !state.silent.contains(source.name) {
      guard now - (state.arrivals[source.name] ?? state.beganAt) > Double(limit) else { continue }
      state.silent.insert(source.name)
      state.counts[.quiet, default: 0] += 1
    }
  }

  private func message(_ state: NoticeState, _ entry: NotifyEntry, at now: Double) -> Delivery {
    var delivery = Delivery(
      key: "notice/\(file.name)/\(entry.name)/\(state.sequence)-\(Int(now))", destination: entry.name,
      operation: .deliver, record: RecordID(hex: ""), version: 0,
      contract: ContractReference(name: "notice", version: 1),
      payload: state.json(pipeline: file.name, entry: entry, at: now), values: [])
    delivery.type = "docket.notice"
    return delivery
  }
}

/// Remembers what was told to whom; one process at a time tells one address.
package protocol NoticeBook: Sendable {
  /// Nil where there is none yet.
  func state(of place: String) async throws(DocketError) -> NoticeState?
  func keep(_ state: NoticeState, of place: String) async throws(DocketError)
  /// False where another process has it.
  func claim(_ place: String) async throws(DocketError) -> Bool
  func release(_ place: String) async
}
