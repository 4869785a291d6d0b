import CSQLite
import Foundation

/// Looks into a SQLite file as another program would.
enum SQLiteReader {
  struct Failure: Error { let message: String }

  /// Rows as `a|b`; of several statements those of the last.
  static func rows(_ path: String, _ sql: String) throws -> [String] {
    var handle: OpaquePointer?
    guard sqlite3_open(path, &handle) == SQLITE_OK else { throw Failure(message: "cannot open \(path)") }
    defer { sqlite3_close(handle) }
    sqlite3_busy_timeout(handle, 10_000)
    var found: [String] = []
    for part in sql.components(separatedBy: "; ") {
      found = []
      var statement: OpaquePointer?
      guard sqlite3_prepare_v2(handle, part, -1, &statement, nil) == SQLITE_OK else {
        throw Failure(message: String(cString: sqlite3_errmsg(handle)))
      }
      defer { sqlite3_finalize(statement) }
      while sqlite3_step(statement) == SQLITE_ROW {
        let cells = (0..<sqlite3_column_count(statement)).map { column in
          sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
        }
        found.append(cells.joined(separator: "|"))
      }
    }
    return found
  }
}
