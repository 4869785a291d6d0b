package import Docket

/// A store that forgets: what `SQLStore` does, in dictionaries. Ids count up, so that tests can name them.
package actor MemoryStore: Store {
  struct Row {
    var document: Document
    var fence = 0
    var owner: LeaseOwner?
    var heldUntil: Double?
    var contract: String?
    var work: StoredWork?
    var versions: [StoredRecord] = []
    /// Found when it was finished last.
    var kin: [Kin] = []
    var isSampled = false
    var habits: VendorHabits?
    /// The event from which on it is known what the vendor had in it, and its time.
    var settled: (sequence: Int, at: Double)?
  }

  struct Parcel {
    var entry: OutboxEntry
    var pipeline: String
    var owner: LeaseOwner?
  }

  private struct Token: Hashable {
    var source: String
    var token: String
  }

  /// In order of arrival.
  var rows: [Row] = []
  /// In the order they were queued.
  var parcels: [Parcel] = []
  var log: [Event] = []
  var links: [String] = []
  private var taken: [Token: DocumentID] = [:]
  private var entries: [RunEntry] = []
  var kept: [Proof] = []
  private let isAlive: @Sendable (LeaseOwner) -> Bool

  package init(isAlive: @escaping @Sendable (LeaseOwner) -> Bool = { _ in true }) { self.isAlive = isAlive }

  // Intake

  package func hasTaken(_ arrival: Arrival) -> Bool {
    taken[Token(source: arrival.source, token: arrival.token)] != nil
  }

  package func recognizes(_ arrival: Arrival, _ digest: ContentDigest) throws(DocketError) -> Bool {
    guard let place = arrival.place, let known = taken[Token(source: arrival.source, token: place)],
      try row(known).document.digest == digest
    else { return false }
    taken[Token(source: arrival.source, token: arrival.token)] = known
    return true
  }

  package func admit(_ new: NewDocument, by whom: Attribution) throws(DocketError) -> Document {
    let token = new.token.map { Token(source: new.source, token: $0) }
    if let token, let known = taken[token] { return try row(known).document }
    let first = rows.first {
      $0.document.digest == new.digest && $0.document.pipeline == new.pipeline && $0.document.parent == nil
        && $0.document.state != .duplicate
    }
    let document = Document(
      id: nextID, arrival: rows.count + 1, digest: new.digest, byteCount: new.byteCount, name: new.name,
      source: new.source, pipeline: new.pipeline, state: first == nil ? .queued : .duplicate,
      sensitivity: new.sensitivity, duplicateOf: first?.document.id, arrivedAt: whom.at)
    rows.append(Row(document: document))
    if let token { taken[token] = document.id }
    if let place = new.place { taken[Token(source: new.source, token: place)] = document.id }
    note(.arrived, of: document.id, digest: new.digest, by: whom)
    if first != nil { note(.duplicate, of: document.id, digest: new.digest, by: whom) }
    return document
  }

  // Work

  package func queuedCount(pipeline: String) -> Int {
    rows.count { $0.document.pipeline == pipeline && $0.document.state == .queued }
  }

  package func claim(
    pipeline: String, limit: Int, owner: LeaseOwner, by whom: Attribution
  ) -> [Lease] {
    for index in rows.indices where rows[index].document.state == .working {
      guard let holder = rows[index].owner, holder != owner, !isAlive(holder) else { continue }
      rows[index].document.state = .queued
      rows[index].owner = nil
    }
    let ready = rows.indices.filter {
      rows[$0].document.state == .queued && rows[$0].document.pipeline == pipeline
    }
    return ready.prefix(limit).map { index in
      rows[index].document.state = .working
      rows[index].owner = owner
      rows[index].fence += 1
      note(.claimed, of: rows[index].document.id, by: whom)
      return Lease(document: rows[index].document, owner: owner, fence: rows[index].fence)
    }
  }

  package func finish(_ lease: Lease, _ outcome: WorkOutcome, by whom: Attribution) throws(DocketError) {
    let index = try self.index(lease.document.id)
    guard rows[index].fence == lease.fence, rows[index].document.state == .working else {
      throw DocketError(.leaseLost, "Another process has taken over the document.", document: lease.document.id)
    }
    var outcome = outcome
    rows[index].work = outcome.work
    (rows[index].habits, rows[index].settled) = (outcome.work.traits.habits, nil)
    rows[index].document.duplicateOf = outcome.settle(among: link(index))
    rows[index].document.state = outcome.state
    rows[index].document.errorCode = outcome.error?.code
    rows[index].owner = nil
    if let record = outcome.record, let decision = outcome.decision {
      let kept = rows[index].keep(record, decision)
      rows[index].contract = record.contract.description
      if outcome.state == .delivering { queue(kept, of: rows[index].document) }
      if decision.isSampled, [.delivering, .stored].contains(outcome.state) { rows[index].isSampled = true }
    }
    for child in outcome.children { admit(child, of: rows[index].document, by: whom) }
    note(
      outcome.state == .failed ? .failed : .finished, of: lease.document.id, digest: lease.document.digest,
      detail: outcome.error?.code ?? outcome.state.rawValue, by: whom)
  }

  package func release(_ lease: Lease, by whom: Attribution) throws(DocketError) {
    let index = try self.index(lease.document.id)
    guard rows[index].fence == lease.fence, rows[index].document.state == .working else { return }
    rows[index].document.state = .queued
    rows[index].owner = nil
    note(.released, of: lease.document.id, by: whom)
  }

  package func giveBack(pipeline: String, owner: LeaseOwner, by whom: Attribution) {
    for index in rows.indices where rows[index].owner == owner && rows[index].document.pipeline == pipeline {
      guard rows[index].document.state == .working else { continue }
      rows[index].document.state = .queued
      rows[index].owner = nil
      note(.released, of: rows[index].document.id, by: whom)
    }
    for index in parcels.indices where parcels[index].owner == owner && parcels[index].pipeline == pipeline {
      parcels[index].owner = nil
    }
  }

  func admit(_ child: NewChild, of parent: Document, by whom: Attribution) {
    let part = parent.part?.appending(child.member.part) ?? child.member.part
    guard !rows.contains(where: { $0.document.parent == parent.id && $0.document.part == part }) else { return }
    let document = Document(
      id: nextID, arrival: rows.count + 1, digest: child.member.digest, byteCount: child.member.byteCount,
      name: child.member.name, source: parent.source, pipeline: parent.pipeline, parent: parent.id, part: part,
      depth: parent.depth + 1, state: child.isPartOfRecord ? .stored : .queued, sensitivity: parent.sensitivity,
      arrivedAt: whom.at)
    rows.append(Row(document: document))
    note(
      .arrived, of: document.id, digest: document.digest, detail: child.isPartOfRecord ? "part-of-record" : "",
      by: whom)
  }

  func queue(_ stored: StoredRecord, of document: Document) {
    for destination in stored.decision.destinations {
      let key = OutboxEntry.key(
        record: document.id, version: stored.record.version, destination: destination, operation: .deliver)
      guard !parcels.contains(where: { $0.entry.key == key }) else { continue }
      let entry = OutboxEntry(
        key: key, document: document.id, version: stored.record.version, destination: destination,
        operation: .deliver)
      parcels.append(Parcel(entry: entry, pipeline: document.pipeline))
    }
  }

  package func partsBeside(_ id: DocumentID) -> Int {
    func root(of id: DocumentID) -> DocumentID {
      var top = id
      while let parent = rows.first(where: { $0.document.id == top })?.document.parent { top = parent }
      return top
    }
    let arrival = root(of: id)
    return rows.count { row in
      guard let parent = row.document.parent, parent != id else { return false }
      return root(of: row.document.id) == arrival
    }
  }

  // Outbox

  package func claimDeliveries(pipeline: String, now: Double, limit: Int, owner: LeaseOwner) -> [OutboxEntry] {
    for index in parcels.indices {
      guard let holder = parcels[index].owner, holder != owner, !isAlive(holder) else { continue }
      parcels[index].owner = nil
    }
    let due = parcels.indices.filter {
      let parcel = parcels[$0]
      return parcel.pipeline == pipeline && parcel.entry.state == .waiting && parcel.owner == nil
        && parcel.entry.nextAt <= now
    }
    return due.prefix(limit).map { index in
      parcels[index].owner = owner
      parcels[index].entry.attempts += 1
      return parcels[index].entry
    }
  }

  package func hurryDeliveries(pipeline: String) {
    for index in parcels.indices {
      let parcel = parcels[index]
      guard parcel.pipeline == pipeline, parcel.entry.state == .waiting, parcel.owner == nil, parcel.entry.attempts > 0
      else { continue }
      parcels[index].entry.nextAt = parcel.entry.notBefore ?? 0
      parcels[index].entry.attempts -= 1
    }
  }

  package func settle(_ entry: OutboxEntry, _ result: DeliveryResult, by whom: Attribution) throws(DocketError) {
    guard
      let index = parcels.firstIndex(where: {
        $0.entry.key == entry.key && $0.entry.attempts == entry.attempts && $0.entry.state == .waiting
      })
    else { throw DocketError(.leaseLost, "Another process has taken over the delivery.", document: entry.document) }
    parcels[index].owner = nil
    switch result {
    case .done(let receipt, let findings):
      parcels[index].entry.state = .done
      parcels[index].entry.findings = findings
      parcels[index].entry.notBefore = nil
      parcels[index].entry.place = receipt.place
      parcels[index].entry.errorCode = nil
      note(
        entry.operation == .retract ? .retracted : .delivered, of: entry.document, detail: entry.destination, by: whom)
      if entry.operation == .retract { rows[try self.index(entry.document)].settled = nil }
    case .later(let at, let code, let notBefore):
      parcels[index].entry.nextAt = at
      parcels[index].entry.notBefore = notBefore
      parcels[index].entry.errorCode = code
    case .postponed(let at, let code):
      parcels[index].entry.nextAt = at
      parcels[index].entry.errorCode = code
      parcels[index].entry.attempts -= 1
    case .givenUp(let code):
      parcels[index].entry.state = .givenUp
      parcels[index].entry.errorCode = code
      note(.undelivered, of: entry.document, detail: code, by: whom)
    }
    try settleDocument(entry.document, at: whom.at)
  }

  private func settleDocument(_ id: DocumentID, at time: Double) throws(DocketError) {
    let open = parcels.filter { $0.entry.document == id && $0.entry.state != .done }
    let index = try self.index(id)
    guard [.delivering, .undelivered].contains(rows[index].document.state) else { return }
    if open.isEmpty {
      rows[index].document.state = .delivered
      if rows[index].settled == nil { rows[index].settled = (log.count, time) }
      rows[index].document.errorCode = nil
    } else if !open.contains(where: { $0.entry.state == .waiting }) {
      rows[index].document.state = .undelivered
      rows[index].document.errorCode = open[0].entry.errorCode
    }
  }

  // Runs

  package func save(_ run: RunEntry) {
    entries.removeAll { $0.id == run.id }
    entries.append(run)
  }

  package func runs(limit: Int) -> [RunEntry] {
    Array(entries.sorted { $0.beganAt > $1.beganAt }.prefix(limit))
  }

  // What the rest is made of

  private var nextID: DocumentID {
    DocumentID(hex: String(ContentDigest(of: "document \(rows.count + 1)").hex.prefix(32)))
  }

  func index(_ id: DocumentID) throws(DocketError) -> Int {
    guard let index = rows.firstIndex(where: { $0.document.id == id }) else {
      throw DocketError(.unknownDocument, "The document is not in this workspace.")
    }
    return index
  }

  func row(_ id: DocumentID) throws(DocketError) -> Row { rows[try index(id)] }

  func note(
    _ kind: Event.Kind, of document: DocumentID?, digest: ContentDigest? = nil, detail: String = "",
    by whom: Attribution
  ) {
    let event = Event(
      sequence: log.count + 1, whom: whom, document: document, kind: kind, digest: digest, detail: detail)
    links.append(event.link(after: links.last ?? "").hex)
    log.append(event)
  }
}

extension MemoryStore.Row {
  /// As the next version, unless it says what the newest says already.
  mutating func keep(_ record: Record, _ decision: Decision) -> StoredRecord {
    let next = StoredRecord(record: record, decision: decision).following(versions.last)
    if next != versions.last { versions.append(next) }
    return next
  }
}
