package import Docket

extension SQLStore: StoreCare {
  package func copy(to path: String) async throws(DocketError) {
    do { try await database.copy(to: path) } catch { throw SQLStoreError.meaning(of: error) }
  }

  package func problems() async throws(DocketError) -> [String] {
    do { return try await database.problems() } catch { throw SQLStoreError.meaning(of: error) }
  }

  package func scrub() async throws(DocketError) {
    do { try await database.scrub() } catch { throw SQLStoreError.meaning(of: error) }
  }

  package func checkpoint() async throws(DocketError) -> Checkpoint {
    try await read { connection in
      let last = try connection.row("SELECT sequence, link FROM event ORDER BY sequence DESC LIMIT 1")
      return Checkpoint(sequence: last?.integer("sequence") ?? 0, seal: last?.text("link") ?? "")
    }
  }

  package func seal(of sequence: Int) async throws(DocketError) -> String? {
    try await read { try $0.row("SELECT link FROM event WHERE sequence = ?", .integer(sequence))?.text("link") }
  }

  package func note(
    _ kind: Event.Kind, of document: DocumentID?, detail: String, by whom: Attribution
  ) async throws(DocketError) {
    try await write { connection in
      try connection.record(kind, of: document, detail: detail, by: whom)
      if kind == .retracted, let document { try connection.unsettleHabits(of: document) }
    }
  }

  // Taking away

  package func prune(_ documents: [DocumentID], by whom: Attribution) async throws(DocketError) {
    try await write { connection in
      for id in documents {
        guard let document = try connection.document(id), try connection.bury(document, as: .pruned, by: whom) else {
          continue
        }
        try connection.execute("UPDATE work SET reading = NULL WHERE document = ?", .text(id.hex))
        try connection.record(.pruned, of: id, digest: document.digest, by: whom)
      }
    }
  }

  package func forget(_ documents: [DocumentID], by whom: Attribution) async throws(DocketError) {
    try await write { connection in
      for id in documents {
        guard let document = try connection.document(id), document.digest != .forgotten else { continue }
        guard document.state != .working else {
          throw DocketError(
            .workspaceBusy, "A run is at work on the document just now.", hint: "Try again when it has ended.",
            document: id)
        }
        try connection.bury(document, as: .forgotten, by: whom)
        for table in ["work", "trait", "sketch_band", "habit", "sampled", "delivery"] {
          try connection.execute("DELETE FROM \(table) WHERE document = ?", .text(id.hex))
        }
        try connection.execute("DELETE FROM record WHERE id = ?", .text(id.hex))
        try connection.execute("DELETE FROM kin WHERE document = ? OR other = ?", .text(id.hex), .text(id.hex))
        let isOver = document.state.isResting && document.state != .failed
        let state = isOver ? document.state : .rejected
        try connection.execute(
          """
          UPDATE document SET name = '', digest = ?, byte_count = 0, state = ?, error_code = NULL, held_until = NULL,
            owner = NULL WHERE id = ?
          """, .text(ContentDigest.forgotten.hex), .text(state.rawValue), .text(id.hex))
        try connection.record(.forgotten, of: id, digest: document.digest, by: whom)
      }
    }
  }

  package func erasure(of document: DocumentID) async throws(DocketError) -> Erasure? {
    try await read {
      try $0.row("SELECT * FROM erased WHERE document = ?", .text(document.hex)).map(Erasure.init)
    }
  }

  package func erasures(_ kind: Erasure.Kind) async throws(DocketError) -> [Erasure] {
    try await read {
      try $0.rows(
        """
        SELECT erased.* FROM erased JOIN document ON document.id = erased.document WHERE kind = ?
        ORDER BY document.arrival
        """, .text(kind.rawValue)
      ).map(Erasure.init)
    }
  }

  package func needs(original digest: ContentDigest) async throws(DocketError) -> Bool {
    try await read {
      try $0.row(
        "SELECT 1 AS found FROM document WHERE digest = ? AND id NOT IN (SELECT document FROM erased) LIMIT 1",
        .text(digest.hex)) != nil
    }
  }

  package func needs(reading key: ContentDigest) async throws(DocketError) -> Bool {
    try await read {
      try $0.row(
        """
        SELECT 1 AS found FROM work WHERE reading = ? AND document NOT IN (SELECT document FROM erased) LIMIT 1
        """, .text(key.hex)) != nil
    }
  }

  package func places(of text: String) async throws(DocketError) -> [String: Int] {
    try await read { connection in
      var places: [String: Int] = [:]
      let tables = try connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'").compactMap {
        $0.text("name")
      }
      for table in tables where !table.hasPrefix("sqlite") {
        for column in try connection.rows("SELECT name FROM pragma_table_info('\(table)')").compactMap({
          $0.text("name")
        }) {
          let count = try connection.row(
            "SELECT COUNT(*) AS count FROM \(table) WHERE instr(\(column), ?) > 0", .text(text))?.integer("count")
          if let count, count > 0 { places["\(table).\(column)"] = count }
        }
      }
      return places
    }
  }
}

extension SQLConnection {
  fileprivate func document(_ id: DocumentID) throws -> Document? {
    try row("SELECT \(Document.columns) FROM document WHERE id = ?", .text(id.hex)).map(Document.init)
  }

  /// - Returns: false where the same, or more, was taken away before.
  @discardableResult
  fileprivate func bury(_ document: Document, as kind: Erasure.Kind, by whom: Attribution) throws -> Bool {
    let upsert =
      kind == .pruned
      ? "DO NOTHING"
      : "DO UPDATE SET kind = excluded.kind, actor = excluded.actor, at = excluded.at"
    return try execute(
      "INSERT INTO erased (document, kind, digest, actor, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (document) \(upsert)",
      .text(document.id.hex), .text(kind.rawValue), .text(document.digest.hex), .text(whom.actor), .real(whom.at)) > 0
  }
}

extension Erasure {
  fileprivate init(_ row: SQLRow) throws {
    guard let document = row.text("document"), let kind = row.text("kind").flatMap(Kind.init(rawValue:)),
      let digest = row.text("digest").flatMap(ContentDigest.init(hex:))
    else { throw DocketError(.storeDamaged, "The store holds an erasure that cannot be understood.") }
    self.init(
      document: DocumentID(hex: document), kind: kind, digest: digest, actor: row.text("actor") ?? "",
      at: row.real("at") ?? 0)
  }
}
