package import Docket

extension SQLStore {
  package func claim(
    pipeline: String, limit: Int, owner: LeaseOwner, by whom: Attribution
  ) async throws(DocketError) -> [Lease] {
    let isAlive = isAlive
    return try await write { connection in
      // What dead processes held goes back into the queue first.
      let owners = try connection.rows(
        "SELECT DISTINCT owner FROM document WHERE pipeline = ? AND state = 'working' AND owner IS NOT NULL",
        .text(pipeline))
      for gone in owners.compactMap({ $0.text("owner") }) where gone != owner.text && !isAlive(LeaseOwner(gone)) {
        try connection.execute(
          "UPDATE document SET state = 'queued', owner = NULL WHERE pipeline = ? AND state = 'working' AND owner = ?",
          .text(pipeline), .text(gone))
      }
      let rows = try connection.rows(
        """
        UPDATE document SET state = 'working', owner = ?, fence = fence + 1
        WHERE id IN (SELECT id FROM document WHERE pipeline = ? AND state = 'queued' ORDER BY arrival LIMIT ?)
        RETURNING fence, \(Document.columns)
        """, .text(owner.text), .text(pipeline), .integer(limit))
      let leases = try rows.map {
        Lease(document: try Document($0), owner: owner, fence: $0.integer("fence") ?? 0)
      }.sorted { $0.document.arrival < $1.document.arrival }
      for lease in leases { try connection.record(.claimed, of: lease.document.id, by: whom) }
      return leases
    }
  }

  package func release(_ lease: Lease, by whom: Attribution) async throws(DocketError) {
    try await write { connection in
      let changed = try connection.execute(
        "UPDATE document SET state = 'queued', owner = NULL WHERE id = ? AND fence = ? AND state = 'working'",
        .text(lease.document.id.hex), .integer(lease.fence))
      if changed == 1 { try connection.record(.released, of: lease.document.id, by: whom) }
    }
  }

  package func giveBack(pipeline: String, owner: LeaseOwner, by whom: Attribution) async throws(DocketError) {
    try await write { connection in
      let rows = try connection.rows(
        """
        UPDATE document SET state = 'queued', owner = NULL WHERE pipeline = ? AND state = 'working' AND owner = ?
        RETURNING id
        """, .text(pipeline), .text(owner.text))
      for id in rows.compactMap({ $0.text("id") }) {
        try connection.record(.released, of: DocumentID(hex: id), by: whom)
      }
      try connection.execute(
        "UPDATE delivery SET owner = NULL WHERE pipeline = ? AND state = 'waiting' AND owner = ?", .text(pipeline),
        .text(owner.text))
    }
  }

  package func finish(_ lease: Lease, _ outcome: WorkOutcome, by whom: Attribution) async throws(DocketError) {
    try await write { connection in
      let document = lease.document
      var outcome = outcome
      let kin = try connection.link(document, by: outcome.work.traits)
      let first = outcome.settle(among: kin)
      let held = try connection.execute(
        """
        UPDATE document SET state = ?, error_code = ?, contract = ?, duplicate_of = ?, owner = NULL
        WHERE id = ? AND fence = ? AND state = 'working'
        """,
        .text(outcome.state.rawValue), SQLValue(outcome.error?.code), SQLValue(outcome.record?.contract.description),
        SQLValue(first?.hex), .text(document.id.hex), .integer(lease.fence))
      guard held == 1 else {
        throw DocketError(.leaseLost, "Another process has taken over the document.", document: document.id)
      }
      try connection.save(outcome.work, of: document.id)
      try connection.keep(outcome.work.traits.habits, of: document.id)
      if let record = outcome.record, let decision = outcome.decision {
        let kept = try connection.keep(StoredRecord(record: record, decision: decision), by: whom)
        if outcome.state == .delivering { try connection.queue(decision, of: kept.record, document: document) }
        try connection.draw(decision, of: document, in: outcome.state)
      }
      for child in outcome.children { try connection.admit(child, of: document, by: whom) }
      try connection.record(
        outcome.state == .failed ? .failed : .finished, of: document.id, digest: document.digest,
        detail: outcome.error?.code ?? outcome.state.rawValue, by: whom)
    }
  }
}

extension SQLConnection {
  func save(_ work: StoredWork, of document: DocumentID) throws {
    try execute(
      """
      INSERT INTO work (document, classification, reading, media_type, page_count, fingerprint, error_code,
        error_sentence, cpu_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (document) DO UPDATE SET classification = excluded.classification, reading = excluded.reading,
        media_type = excluded.media_type, page_count = excluded.page_count, fingerprint = excluded.fingerprint,
        error_code = excluded.error_code, error_sentence = excluded.error_sentence, cpu_seconds = excluded.cpu_seconds
      """,
      .text(document.hex), SQLValue(work.classification?.storedJSON), SQLValue(work.reading?.hex),
      SQLValue(work.mediaType), SQLValue(work.pageCount), SQLValue(work.fingerprint?.hex),
      SQLValue(work.error?.code), SQLValue(work.error?.sentence), .real(work.cpuSeconds))
    try spend(
      Cost(reading: work.cpuSeconds, ocr: work.ocrSeconds, understanding: work.understandingSeconds), on: document)
  }

  /// Adds to what a document has cost.
  func spend(_ cost: Cost, on document: DocumentID) throws {
    try execute(
      """
      INSERT INTO cost (document, reading, ocr, understanding, review) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (document) DO UPDATE SET reading = reading + excluded.reading, ocr = ocr + excluded.ocr,
        understanding = understanding + excluded.understanding, review = review + excluded.review
      """,
      .text(document.hex), .real(cost.reading), .real(cost.ocr), .real(cost.understanding), .real(cost.review))
  }

  /// Keeps a record as the next version, unless it says what the newest says already.
  fileprivate func keep(_ made: StoredRecord, by whom: Attribution) throws -> StoredRecord {
    let newest = try newestRecord(of: made.record.id)
    let next = made.following(newest)
    if next != newest { try insert(next.record, decision: next.decision, by: whom) }
    return next
  }

  func insert(_ record: Record, decision: Decision, by whom: Attribution) throws {
    try execute(
      """
      INSERT INTO record (id, version, supersedes, contract, contract_version, body, decision, actor, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .text(record.id.hex), .integer(record.version), SQLValue(record.supersedes), .text(record.contract.name),
      .integer(record.contract.version), .text(record.storedJSON), .text(decision.storedJSON), .text(whom.actor),
      .real(whom.at))
  }

  /// Puts a record's deliveries into the outbox, in the pipeline's order.
  func queue(_ decision: Decision, of record: Record, document: Document) throws {
    for destination in decision.destinations {
      let key = OutboxEntry.key(
        record: record.id, version: record.version, destination: destination, operation: .deliver)
      try execute(
        """
        INSERT INTO delivery (key, document, version, destination, operation, state, attempts, next_at, pipeline)
        VALUES (?, ?, ?, ?, 'deliver', 'waiting', 0, 0, ?) ON CONFLICT (key) DO NOTHING
        """,
        .text(key), .text(document.id.hex), .integer(record.version), .text(destination), .text(document.pipeline))
    }
  }

  func admit(_ child: NewChild, of parent: Document, by whom: Attribution) throws {
    let part = parent.part.map { $0.appending(child.member.part) } ?? child.member.part
    let known = try row("SELECT id FROM document WHERE parent = ? AND part = ?", .text(parent.id.hex), .text(part.text))
    // It stands there since the container was worked on before.
    guard known == nil else { return }
    // Its deliveries have the same keys when its container is worked anew in a store that was restored.
    let id = parent.id.child(at: part)
    let document = Document(
      id: id, arrival: try nextArrival(), digest: child.member.digest, byteCount: child.member.byteCount,
      name: child.member.name, source: parent.source, pipeline: parent.pipeline, parent: parent.id, part: part,
      depth: parent.depth + 1, state: child.isPartOfRecord ? .stored : .queued, sensitivity: parent.sensitivity,
      arrivedAt: whom.at)
    try insert(document)
    try record(
      .arrived, of: id, digest: document.digest, detail: child.isPartOfRecord ? "part-of-record" : "", by: whom)
  }
}
