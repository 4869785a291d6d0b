import Docket
import DocketTesting
import Foundation
import Testing

@testable import DocketStore

/// A store in a folder of its own, with owners that are alive or not as the test says.
struct Desk {
  let folder: URL
  let store: SQLStore
  static let me = LeaseOwner("boot:1:1")
  static let other = LeaseOwner("boot:2:1")
  static let dead = LeaseOwner("boot:3:1")
  static let whom = Attribution(actor: "test", run: "r1", correlation: "c1", at: 1000)

  init() async throws {
    folder = URL(filePath: NSTemporaryDirectory()).appending(path: "docket-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try await SQLStore.open(
      path: folder.appending(path: "store.sqlite").path, isAlive: { $0 != Desk.dead })
  }

  func admit(_ name: String, content: String? = nil, token: String? = nil) async throws -> Document {
    try await store.admit(
      NewDocument(
        digest: ContentDigest(of: content ?? name), byteCount: 10, name: name, source: "inbox", pipeline: "office",
        token: token, sensitivity: .internal), by: Desk.whom)
  }

  func claim(_ owner: LeaseOwner = Desk.me, limit: Int = 10) async throws -> [Lease] {
    try await store.claim(pipeline: "office", limit: limit, owner: owner, by: Desk.whom)
  }

  func outcome(_ lease: Lease, to destinations: [String]) -> WorkOutcome {
    let record = Record(
      id: lease.document.id, contract: ContractReference(name: "thing", version: 1), classification: 1,
      fields: [RecordField(path: "number", values: [], confidence: 1)])
    return WorkOutcome(
      state: destinations.isEmpty ? .stored : .delivering, record: record,
      decision: Decision(route: .deliver, destinations: destinations))
  }
}

@Suite struct StoreTests {
  @Test("a commit is on the disk before it returns")
  func synchronous() async throws {
    let desk = try await Desk()
    let database = try #require(desk.store.database as? SQLiteDatabase)
    #expect(try await database.synchronous() == 2)
  }

  @Test("the same bytes again are a duplicate of the first, the same token again is the same document")
  func duplicates() async throws {
    let desk = try await Desk()
    let first = try await desk.admit("a.pdf", token: "t1")
    let again = try await desk.admit("a.pdf", token: "t1")
    let second = try await desk.admit("copy.pdf", content: "a.pdf", token: "t2")
    #expect(again.id == first.id)
    #expect(second.state == .duplicate && second.duplicateOf == first.id)
    #expect(try await desk.store.hasTaken(Arrival(source: "inbox", name: "a.pdf", path: "", token: "t2")))
    let sums = try await desk.store.sums()
    #expect(sums.arrived == 2 && sums.addsUp && sums.states[.duplicate] == 1)
  }

  @Test("each document is claimed once, oldest first")
  func claims() async throws {
    let desk = try await Desk()
    for name in ["a", "b", "c"] { _ = try await desk.admit(name) }
    let mine = try await desk.claim(limit: 2)
    let others = try await desk.claim(Desk.other)
    #expect(mine.map(\.document.name) == ["a", "b"])
    #expect(others.map(\.document.name) == ["c"])
    #expect(try await desk.claim(Desk.other).isEmpty)
  }

  @Test("what a dead process held is claimed anew, and the dead one's writes are refused")
  func takeover() async throws {
    let desk = try await Desk()
    _ = try await desk.admit("a")
    let lost = try #require(try await desk.claim(Desk.dead).first)
    let taken = try #require(try await desk.claim().first)
    #expect(taken.fence > lost.fence)
    await #expect(throws: DocketError.self) {
      try await desk.store.finish(lost, desk.outcome(lost, to: []), by: Desk.whom)
    }
    try await desk.store.finish(taken, desk.outcome(taken, to: []), by: Desk.whom)
    #expect(try await desk.store.document(taken.document.id)?.state == .stored)
  }

  @Test("a finished document's children are admitted with it and know their place")
  func children() async throws {
    let desk = try await Desk()
    _ = try await desk.admit("mail.eml")
    let lease = try #require(try await desk.claim().first)
    let member = Member(
      part: PartPath("attachment/1"), name: "a.pdf", digest: ContentDigest(of: "a"), byteCount: 1)
    let original = Member(
      part: PartPath("attachment/2"), name: "a.xml", digest: ContentDigest(of: "b"), byteCount: 1)
    try await desk.store.finish(
      lease,
      WorkOutcome(
        state: .expanded, children: [NewChild(member: member), NewChild(member: original, isPartOfRecord: true)]),
      by: Desk.whom)
    let children = try await desk.store.documents(DocumentQuery(parent: lease.document.id))
    #expect(children.map(\.state) == [.queued, .stored])
    #expect(children.map(\.part?.text) == ["attachment/1", "attachment/2"])
    #expect(children.allSatisfy { $0.depth == 1 })
    #expect(try await desk.store.sums().addsUp)
  }

  @Test("a document is delivered when all its destinations have it")
  func outbox() async throws {
    let desk = try await Desk()
    _ = try await desk.admit("a")
    let lease = try #require(try await desk.claim().first)
    try await desk.store.finish(lease, desk.outcome(lease, to: ["ledger", "archive"]), by: Desk.whom)
    let entries = try await desk.store.claimDeliveries(pipeline: "office", now: 2000, limit: 10, owner: Desk.me)
    #expect(entries.map(\.destination) == ["ledger", "archive"])
    let again = try await desk.store.claimDeliveries(pipeline: "office", now: 2000, limit: 10, owner: Desk.other)
    #expect(again.isEmpty)
    try await desk.store.settle(entries[0], .done(Receipt(key: entries[0].key, place: "x")), by: Desk.whom)
    #expect(try await desk.store.document(lease.document.id)?.state == .delivering)
    try await desk.store.settle(entries[1], .later(at: 5000, errorCode: "disk-full"), by: Desk.whom)
    #expect(
      try await desk.store.claimDeliveries(pipeline: "office", now: 4000, limit: 10, owner: Desk.me).isEmpty)
    let late = try await desk.store.claimDeliveries(pipeline: "office", now: 6000, limit: 10, owner: Desk.me)
    #expect(late.count == 1 && late[0].attempts == 2)
    try await desk.store.settle(late[0], .done(Receipt(key: late[0].key, place: "y")), by: Desk.whom)
    #expect(try await desk.store.document(lease.document.id)?.state == .delivered)
  }

  @Test("a delivery given up waits for a person and can be replayed")
  func givenUp() async throws {
    let desk = try await Desk()
    _ = try await desk.admit("a")
    let lease = try #require(try await desk.claim().first)
    try await desk.store.finish(lease, desk.outcome(lease, to: ["ledger"]), by: Desk.whom)
    let entry = try #require(
      try await desk.store.claimDeliveries(pipeline: "office", now: 2000, limit: 1, owner: Desk.me).first)
    try await desk.store.settle(entry, .givenUp(errorCode: "destination-refused"), by: Desk.whom)
    #expect(try await desk.store.document(lease.document.id)?.state == .undelivered)
    try await desk.store.replayDeliveries(of: lease.document.id, by: Desk.whom)
    #expect(try await desk.store.document(lease.document.id)?.state == .delivering)
  }

  @Test("a person's version is saved once; a second one from the same version is refused")
  func revisions() async throws {
    let desk = try await Desk()
    _ = try await desk.admit("a")
    let lease = try #require(try await desk.claim().first)
    var outcome = desk.outcome(lease, to: [])
    outcome.state = .review
    try await desk.store.finish(lease, outcome, by: Desk.whom)
    let record = try #require(outcome.record?.answering("number", .edit(.text("7"), raw: "7"), person: "maria"))
    let revision = Revision(
      record: record, decision: Decision(route: .deliver, destinations: ["ledger"]), state: .held, heldUntil: 1500)
    try await desk.store.revise(revision, by: Desk.whom)
    await #expect(throws: DocketError.self) { try await desk.store.revise(revision, by: Desk.whom) }
    #expect(try await desk.store.record(record.id, version: nil)?.record.version == 2)
    #expect(try await desk.store.record(record.id, version: 1)?.record.value("number") == nil)
    #expect(try await desk.store.releaseHeld(pipeline: "office", now: 1400, by: Desk.whom) == 0)
    #expect(try await desk.store.releaseHeld(pipeline: "office", now: 1600, by: Desk.whom) == 1)
    #expect(try await desk.store.document(record.id)?.state == .delivering)
  }

  @Test("a document is found by prefix, digest and name")
  func finding() async throws {
    let desk = try await Desk()
    let document = try await desk.admit("4711.pdf")
    for text in [String(document.id.hex.prefix(6)), String(document.digest.hex.prefix(8)), "inbox/4711.pdf"] {
      #expect(try await desk.store.documents(matching: text).map(\.id) == [document.id])
    }
    #expect(try await desk.store.documents(matching: "nothing").isEmpty)
  }

  @Test("the chain of events breaks when one is changed")
  func events() async throws {
    let desk = try await Desk()
    _ = try await desk.admit("a")
    _ = try await desk.claim()
    #expect(try await desk.store.verifyEvents())
    try await desk.store.write { _ = try $0.execute("UPDATE event SET actor = 'nobody' WHERE sequence = 1") }
    #expect(try await desk.store.verifyEvents() == false)
  }

  @Test("a store of a newer program is refused, and so is a file that is no store")
  func refusals() async throws {
    let desk = try await Desk()
    try await desk.store.write { _ = try $0.execute("INSERT INTO migration (version) VALUES (999)") }
    let path = desk.folder.appending(path: "store.sqlite").path
    await #expect { _ = try await SQLStore.open(path: path) } throws: { ($0 as? DocketError)?.code == .storeTooNew }
    let damaged = desk.folder.appending(path: "damaged.sqlite")
    try Data(repeating: 7, count: 5000).write(to: damaged)
    await #expect { _ = try await SQLStore.open(path: damaged.path) } throws: {
      ($0 as? DocketError)?.code == .storeDamaged
    }
  }

  @Test("two processes' worth of claims never overlap")
  func race() async throws {
    let desk = try await Desk()
    for number in 0..<60 { _ = try await desk.admit("d\(number)") }
    let second = try await SQLStore.open(
      path: desk.folder.appending(path: "store.sqlite").path, isAlive: { _ in true })
    async let mine = claimAll(desk.store, Desk.me)
    async let others = claimAll(second, Desk.other)
    let all = try await mine + others
    #expect(all.count == 60 && Set(all).count == 60)
  }

  private func claimAll(_ store: SQLStore, _ owner: LeaseOwner) async throws -> [String] {
    var names: [String] = []
    while true {
      let leases = try await store.claim(pipeline: "office", limit: 2, owner: owner, by: Desk.whom)
      if leases.isEmpty { return names }
      names += leases.map(\.document.name)
    }
  }
}

@Suite struct BlobFolderTests {
  @Test("keeps a file under its digest, once")
  func keeping() async throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "docket-blobs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let blobs = try BlobFolder(root: folder.path)
    let file = folder.appending(path: "a.txt")
    try Data("hello".utf8).write(to: file)
    let kept = try await blobs.keep(fileAt: file.path, limit: 100)
    #expect(kept.digest == ContentDigest(of: "hello") && kept.byteCount == 5)
    #expect(try Data(contentsOf: URL(filePath: blobs.path(of: kept.digest))) == Data("hello".utf8))
    #expect(try await blobs.keep(bytes: Array("hello".utf8)) == kept.digest)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "aside").path).isEmpty)
    await #expect { _ = try await blobs.keep(fileAt: file.path, limit: 3) } throws: {
      ($0 as? DocketError)?.code == .tooManyBytes
    }
  }

  @Test("takes away what a killed run left half written, once it is old")
  func leftovers() throws {
    let scratch = try ScratchFolder()
    _ = try BlobFolder(root: scratch.root)
    try scratch.write("old", to: "aside/old")
    try scratch.write("young", to: "aside/young")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: scratch.path("aside/old"))
    _ = try BlobFolder(root: scratch.root)
    #expect(scratch.names("aside") == ["young"])
  }

  @Test("gives a kept reading back, and nil for a damaged one")
  func readings() async throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "docket-blobs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let blobs = try BlobFolder(root: folder.path)
    let word = Word(text: "TOTAL", x: 1, y: 2, width: 3, height: 4)
    let page = PageReading(number: 1, width: 100, height: 200, unit: .point, source: .layer, words: [word])
    let reading = Reading(mediaType: "application/pdf", content: .pages([page]))
    let key = ContentDigest(of: "key")
    try await blobs.keep(reading, pageCount: 1, key: key)
    #expect(try await blobs.reading(key) == reading)
    let path = folder.appending(path: "readings/\(key.hex.prefix(2))/\(key.hex)")
    try Data(repeating: 1, count: 40).write(to: path)
    #expect(try await blobs.reading(key) == nil)
  }
}
