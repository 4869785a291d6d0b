package import Docket

extension MemoryStore {
  package func revise(_ revision: Revision, by whom: Attribution) throws(DocketError) {
    let index = try self.index(revision.record.id)
    guard revision.from.contains(rows[index].document.state),
      rows[index].versions.last?.record.version ?? 0 == revision.record.supersedes ?? 0
    else {
      throw DocketError.movedOn(revision.record.id)
    }
    let stored = StoredRecord(record: revision.record, decision: revision.decision)
    rows[index].versions.append(stored)
    rows[index].isSampled = false
    rows[index].document.state = revision.state
    rows[index].document.errorCode = nil
    rows[index].heldUntil = revision.heldUntil
    rows[index].contract = revision.record.contract.description
    if revision.state == .delivering { queue(stored, of: rows[index].document) }
    note(
      revision.state == .held ? .held : .revised, of: revision.record.id,
      digest: ContentDigest(of: revision.record.storedJSON), detail: revision.state.rawValue, by: whom)
    rows[index].habits = revision.habits
    rows[index].settled = revision.isAccepted ? (log.count, whom.at) : nil
  }

  package func move(
    _ document: DocumentID, from: Set<DocumentState>, to state: DocumentState, by whom: Attribution
  ) throws(DocketError) {
    let index = try self.index(document)
    guard from.contains(rows[index].document.state) else { throw DocketError.movedOn(document) }
    rows[index].document.state = state
    rows[index].document.errorCode = nil
    rows[index].heldUntil = nil
    note(.revised, of: document, detail: state.rawValue, by: whom)
    if state == .rejected { rows[index].settled = nil }
  }

  package func divide(_ document: DocumentID, into children: [NewChild], by whom: Attribution) throws(DocketError) {
    let index = try self.index(document)
    guard rows[index].document.state == .review else { throw DocketError.movedOn(document) }
    rows[index].document.state = .expanded
    rows[index].document.errorCode = nil
    rows[index].contract = nil
    for child in children { admit(child, of: rows[index].document, by: whom) }
    note(.divided, of: document, detail: "\(children.count) parts", by: whom)
  }

  package func releaseHeld(pipeline: String, now: Double, by whom: Attribution) -> Int {
    var count = 0
    for index in rows.indices {
      let row = rows[index]
      guard row.document.state == .held, row.document.pipeline == pipeline, row.heldUntil ?? 0 <= now,
        let stored = row.versions.last
      else { continue }
      rows[index].document.state = stored.decision.destinations.isEmpty ? .stored : .delivering
      rows[index].heldUntil = nil
      queue(stored, of: row.document)
      note(.released, of: row.document.id, detail: rows[index].document.state.rawValue, by: whom)
      count += 1
    }
    return count
  }

  package func replay(_ document: DocumentID, by whom: Attribution) throws(DocketError) {
    let index = try self.index(document)
    guard [.failed, .review, .stored, .rejected].contains(rows[index].document.state) else {
      throw DocketError(.badInput, "Only failed, waiting, stored or rejected documents are worked anew.")
    }
    rows[index].document.state = .queued
    rows[index].document.errorCode = nil
    rows[index].owner = nil
    rows[index].settled = nil
    note(.replayed, of: document, by: whom)
  }

  package func replayDeliveries(of document: DocumentID, by whom: Attribution) throws(DocketError) {
    let index = try self.index(document)
    for at in parcels.indices where parcels[at].entry.document == document && parcels[at].entry.state == .givenUp {
      parcels[at].entry.state = .waiting
      parcels[at].entry.attempts = 0
      parcels[at].entry.nextAt = 0
    }
    if rows[index].document.state == .undelivered {
      rows[index].document.state = .delivering
      rows[index].document.errorCode = nil
    }
    note(.replayed, of: document, detail: "deliveries", by: whom)
  }

  // Looking

  package func document(_ id: DocumentID) -> Document? { rows.first { $0.document.id == id }?.document }

  package func documents(matching text: String) -> [Document] {
    let all = rows.map(\.document)
    if text.utf8.count >= 6 {
      let prefix = text.lowercased()
      let found = all.filter { $0.id.hex.hasPrefix(prefix) || $0.digest.hex.hasPrefix(prefix) }
      if !found.isEmpty { return found }
    }
    let name = text.split(separator: "/").last.map(String.init) ?? text
    return all.filter { $0.name == name }
  }

  package func documents(_ query: DocumentQuery) -> [Document] {
    Array(
      rows.lazy.map(\.document).filter {
        $0.arrival > query.after && query.states.contains($0.state)
          && (query.pipeline == nil || query.pipeline == $0.pipeline)
          && (query.parent == nil || query.parent == $0.parent)
      }.prefix(query.limit))
  }

  package func record(_ id: RecordID, version: Int?) -> StoredRecord? {
    let versions = rows.first { $0.document.id == id }?.versions ?? []
    guard let version else { return versions.last }
    return versions.first { $0.record.version == version }
  }

  package func work(of id: DocumentID) -> StoredWork? { rows.first { $0.document.id == id }?.work }

  package func deliveries(of id: DocumentID) -> [OutboxEntry] {
    parcels.map(\.entry).filter { $0.document == id }
  }

  package func events(of id: DocumentID) -> [Event] { log.filter { $0.document == id } }

  package func events(after sequence: Int, limit: Int) -> [Event] {
    Array(log.filter { $0.sequence > sequence }.prefix(limit))
  }

  package func lastSequence() -> Int { log.last?.sequence ?? 0 }

  package func sums() -> StatusSums { sums(of: rows) }

  package func sums(ofRun run: String) -> StatusSums {
    let touched = Set(log.filter { $0.whom.run == run && [.arrived, .claimed].contains($0.kind) }.map(\.document))
    return sums(of: rows.filter { touched.contains($0.document.id) })
  }

  private func sums(of rows: [Row]) -> StatusSums {
    var sums = StatusSums(arrived: rows.count, states: [:])
    for row in rows {
      let state = row.document.state
      sums.states[state, default: 0] += 1
      sums.bySource[row.document.source, default: [:]][state, default: 0] += 1
      if let contract = row.contract { sums.byContract[contract, default: [:]][state, default: 0] += 1 }
      if let code = row.document.errorCode { sums.failures[code, default: 0] += 1 }
    }
    let waiting: [DocumentState] = [.queued, .working, .review, .undelivered]
    sums.oldestWaiting = rows.filter { waiting.contains($0.document.state) }.map(\.document.arrivedAt).min()
    let counted = Set(rows.map(\.document.id))
    sums.waitingDeliveries = parcels.count { $0.entry.state == .waiting && counted.contains($0.entry.document) }
    return sums
  }

  package func verifyEvents() -> Bool {
    var previous = ""
    for (event, link) in zip(log, links) {
      guard event.link(after: previous).hex == link else { return false }
      previous = link
    }
    return true
  }
}
