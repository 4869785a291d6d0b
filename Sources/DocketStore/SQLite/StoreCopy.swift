import Docket
import GRDB

/// A store's file that nobody works on: of a backup, or about to be put in its place. Only read.
struct StoreCopy {
  private let queue: DatabaseQueue

  /// - Throws: `store-damaged`, `file-system`.
  init(path: String) throws(DocketError) {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch { throw SQLStoreError.meaning(of: error) }
  }

  /// Writes what stands in a store's log into the store itself.
  static func fold(_ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { _ = try Row.fetchAll($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    try queue.close()
  }

  private func read<Value>(_ body: (any SQLConnection) throws -> Value) throws(DocketError) -> Value {
    do { return try queue.unsafeRead { try body(SQLiteConnection(database: $0)) } } catch {
      throw SQLStoreError.meaning(of: error)
    }
  }

  private func number(_ sql: String) throws(DocketError) -> Int {
    try read { try $0.row(sql)?.integer("number") ?? 0 }
  }

  var schema: Int { get throws(DocketError) { try number("SELECT MAX(version) AS number FROM migration") } }
  var documents: Int { get throws(DocketError) { try number("SELECT COUNT(*) AS number FROM document") } }

  var checkpoint: Checkpoint {
    get throws(DocketError) {
      try read { connection in
        let last = try connection.row("SELECT sequence, link FROM event ORDER BY sequence DESC LIMIT 1")
        return Checkpoint(sequence: last?.integer("sequence") ?? 0, seal: last?.text("link") ?? "")
      }
    }
  }

  /// Whether SQLite finds nothing wrong with it.
  var isWhole: Bool {
    get throws(DocketError) {
      try read {
        try $0.rows("SELECT * FROM pragma_integrity_check(1)").allSatisfy { $0.values.values.contains(.text("ok")) }
      }
    }
  }

  /// Of the originals that its documents need, ascending, after one: a handful.
  func originals(after last: String) throws(DocketError) -> [ContentDigest] {
    try digests("SELECT DISTINCT digest AS digest FROM document WHERE digest > ?", erased: "id", last)
  }

  func readings(after last: String) throws(DocketError) -> [ContentDigest] {
    try digests("SELECT DISTINCT reading AS digest FROM work WHERE reading > ?", erased: "document", last)
  }

  private func digests(_ select: String, erased column: String, _ last: String) throws(DocketError) -> [ContentDigest] {
    try read { connection in
      // A store of before schema 5 erased nothing.
      let erases = try connection.row("SELECT 1 AS found FROM sqlite_master WHERE name = 'erased'") != nil
      let kept = erases ? " AND \(column) NOT IN (SELECT document FROM erased)" : ""
      return try connection.rows(select + kept + " ORDER BY 1 LIMIT 1000", .text(last)).compactMap {
        $0.text("digest").flatMap(ContentDigest.init(hex:))
      }
    }
  }
}
