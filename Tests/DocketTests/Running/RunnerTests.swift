import Docket
import DocketTesting
import Testing

/// A run over stand-ins: what goes in, where it ends.
@Suite struct RunnerTests {
  private struct Office {
    let store = MemoryStore()
    let blobs: MemoryBlobs
    let source: ListedSource
    let clock = FixedClock()
    var destination = ListedDestination()
    var reader: any DocumentReader = ScriptedReader()
    var lanes = 3
    var limits = ReadLimits()
    var split = SplitStage()

    init() throws {
      blobs = try MemoryBlobs()
      source = try ListedSource()
    }

    func put(_ texts: String...) async throws {
      for (index, text) in texts.enumerated() { try await source.put("file\(index).txt", text) }
    }

    func runner(observe: @escaping @Sendable (Runner.RunStep) -> Void = { _ in }) -> Runner {
      let file = SamplePipeline.file(limits: limits)
      var pipeline = SamplePipeline.pipeline(to: ["ledger"])
      pipeline.split = split
      let desk = WorkDesk(
        file: file, pipeline: pipeline, reader: reader, blobs: blobs,
        settings: ReadSettings())
      return Runner(
        file: file, desk: desk, store: store, blobs: blobs, sources: [source], destinations: [destination],
        clock: clock, owner: LeaseOwner("me"), lanes: lanes, observe: observe)
    }

    @discardableResult
    func run(_ run: String = "r1") async throws -> RunEntry {
      try await runner().batch(by: whom(run), shouldStop: { false })
    }

    func whom(_ run: String = "r1") -> Attribution {
      Attribution(actor: "tester", run: run, correlation: run, at: 1000)
    }

    func states() async throws -> [DocumentState: Int] {
      let sums = await store.sums()
      #expect(sums.addsUp)
      return sums.states
    }
  }

  @Test("every document ends in the state that its words ask for")
  func states() async throws {
    let office = try Office()
    try await office.put("thing 1", "thing 2?", "thing 3!", "nothing", "fail pdf-encrypted", "thing 1")
    let entry = try await office.run()
    #expect(try await office.states() == [.delivered: 1, .review: 2, .rejected: 1, .failed: 1, .duplicate: 1])
    #expect((entry.arrived, entry.worked, entry.failed) == (6, 5, 1))
    #expect(await office.source.acknowledged.count == 6)
    #expect(await office.destination.delivered.map(\.values.first?.value) == ["1"])
    #expect(await office.store.sums(ofRun: "r1").arrived == 6)
  }

  @Test("a mail's attachments become documents, to the depth that is allowed")
  func children() async throws {
    var office = try Office()
    office.limits.depth = 2
    try await office.put(
      "mail a@example.org\nattach thing 1\nattach attach thing 2\nattach attach attach attach thing 3")
    try await office.run()
    #expect(try await office.states() == [.delivered: 2, .expanded: 4, .failed: 1])
    #expect(await office.store.sums().failures == ["too-deep": 1])
    let record = try #require(await office.destination.delivered.first)
    #expect(record.payload.contains("a@example.org"), "the mail's sender is known to what came in it")
  }

  @Test("a bundle's parts become documents that know their pages, and every page is in one of them")
  func bundle() async throws {
    var office = try Office()
    office.split = SplitStage(model: try SampleBoundaries.model(bias: 10))
    try await office.source.put("scan.pdf", "pages 3")
    try await office.run()
    #expect(try await office.states() == [.expanded: 1, .review: 3])
    let parts = try await office.store.documents(DocumentQuery(states: [.review]))
    #expect(parts.map(\.part?.text) == ["pages/1-1", "pages/2-2", "pages/3-3"])
    #expect(parts.map(\.name).first == "scan (pages 1-1).pdf")
    #expect(await office.store.work(of: parts[1].id)?.pageCount == 1)
    #expect(Set(parts.map(\.digest)).count == 1, "the bytes are those of the whole")
  }

  @Test("what a person takes apart is not asked about again")
  func divided() async throws {
    var office = try Office()
    office.split = SplitStage(model: try SampleBoundaries.model(bias: 0))
    try await office.source.put("scan.pdf", "pages 3")
    try await office.run()
    let whole = try #require(try await office.store.documents(DocumentQuery(states: [.review])).first)
    let children = Part.pages(through: 3, starts: [3]).compactMap { NewChild(part: $0, of: whole) }
    try await office.store.divide(whole.id, into: children, by: office.whom())
    try await office.run("r2")
    #expect(try await office.states() == [.expanded: 1, .review: 2])
  }

  @Test("the parts of an arrival are limited over all that lies in it, not container by container")
  func parts() async throws {
    var office = try Office()
    office.limits.parts = 4
    office.lanes = 1
    try await office.put(
      "mail a@example.org\nattach attach thing 1\nattach attach thing 2\nattach attach thing 3", "attach thing 4")
    try await office.run()
    #expect(await office.store.sums().failures == ["too-many-parts": 2])
    #expect(try await office.states() == [.delivered: 2, .expanded: 3, .failed: 2])
  }

  @Test("what a source says of its folder holds for what comes from there")
  func hints() async throws {
    var entry = SamplePipeline.file().sources[0]
    entry.subfolders = [.init(name: "acme", contract: "thing", sender: "ap@acme.example")]
    var file = SamplePipeline.file()
    file.sources = [entry]
    let document = Document(
      id: DocumentID(hex: "1"), arrival: 1, digest: ContentDigest(of: ""), byteCount: 0, name: "a",
      source: "inbox/acme", pipeline: "office", arrivedAt: 0)
    let context = Context(of: document, in: file)
    #expect(context.cover?.sender == "ap@acme.example" && context.stated == "thing")
    let pipeline = SamplePipeline.pipeline(to: [])
    let reading = Reading(mediaType: "text/plain", content: .text(TextReading(text: "no words that fit")))
    guard case .record(let result) = try await pipeline.run(reading, in: context) else {
      return #expect(Bool(false), "what a folder states is not found out")
    }
    #expect(result.classification.evidence == ["stated"])
    let holding = Reading(
      mediaType: "text/plain", content: .text(TextReading(text: "no words")),
      members: [Member(part: PartPath("attachment/1"), name: "a", digest: ContentDigest(of: ""), byteCount: 0)])
    guard case .unknown = try await pipeline.run(holding, in: context) else {
      return #expect(Bool(false), "a container is no such thing itself")
    }
    let facts = ReadingFacts(of: reading, classification: result.classification)
    for (name, holds) in [("inbox", true), ("inbox/acme", true), ("acme", false)] {
      #expect(Condition.source([name]).holds(for: result.record, facts: facts, in: context) == holds)
    }
  }

  @Test("one bad document never stops the run")
  func badDocuments() async throws {
    let office = try Office()
    let codes = ErrorCode.reading + [.workerCrashed, .workerTimeout, .workerMemory]
    for code in codes where code != .languageMissing { try await office.source.put(code.id, "fail \(code.id)") }
    try await office.put("thing 1")
    let entry = try await office.run()
    #expect(entry.failed == codes.count - 1)
    #expect(try await office.states()[.delivered] == 1)
  }

  @Test("a full disk ends the run, loses nothing, and the next run goes on")
  func diskFull() async throws {
    let office = try Office()
    try await office.put("thing 1", "mail a@example.org\nattach thing 2")
    await office.blobs.set(trouble: DocketError(.diskFull, "The disk is full."))
    await #expect { try await office.run() } throws: { ($0 as? DocketError)?.code == .diskFull }
    #expect(await office.source.acknowledged.isEmpty, "what is not durable is not acknowledged")
    await office.blobs.set(trouble: nil)
    for name in ["file0.txt", "file1.txt"] { await office.source.offerAgain(name) }
    try await office.run("r2")
    #expect(try await office.states() == [.delivered: 2, .expanded: 1])
  }

  @Test("a missing reading program ends the run and fails no document")
  func readerMissing() async throws {
    var office = try Office()
    try await office.put("thing 1", "thing 2")
    let good = office.reader
    office.reader = FailingReader(DocketError(.readerMissing, "There is none."))
    await #expect { try await office.run() } throws: { ($0 as? DocketError)?.code == .readerMissing }
    #expect(try await office.states()[.failed] == nil)
    office.reader = good
    try await office.run("r2")
    #expect(try await office.states() == [.delivered: 2])
  }

  @Test("a file that cannot be opened is said and left, the others go on")
  func unreadable() async throws {
    let office = try Office()
    await office.source.putMissing("closed.pdf")
    try await office.put("thing 1")
    let left = Log()
    let runner = office.runner { step in
      if case .left(let error) = step { left.add(error.code.id) }
    }
    _ = try await runner.batch(by: office.whom(), shouldStop: { false })
    #expect(left.lines == ["arrival-unreadable"])
    #expect(try await office.states() == [.delivered: 1])
  }

  @Test("a watch that finds nothing to do leaves no run behind")
  func idle() async throws {
    let office = try Office()
    _ = try await office.runner().batch(by: office.whom(), keepsIdle: false, shouldStop: { false })
    #expect(await office.store.runs(limit: 10).isEmpty)
    try await office.put("thing 1")
    _ = try await office.runner().batch(by: office.whom(), keepsIdle: false, shouldStop: { false })
    #expect(await office.store.runs(limit: 10).map(\.worked) == [1])
  }

  @Test("a destination that does not take a record is said with its reason")
  func refusing() async throws {
    var office = try Office()
    office.destination = ListedDestination(errors: [DocketError(.destinationUnavailable, "The ledger is away.")])
    try await office.put("thing 1")
    let said = Log()
    let runner = office.runner { step in
      if case .delivery(let entry, let error) = step { said.add("\(entry.destination) \(error?.code.id ?? "done")") }
    }
    _ = try await runner.batch(by: office.whom(), shouldStop: { false })
    #expect(said.lines == ["ledger destination-unavailable"])
    #expect(try await office.states() == [.delivering: 1])
  }

  @Test("what a killed run did not acknowledge is not taken in twice")
  func notTwice() async throws {
    let office = try Office()
    try await office.put("thing 1")
    try await office.run()
    await office.source.offerAgain("file0.txt")
    #expect(try await office.run("r2").arrived == 0)
    #expect(try await office.states() == [.delivered: 1])
    #expect(await office.source.acknowledged.count == 2)
  }

  @Test("a reading is recalled, not made again")
  func recall() async throws {
    let office = try Office()
    try await office.put("thing 1?")
    try await office.run()
    let document = try #require(await office.store.documents(DocumentQuery()).first)
    try await office.store.replay(document.id, by: office.whom())
    try await office.run("r2")
    #expect(await office.blobs.recalls == 1)
    #expect(await office.store.record(document.id, version: nil)?.record.version == 1, "nothing changed")
  }

  @Test("one that is away for a delivery is not tried with the next, and left alone for as long as it says")
  func away() async throws {
    var office = try Office()
    let plain = DocketError(.destinationUnavailable, "It is away.")
    office.destination = ListedDestination(errors: [plain, plain, plain])
    try await office.put("thing 1", "thing 2", "thing 3")
    try await office.run()
    office.clock.advance(by: 7)
    var full = DocketError(.destinationUnavailable, "It is full.")
    (full.isAway, full.retryAfter) = (true, 500)
    office.destination = ListedDestination(errors: [full])
    try await office.run("r2")
    #expect(await office.destination.delivered.isEmpty, "one try tells of all")
    var attempts: [Int] = []
    for document in await office.store.documents(DocumentQuery()) {
      attempts += await office.store.deliveries(of: document.id).map(\.attempts)
    }
    #expect(attempts.sorted() == [1, 1, 2], "what was not tried is no try")
    office.clock.advance(by: 499)
    try await office.run("r3")
    #expect(await office.destination.delivered.isEmpty)
    office.clock.advance(by: 2)
    try await office.run("r4")
    #expect(try await office.states() == [.delivered: 3])
  }

  @Test("a destination that is away is tried again later, and one that refuses waits for a person")
  func destinations() async throws {
    var office = try Office()
    office.destination = ListedDestination(errors: [DocketError(.destinationUnavailable, "It is away.")])
    try await office.put("thing 1")
    try await office.run()
    #expect(try await office.states() == [.delivering: 1])
    office.clock.advance(by: 7)
    try await office.run("r2")
    #expect(try await office.states() == [.delivered: 1])
    office.destination = ListedDestination(errors: [DocketError(.destinationRefused, "It is refused.")])
    try await office.source.put("other.txt", "thing 2")
    try await office.run("r3")
    #expect(try await office.states() == [.delivered: 1, .undelivered: 1])
  }

  @Test("asked to stop, it works on nothing more and leaves nothing half done")
  func stopping() async throws {
    let office = try Office()
    for number in 0..<50 { try await office.source.put("f\(number)", "thing \(number)") }
    let worked = Log()
    let runner = office.runner { step in if case .worked = step { worked.add("") } }
    _ = try await runner.batch(by: office.whom(), shouldStop: { worked.lines.count >= 5 })
    let states = try await office.states()
    #expect(states[.working] == nil)
    #expect(worked.lines.count < 50 && worked.lines.count >= 5)
    for number in 0..<50 { await office.source.offerAgain("f\(number)") }
    try await office.run("r2")
    #expect(try await office.states() == [.delivered: 50])
    #expect(await office.destination.delivered.count == 50)
  }

  @Test("records do not depend on how many lanes there were")
  func lanes() async throws {
    var payloads: [Set<String>] = []
    for lanes in [1, 7] {
      var office = try Office()
      office.lanes = lanes
      for number in 0..<30 { try await office.source.put("f\(number)", "thing \(number)\nattach thing x\(number)") }
      try await office.run()
      payloads.append(Set(await office.destination.delivered.map { $0.values.first?.value ?? "" }))
    }
    #expect(payloads[0] == payloads[1] && payloads[0].count == 60)
  }
}
