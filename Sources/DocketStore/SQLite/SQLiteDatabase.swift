import Docket
import GRDB

/// SQLite through GRDB: write-ahead log, and a commit is on the disk before it returns.
struct SQLiteDatabase: SQLDatabase {
  let dialect = Dialect.sqlite
  private let pool: DatabasePool

  /// Opens, or makes, the file. Several processes may do so at once: SQLite does not wait by itself while another
  /// switches a new file to its write-ahead log.
  static func open(path: String) async throws(DocketError) -> SQLiteDatabase {
    let latest = ContinuousClock.now + patience
    while true {
      do throws(DocketError) {
        return try SQLiteDatabase(path: path)
      } catch {
        guard error.code == .workspaceBusy, ContinuousClock.now < latest else { throw error }
        do { try await Task.sleep(for: .milliseconds(10)) } catch { throw SQLStoreError.meaning(of: error) }
      }
    }
  }

  /// After which a store that somebody else writes to is told as in use. SQLite waits by itself for half a minute.
  private static let patience = Duration.seconds(20)

  private init(path: String) throws(DocketError) {
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(30)
      configuration.foreignKeysEnabled = true
      configuration.maximumReaderCount = 4
      // What is deleted is overwritten, so that erasure erases.
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA secure_delete = ON") }
      pool = try DatabasePool(path: path, configuration: configuration)
      // GRDB sets NORMAL when it opens the pool; FULL holds for its one writer from here on.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous=FULL") }
    } catch {
      throw SQLStoreError.meaning(of: error)
    }
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    try await pool.read { try body(SQLiteConnection(database: $0)) }
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    try await pool.writeWithoutTransaction { database in
      var result: Value?
      // Immediate: waits for other processes' writes here, where waiting is allowed, not at the first change.
      try database.inTransaction(.immediate) {
        result = try body(SQLiteConnection(database: database))
        return .commit
      }
      return result!
    }
  }

  func copy(to path: String) async throws {
    let target = try DatabaseQueue(path: path)
    // In one step: what is copied is one moment's.
    try pool.backup(to: target)
    // One file, without a log beside it.
    try await target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    try target.close()
  }

  func problems() async throws -> [String] {
    try await pool.read { database in
      let words = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
      let strays = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(20).map { row in
        "a row of `\(row["table"] ?? "")` names a row of `\(row["parent"] ?? "")` that is not there"
      }
      return words + strays
    }
  }

  func scrub() async throws {
    try await pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
    // The log still has what was there before. It is cut off as soon as nobody reads by it.
    let latest = ContinuousClock.now + SQLiteDatabase.patience
    while true {
      let isBusy = try await pool.writeWithoutTransaction { database in
        try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") != 0
      }
      if !isBusy { return }
      guard ContinuousClock.now < latest else {
        throw DocketError(
          .workspaceBusy, "Another process reads the store, so that what was deleted is still in its log.",
          hint: "Type the same again when it has ended.")
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  /// For what no rule of the store would allow.
  func withoutForeignKeys(_ body: @escaping @Sendable (any SQLConnection) throws -> Void) async throws {
    try await pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF")
      defer { try? database.execute(sql: "PRAGMA foreign_keys = ON") }
      try body(SQLiteConnection(database: database))
    }
  }

  /// 2 is FULL.
  func synchronous() async throws -> Int {
    try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? 0 }
  }
}

struct SQLiteConnection: SQLConnection {
  let database: Database

  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    let statement = try database.cachedStatement(sql: sql)
    try statement.execute(arguments: StatementArguments(arguments.map(\.databaseValue)))
    return database.changesCount
  }

  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
    let statement = try database.cachedStatement(sql: sql)
    let rows = try Row.fetchAll(statement, arguments: StatementArguments(arguments.map(\.databaseValue)))
    return rows.map { row in
      SQLRow(values: Dictionary(row.map { ($0, SQLValue($1)) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}

extension SQLValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .text(let text): text.databaseValue
    }
  }

  fileprivate init(_ value: DatabaseValue) {
    switch value.storage {
    case .null, .blob: self = .null
    case .int64(let number): self = .integer(Int(number))
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    }
  }
}

/// What a database's error means to the person at the terminal.
enum SQLStoreError {
  static func meaning(of error: any Error) -> DocketError {
    if let error = error as? DocketError { return error }
    if error is CancellationError { return DocketError(.interrupted, "The run was cancelled.") }
    guard let error = error as? DatabaseError else {
      return DocketError(.storeDamaged, "The store does not answer.", cause: String(describing: type(of: error)))
    }
    let cause = "SQLite \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_FULL: return DocketError(.diskFull, "The disk is full; the store could not be written.", cause: cause)
    case .SQLITE_INTERRUPT, .SQLITE_ABORT: return DocketError(.interrupted, "The run was cancelled.", cause: cause)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return DocketError(.workspaceBusy, "The store is in use by another process.", cause: cause)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_IOERR:
      return DocketError(.fileSystem, "The store cannot be opened or written.", cause: cause)
    default:
      return DocketError(.storeDamaged, "The store is damaged or no store.", cause: cause)
    }
  }
}
