import Docket
import DocketTesting
import Foundation
import Testing

@testable import DocketStore

/// What a store does for its own keep.
@Suite struct CareTests {
  private let scratch: ScratchFolder
  private let store: SQLStore

  init() async throws {
    scratch = try ScratchFolder()
    store = try await SQLStore.open(path: scratch.path("store.sqlite"), isAlive: StoreSuite.isAlive)
  }

  private func worked(
    _ name: String, _ state: DocumentState = .stored, children: [NewChild] = [], in store: SQLStore? = nil
  ) async throws -> Document {
    let store = store ?? self.store
    let document = try await store.admit(StoreSuite.arrival(name), by: StoreSuite.whom())
    let lease = try #require(
      try await store.claim(pipeline: "office", limit: 1, owner: StoreSuite.alive, by: StoreSuite.whom()).first)
    try await store.finish(
      lease, StoreSuite.outcome(document.id, state, number: "secret-\(name)", to: ["ledger"], children: children),
      by: StoreSuite.whom())
    return try #require(try await store.document(document.id))
  }

  /// Whether a text stands in the store's files.
  private func stands(_ text: String) throws -> Bool {
    try scratch.names().filter { $0.hasPrefix("store.sqlite") }.contains {
      try Data(contentsOf: scratch.url($0)).range(of: Data(text.utf8)) != nil
    }
  }

  @Test("in a copy of the store, what arrives anew and what lies in it get the ids that they had")
  func ids() async throws {
    let mail = StoreSuite.child("attachment/1")
    try await store.copy(to: scratch.path("copy/store.sqlite", making: "copy"))
    let first = try await worked("mail", .expanded, children: [mail])
    let child = try #require(try await store.documents(DocumentQuery(parent: first.id)).first)
    let copy = try await SQLStore.open(path: scratch.path("copy/store.sqlite"), isAlive: StoreSuite.isAlive)
    let again = try await worked("mail", .expanded, children: [mail], in: copy)
    #expect(again.id == first.id)
    #expect(try await copy.documents(DocumentQuery(parent: again.id)).map(\.id) == [child.id])
    let other = try await SQLStore.open(path: scratch.path("other/store.sqlite", making: "other"))
    #expect(try await worked("mail", in: other).id != first.id, "another workspace's ids are others")
  }

  @Test("what is forgotten is in no table and in no byte of the store's files; the sums stay true")
  func forgetting() async throws {
    let gone = try await worked("gone", .delivering)
    _ = try await worked("kept")
    #expect(try stands("secret-gone"))
    let seal = try await store.checkpoint()
    try await store.forget([gone.id], by: StoreSuite.whom(at: 2000))
    try await store.scrub()
    #expect(try !stands("secret-gone"))
    #expect(try stands("secret-kept"))
    let document = try #require(try await store.document(gone.id))
    #expect(document.name.isEmpty && document.digest == .forgotten && document.state == .rejected)
    #expect(try await store.record(gone.id, version: nil) == nil)
    #expect(try await store.deliveries(of: gone.id).isEmpty)
    let places = try await store.places(of: gone.digest.hex)
    #expect(Set(places.keys) == ["erased.digest", "event.digest"])
    let sums = try await store.sums()
    #expect(sums.addsUp && sums.arrived == 2)
    #expect(try await store.verifyEvents(), "the chain of events is not touched")
    #expect(try await store.seal(of: seal.sequence) == seal.seal)
    let erasure = try #require(try await store.erasure(of: gone.id))
    #expect(erasure.kind == .forgotten && erasure.digest == gone.digest && erasure.at == 2000)
    // The same bytes again are a new document, not a duplicate of what is not there.
    let again = try await store.admit(StoreSuite.arrival("gone", token: "later"), by: StoreSuite.whom())
    #expect(again.state == .queued && again.id != gone.id)
    #expect(try await store.needs(original: gone.digest))
  }

  @Test("a document that a run works on is not forgotten under its hands")
  func working() async throws {
    let document = try await store.admit(StoreSuite.arrival("a"), by: StoreSuite.whom())
    _ = try await store.claim(pipeline: "office", limit: 1, owner: StoreSuite.alive, by: StoreSuite.whom())
    let store = store
    #expect(await StoreSuite.code { try await store.forget([document.id], by: StoreSuite.whom()) } == .workspaceBusy)
    #expect(try await store.document(document.id)?.name == "a")
  }

  @Test("what is pruned keeps its record, and bytes that another document has are still needed")
  func pruning() async throws {
    let first = try await worked("a")
    let second = try await store.admit(
      StoreSuite.arrival("copy", bytes: "a", pipeline: "archive"), by: StoreSuite.whom())
    try await store.prune([first.id], by: StoreSuite.whom())
    #expect(try await store.record(first.id, version: nil) != nil)
    #expect(try await store.erasure(of: first.id)?.kind == .pruned)
    #expect(try await store.needs(original: first.digest))
    try await store.prune([second.id], by: StoreSuite.whom())
    #expect(try await !store.needs(original: first.digest))
    #expect(try await !store.needs(reading: ContentDigest(of: "reading")))
    #expect(try await store.sums().addsUp)
  }

  @Test("a family is all that lies in a document, and what came with the same bytes")
  func families() async throws {
    let mail = try await worked("mail", .expanded, children: [StoreSuite.child("attachment/1")])
    let again = try await store.admit(StoreSuite.arrival("again", bytes: "mail"), by: StoreSuite.whom())
    _ = try await worked("other")
    let family = try await store.family(of: mail)
    #expect(family.first?.id == mail.id && family.count == 3)
    #expect(Set(family.map(\.name)) == ["mail", "again", "attachment/1.txt"])
    #expect(try await Set(store.family(of: again).map(\.id)) == Set(family.map(\.id)))
  }

  @Test("a seal that was kept apart tells when events were cut off or changed")
  func seals() async throws {
    _ = try await worked("a")
    let seal = try await store.checkpoint()
    #expect(Checkpoint(seal.description) == seal)
    for text in ["", "1", "0:aaaaaaaaaaaa", "1:xyz", "-1:aaaaaaaaaaaa", "1:abc"] {
      #expect(Checkpoint(text) == nil, "\(text)")
    }
    try await store.write { _ = try $0.execute("DELETE FROM event WHERE sequence = ?", .integer(seal.sequence)) }
    #expect(try await store.verifyEvents(), "the chain alone does not tell")
    #expect(try await store.seal(of: seal.sequence) == nil)
  }

  @Test("what documents cost is added up, document by document and by source and contract")
  func costs() async throws {
    let first = try await worked("a")
    _ = try await worked("b")
    _ = try await store.admit(StoreSuite.arrival("c"), by: StoreSuite.whom())
    try await store.spend(Cost(review: 12), on: first.id)
    try await store.spend(Cost(review: 3), on: first.id)
    #expect(try await store.cost(of: first.id) == Cost(reading: 0.25, review: 15))
    let sums = try await store.costs()
    #expect(sums == [CostSum(source: "inbox", contract: "thing@1", documents: 2, cost: Cost(reading: 0.5, review: 15))])
  }

  @Test("how fast a workspace grows is seen from what arrived")
  func growth() async throws {
    #expect(try await store.growth(since: 0) == Growth(arrivedBytes: 0, recentBytes: 0, firstAt: nil))
    _ = try await store.admit(StoreSuite.arrival("a", bytes: "12345"), by: StoreSuite.whom(at: 1000))
    _ = try await store.admit(StoreSuite.arrival("b", bytes: "123"), by: StoreSuite.whom(at: 2000))
    _ = try await store.admit(StoreSuite.arrival("again", bytes: "123"), by: StoreSuite.whom(at: 3000))
    #expect(try await store.growth(since: 1500) == Growth(arrivedBytes: 8, recentBytes: 3, firstAt: 1000))
  }

  @Test("what SQLite finds wrong with a store is said")
  func damage() async throws {
    #expect(try await store.problems().isEmpty)
    let database = try #require(store.database as? SQLiteDatabase)
    try await database.withoutForeignKeys { _ = try $0.execute("INSERT INTO taken VALUES ('a', 'b', 'nobody')") }
    #expect(try await store.problems() == ["a row of `taken` names a row of `document` that is not there"])
  }
}

extension ScratchFolder {
  fileprivate func path(_ name: String, making folder: String) throws -> String {
    try FileManager.default.createDirectory(at: url(folder), withIntermediateDirectories: true)
    return path(name)
  }
}
