import Docket
import DocketTesting
import Foundation
import Testing

@testable import DocketStore

/// Stores of every released schema, kept as SQL among the fixtures, are opened and brought up to date.
///
/// `DOCKET_UPDATE=1` writes the fixture of the newest schema where there is none yet; a released one is never edited.
@Suite struct MigrationTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  private static func fixture(_ version: Int) -> URL { fixtures.appending(path: "schema\(version).sql") }

  @Test("a store of each schema opens, with all that was in it", arguments: Migrations.all.map(\.version))
  func upgrades(version: Int) async throws {
    if ProcessInfo.processInfo.environment["DOCKET_UPDATE"] == "1" { try await writeNewest() }
    let statements = try String(contentsOf: MigrationTests.fixture(version), encoding: .utf8)
      .components(separatedBy: ";\n").filter { !$0.isEmpty }
    let scratch = try ScratchFolder()
    let path = scratch.path("store.sqlite")
    let database = try await SQLiteDatabase.open(path: path)
    try await database.write { connection in
      // Rows name one another in any order.
      try connection.execute("PRAGMA defer_foreign_keys = ON")
      for statement in statements { try connection.execute(statement) }
    }
    let store = try await SQLStore.open(path: path, isAlive: StoreSuite.isAlive)
    #expect(try await store.sums().addsUp)
    #expect(try await store.verifyEvents())
    let id = try #require(try await store.documents(matching: "mail").first?.id)
    let stored = try #require(try await store.record(id, version: nil))
    #expect(stored.record.value("number") == .text("4711"))
    #expect(stored.decision.destinations == ["ledger"])
    #expect(try await store.work(of: id)?.mediaType == "text/plain")
    #expect(try await store.documents(DocumentQuery(parent: id)).count == 2)
    let due = try await store.claimDeliveries(pipeline: "office", now: 5000, limit: 9, owner: StoreSuite.alive)
    #expect(due.map(\.destination) == ["ledger"])
    let leases = try await store.claim(
      pipeline: "office", limit: 9, owner: StoreSuite.alive, by: StoreSuite.whom())
    #expect(leases.map(\.document.part?.text) == ["attachment/1"])
  }

  @Test("a schema that has a fixture is made as it was then")
  func unedited() async throws {
    let scratch = try ScratchFolder()
    let store = try await SQLStore.open(path: scratch.path("store.sqlite"))
    let now = try await store.database.read { try MigrationTests.schema(of: $0) }
    let then = try String(contentsOf: MigrationTests.fixture(Migrations.newest), encoding: .utf8)
      .components(separatedBy: ";\n").filter { $0.hasPrefix("CREATE") }
    #expect(now == then, "write a new migration instead of editing a released one")
  }

  private static func schema(of connection: any SQLConnection) throws -> [String] {
    try connection.rows(
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY rowid"
    ).compactMap { $0.text("sql") }
  }

  private func writeNewest() async throws {
    let file = MigrationTests.fixture(Migrations.newest)
    guard !FileManager.default.fileExists(atPath: file.path) else { return }
    let scratch = try ScratchFolder()
    let store = try await SQLStore.open(path: scratch.path("store.sqlite"), isAlive: StoreSuite.isAlive)
    let whom = StoreSuite.whom()
    let mail = try await store.admit(StoreSuite.arrival("mail"), by: whom)
    _ = try await store.admit(StoreSuite.arrival("again", bytes: "mail"), by: whom)
    let lease = try #require(
      try await store.claim(pipeline: "office", limit: 1, owner: StoreSuite.alive, by: whom).first)
    let children = [StoreSuite.child("attachment/1"), StoreSuite.child("attachment/2", isPartOfRecord: true)]
    try await store.finish(
      lease, StoreSuite.outcome(mail.id, .delivering, to: ["ledger"], children: children), by: whom)
    try await store.save(RunEntry(id: "run-1", pipeline: "office", actor: "tester", beganAt: 1000, endedAt: 1001))
    let text = try await store.database.read { connection in
      var lines = try MigrationTests.schema(of: connection)
      for table in try connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid") {
        guard let name = table.text("name"), !name.hasPrefix("sqlite") else { continue }
        for row in try connection.rows("SELECT * FROM \(name)") { lines.append(MigrationTests.insert(row, into: name)) }
      }
      return lines.map { $0 + ";\n" }.joined()
    }
    try FileManager.default.createDirectory(at: MigrationTests.fixtures, withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  private static func insert(_ row: SQLRow, into table: String) -> String {
    let columns = row.values.keys.sorted()
    let values = columns.map { column in
      switch row.values[column] {
      case .integer(let number)?: "\(number)"
      case .real(let number)?: "\(number)"
      case .text(let text)?: "'\(text.replacingOccurrences(of: "'", with: "''"))'"
      case .null?, nil: "NULL"
      }
    }
    return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
  }
}
