/// What the files of an inbox looked like over time, and which of them are whole: one state machine, for folders that
/// tell of their changes and for those that must be asked.
///
/// Pure: whoever looks hands in what was seen and when. Clocks of day may jump in either direction; what counts is how
/// long a file was looked at without a change, by a clock that only goes forward.
package struct InboxFiles: Sendable {
  /// One version of a file, as a look finds it. Times in nanoseconds.
  package struct Sight: Hashable, Sendable {
    package var device: UInt64
    package var inode: UInt64
    package var byteCount: Int64
    package var modified: Int64
    package var changed: Int64
    package init(device: UInt64, inode: UInt64, byteCount: Int64, modified: Int64, changed: Int64) {
      self.device = device
      self.inode = inode
      self.byteCount = byteCount
      self.modified = modified
      self.changed = changed
    }
  }

  /// Whether a process has the file open for writing; `unknown` where the file system cannot tell.
  package enum Writer: Sendable { case nobody, somebody, unknown }

  /// When a look takes place, in seconds.
  package struct Moment: Hashable, Sendable {
    /// Of a clock that only goes forward.
    package var steady: Double
    /// Of the clock that dates files here, since 1970; nil where it is not known, or has just jumped.
    package var host: Double?
    package init(steady: Double, host: Double? = nil) {
      self.steady = steady
      self.host = host
    }
  }

  private struct Known {
    var sight: Sight
    /// The last change, or the end of the last writing.
    var since: Moment
    var looks = 1
    var round = 0
  }

  /// Seconds without a change.
  private let settle: Double
  /// Nobody tells of changes, and what other hosts have open is not known: two equal looks, by both clocks.
  package var isPolled: Bool
  private var files: [String: Known] = [:]
  /// When a writer was heard to close a file that has not been looked at since.
  private var closes: [String: Double] = [:]
  private var round = 0
  /// Candidates that are not whole yet.
  package private(set) var waitingCount = 0

  /// After so many seconds a file server's clock that stands still is not waited for.
  package static let patience = 60.0
  /// Closes that are remembered until the next look; more cost a settle time, nothing else.
  private static let mostCloses = 10_000

  package init(settle: Double, isPolled: Bool = false) {
    self.settle = settle
    self.isPolled = isPolled
  }

  /// A writer was heard to close this file, or it was moved here.
  package mutating func heardClose(_ path: String, at steady: Double) {
    if closes.count < InboxFiles.mostCloses { closes[path] = steady }
  }

  /// A look at the whole folder begins.
  package mutating func beginLook() {
    round += 1
    waitingCount = 0
  }

  /// What was not seen in this look is gone. Not to be called where the folder could not be looked at.
  package mutating func endLook() {
    files = files.filter { $0.value.round == round }
    closes = [:]
  }

  /// The file is in other hands now: taken in, or not ours.
  package mutating func forget(_ path: String) { files[path] = nil }

  /// Notes what a look found at a path.
  ///
  /// - Returns: whether the file is whole: not changed for the settle time, and nobody writes.
  package mutating func see(_ path: String, _ sight: Sight, _ writer: Writer, at moment: Moment) -> Bool {
    var known = files[path] ?? Known(sight: sight, since: moment)
    let isNew = files[path] == nil
    if !isNew, known.sight == sight {
      known.looks += 1
    } else {
      known = Known(sight: sight, since: moment)
    }
    known.round = round
    let heard = closes.removeValue(forKey: path)
    if let heard, heard > known.since.steady { known.since.steady = heard }
    // The settle time begins after the last close.
    if writer == .somebody { known.since = moment }
    let isWhole =
      writer == .somebody
      ? false
      : isSettled(&known, writer, isFirst: isNew && heard == nil, at: moment)
    files[path] = known
    if !isWhole { waitingCount += 1 }
    return isWhole
  }

  private func isSettled(_ known: inout Known, _ writer: Writer, isFirst: Bool, at moment: Moment) -> Bool {
    let quiet = moment.steady - known.since.steady
    if isPolled {
      guard known.looks >= 2, quiet >= settle else { return false }
      guard let host = moment.host, let since = known.since.host, quiet < settle + InboxFiles.patience else {
        return true
      }
      // The server's clock went back: counted anew from here.
      if host < since { known.since.host = host }
      return host - since >= settle
    }
    if writer == .nobody {
      // What lay here before the first look is as old as it says, by the clock that dated it.
      if isFirst, let host = moment.host, host - Double(known.sight.modified) / 1e9 >= settle { return true }
      return quiet >= settle
    }
    return known.looks >= 2 && quiet >= settle
  }
}
