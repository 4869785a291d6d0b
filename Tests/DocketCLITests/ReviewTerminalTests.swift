import DocketTesting
import Foundation
import Testing

/// The review session at a terminal, key by key.
@Suite struct ReviewTerminalTests {
  let docket = BuiltProgram("docket")
  let scratch: ScratchFolder
  init() throws {
    scratch = try ScratchFolder()
    #expect(try docket.run(["init", "office"], in: scratch.root).status == 0)
  }

  /// A session on a pseudo terminal; keys are sent once a text has appeared, since keys typed ahead do not count.
  private final class Session {
    private let process = Process()
    private let keyboard: FileHandle
    private let screen: URL

    init(_ program: String, in scratch: ScratchFolder) throws {
      let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (unlocked, number): (Int32, UInt32) = (0, 0)
      // TIOCSPTLCK and TIOCGPTN: what unlockpt(3) and ptsname(3) do, which Swift does not import.
      try #require(master >= 0 && ioctl(master, 0x4004_5431, &unlocked) == 0)
      try #require(ioctl(master, 0x8004_5430, &number) == 0)
      let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      try #require(slave >= 0)
      keyboard = FileHandle(fileDescriptor: master, closeOnDealloc: true)
      screen = scratch.url("screen")
      try Data().write(to: screen)
      process.executableURL = URL(filePath: program)
      process.arguments = ["review"]
      process.currentDirectoryURL = scratch.url("office")
      process.standardInput = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
      process.standardOutput = try FileHandle(forWritingTo: screen)
      process.standardError = process.standardOutput
      try process.run()
    }

    var text: String { (try? String(contentsOf: screen, encoding: .utf8)) ?? "" }

    /// Waits for a text that was not there before, then types.
    func type(_ keys: String, after expected: String, times: Int = 1) async throws {
      for _ in 0..<200 {
        if text.components(separatedBy: expected).count > times { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(text.components(separatedBy: expected).count > times, "\(expected) does not appear")
      // The screen is written before the keys are listened to.
      try await Task.sleep(for: .milliseconds(100))
      try keyboard.write(contentsOf: Data(keys.utf8))
    }

    func end() -> Int32 {
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  private func states() throws -> String { try docket.run(["status", "--json"], in: scratch.path("office")).output }

  @Test("a document that no contract fits shows its words, is rejected by one key and taken back by another")
  func unknown() async throws {
    try scratch.write("a letter\u{07} to nobody", to: "office/inbox/a.txt")
    try scratch.write("another letter", to: "office/inbox/b.txt")
    _ = try docket.run(["run"], in: scratch.path("office"))
    let session = try Session(docket.path, in: scratch)
    try await session.type("x", after: "no contract fits")
    try await session.type("p", after: "no contract fits", times: 2)
    try await session.type("u", after: "rejected. u takes it back")
    try await session.type("?", after: "waits again")
    try await session.type("\u{3}", after: "o whole page", times: 2)
    #expect(session.end() == 0, "Ctrl-C leaves as q does")
    #expect(session.text.contains("a letter\u{B7} to nobody"), "what a terminal would obey is no longer there")
    #expect(try states().contains("\"review\":2"))
  }

  @Test("what was answered is kept by whoever leaves in between")
  func kept() async throws {
    try scratch.write("RECEIPT\nTotal: 12.00\n", to: "office/inbox/a.txt")
    _ = try docket.run(["run"], in: scratch.path("office"))
    let session = try Session(docket.path, in: scratch)
    try await session.type("e", after: "1 of 1 documents")
    try await session.type("2026-03-04\n", after: "date: ", times: 2)
    try await session.type("q", after: "1 of 1 documents", times: 2)
    #expect(session.end() == 0)
    let record = try docket.run(["records", "show", "a.txt"], in: scratch.path("office")).output
    #expect(record.contains("2026-03-04") && record.contains("version 2"))
  }

  /// A statement, or a list of invoices that lack what they must say: a person is asked.
  private static let doubtfulRows =
    "Invoice number,Invoice date,Due date,Amount,Balance\n1,2026-01-02,2026-02-01,100.00,100.00\n"
    + "2,2026-01-03,2026-02-02,50.00,150.00\n"

  @Test("where each row may be a document a key takes the table apart, and another keeps it whole")
  func rows() async throws {
    try scratch.write(ReviewTerminalTests.doubtfulRows, to: "office/inbox/a.csv")
    try scratch.write(
      ReviewTerminalTests.doubtfulRows + "3,2026-01-04,2026-02-03,10.00,160.00\n", to: "office/inbox/b.csv")
    _ = try docket.run(["run"], in: scratch.path("office"))
    let session = try Session(docket.path, in: scratch)
    try await session.type("y", after: "is each row a document of its own?")
    try await session.type("j", after: "is each row a document of its own?", times: 2)
    try await session.type("q", after: "2 of 2 documents", times: 2)
    #expect(session.end() == 0)
    _ = try docket.run(["run"], in: scratch.path("office"))
    #expect(try states().contains("\"arrived\":4"))
    #expect(try states().contains("\"expanded\":1"))
    let whole = try docket.run(["explain", "b.csv"], in: scratch.path("office")).output
    #expect(whole.contains("one document") || whole.contains("version 2"))
    #expect(!whole.contains("rows-doubtful"), "what a person has said is not asked again")
  }

  @Test("`docket review split --rows` takes a table apart")
  func rowsByCommand() throws {
    let office = scratch.path("office")
    try scratch.write(ReviewTerminalTests.doubtfulRows, to: "office/inbox/a.csv")
    _ = try docket.run(["run"], in: office)
    #expect(try docket.run(["review", "split", "a.csv", "--rows"], in: office).status == 0)
    #expect(try states().contains("\"expanded\":1"))
    _ = try docket.run(["run"], in: office)
    #expect(try states().contains("\"arrived\":3"))
    #expect(try docket.run(["review", "split", "a.csv", "--rows"], in: office).status != 0, "it is apart already")
  }
}
