import Docket
import Testing

/// When a file of an inbox is whole, over simulated time.
@Suite struct InboxFilesTests {
  private typealias Moment = InboxFiles.Moment

  private func sight(_ byteCount: Int64 = 10, modified seconds: Int64 = 1000, inode: UInt64 = 1) -> InboxFiles.Sight {
    InboxFiles.Sight(
      device: 1, inode: inode, byteCount: byteCount, modified: seconds * 1_000_000_000, changed: seconds * 1_000_000_000
    )
  }

  /// One look at one file.
  private func look(
    _ files: inout InboxFiles, _ sight: InboxFiles.Sight, _ writer: InboxFiles.Writer, _ moment: Moment
  ) -> Bool {
    files.beginLook()
    defer { files.endLook() }
    return files.see("a", sight, writer, at: moment)
  }

  @Test("what has lain there for long is whole at the first look; what is young is so after the settle time")
  func settles() {
    var files = InboxFiles(settle: 1)
    #expect(look(&files, sight(), .nobody, Moment(steady: 0, host: 1005)))
    files = InboxFiles(settle: 1)
    #expect(!look(&files, sight(), .nobody, Moment(steady: 0, host: 1000.5)))
    #expect(files.waitingCount == 1)
    #expect(!look(&files, sight(), .nobody, Moment(steady: 0.9, host: 1001.4)))
    #expect(look(&files, sight(), .nobody, Moment(steady: 1, host: 1001.5)))
    #expect(files.waitingCount == 0)
  }

  @Test("a file that grows for minutes is not whole until nobody writes, and the settle time after that")
  func grows() {
    var files = InboxFiles(settle: 1)
    for step in 0..<300 {
      let now = Double(step) * 2
      // Every other look finds it as it was: a slow writer pauses for longer than the settle time.
      let seen = sight(Int64(step / 2), modified: 1000 + Int64(step / 2))
      #expect(!look(&files, seen, .somebody, Moment(steady: now, host: 1000 + now)))
    }
    let last = sight(150, modified: 1150)
    #expect(!look(&files, last, .nobody, Moment(steady: 600.5, host: 1600.5)))
    #expect(look(&files, last, .nobody, Moment(steady: 601.5, host: 1601.5)))
  }

  @Test("a close that was heard begins the settle time anew")
  func closes() {
    var files = InboxFiles(settle: 1)
    #expect(!look(&files, sight(), .nobody, Moment(steady: 0, host: 1000)))
    files.heardClose("a", at: 0.8)
    #expect(!look(&files, sight(), .nobody, Moment(steady: 1.1, host: 1001.1)))
    #expect(look(&files, sight(), .nobody, Moment(steady: 1.9, host: 1001.9)))
    // Never seen before: as old as its date says, but closed just now.
    files = InboxFiles(settle: 1)
    files.heardClose("a", at: 50)
    #expect(!look(&files, sight(), .nobody, Moment(steady: 50.1, host: 5000)))
    #expect(look(&files, sight(), .nobody, Moment(steady: 51.2, host: 5001)))
  }

  @Test("where nobody tells whether a file is open, one look is never enough")
  func unknownWriter() {
    var files = InboxFiles(settle: 0)
    #expect(!look(&files, sight(), .unknown, Moment(steady: 0, host: 9000)))
    #expect(look(&files, sight(), .unknown, Moment(steady: 0.1, host: 9000)))
  }

  @Test("a polled file takes two equal looks, a settle time apart by the file server's clock and by ours")
  func polled() {
    var files = InboxFiles(settle: 2, isPolled: true)
    #expect(!look(&files, sight(1), .nobody, Moment(steady: 0, host: 500)))
    #expect(!look(&files, sight(2), .nobody, Moment(steady: 5, host: 505)), "it has grown")
    #expect(!look(&files, sight(2), .nobody, Moment(steady: 8, host: 506)), "only a second for the server")
    #expect(look(&files, sight(2), .nobody, Moment(steady: 9, host: 507)))
    files = InboxFiles(settle: 2, isPolled: true)
    #expect(!look(&files, sight(), .nobody, Moment(steady: 0)))
    #expect(!look(&files, sight(), .nobody, Moment(steady: 1.9)))
    #expect(look(&files, sight(), .nobody, Moment(steady: 2)), "where its clock is not known, ours counts")
  }

  @Test("clocks that jump neither hurry a file nor lose it", arguments: [-90_000.0, -1, 1, 90_000])
  func jumps(by seconds: Double) {
    var files = InboxFiles(settle: 1)
    // The one that dates files jumps between the writing and the second look: who looks hands in none.
    #expect(!look(&files, sight(modified: 1000), .nobody, Moment(steady: 0, host: 1000.2)))
    #expect(!look(&files, sight(modified: 1000), .nobody, Moment(steady: 0.4)))
    #expect(!look(&files, sight(modified: 1000), .nobody, Moment(steady: 0.8, host: 1000.8 + seconds)))
    #expect(look(&files, sight(modified: 1000), .nobody, Moment(steady: 1, host: 1001 + seconds)))

    var polled = InboxFiles(settle: 1, isPolled: true)
    #expect(!look(&polled, sight(), .nobody, Moment(steady: 0, host: 1000)))
    _ = look(&polled, sight(), .nobody, Moment(steady: 0.5, host: 1000.5 + seconds))
    _ = look(&polled, sight(), .nobody, Moment(steady: 1.2, host: 1001.2 + seconds))
    #expect(look(&polled, sight(), .nobody, Moment(steady: 2.5, host: 1002.5 + seconds)))
  }

  @Test("a server's clock that stands still is not waited for for ever")
  func standingClock() {
    var files = InboxFiles(settle: 1, isPolled: true)
    #expect(!look(&files, sight(), .nobody, Moment(steady: 0, host: 7)))
    #expect(!look(&files, sight(), .nobody, Moment(steady: 30, host: 7)))
    #expect(look(&files, sight(), .nobody, Moment(steady: 61, host: 7)))
  }

  @Test("a date in the future is no reason to wait for ever")
  func future() {
    var files = InboxFiles(settle: 1)
    #expect(!look(&files, sight(modified: 99_000), .nobody, Moment(steady: 0, host: 1000)))
    #expect(look(&files, sight(modified: 99_000), .nobody, Moment(steady: 1, host: 1001)))
  }

  @Test("another file under the same name, of the same size and date, is looked at anew")
  func replaced() {
    var files = InboxFiles(settle: 1)
    #expect(!look(&files, sight(inode: 1), .nobody, Moment(steady: 0, host: 1000)))
    #expect(!look(&files, sight(inode: 2), .nobody, Moment(steady: 1, host: 1000.5)))
    #expect(look(&files, sight(inode: 2), .nobody, Moment(steady: 2, host: 1001.5)))
  }

  @Test("what is gone is forgotten")
  func forgets() {
    var files = InboxFiles(settle: 1)
    #expect(!look(&files, sight(), .nobody, Moment(steady: 0)))
    files.beginLook()
    files.endLook()
    #expect(!look(&files, sight(), .nobody, Moment(steady: 5)), "seen for the first time")
  }
}
