package import Docket

extension SQLStore {
  package func revise(_ revision: Revision, by whom: Attribution) async throws(DocketError) {
    try await write { connection in
      let record = revision.record
      guard let row = try connection.row("SELECT \(Document.columns) FROM document WHERE id = ?", .text(record.id.hex))
      else { throw DocketError(.unknownDocument, "The document is not in this workspace.") }
      let document = try Document(row)
      let newest = try connection.row("SELECT MAX(version) AS version FROM record WHERE id = ?", .text(record.id.hex))
      guard revision.from.contains(document.state), newest?.integer("version") ?? 0 == record.supersedes ?? 0 else {
        throw DocketError.movedOn(document.id)
      }
      try connection.insert(record, decision: revision.decision, by: whom)
      try connection.execute(
        "UPDATE document SET state = ?, contract = ?, held_until = ?, error_code = NULL WHERE id = ?",
        .text(revision.state.rawValue), .text(record.contract.description), SQLValue(revision.heldUntil),
        .text(record.id.hex))
      try connection.execute("UPDATE sampled SET is_answered = 1 WHERE document = ?", .text(record.id.hex))
      if revision.state == .delivering {
        try connection.queue(revision.decision, of: record, document: document)
      }
      try connection.record(
        revision.state == .held ? .held : .revised, of: record.id, digest: ContentDigest(of: record.storedJSON),
        detail: revision.state.rawValue, by: whom)
      try connection.keep(revision.habits, of: record.id)
      if revision.isAccepted { try connection.settleHabits(of: record.id, at: whom.at) }
    }
  }

  package func move(
    _ document: DocumentID, from: Set<DocumentState>, to state: DocumentState, by whom: Attribution
  ) async throws(DocketError) {
    try await write { connection in
      let row = try connection.row("SELECT state FROM document WHERE id = ?", .text(document.hex))
      guard let now = row?.text("state").flatMap(DocumentState.init(rawValue:)), from.contains(now) else {
        throw DocketError.movedOn(document)
      }
      try connection.execute(
        "UPDATE document SET state = ?, error_code = NULL, held_until = NULL WHERE id = ?", .text(state.rawValue),
        .text(document.hex))
      try connection.record(.revised, of: document, detail: state.rawValue, by: whom)
      if state == .rejected { try connection.unsettleHabits(of: document) }
    }
  }

  package func divide(
    _ document: DocumentID, into children: [NewChild], by whom: Attribution
  ) async throws(DocketError) {
    try await write { connection in
      guard let row = try connection.row("SELECT \(Document.columns) FROM document WHERE id = ?", .text(document.hex)),
        case let parent = try Document(row), parent.state == .review
      else { throw DocketError.movedOn(document) }
      try connection.execute(
        "UPDATE document SET state = 'expanded', contract = NULL, error_code = NULL WHERE id = ?", .text(document.hex))
      for child in children { try connection.admit(child, of: parent, by: whom) }
      try connection.record(.divided, of: document, detail: "\(children.count) parts", by: whom)
    }
  }

  package func releaseHeld(pipeline: String, now: Double, by whom: Attribution) async throws(DocketError) -> Int {
    try await write { connection in
      let rows = try connection.rows(
        "SELECT \(Document.columns) FROM document WHERE pipeline = ? AND state = 'held' AND held_until <= ?",
        .text(pipeline), .real(now))
      for row in rows {
        let document = try Document(row)
        guard let stored = try connection.newestRecord(of: document.id) else { continue }
        let state: DocumentState = stored.decision.destinations.isEmpty ? .stored : .delivering
        try connection.setState(state, of: document.id)
        if state == .delivering { try connection.queue(stored.decision, of: stored.record, document: document) }
        try connection.record(.released, of: document.id, detail: state.rawValue, by: whom)
      }
      return rows.count
    }
  }

  package func replay(_ document: DocumentID, by whom: Attribution) async throws(DocketError) {
    try await write { connection in
      let changed = try connection.execute(
        """
        UPDATE document SET state = 'queued', error_code = NULL, owner = NULL
        WHERE id = ? AND state IN ('failed', 'review', 'stored', 'rejected')
        """, .text(document.hex))
      guard changed == 1 else {
        throw DocketError(.badInput, "Only failed, waiting, stored or rejected documents are worked anew.")
      }
      try connection.record(.replayed, of: document, by: whom)
      try connection.unsettleHabits(of: document)
    }
  }

  package func replayDeliveries(of document: DocumentID, by whom: Attribution) async throws(DocketError) {
    try await write { connection in
      try connection.execute(
        "UPDATE delivery SET state = 'waiting', attempts = 0, next_at = 0, not_before = NULL "
          + "WHERE document = ? AND state = 'given-up'",
        .text(document.hex))
      try connection.execute(
        "UPDATE document SET state = 'delivering', error_code = NULL WHERE id = ? AND state = 'undelivered'",
        .text(document.hex))
      try connection.record(.replayed, of: document, detail: "deliveries", by: whom)
    }
  }
}

extension SQLConnection {
  func newestRecord(of id: RecordID, version: Int? = nil) throws -> StoredRecord? {
    let row =
      try version.map {
        try self.row("SELECT body, decision FROM record WHERE id = ? AND version = ?", .text(id.hex), .integer($0))
      } ?? self.row("SELECT body, decision FROM record WHERE id = ? ORDER BY version DESC LIMIT 1", .text(id.hex))
    guard let row, let body = row.text("body"), let decision = row.text("decision") else { return nil }
    return StoredRecord(record: try Record(storedJSON: body), decision: try Decision(storedJSON: decision))
  }
}
