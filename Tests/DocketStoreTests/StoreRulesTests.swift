import Docket
import DocketStore
import DocketTesting
import Testing

/// Every store is held to the same rules.
@Suite struct StoreRulesTests {
  @Test("in memory", arguments: StoreSuite.all)
  func memory(_ check: StoreSuite.Check) async throws {
    try await check.run(on: MemoryStore(isAlive: StoreSuite.isAlive))
  }

  @Test("in SQLite", arguments: StoreSuite.all)
  func sqlite(_ check: StoreSuite.Check) async throws {
    let folder = try ScratchFolder()
    let store = try await SQLStore.open(path: folder.path("store.sqlite"), isAlive: StoreSuite.isAlive)
    try await check.run(on: store)
  }
}
