package import Docket

/// The store over a SQL database.
package struct SQLStore: Store {
  let database: any SQLDatabase
  /// Whether the process that holds a lease still runs.
  let isAlive: @Sendable (LeaseOwner) -> Bool
  /// 32 hexadecimal digits that nobody used before.
  let newID: @Sendable () -> DocumentID
  /// Shared with others as long as this store is open.
  private let lock: StoreLock

  /// Opens, or makes, a workspace's store; brings an older one up to the newest schema.
  /// - Throws: `store-too-new`, `store-damaged`, `upgrade-failed`, `workspace-busy`, `file-system`, `disk-full`.
  package static func open(
    path: String, isAlive: @escaping @Sendable (LeaseOwner) -> Bool = ProcessOwner.isAlive,
    newID: @escaping @Sendable () -> DocumentID = ProcessOwner.newID
  ) async throws(DocketError) -> SQLStore {
    try await open(path: path, isAlive: isAlive, newID: newID, migrations: Migrations.all)
  }

  static func open(
    path: String, isAlive: @escaping @Sendable (LeaseOwner) -> Bool = ProcessOwner.isAlive,
    newID: @escaping @Sendable () -> DocumentID = ProcessOwner.newID, migrations: [Migrations.Step]
  ) async throws(DocketError) -> SQLStore {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let lock = try StoreLock(in: folder)
    try lock.share()
    let database: SQLiteDatabase
    do { database = try await SQLiteDatabase.open(path: path) } catch {
      // SQLite tells a disk without room for its shared memory as one that cannot be read.
      guard error.code == .fileSystem, WholeFile.isFull(folder) else { throw error }
      throw DocketError(.diskFull, "The disk is full; the store cannot be opened.", cause: error.cause)
    }
    try await upgrade(database, at: path, lock: lock, by: migrations)
    return SQLStore(database: database, isAlive: isAlive, newID: newID, lock: lock)
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws(DocketError) -> Value {
    do { return try await database.read(body) } catch { throw SQLStoreError.meaning(of: error) }
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws(DocketError) -> Value {
    let database = database
    // A task of its own: what a cancelled run still has to say, such as giving a lease back, must be written.
    let writing = Task { try await database.write(body) }
    do { return try await writing.value } catch { throw SQLStoreError.meaning(of: error) }
  }
}

extension SQLConnection {
  /// Adds an event to the chain.
  func record(
    _ kind: Event.Kind, of document: DocumentID?, digest: ContentDigest? = nil, detail: String = "",
    by whom: Attribution
  ) throws {
    let last = try row("SELECT sequence, link FROM event ORDER BY sequence DESC LIMIT 1")
    let event = Event(
      sequence: (last?.integer("sequence") ?? 0) + 1, whom: whom, document: document, kind: kind, digest: digest,
      detail: detail)
    try execute(
      """
      INSERT INTO event (sequence, actor, run, correlation, at, document, kind, digest, detail, link)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(event.sequence), .text(whom.actor), .text(whom.run), .text(whom.correlation), .real(whom.at),
      SQLValue(document?.hex), .text(kind.rawValue), SQLValue(digest?.hex), .text(detail),
      .text(event.link(after: last?.text("link") ?? "").hex))
  }

  func setState(_ state: DocumentState, of document: DocumentID, error: String? = nil) throws {
    try execute(
      "UPDATE document SET state = ?, error_code = ?, held_until = NULL WHERE id = ?", .text(state.rawValue),
      SQLValue(error), .text(document.hex))
  }
}

extension Document {
  /// The columns that make a document.
  static let columns = """
    id, arrival, digest, byte_count, name, source, pipeline, parent, part, depth, state, sensitivity, duplicate_of,
    error_code, arrived_at
    """

  init(_ row: SQLRow) throws {
    guard let id = row.text("id"), let arrival = row.integer("arrival"),
      let digest = row.text("digest").flatMap(ContentDigest.init(hex:)),
      let state = row.text("state").flatMap(DocumentState.init(rawValue:)),
      let sensitivity = row.text("sensitivity").flatMap(Sensitivity.init(rawValue:))
    else { throw DocketError(.storeDamaged, "The store holds a document that cannot be understood.") }
    self.init(
      id: DocumentID(hex: id), arrival: arrival, digest: digest, byteCount: row.integer("byte_count") ?? 0,
      name: row.text("name") ?? "", source: row.text("source") ?? "", pipeline: row.text("pipeline") ?? "",
      parent: row.text("parent").map(DocumentID.init(hex:)), part: row.text("part").map(PartPath.init),
      depth: row.integer("depth") ?? 0, state: state, sensitivity: sensitivity,
      duplicateOf: row.text("duplicate_of").map(DocumentID.init(hex:)), errorCode: row.text("error_code"),
      arrivedAt: row.real("arrived_at") ?? 0)
  }
}
