package import Docket

extension SQLStore {
  package func hasTaken(_ arrival: Arrival) async throws(DocketError) -> Bool {
    try await read {
      try $0.row(
        "SELECT 1 AS found FROM taken WHERE source = ? AND token = ?", .text(arrival.source), .text(arrival.token))
        != nil
    }
  }

  package func recognizes(_ arrival: Arrival, _ digest: ContentDigest) async throws(DocketError) -> Bool {
    guard let place = arrival.place else { return false }
    return try await write { connection in
      let known = try connection.row(
        """
        SELECT document.id AS id FROM taken JOIN document ON document.id = taken.document
        WHERE taken.source = ? AND taken.token = ? AND document.digest = ?
        """, .text(arrival.source), .text(place), .text(digest.hex))?.text("id")
      guard let known else { return false }
      try connection.remember([arrival.token], of: arrival.source, as: known)
      return true
    }
  }

  package func queuedCount(pipeline: String) async throws(DocketError) -> Int {
    try await read {
      try $0.row(
        "SELECT COUNT(*) AS count FROM document WHERE pipeline = ? AND state = 'queued'", .text(pipeline))?
        .integer("count") ?? 0
    }
  }

  package func admit(_ new: NewDocument, by whom: Attribution) async throws(DocketError) -> Document {
    let random = newID()
    return try await write { connection in
      if let token = new.token,
        let taken = try connection.row(
          "SELECT \(Document.columns) FROM document WHERE id = (SELECT document FROM taken WHERE source = ? AND token = ?)",
          .text(new.source), .text(token))
      {
        return try Document(taken)
      }
      // Children are left out: what a container holds belongs to it, whatever arrived before.
      let first = try connection.row(
        """
        SELECT id FROM document WHERE digest = ? AND pipeline = ? AND parent IS NULL AND state <> 'duplicate'
        ORDER BY arrival LIMIT 1
        """, .text(new.digest.hex), .text(new.pipeline))?.text("id").map(DocumentID.init(hex:))
      let id = first == nil ? try connection.id(of: new) ?? random : random
      let document = Document(
        id: id, arrival: try connection.nextArrival(), digest: new.digest, byteCount: new.byteCount, name: new.name,
        source: new.source, pipeline: new.pipeline, state: first == nil ? .queued : .duplicate,
        sensitivity: new.sensitivity, duplicateOf: first, arrivedAt: whom.at)
      try connection.insert(document)
      try connection.remember([new.token, new.place].compactMap { $0 }, of: new.source, as: id.hex)
      try connection.record(.arrived, of: id, digest: new.digest, by: whom)
      if first != nil { try connection.record(.duplicate, of: id, digest: new.digest, by: whom) }
      return document
    }
  }
}

extension SQLConnection {
  /// The first arrival of some bytes in a pipeline has an id that comes back: taken in again after an older state of
  /// the store was restored, its deliveries have the keys that destinations know. The seed is random and no other
  /// store's, so nobody can tell an id beforehand. Nil where the id is taken.
  fileprivate func id(of new: NewDocument) throws -> DocumentID? {
    guard let seed = try row("SELECT value FROM seed")?.text("value") else { return nil }
    let id = DocumentID.derived(from: [seed, new.pipeline, new.digest.hex])
    return try row("SELECT 1 AS found FROM document WHERE id = ?", .text(id.hex)) == nil ? id : nil
  }

  /// Identities of a file that was taken in; a place that has another file now is that one's.
  fileprivate func remember(_ tokens: [String], of source: String, as document: String) throws {
    for token in tokens {
      try execute(
        """
        INSERT INTO taken (source, token, document) VALUES (?, ?, ?)
        ON CONFLICT (source, token) DO UPDATE SET document = excluded.document
        """, .text(source), .text(token), .text(document))
    }
  }

  func nextArrival() throws -> Int {
    (try row("SELECT MAX(arrival) AS last FROM document")?.integer("last") ?? 0) + 1
  }

  func insert(_ document: Document) throws {
    try execute(
      """
      INSERT INTO document (\(Document.columns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .text(document.id.hex), .integer(document.arrival), .text(document.digest.hex), .integer(document.byteCount),
      .text(document.name), .text(document.source), .text(document.pipeline), SQLValue(document.parent?.hex),
      SQLValue(document.part?.text), .integer(document.depth), .text(document.state.rawValue),
      .text(document.sensitivity.rawValue), SQLValue(document.duplicateOf?.hex), SQLValue(document.errorCode),
      .real(document.arrivedAt))
  }
}
