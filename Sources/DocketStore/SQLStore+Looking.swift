package import Docket

extension SQLStore {
  package func document(_ id: DocumentID) async throws(DocketError) -> Document? {
    try await read {
      try $0.row("SELECT \(Document.columns) FROM document WHERE id = ?", .text(id.hex)).map(Document.init)
    }
  }

  package func partsBeside(_ id: DocumentID) async throws(DocketError) -> Int {
    try await read {
      let row = try $0.row(
        """
        WITH RECURSIVE above (id, parent) AS (
          SELECT id, parent FROM document WHERE id = ?
          UNION ALL SELECT document.id, document.parent FROM document JOIN above ON document.id = above.parent
        ), below (id, parent) AS (
          SELECT id, parent FROM above WHERE parent IS NULL
          UNION ALL SELECT document.id, document.parent FROM document JOIN below ON document.parent = below.id
        )
        SELECT COUNT(*) AS parts FROM below WHERE parent <> ?
        """, .text(id.hex), .text(id.hex))
      return row?.integer("parts") ?? 0
    }
  }

  package func documents(matching text: String) async throws(DocketError) -> [Document] {
    let isPrefix = text.utf8.count >= 6 && text.utf8.allSatisfy { Hex.value($0) != nil }
    let name = text.split(separator: "/").last.map(String.init) ?? text
    return try await read { connection in
      var rows: [SQLRow] = []
      if isPrefix {
        rows = try connection.rows(
          "SELECT \(Document.columns) FROM document WHERE id LIKE ? OR digest LIKE ? ORDER BY arrival LIMIT 100",
          .text(text.lowercased() + "%"), .text(text.lowercased() + "%"))
      }
      if rows.isEmpty {
        rows = try connection.rows(
          "SELECT \(Document.columns) FROM document WHERE name = ? ORDER BY arrival LIMIT 100", .text(name))
      }
      return try rows.map(Document.init)
    }
  }

  package func documents(_ query: DocumentQuery) async throws(DocketError) -> [Document] {
    try await read { connection in
      let states = query.states.map(\.rawValue).sorted()
      var sql = "SELECT \(Document.columns) FROM document WHERE arrival > ? AND state IN "
      sql += "(\(states.map { _ in "?" }.joined(separator: ", ")))"
      var arguments = [SQLValue.integer(query.after)] + states.map { .text($0) }
      if let pipeline = query.pipeline {
        sql += " AND pipeline = ?"
        arguments.append(.text(pipeline))
      }
      if let parent = query.parent {
        sql += " AND parent = ?"
        arguments.append(.text(parent.hex))
      }
      arguments.append(.integer(query.limit))
      return try connection.rows(sql + " ORDER BY arrival LIMIT ?", arguments).map(Document.init)
    }
  }

  package func record(_ id: RecordID, version: Int?) async throws(DocketError) -> StoredRecord? {
    try await read { try $0.newestRecord(of: id, version: version) }
  }

  package func work(of id: DocumentID) async throws(DocketError) -> StoredWork? {
    try await read { connection in
      guard let row = try connection.row("SELECT * FROM work WHERE document = ?", .text(id.hex)) else { return nil }
      return StoredWork(
        classification: try row.text("classification").map(Classification.init(storedJSON:)),
        reading: row.text("reading").flatMap(ContentDigest.init(hex:)), mediaType: row.text("media_type"),
        pageCount: row.integer("page_count"), fingerprint: row.text("fingerprint").flatMap(ContentDigest.init(hex:)),
        error: row.text("error_code").map {
          DocketErrorSummary(code: $0, sentence: row.text("error_sentence") ?? "")
        }, cpuSeconds: row.real("cpu_seconds") ?? 0)
    }
  }

  package func deliveries(of id: DocumentID) async throws(DocketError) -> [OutboxEntry] {
    try await read {
      try $0.rows("SELECT \(OutboxEntry.columns) FROM delivery WHERE document = ? ORDER BY rowid", .text(id.hex))
        .map(OutboxEntry.init)
    }
  }

  package func events(of id: DocumentID) async throws(DocketError) -> [Event] {
    try await read {
      try $0.rows("SELECT * FROM event WHERE document = ? ORDER BY sequence", .text(id.hex)).map(Event.init)
    }
  }

  package func events(after sequence: Int, limit: Int) async throws(DocketError) -> [Event] {
    try await read {
      try $0.rows(
        "SELECT * FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?", .integer(sequence), .integer(limit)
      ).map(Event.init)
    }
  }

  package func lastSequence() async throws(DocketError) -> Int {
    try await read { try $0.row("SELECT MAX(sequence) AS last FROM event")?.integer("last") ?? 0 }
  }

  package func verifyEvents() async throws(DocketError) -> Bool {
    try await read { connection in
      var previous = ""
      var sequence = 0
      while true {
        let rows = try connection.rows(
          "SELECT * FROM event WHERE sequence > ? ORDER BY sequence LIMIT 1000", .integer(sequence))
        if rows.isEmpty { return true }
        for row in rows {
          let event = try Event(row)
          guard event.sequence == sequence + 1, row.text("link") == event.link(after: previous).hex else {
            return false
          }
          sequence = event.sequence
          previous = row.text("link") ?? ""
        }
      }
    }
  }

  package func sums() async throws(DocketError) -> StatusSums {
    try await read { connection in
      let arrived = try connection.row("SELECT COALESCE(MAX(arrival), 0) AS last FROM document")?.integer("last") ?? 0
      return try connection.sums(arrived: arrived, "", [])
    }
  }

  package func sums(ofRun run: String) async throws(DocketError) -> StatusSums {
    let touched =
      "AND document.id IN (SELECT document FROM event WHERE run = ? AND kind IN ('arrived', 'claimed'))"
    return try await read { connection in
      let count = try connection.rows(
        "SELECT COUNT(DISTINCT document) AS count FROM event WHERE run = ? AND kind IN ('arrived', 'claimed')",
        [.text(run)]
      ).first?.integer("count")
      return try connection.sums(arrived: count ?? 0, touched, [.text(run)])
    }
  }

  package func save(_ run: RunEntry) async throws(DocketError) {
    try await write {
      try $0.execute(
        """
        INSERT INTO run (id, pipeline, actor, began_at, ended_at, arrived, worked, failed, error_code, error_sentence,
          error_hint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at,
          arrived = excluded.arrived, worked = excluded.worked, failed = excluded.failed,
          error_code = excluded.error_code, error_sentence = excluded.error_sentence, error_hint = excluded.error_hint
        """,
        .text(run.id), .text(run.pipeline), .text(run.actor), .real(run.beganAt), SQLValue(run.endedAt),
        .integer(run.arrived), .integer(run.worked), .integer(run.failed), SQLValue(run.failure?.code),
        SQLValue(run.failure?.sentence), SQLValue(run.failure?.hint))
    }
  }

  package func runs(limit: Int) async throws(DocketError) -> [RunEntry] {
    try await read {
      try $0.rows("SELECT * FROM run ORDER BY began_at DESC LIMIT ?", .integer(limit)).map { row in
        RunEntry(
          id: row.text("id") ?? "", pipeline: row.text("pipeline") ?? "", actor: row.text("actor") ?? "",
          beganAt: row.real("began_at") ?? 0, endedAt: row.real("ended_at"), arrived: row.integer("arrived") ?? 0,
          worked: row.integer("worked") ?? 0, failed: row.integer("failed") ?? 0,
          failure: row.text("error_code").map {
            .init(code: $0, sentence: row.text("error_sentence") ?? "", hint: row.text("error_hint") ?? "")
          })
      }
    }
  }
}

extension SQLConnection {
  /// - Parameter condition: which documents, with its arguments.
  fileprivate func sums(arrived: Int, _ condition: String, _ arguments: [SQLValue]) throws -> StatusSums {
    var sums = StatusSums(arrived: arrived, states: [:])
    for row in try rows(
      """
      SELECT state, source, contract, COUNT(*) AS count FROM document WHERE 1 = 1 \(condition)
      GROUP BY state, source, contract
      """, arguments)
    {
      guard let state = row.text("state").flatMap(DocumentState.init(rawValue:)), let count = row.integer("count")
      else { continue }
      sums.states[state, default: 0] += count
      sums.bySource[row.text("source") ?? "", default: [:]][state, default: 0] += count
      if let contract = row.text("contract") { sums.byContract[contract, default: [:]][state, default: 0] += count }
    }
    sums.oldestWaiting = try rows(
      """
      SELECT MIN(arrived_at) AS at FROM document
      WHERE state IN ('queued', 'working', 'review', 'undelivered') \(condition)
      """, arguments
    ).first?.real("at")
    for row in try rows(
      """
      SELECT error_code, COUNT(*) AS count FROM document WHERE error_code IS NOT NULL \(condition)
      GROUP BY error_code
      """, arguments)
    {
      sums.failures[row.text("error_code") ?? ""] = row.integer("count")
    }
    sums.waitingDeliveries =
      try rows(
        """
        SELECT COUNT(*) AS count FROM delivery JOIN document ON document.id = delivery.document
        WHERE delivery.state = 'waiting' \(condition)
        """, arguments
      ).first?.integer("count") ?? 0
    return sums
  }
}

extension Event {
  init(_ row: SQLRow) throws {
    guard let sequence = row.integer("sequence"), let kind = row.text("kind").flatMap(Kind.init(rawValue:)) else {
      throw DocketError(.storeDamaged, "The store holds an event that cannot be understood.")
    }
    self.init(
      sequence: sequence,
      whom: Attribution(
        actor: row.text("actor") ?? "", run: row.text("run") ?? "", correlation: row.text("correlation") ?? "",
        at: row.real("at") ?? 0), document: row.text("document").map(DocumentID.init(hex:)), kind: kind,
      digest: row.text("digest").flatMap(ContentDigest.init(hex:)), detail: row.text("detail") ?? "")
  }
}
