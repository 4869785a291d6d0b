import CSQLite
import Docket
import Glibc

/// An open SQLite file. One thread at a time; closed when it goes.
final class SQLiteFile {
  private let handle: OpaquePointer
  private let path: String

  /// - Parameter isReadOnly: it must be there; else it is made where it is not.
  init(_ path: String, isReadOnly: Bool = false) throws(DocketError) {
    if let status = FileCalls.status(at: path), status.st_mode & S_IFMT != S_IFREG {
      throw DocketError(.destinationUnavailable, "The database `\(PathText.shown(path))` is no ordinary file.")
    }
    var handle: OpaquePointer?
    let flags = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let code = sqlite3_open_v2(PathText.systemName(path), &handle, flags | SQLITE_OPEN_PRIVATECACHE, nil)
    guard let handle else { throw DocketError(.destinationUnavailable, "SQLite has no memory for a database.") }
    self.handle = handle
    self.path = path
    guard code == SQLITE_OK else { throw failure(code) }
    sqlite3_extended_result_codes(handle, 1)
    // Two processes that deliver at once wait for each other; half a minute is an hour for SQLite.
    sqlite3_busy_timeout(handle, 30_000)
  }

  deinit { sqlite3_close_v2(handle) }

  @discardableResult
  func rows(_ sql: String, _ arguments: [SQLiteValue] = []) throws(DocketError) -> [[SQLiteValue]] {
    var found: [[SQLiteValue]] = []
    try each(sql, arguments) { found.append($0) }
    return found
  }

  /// Row by row, so that a large table needs no more memory than one of its rows.
  func each(
    _ sql: String, _ arguments: [SQLiteValue] = [], _ body: ([SQLiteValue]) -> Void
  ) throws(DocketError) {
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
    defer { sqlite3_finalize(statement) }
    for (index, argument) in arguments.enumerated() { try check(argument.bind(to: statement, at: Int32(index + 1))) }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure(code) }
      body((0..<sqlite3_column_count(statement)).map { SQLiteValue(statement, $0) })
    }
  }

  /// All of it is on the disk when this returns, or none of it happened.
  func transaction<Result>(_ body: () throws(DocketError) -> Result) throws(DocketError) -> Result {
    try rows("BEGIN IMMEDIATE")
    do throws(DocketError) {
      let result = try body()
      try rows("COMMIT")
      return result
    } catch {
      _ = try? rows("ROLLBACK")
      throw error
    }
  }

  var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }

  private func check(_ code: Int32) throws(DocketError) {
    if code != SQLITE_OK { throw failure(code) }
  }

  /// SQLite's own words may quote values: they are left out.
  private func failure(_ code: Int32) -> DocketError {
    let place = PathText.shown(path)
    let cause = "SQLite \(code)"
    switch code & 0xFF {
    case SQLITE_FULL: return DocketError(.diskFull, "The disk is full; `\(place)` could not be written.", cause: cause)
    case SQLITE_BUSY, SQLITE_LOCKED:
      return DocketError(
        .destinationUnavailable, "Another process holds `\(place)` for longer than half a minute.", cause: cause)
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_IOERR:
      return DocketError(.destinationUnavailable, "The database `\(place)` cannot be opened or written.", cause: cause)
    case SQLITE_NOTADB, SQLITE_CORRUPT:
      return DocketError(.destinationRefused, "The file `\(place)` is damaged or no database.", cause: cause)
    default: return DocketError(.destinationRefused, "The database `\(place)` does not take the record.", cause: cause)
    }
  }

  /// A name as SQL writes it.
  static func quoted(_ name: String) -> String {
    var out = "\""
    for scalar in name.unicodeScalars where scalar != "\0" {
      if scalar == "\"" { out += "\"" }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }
}

/// A value that SQLite keeps.
enum SQLiteValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  /// As SQLite takes it: days as ISO text, decimals as digits, which a column of numbers turns into a number.
  init(_ value: Value?) {
    switch value {
    case nil: self = .null
    case .boolean(let truth)?: self = .integer(truth ? 1 : 0)
    case .decimal(let number)? where number.scale == 0: self = .integer(number.units)
    case let value?: self = .text(value.canonical)
    }
  }

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  var text: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    }
  }

  var integer: Int64? { if case .integer(let number) = self { number } else { nil } }

  fileprivate init(_ statement: OpaquePointer?, _ column: Int32) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT, SQLITE_BLOB:
      guard let bytes = sqlite3_column_text(statement, column) else {
        self = .null
        return
      }
      let count = Int(sqlite3_column_bytes(statement, column))
      self = .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    default: self = .null
    }
  }

  fileprivate func bind(to statement: OpaquePointer?, at index: Int32) -> Int32 {
    switch self {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let number): return sqlite3_bind_int64(statement, index, number)
    case .real(let number): return sqlite3_bind_double(statement, index, number)
    case .text(let text):
      var text = text
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          // An empty text has no address, and without one it would be nothing.
          $0.baseAddress == nil
            ? docket_sqlite_bind_text(statement, index, "", 0)
            : docket_sqlite_bind_text(statement, index, $0.baseAddress, Int32($0.count))
        }
      }
    }
  }
}
