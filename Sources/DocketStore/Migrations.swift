import Docket

/// The schemas there were, oldest first. A released one is never edited: a change is a new one after it, and a
/// store file of each lies among the tests' fixtures.
enum Migrations {
  static let all: [Step] = [
    (1, schema1), (2, schema2), (3, schema3), (4, schema4), (5, schema5), (6, schema6),
  ]
  typealias Step = (version: Int, statements: @Sendable (Dialect) -> [String])

  static var newest: Int { all.newest }

  /// 0 where there is no store yet.
  static func schema(of database: any SQLDatabase) async throws -> Int {
    try await database.read { connection in
      let known = try connection.row("SELECT 1 AS found FROM sqlite_master WHERE name = 'migration'")
      guard known != nil else { return 0 }
      return try connection.row("SELECT MAX(version) AS version FROM migration")?.integer("version") ?? 0
    }
  }

  /// Brings a store up to the newest schema. Throws `store-too-new` where it is beyond that.
  static func run(on database: any SQLDatabase, by steps: [Step] = all) async throws {
    let dialect = database.dialect
    try await database.write { connection in
      try connection.execute("CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY)")
      let present = try connection.row("SELECT MAX(version) AS version FROM migration")?.integer("version") ?? 0
      guard present <= steps.newest else {
        throw DocketError(.storeTooNew, "The store has schema \(present); this program knows \(steps.newest).")
      }
      for migration in steps where migration.version > present {
        for statement in migration.statements(dialect) { try connection.execute(statement) }
        try connection.execute("INSERT INTO migration (version) VALUES (?)", .integer(migration.version))
      }
    }
  }

  /// What vendors had in the fields that are watched for changes; settled ones are those that count.
  @Sendable private static func schema6(_ dialect: Dialect) -> [String] {
    [
      """
      CREATE TABLE habit (
        document TEXT NOT NULL REFERENCES document(id), vendor TEXT NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL,
        settled INTEGER, at REAL, PRIMARY KEY (document, vendor, path, value))
      """,
      "CREATE INDEX habit_value ON habit (vendor, path, value, settled) WHERE settled IS NOT NULL",
      "CREATE INDEX habit_newest ON habit (vendor, path, settled) WHERE settled IS NOT NULL",
    ]
  }

  /// What ids are made of, what was taken away, why runs ended, and what documents cost.
  @Sendable private static func schema5(_ dialect: Dialect) -> [String] {
    [
      "CREATE TABLE seed (value TEXT NOT NULL)",
      "INSERT INTO seed (value) VALUES (lower(hex(randomblob(32))))",
      """
      CREATE TABLE erased (
        document TEXT PRIMARY KEY REFERENCES document(id), kind TEXT NOT NULL, digest TEXT NOT NULL,
        actor TEXT NOT NULL, at REAL NOT NULL)
      """,
      "ALTER TABLE run ADD COLUMN error_code TEXT",
      "ALTER TABLE run ADD COLUMN error_sentence TEXT",
      "ALTER TABLE run ADD COLUMN error_hint TEXT",
      """
      CREATE TABLE cost (
        document TEXT PRIMARY KEY REFERENCES document(id), reading REAL NOT NULL, ocr REAL NOT NULL,
        understanding REAL NOT NULL, review REAL NOT NULL)
      """,
    ]
  }

  /// Until when a destination wants to be left alone, and what a mapping could not carry over.
  @Sendable private static func schema4(_ dialect: Dialect) -> [String] {
    ["ALTER TABLE delivery ADD COLUMN not_before REAL", "ALTER TABLE delivery ADD COLUMN findings TEXT"]
  }

  /// What was proven, and which documents that went by a proof are still to be asked about.
  @Sendable private static func schema3(_ dialect: Dialect) -> [String] {
    [
      """
      CREATE TABLE proof (
        number INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, contract TEXT NOT NULL, contract_version INTEGER NOT NULL,
        combination TEXT NOT NULL, body TEXT NOT NULL, actor TEXT NOT NULL, at REAL NOT NULL)
      """,
      "CREATE INDEX proof_pipeline ON proof (pipeline, number)",
      """
      CREATE TABLE sampled (
        document TEXT PRIMARY KEY REFERENCES document(id), is_answered INTEGER NOT NULL DEFAULT 0)
      """,
    ]
  }

  /// What documents are known by among others, and which belong together.
  @Sendable private static func schema2(_ dialect: Dialect) -> [String] {
    [
      """
      CREATE TABLE trait (
        document TEXT PRIMARY KEY REFERENCES document(id), identity TEXT, value_digest TEXT, sketch TEXT)
      """,
      "CREATE INDEX trait_identity ON trait (identity)",
      """
      CREATE TABLE sketch_band (
        band INTEGER NOT NULL, hash INTEGER NOT NULL, document TEXT NOT NULL REFERENCES document(id),
        PRIMARY KEY (band, hash, document))
      """,
      "CREATE INDEX sketch_band_document ON sketch_band (document)",
      """
      CREATE TABLE kin (
        document TEXT NOT NULL REFERENCES document(id), other TEXT NOT NULL REFERENCES document(id),
        kind TEXT NOT NULL, likeness REAL NOT NULL, PRIMARY KEY (document, other))
      """,
      "CREATE INDEX kin_other ON kin (other)",
    ]
  }

  @Sendable private static func schema1(_ dialect: Dialect) -> [String] {
    [
      """
      CREATE TABLE document (
        id TEXT PRIMARY KEY, arrival INTEGER NOT NULL UNIQUE, digest TEXT NOT NULL, byte_count INTEGER NOT NULL,
        name TEXT NOT NULL, source TEXT NOT NULL, pipeline TEXT NOT NULL, parent TEXT REFERENCES document(id),
        part TEXT, depth INTEGER NOT NULL, state TEXT NOT NULL, sensitivity TEXT NOT NULL,
        duplicate_of TEXT REFERENCES document(id), error_code TEXT, arrived_at REAL NOT NULL, contract TEXT,
        held_until REAL, fence INTEGER NOT NULL DEFAULT 0, owner TEXT)
      """,
      "CREATE INDEX document_state ON document (pipeline, state, arrival)",
      "CREATE INDEX document_digest ON document (digest)",
      "CREATE INDEX document_name ON document (name)",
      // A container worked anew finds its children where it left them.
      "CREATE UNIQUE INDEX document_place ON document (parent, part)",
      "CREATE TABLE taken (source TEXT, token TEXT, document TEXT NOT NULL REFERENCES document(id), "
        + "PRIMARY KEY (source, token))",
      """
      CREATE TABLE work (
        document TEXT PRIMARY KEY REFERENCES document(id), classification TEXT, reading TEXT, media_type TEXT,
        page_count INTEGER, fingerprint TEXT, error_code TEXT, error_sentence TEXT, cpu_seconds REAL NOT NULL)
      """,
      """
      CREATE TABLE record (
        id TEXT NOT NULL REFERENCES document(id), version INTEGER NOT NULL, supersedes INTEGER,
        contract TEXT NOT NULL, contract_version INTEGER NOT NULL, body TEXT NOT NULL, decision TEXT NOT NULL,
        actor TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (id, version))
      """,
      """
      CREATE TABLE delivery (
        key TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document(id), version INTEGER NOT NULL,
        destination TEXT NOT NULL, operation TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
        next_at REAL NOT NULL, place TEXT, error_code TEXT, pipeline TEXT NOT NULL, owner TEXT)
      """,
      "CREATE INDEX delivery_due ON delivery (pipeline, state, next_at)",
      "CREATE INDEX delivery_document ON delivery (document)",
      """
      CREATE TABLE event (
        sequence INTEGER PRIMARY KEY, actor TEXT NOT NULL, run TEXT NOT NULL, correlation TEXT NOT NULL,
        at REAL NOT NULL, document TEXT, kind TEXT NOT NULL, digest TEXT, detail TEXT NOT NULL, link TEXT NOT NULL)
      """,
      "CREATE INDEX event_document ON event (document)",
      "CREATE INDEX event_run ON event (run)",
      """
      CREATE TABLE run (
        id TEXT PRIMARY KEY, pipeline TEXT NOT NULL, actor TEXT NOT NULL, began_at REAL NOT NULL, ended_at REAL,
        arrived INTEGER NOT NULL, worked INTEGER NOT NULL, failed INTEGER NOT NULL)
      """,
      "CREATE TABLE memory (number INTEGER PRIMARY KEY, parent INTEGER, digest TEXT NOT NULL, at REAL NOT NULL)",
      """
      CREATE TABLE calibration (
        digest TEXT PRIMARY KEY, contract TEXT NOT NULL, card TEXT NOT NULL, at REAL NOT NULL)
      """,
    ]
  }
}

extension [Migrations.Step] {
  var newest: Int { last?.version ?? 0 }
}
