import Docket
import DocketTesting
import Foundation
import Testing

@testable import DocketStore

/// Stores of an older Docket, and who may use a store at the same time.
@Suite struct UpgradeTests {
  private let scratch: ScratchFolder
  private var path: String { scratch.path("store.sqlite") }
  private static let old = Array(Migrations.all.dropLast())

  init() throws { scratch = try ScratchFolder() }

  private func open(_ migrations: [Migrations.Step]) async throws -> SQLStore {
    try await SQLStore.open(path: path, isAlive: StoreSuite.isAlive, migrations: migrations)
  }

  private func schema() async throws -> Int {
    try await Migrations.schema(of: try await SQLiteDatabase.open(path: path))
  }

  /// A store of the schema before the newest, with one document.
  private func makeOld() async throws {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/schema\(UpgradeTests.old.newest).sql")
    let database = try await SQLiteDatabase.open(path: path)
    let statements = try String(contentsOf: fixture, encoding: .utf8).components(separatedBy: ";\n")
    try await database.write { connection in
      try connection.execute("PRAGMA defer_foreign_keys = ON")
      for statement in statements where !statement.isEmpty { try connection.execute(statement) }
    }
  }

  @Test("the store as it was is kept aside before it is upgraded, and can be put back")
  func kept() async throws {
    try FileManager.default.createDirectory(at: scratch.url("office/.docket"), withIntermediateDirectories: true)
    try await makeOld()
    let place = scratch.path("office/.docket/store.sqlite")
    try FileManager.default.moveItem(atPath: path, toPath: place)
    do {
      let store = try await SQLStore.open(path: place, isAlive: StoreSuite.isAlive)
      #expect(try await store.sums().addsUp)
    }
    let kept = try StoreCopy(path: SQLStore.aside(place, before: Migrations.newest))
    #expect(try kept.schema == UpgradeTests.old.newest)
    try Restore.store(before: Migrations.newest, in: scratch.path("office"))
    #expect(try StoreCopy(path: place).schema == UpgradeTests.old.newest)
    #expect(scratch.exists("office/.docket/store.sqlite.after-\(Migrations.newest)"))
  }

  @Test("an upgrade that fails half way leaves the old store as it was, and says so")
  func failing() async throws {
    try await makeOld()
    let bad: Migrations.Step = (99, { _ in ["CREATE TABLE half (a TEXT)", "INSERT INTO nowhere VALUES (1)"] })
    let store = path
    let code = await StoreSuite.code {
      _ = try await SQLStore.open(path: store, migrations: UpgradeTests.old + [bad])
    }
    #expect(code == .upgradeFailed)
    #expect(try await schema() == UpgradeTests.old.newest)
    let again = try await open(UpgradeTests.old)
    #expect(try await again.sums().addsUp)
    #expect(try await again.verifyEvents())
    let left = try await again.database.read { try $0.row("SELECT 1 AS found FROM sqlite_master WHERE name = 'half'") }
    #expect(left == nil)
  }

  @Test("a store that another process uses is not upgraded, and one that is being upgraded is not used")
  func exclusion() async throws {
    try await makeOld()
    let other = try StoreLock(in: scratch.root)
    try other.share()
    let store = path
    #expect(await StoreSuite.code { _ = try await SQLStore.open(path: store) } == .workspaceBusy)
    #expect(try await schema() == UpgradeTests.old.newest)
    try other.beAlone()
    #expect(await StoreSuite.code { _ = try await SQLStore.open(path: store) } == .workspaceBusy)
    try other.share()
    let first = try await open(UpgradeTests.old)
    let second = try await open(UpgradeTests.old)
    #expect(try await first.sums() == second.sums(), "any number use it together")
  }
}
