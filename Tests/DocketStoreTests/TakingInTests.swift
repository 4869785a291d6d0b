import Docket
import DocketConnectors
import DocketStore
import DocketTesting
import Foundation
import Synchronization
import Testing

/// Taking files in from a real folder into a real store, with what goes wrong on the way.
@Suite struct TakingInTests {
  /// A workspace's store, originals and inbox.
  private struct Office: Sendable {
    let scratch: ScratchFolder
    let said = Log()

    init() throws {
      scratch = try ScratchFolder()
      for folder in ["inbox", ".docket"] {
        try FileManager.default.createDirectory(at: scratch.url(folder), withIntermediateDirectories: true)
      }
    }

    func store() async throws -> SQLStore { try await SQLStore.open(path: scratch.path(".docket/store.sqlite")) }

    func source(then: FolderSource.Afterwards = .archive) -> FolderSource {
      FolderSource(name: "inbox", folder: scratch.path("inbox"), settle: 0, then: then)
    }

    @discardableResult
    func run(
      _ source: FolderSource, blobs: (any BlobStore)? = nil, reader: any DocumentReader = ScriptedReader(),
      room: IntakeRoom = IntakeRoom(),
      owner: LeaseOwner = ProcessOwner.current, run: String = "r1", sees: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> RunEntry {
      let store = try await store()
      let file = SamplePipeline.file()
      let blobs = try blobs ?? BlobFolder(root: scratch.path(".docket"))
      let runner = Runner(
        file: file,
        desk: WorkDesk(
          file: file, pipeline: SamplePipeline.pipeline(to: []), reader: reader, blobs: blobs,
          settings: ReadSettings()),
        store: store, blobs: blobs, sources: [source], destinations: [], clock: RunningClock(), owner: owner, lanes: 2,
        room: room
      ) { [said] step in
        switch step {
        case .left(let error), .paused(let error): said.add(error.code.id)
        case .arrived(let document): sees(document.arrival)
        default: break
        }
      }
      return try await runner.batch(
        by: Attribution(actor: "tester", run: run, correlation: run, at: 0), shouldStop: { false })
    }

    func sums() async throws -> StatusSums {
      let sums = try await store().sums()
      #expect(sums.addsUp)
      return sums
    }
  }

  @Test("two watchers on one inbox take each file in once, and count it once")
  func twoWatchers() async throws {
    let office = try Office()
    for number in 0..<40 { try office.scratch.write("thing \(number)", to: "inbox/\(number).txt") }
    async let one = office.run(office.source(), owner: LeaseOwner("one"), run: "r1")
    async let two = office.run(office.source(), owner: LeaseOwner("two"), run: "r2")
    let entries = try await [one, two]
    let sums = try await office.sums()
    #expect(sums.arrived == 40 && sums.states == [.stored: 40])
    #expect(entries.map(\.arrived).reduce(0, +) == 40)
    #expect(office.scratch.names("inbox") == [".archive"])
    #expect(office.said.lines.isEmpty)
  }

  @Test("a file that is replaced while it is copied is taken in as it then is, and nothing of it before")
  func replacedWhileCopied() async throws {
    let office = try Office()
    let path = try office.scratch.write("thing 1", to: "inbox/a.txt")
    let once = Flag()
    let blobs = DisturbedBlobs(try BlobFolder(root: office.scratch.path(".docket"))) {
      if once.isSet { return }
      once.set()
      // As editors and scanners do: written aside, renamed over it. The size stays.
      try? Data("thing 2".utf8).write(to: URL(filePath: path), options: .atomic)
    }
    let source = office.source()
    try await office.run(source, blobs: blobs)
    #expect(try await office.sums().states == [.stored: 1])
    let document = try #require(try await office.store().documents(DocumentQuery()).first)
    #expect(document.digest == ContentDigest(of: "thing 2"))
    #expect(office.said.lines.isEmpty, "that is how inboxes are, and no trouble")
  }

  @Test("a file that goes while it is copied is kept: its bytes are whole")
  func goneWhileCopied() async throws {
    let office = try Office()
    let path = try office.scratch.write("thing 1", to: "inbox/a.txt")
    let blobs = DisturbedBlobs(try BlobFolder(root: office.scratch.path(".docket"))) { unlink(path) }
    try await office.run(office.source(), blobs: blobs)
    #expect(try await office.sums().states == [.stored: 1])
  }

  @Test("the same name again with other bytes is taken in too, and the archive keeps both")
  func sameName() async throws {
    let office = try Office()
    for number in 1...3 {
      try office.scratch.write("thing \(number)", to: "inbox/a.txt")
      try await office.run(office.source())
    }
    #expect(try await office.sums().states == [.stored: 3])
    let day = try #require(office.scratch.names("inbox/.archive").first)
    #expect(office.scratch.names("inbox/.archive/\(day)") == ["a-2.txt", "a-3.txt", "a.txt"])
  }

  @Test("a full queue holds sources back until it has run down; every file comes in")
  func fullQueue() async throws {
    let office = try Office()
    for number in 0..<30 { try office.scratch.write("thing \(number)", to: "inbox/\(number).txt") }
    try await office.run(
      office.source(), reader: SlowReader { [said = office.said] in said.lines.contains("queue-full") },
      room: IntakeRoom(mostQueued: 5))
    #expect(try await office.sums().states == [.stored: 30])
    #expect(office.said.lines.contains("queue-full"))
  }

  @Test("a disk with too little room holds sources back; with room again it goes on")
  func lowDisk() async throws {
    let office = try Office()
    try office.scratch.write("thing 1", to: "inbox/a.txt")
    let source = office.source()
    try await office.run(source, room: IntakeRoom(leastFreeBytes: 1 << 20, freeBytes: { 1000 }))
    #expect(try await office.sums().arrived == 0)
    #expect(office.said.lines == ["disk-low"])
    #expect(office.scratch.names("inbox") == ["a.txt"])
    try await office.run(source, room: IntakeRoom(leastFreeBytes: 1 << 20, freeBytes: { 1 << 30 }))
    #expect(try await office.sums().states == [.stored: 1])
  }

  @Test("a disk that is full for the archive leaves the file there, and nothing is taken in twice")
  func fullArchive() async throws {
    let office = try Office()
    try office.scratch.write("thing 1", to: "inbox/a.txt")
    // The archive cannot be made, as on a full disk.
    try office.scratch.write("in the way", to: "inbox/.archive")
    let source = office.source()
    try await office.run(source)
    #expect(try await office.sums().states == [.stored: 1])
    #expect(office.said.lines == ["file-system"])
    try FileManager.default.removeItem(at: office.scratch.url("inbox/.archive"))
    try await office.run(source)
    #expect(try await office.sums().arrived == 1)
    #expect(office.scratch.names("inbox") == [".archive"])
  }

  @Test("one file that cannot be read does not keep the rest")
  func badFile() async throws {
    let office = try Office()
    for name in ["a", "b", "c"] { try office.scratch.write("thing \(name)", to: "inbox/\(name).txt") }
    let closed = office.scratch.path("inbox/b.txt")
    let blobs = DisturbedBlobs(try BlobFolder(root: office.scratch.path(".docket")), refuses: closed) {}
    try await office.run(office.source(), blobs: blobs)
    #expect(try await office.sums().states == [.stored: 2])
    #expect(office.said.lines == ["arrival-unreadable"])
    try await office.run(office.source())
    #expect(try await office.sums().states == [.stored: 3])
  }

  @Test("a file that grows while it is copied is refused, whatever its size when the copy began")
  func growsWhileCopied() async throws {
    let office = try Office()
    let path = office.scratch.path("inbox/a.bin")
    try Data(repeating: 1, count: 8 << 20).write(to: URL(filePath: path))
    let blobs = try BlobFolder(root: office.scratch.path(".docket"))
    let (flag, begun) = (Flag(), Flag())
    // A thread of its own: tasks of other tests may hold all that there are.
    Thread.detachNewThread {
      let writer = fopen(path, "a")!
      while !flag.isSet {
        putc(1, writer)
        fflush(writer)
        begun.set()
        usleep(200)
      }
      fclose(writer)
    }
    while !begun.isSet { await Task.yield() }
    // On a busy machine the writer may not come to write during one copy.
    var code: ErrorCode?
    for _ in 0..<100 where code == nil {
      do throws(DocketError) { _ = try await blobs.keep(fileAt: path, limit: .max) } catch { code = error.code }
    }
    flag.set()
    #expect(code == .arrivalChanged)
    #expect(office.scratch.names(".docket/aside").isEmpty)
  }
}

private final class Flag: Sendable {
  private let value = Mutex(false)
  var isSet: Bool { value.withLock { $0 } }
  func set() { value.withLock { $0 = true } }
}

/// Reads nothing before the queue is full.
private struct SlowReader: DocumentReader {
  private let reader = ScriptedReader()
  private let begins: @Sendable () -> Bool

  init(_ begins: @escaping @Sendable () -> Bool) { self.begins = begins }

  var fingerprint: ContentDigest { get async throws(DocketError) { try await reader.fingerprint } }

  func read(
    _ file: ReadableFile, settings: ReadSettings, into sink: any ReadingSink
  ) async throws(DocketError) -> ReadingSummary {
    for _ in 0..<2000 where !begins() {
      do { try await Task.sleep(for: .milliseconds(10)) } catch { throw DocketError(.interrupted, "It was stopped.") }
    }
    return try await reader.read(file, settings: settings, into: sink)
  }
}

/// A folder of originals during whose copying something happens.
private struct DisturbedBlobs: BlobStore {
  let folder: BlobFolder
  var refuses = ""
  let disturb: @Sendable () -> Void

  init(_ folder: BlobFolder, refuses: String = "", disturb: @escaping @Sendable () -> Void) {
    self.folder = folder
    self.refuses = refuses
    self.disturb = disturb
  }

  func keep(fileAt path: String, limit: Int) async throws(DocketError) -> (digest: ContentDigest, byteCount: Int) {
    if path == refuses { throw DocketError(.arrivalUnreadable, "The file cannot be taken in.") }
    let kept = try await folder.keep(fileAt: path, limit: limit)
    disturb()
    return kept
  }
  func keep(bytes: [UInt8]) async throws(DocketError) -> ContentDigest { try await folder.keep(bytes: bytes) }
  func path(of digest: ContentDigest) -> String { folder.path(of: digest) }
  func holds(_ digest: ContentDigest) async -> Bool { await folder.holds(digest) }
  func reading(_ key: ContentDigest) async throws(DocketError) -> Reading? { try await folder.reading(key) }
  func keep(_ reading: Reading, pageCount: Int, key: ContentDigest) async throws(DocketError) {
    try await folder.keep(reading, pageCount: pageCount, key: key)
  }
}
