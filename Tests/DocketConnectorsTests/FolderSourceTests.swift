import Docket
import DocketConnectors
import DocketTesting
import Foundation
import Synchronization
import Testing

@Suite struct FolderSourceTests {
  let scratch: ScratchFolder
  init() throws {
    scratch = try ScratchFolder()
    try FileManager.default.createDirectory(at: scratch.url("inbox"), withIntermediateDirectories: true)
  }

  func source(settle: Double = 0, then: FolderSource.Afterwards = .archive) -> FolderSource {
    FolderSource(name: "scanner", folder: scratch.path("inbox"), settle: settle, then: then)
  }

  @Test("keeps the promises of a source", arguments: FolderSource.Afterwards.allCases)
  func suite(then: FolderSource.Afterwards) async throws {
    let scratch = scratch
    try await SourceSuite(
      open: { FolderSource(name: "scanner", folder: scratch.path("inbox"), settle: 0, then: then) },
      put: { try scratch.write($1, to: "inbox/\($0)") },
      remaining: { scratch.names("inbox").filter { !$0.hasPrefix(".") } },
      takesAway: then != .keep
    ).run()
  }

  @Test("leaves a file alone while somebody has it open for writing")
  func openWriter() async throws {
    let path = try scratch.write("half", to: "inbox/a.pdf")
    let writer = try FileHandle(forWritingTo: URL(filePath: path))
    let source = source()
    #expect(try await source.arrivals(limit: 10).isEmpty)
    try writer.close()
    #expect(try await source.arrivals(limit: 10).map(\.name) == ["a.pdf"])
  }

  @Test("waits until a file has not changed for the settle time, whatever its date", arguments: [0, 86_400])
  func settles(ahead: Double) async throws {
    let path = try scratch.write("x", to: "inbox/a.pdf")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: ahead)], ofItemAtPath: path)
    let clock = TestClock(0)
    let source = FolderSource(
      name: "scanner", folder: scratch.path("inbox"), settle: 10, then: .keep,
      clocks: FolderClocks(day: { FolderClocks.systemDay() + clock.time }, steady: { clock.time }))
    await source.beginWatching()
    #expect(try await source.arrivals(limit: 10).isEmpty)
    clock.time += 9
    #expect(try await source.arrivals(limit: 10).isEmpty)
    clock.time += 1.1
    #expect(try await source.arrivals(limit: 10).map(\.name) == ["a.pdf"])
  }

  @Test("a jump of the day's clock does not make a young file old")
  func jump() async throws {
    let (day, steady) = (TestClock(0), TestClock(0))
    let source = FolderSource(
      name: "scanner", folder: scratch.path("inbox"), settle: 10, then: .keep,
      clocks: FolderClocks(day: { FolderClocks.systemDay() + day.time }, steady: { steady.time }))
    await source.beginWatching()
    #expect(try await source.arrivals(limit: 10).isEmpty)
    try scratch.write("x", to: "inbox/a.pdf")
    day.time += 3600
    #expect(try await source.arrivals(limit: 10).isEmpty)
    steady.time += 11
    #expect(try await source.arrivals(limit: 10).count == 1)
  }

  @Test(
    "leaves unfinished and hidden names alone until they are renamed",
    arguments: ["a.pdf.part", "a.tmp", ".a.pdf", "a.crdownload", "a.pdf~"])
  func unfinished(name: String) async throws {
    try scratch.write("x", to: "inbox/\(name)")
    let source = source()
    #expect(try await source.arrivals(limit: 10).isEmpty)
    try FileManager.default.moveItem(atPath: scratch.path("inbox/\(name)"), toPath: scratch.path("inbox/a.pdf"))
    #expect(try await source.arrivals(limit: 10).map(\.name) == ["a.pdf"])
  }

  @Test("never opens links of both kinds, pipes or folders behind links")
  func special() async throws {
    let outside = try scratch.write("secret", to: "outside/secret.pdf")
    try FileManager.default.createSymbolicLink(atPath: scratch.path("inbox/link.pdf"), withDestinationPath: outside)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("inbox/folder"), withDestinationPath: scratch.path("outside"))
    #expect(mkfifo(scratch.path("inbox/pipe.pdf"), 0o600) == 0)
    #expect(link(outside, scratch.path("inbox/same.pdf")) == 0)
    let source = source()
    #expect(try await source.arrivals(limit: 10).isEmpty)
    let refusals = await source.refusals()
    #expect(
      refusals.count == 4 && refusals.allSatisfy { $0.code == .arrivalUnreadable }, "none is passed over in silence")
    #expect(try await source.arrivals(limit: 10).isEmpty)
    #expect(await source.refusals().isEmpty, "each is said once")
  }

  @Test("takes files and folders whose names are no UTF-8, and archives them under the bytes they had")
  func bytes() async throws {
    let folder = Array("\(scratch.path("inbox"))/dir".utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
    #expect(mkdir(folder, 0o755) == 0)
    for place in [Array("\(scratch.path("inbox"))".utf8CString.dropLast()), folder.dropLast()] {
      let file = creat(place + "/caf".utf8CString.dropLast() + [CChar(bitPattern: 0xE9), 0], 0o644)
      #expect(file >= 0 && write(file, "x", 1) == 1)
      close(file)
    }
    let source = source()
    let arrivals = try await source.arrivals(limit: 10)
    #expect(arrivals.map(\.name) == ["caf\u{FFFD}", "caf\u{FFFD}"])
    for arrival in arrivals { try await source.acknowledge(arrival) }
    let day = try #require(scratch.names("inbox/.archive").first)
    let archived = "\(scratch.path("inbox/.archive/\(day)"))/caf".utf8CString.dropLast() + [CChar(bitPattern: 0xE9), 0]
    #expect(access(Array(archived), F_OK) == 0)
    #expect(try await source.arrivals(limit: 10).isEmpty)
  }

  @Test("offers again in the next batch what was not acknowledged")
  func again() async throws {
    try scratch.write("x", to: "inbox/a.pdf")
    try scratch.write("y", to: "inbox/b.pdf")
    let source = source(then: .keep)
    let arrivals = try await source.arrivals(limit: 10)
    try await source.acknowledge(arrivals[0])
    await source.offerAgain()
    #expect(try await source.arrivals(limit: 10) == [arrivals[1]])
  }

  @Test("finds files in folders that are made later")
  func laterFolder() async throws {
    let source = source()
    #expect(try await source.arrivals(limit: 10).isEmpty)
    try scratch.write("x", to: "inbox/march/week1/a.pdf")
    #expect(try await source.arrivals(limit: 10).map(\.name) == ["a.pdf"])
  }

  @Test("archives two files of one name side by side, under the day")
  func collision() async throws {
    for text in ["one", "two"] {
      try scratch.write(text, to: "inbox/a.pdf")
      let source = source()
      for arrival in try await source.arrivals(limit: 10) { try await source.acknowledge(arrival) }
    }
    let day = try #require(scratch.names("inbox/.archive").first)
    #expect(scratch.names("inbox/.archive/\(day)") == ["a-2.pdf", "a.pdf"])
  }

  @Test("does not archive a file that was replaced after it was taken in")
  func replaced() async throws {
    try scratch.write("one", to: "inbox/a.pdf")
    let source = source()
    let arrivals = try await source.arrivals(limit: 10)
    try scratch.write("another", to: "inbox/a.pdf")
    for arrival in arrivals { try await source.acknowledge(arrival) }
    #expect(scratch.text("inbox/a.pdf") == "another")
    #expect(try await source.arrivals(limit: 10).count == 1)
  }

  @Test("a renamed file keeps its token, so that it is not taken in twice")
  func renamed() async throws {
    try scratch.write("one", to: "inbox/a.pdf")
    let before = try await source(then: .keep).arrivals(limit: 10)
    try FileManager.default.moveItem(atPath: scratch.path("inbox/a.pdf"), toPath: scratch.path("inbox/b.pdf"))
    let after = try await source(then: .keep).arrivals(limit: 10)
    #expect(before.map(\.token) == after.map(\.token))
  }
}

@Suite struct FolderWatchingTests {
  @Test("hears of a file in a folder that was made after it began, and says nothing where nothing happens")
  func later() async throws {
    let scratch = try ScratchFolder()
    try FileManager.default.createDirectory(at: scratch.url("inbox"), withIntermediateDirectories: true)
    let source = FolderSource(name: "scanner", folder: scratch.path("inbox"), settle: 0, events: .on)
    await source.beginWatching()
    #expect(try await source.arrivals(limit: 10).isEmpty)
    // On a busy machine what the first look itself did may be heard late.
    var isQuiet = false
    for _ in 0..<20 where !isQuiet {
      isQuiet = try await !source.change(within: 0.05)
      if !isQuiet { #expect(try await source.arrivals(limit: 10).isEmpty) }
    }
    #expect(isQuiet)
    try scratch.write("x", to: "inbox/late/a.pdf")
    #expect(try await source.change(within: 5))
    #expect(try await source.arrivals(limit: 10).map(\.name) == ["a.pdf"])
    _ = try await source.change(within: 0)
    try scratch.write("x", to: "inbox/late/b.pdf")
    #expect(try await source.change(within: 5))
    #expect(try await source.arrivals(limit: 10).map(\.name) == ["b.pdf"])
  }
}

/// A clock that a test sets.
final class TestClock: Sendable {
  private let value: Mutex<Double>
  init(_ time: Double) { value = Mutex(time) }
  var time: Double {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
