import Docket
import DocketTesting
import Testing

/// Who is told what, when.
@Suite struct NoticeTests {
  private static func whom(_ at: Double) -> Attribution {
    Attribution(actor: "office", run: "1", correlation: "1", at: at)
  }

  private static func file(_ entry: NotifyEntry, routed: Bool = false) -> PipelineFile {
    var file = SamplePipeline.file()
    file.notifications = [entry]
    if routed { file.routes = [.init(when: .contract(["thing"]), deliver: ["a"], notify: [entry.name])] }
    return file
  }

  private static func entry(_ events: [NoticeEvent], every: Int = 600, quiet: Int? = nil) -> NotifyEntry {
    NotifyEntry(
      channel: .init(name: "sales", kind: "command", settings: [:]), events: events, everySeconds: every,
      quietSeconds: quiet)
  }

  private actor Channel: Destination {
    nonisolated let name = "sales"
    var got: [Delivery] = []
    var isAway = false
    func away(_ away: Bool) { isAway = away }
    func deliver(_ delivery: Delivery) throws(DocketError) -> Receipt {
      if isAway { throw DocketError(.destinationUnavailable, "Away.") }
      got.append(delivery)
      return Receipt(key: delivery.key, place: "")
    }
    func retract(_ delivery: Delivery) throws(DocketError) -> Receipt { try deliver(delivery) }
  }

  private actor Book: NoticeBook {
    var states: [String: NoticeState] = [:]
    func state(of place: String) -> NoticeState? { states[place] }
    func keep(_ state: NoticeState, of place: String) { states[place] = state }
    func claim(_ place: String) -> Bool { true }
    func release(_ place: String) {}
  }

  private actor Clock: RunClock {
    nonisolated let time: @Sendable () -> Double
    init(_ time: @escaping @Sendable () -> Double) { self.time = time }
    nonisolated func now() -> Double { time() }
    nonisolated func sleep(seconds: Double) async throws(CancellationError) {}
  }

  private static func admit(_ store: MemoryStore, _ name: String, at time: Double) async throws -> Document {
    try await store.admit(
      NewDocument(
        digest: ContentDigest(of: name), byteCount: 1, name: name, source: "inbox", pipeline: "office", token: name,
        sensitivity: .internal), by: whom(time))
  }

  private static func desk(
    _ entry: NotifyEntry, _ store: MemoryStore, _ channel: Channel, _ book: Book, at time: Double, routed: Bool = false
  ) -> NoticeDesk {
    NoticeDesk(
      file: file(entry, routed: routed), store: store, channels: [channel], book: book, clock: Clock { time })
  }

  @Test("what came together is one notice, of counts and ids; nothing is told twice, nor what was before")
  func together() async throws {
    let (store, channel, book) = (MemoryStore(), Channel(), Book())
    _ = try await Self.admit(store, "before", at: 900)
    let entry = Self.entry([.arrived, .review])
    try await Self.desk(entry, store, channel, book, at: 1000).begin()
    let document = try await Self.admit(store, "secret name", at: 1001)
    _ = try await Self.admit(store, "b", at: 1002)
    #expect(try await Self.desk(entry, store, channel, book, at: 2000).tell().isEmpty)
    #expect(try await Self.desk(entry, store, channel, book, at: 9000).tell().isEmpty)
    let got = await channel.got
    #expect(got.count == 1 && got[0].type == "docket.notice")
    #expect(got[0].payload.contains("\"events\":{\"arrived\":2}") && got[0].payload.contains(document.id.hex))
    #expect(!got[0].payload.contains("secret name"))
  }

  @Test("no more often than the pipeline says; what waits is told with the next")
  func often() async throws {
    let (store, channel, book) = (MemoryStore(), Channel(), Book())
    let entry = Self.entry([.arrived])
    try await Self.desk(entry, store, channel, book, at: 1000).begin()
    for (name, time) in [("a", 1001.0), ("b", 1200.0), ("c", 1300.0)] {
      _ = try await Self.admit(store, name, at: time)
      _ = try await Self.desk(entry, store, channel, book, at: time).tell()
    }
    #expect(await channel.got.count == 1)
    _ = try await Self.desk(entry, store, channel, book, at: 1602).tell()
    #expect(await channel.got.map { $0.payload.contains("\"arrived\":2") } == [false, true])
  }

  @Test("who cannot be told is told later, and nothing stops")
  func away() async throws {
    let (store, channel, book) = (MemoryStore(), Channel(), Book())
    let entry = Self.entry([.arrived])
    try await Self.desk(entry, store, channel, book, at: 1000).begin()
    _ = try await Self.admit(store, "a", at: 1001)
    await channel.away(true)
    #expect(try await Self.desk(entry, store, channel, book, at: 1001).tell().map(\.code) == [.destinationUnavailable])
    await channel.away(false)
    #expect(try await Self.desk(entry, store, channel, book, at: 1010).tell().isEmpty)
    #expect(await channel.got.isEmpty, "a minute's rest")
    _ = try await Self.desk(entry, store, channel, book, at: 1062).tell()
    #expect(await channel.got.count == 1)
  }

  @Test("a source that falls silent is told once, and again after it has spoken")
  func silence() async throws {
    let (store, channel, book) = (MemoryStore(), Channel(), Book())
    let entry = Self.entry([.quiet], every: 0, quiet: 100)
    try await Self.desk(entry, store, channel, book, at: 1000).begin()
    func tell(_ time: Double) async throws -> Int {
      _ = try await Self.desk(entry, store, channel, book, at: time).tell()
      return await channel.got.count
    }
    #expect(try await tell(1099) == 0)
    #expect(try await tell(1101) == 1)
    #expect(try await tell(1300) == 1)
    _ = try await Self.admit(store, "a", at: 1400)
    #expect(try await tell(1450) == 1)
    #expect(try await tell(1501) == 2)
    #expect(await channel.got[1].payload.contains("\"silent\":[\"inbox\"]"))
  }

  @Test("who is named by a route hears of that route's documents alone")
  func routed() async throws {
    let (store, channel, book) = (MemoryStore(), Channel(), Book())
    let entry = Self.entry([.review], every: 0)
    try await Self.desk(entry, store, channel, book, at: 1000, routed: true).begin()
    for (name, told) in [("a", ["sales"]), ("b", [])] {
      let document = try await Self.admit(store, name, at: 1001)
      let lease = try #require(
        try await store.claim(pipeline: "office", limit: 1, owner: LeaseOwner("x"), by: Self.whom(1001)).first)
      var outcome = StoreSuite.outcome(document.id, .review)
      outcome.decision?.notify = told
      try await store.finish(lease, outcome, by: Self.whom(1002))
    }
    _ = try await Self.desk(entry, store, channel, book, at: 1100, routed: true).tell()
    #expect(await channel.got.map { $0.payload.contains("\"review\":1") } == [true])
  }

  @Test("what is remembered is kept exactly")
  func coding() throws {
    var state = NoticeState(sequence: 7, beganAt: 1000.5)
    state.counts = [.failed: 2]
    state.arrivals = ["inbox": 1]
    state.silent = ["post"]
    state.documents = ["ab"]
    #expect(try NoticeState(storedJSON: state.storedJSON) == state)
  }
}
