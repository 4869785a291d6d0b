/// The little of SQL that the store needs, so that another database can take SQLite's place.
///
/// Statements are written with `?` placeholders; `dialect` says what else differs.
protocol SQLDatabase: Sendable {
  var dialect: Dialect { get }
  /// Reads a consistent snapshot.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value
  /// One transaction: all of it is durable when this returns, or none of it happened.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value
  /// Writes all of it, as it is at one moment, into a new file; others go on working meanwhile.
  func copy(to path: String) async throws
  /// What the database itself finds wrong with its file, in its words; empty where nothing is.
  func problems() async throws -> [String]
  /// What was deleted is in its files no more when this returns.
  func scrub() async throws
}

/// What differs between databases.
struct Dialect: Sendable {
  /// Of a column that counts up by itself.
  let serial: String
  let blob: String

  static let sqlite = Dialect(serial: "INTEGER PRIMARY KEY AUTOINCREMENT", blob: "BLOB")
}

/// A connection inside a transaction.
protocol SQLConnection {
  /// How many rows were changed.
  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int
  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow]
}

extension SQLConnection {
  @discardableResult
  func execute(_ sql: String, _ arguments: SQLValue...) throws -> Int { try execute(sql, arguments) }
  func rows(_ sql: String, _ arguments: SQLValue...) throws -> [SQLRow] { try rows(sql, arguments) }
  func row(_ sql: String, _ arguments: SQLValue...) throws -> SQLRow? { try rows(sql, arguments).first }
}

/// A value in a statement or a row.
enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int)
  case real(Double)
  case text(String)

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
  init(_ number: Double?) { self = number.map { .real($0) } ?? .null }
}

/// A row by column names.
struct SQLRow: Sendable {
  let values: [String: SQLValue]

  func text(_ column: String) -> String? {
    if case .text(let text)? = values[column] { text } else { nil }
  }
  func integer(_ column: String) -> Int? {
    switch values[column] {
    case .integer(let number)?: number
    case .real(let number)?: Int(number)
    default: nil
    }
  }
  func real(_ column: String) -> Double? {
    switch values[column] {
    case .integer(let number)?: Double(number)
    case .real(let number)?: number
    default: nil
    }
  }
}
