import CPlatform
package import Docket
import Glibc

/// Files that people and scanners drop into a folder and the folders below it.
///
///     scanner: { folder: { path: inbox, settle: 1s, then: archive } }
///
/// A file is ready when nobody has it open for writing and it has not changed for `settle`; `InboxFiles` says so. Names
/// that begin with a dot or end in `.part`, `.tmp` and the like are left alone until they are renamed. Links, files
/// with several names, pipes and devices are never opened; folders behind links are not entered. A folder that is
/// away, or closed to us, is said once and looked for again.
package actor FolderSource: Source {
  package nonisolated let name: String
  package nonisolated let folder: String
  let settle: Double
  let then: Afterwards
  private let events: Events
  private let clocks: FolderClocks
  /// Folders below that are sources of their own: `scanner/acme`.
  private let mapped: Set<String>
  private var files: InboxFiles
  private var watcher: FolderWatcher?
  private var isWatched = false
  /// Whole files that the last look found, the oldest last.
  private var ready: [Offer] = []
  /// What was offered and is not acknowledged yet, by token.
  private var offered: [String: Offer] = [:]
  /// Acknowledged ones that stay where they are, by token.
  var staying: Set<String> = []
  /// It was said that files cannot be put away here.
  var isReadOnlySaid = false
  /// What is in the folder and not taken in, by path; each is said once.
  private var refused: [String: DocketError] = [:]
  private var said: Set<String> = []
  /// The file system that the folder was on when it was last looked at.
  private var device: UInt?
  /// When to look again though nothing is heard, by the steady clock.
  private var nextLook = 0.0

  /// What becomes of a file once its document is durable.
  package enum Afterwards: String, CaseIterable, Sendable { case keep, archive, delete }
  /// Whether the folder tells of its changes; `auto`: as its file system does.
  package enum Events: String, CaseIterable, Sendable { case auto, on, off }

  /// A file that is whole, as it was when it was looked at.
  struct Offer {
    let arrival: Arrival
    let sight: InboxFiles.Sight
  }

  /// Seconds after which a folder is looked at though nothing was heard.
  private static let longestWait = 60.0
  /// More candidates than these wait for the next look.
  private static let mostCandidates = 20_000

  /// - Parameters:
  ///   - settle: seconds without a change.
  ///   - mapped: names of folders below that are sources of their own.
  package init(
    name: String, folder: String, settle: Double = 1, then: Afterwards = .archive, events: Events = .auto,
    mapped: Set<String> = [], clocks: FolderClocks = FolderClocks()
  ) {
    self.name = name
    self.folder = folder
    self.settle = settle
    self.then = then
    self.events = events
    self.mapped = mapped
    self.clocks = clocks
    files = InboxFiles(settle: settle)
  }

  /// Ready files that this source has not offered yet, oldest first. Where there are only young ones it waits for
  /// them once, about the settle time; not where it is watched, as it is looked at again anyway.
  package func arrivals(limit: Int) async throws(DocketError) -> [Arrival] {
    if ready.isEmpty { look() }
    if ready.isEmpty, files.waitingCount > 0, !isWatched {
      do { try await Task.sleep(for: .seconds(settle * 1.1 + 0.01)) } catch { return [] }
      look()
    }
    var arrivals: [Arrival] = []
    while arrivals.count < limit, let offer = ready.popLast() {
      // Thousands may have lain before it: looked at again, as it is offered.
      guard let status = FileCalls.status(at: offer.arrival.path), InboxFiles.Sight(status) == offer.sight else {
        continue
      }
      offered[offer.arrival.token] = offer
      arrivals.append(offer.arrival)
    }
    return arrivals
  }

  package func offerAgain() { offered = [:] }

  package func refusals() -> [DocketError] {
    said.formIntersection(refused.keys)
    let new = refused.filter { !said.contains($0.key) }.sorted { $0.key < $1.key }
    said.formUnion(new.map(\.key))
    return new.map(\.value)
  }

  func refuse(_ path: String, _ error: DocketError) { refused[path] = error }

  package func standing(of arrival: Arrival) async -> ArrivalStanding {
    guard let found = FileCalls.status(at: arrival.path) else { return .gone }
    var status = found
    if files.isPolled {
      do throws(DocketError) { try close(FileCalls.open(arrival.path, O_RDONLY)) } catch {
        // The system remembers a name that the server does not have any more.
        if error.cause == "errno \(ENOENT)" { return .gone }
      }
      status = opened(arrival.path, found).0
    }
    guard let offer = offered[arrival.token] else { return .unchanged }
    return InboxFiles.Sight(status) == offer.sight ? .unchanged : .changed
  }

  package func acknowledge(_ arrival: Arrival) async throws(DocketError) {
    // Gone, or another file under the same name: that one is an arrival of its own.
    let isThere = FileCalls.status(at: arrival.path).map { FolderSource.token($0) == arrival.token } ?? false
    if then == .keep {
      staying.insert(arrival.token)
    } else if isThere {
      try putAway(arrival)
    }
    offered[arrival.token] = nil
    files.forget(arrival.path)
  }

  // Looking

  private func look() {
    let began = clocks.steady()
    defer { planNextLook(lasted: clocks.steady() - began) }
    refused = [:]
    guard let root = FileCalls.status(ofFolder: folder) else {
      refuse(folder, FolderSource.away(FileCalls.failure("look into", folder), folder))
      return
    }
    files.isPolled = events == .off || (events == .auto && !FolderWatcher.isLocal(folder))
    let isElsewhere = device.map { $0 != UInt(root.st_dev) } ?? false
    device = UInt(root.st_dev)
    if files.isPolled { watcher = nil } else if isWatched, watcher == nil { watcher = FolderWatcher() }
    for path in watcher?.hear().closed ?? [] { files.heardClose(path, at: clocks.steady()) }
    let host = files.isPolled ? nil : clocks.trustedDay()
    var walk = Walk(moment: .init(steady: clocks.steady(), host: host))
    files.beginLook()
    walk.folders = [(folder, nil, root)]
    while let place = walk.folders.popLast() { visit(place, &walk) }
    files.endLook()
    watcher?.keep(walk.seen)
    // Another file system in the same place (a share that went, or came back) says nothing about files of the first.
    if !isElsewhere, walk.isWhole { staying.formIntersection(walk.tokens) }
    ready = walk.found.sorted {
      ($0.sight.modified, $0.arrival.path) > ($1.sight.modified, $1.arrival.path)
    }
  }

  private struct Walk {
    var moment: InboxFiles.Moment
    /// The server was asked for its time; not where there is nothing to look at.
    var hasAskedServer = false
    /// With the mapped folder that each lies in.
    var folders: [(path: String, origin: String?, status: stat)] = []
    var seen: Set<String> = []
    var found: [Offer] = []
    var tokens: Set<String> = []
    /// Nothing was left out.
    var isWhole = true
    var candidates = 0
  }

  private func visit(_ place: (path: String, origin: String?, status: stat), _ walk: inout Walk) {
    walk.seen.insert(place.path)
    watcher?.attend(place.path, place.status)
    guard let names = FileCalls.names(in: place.path) else {
      walk.isWhole = false
      // A folder that went away has taken its files along.
      if FileCalls.status(at: place.path) != nil { refuse(place.path, FileCalls.failure("look into", place.path)) }
      return
    }
    for name in names where !FileName.isUnfinished(name) {
      let path = "\(place.path)/\(name)"
      guard let status = FileCalls.status(at: path) else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        let origin = place.origin ?? (place.path == folder && mapped.contains(name) ? name : nil)
        walk.folders.append((path, origin, status))
      case S_IFREG: examine(path, name, status, origin: place.origin, &walk)
      default: refuse(path, FolderSource.noFile(path, status))
      }
    }
  }

  private func examine(_ path: String, _ name: String, _ status: stat, origin: String?, _ walk: inout Walk) {
    let token = FolderSource.token(status)
    walk.tokens.insert(token)
    guard !staying.contains(token), offered[token] == nil else { return }
    guard walk.candidates < FolderSource.mostCandidates else {
      walk.isWhole = false
      return
    }
    walk.candidates += 1
    if files.isPolled, !walk.hasAskedServer {
      walk.hasAskedServer = true
      walk.moment.host = serverTime()
    }
    let (status, writer) = opened(path, status)
    let sight = InboxFiles.Sight(status)
    guard files.see(path, sight, writer, at: walk.moment) else { return }
    guard status.st_nlink <= 1 else { return refuse(path, FolderSource.manyNames(path)) }
    walk.found.append(
      Offer(
        arrival: Arrival(
          source: origin.map { "\(self.name)/\($0)" } ?? self.name, name: PathText.shown(name), path: path,
          token: FolderSource.token(status), place: placeToken(path, status)), sight: sight))
  }

  /// Opening asks a file server for what is true now, where a look may be answered from memory.
  private func opened(_ path: String, _ status: stat) -> (stat, InboxFiles.Writer) {
    guard let descriptor = try? FileCalls.open(path, O_RDONLY) else { return (status, .unknown) }
    defer { close(descriptor) }
    if files.isPolled { docket_refresh(descriptor) }
    let fresh = (try? FileCalls.status(of: descriptor, path)) ?? status
    // Whoever keeps a lock on the file has not done with it.
    if flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK { return (fresh, .somebody) }
    return switch docket_no_writer(descriptor) {
    case 0: (fresh, .nobody)
    case EAGAIN: (fresh, .somebody)
    default: (fresh, .unknown)
    }
  }

  /// A second identity for files that stay: a share that is mounted anew has other devices, and perhaps other inodes.
  private func placeToken(_ path: String, _ status: stat) -> String? {
    guard then == .keep || access(folder, W_OK) != 0 else { return nil }
    // By its digest: the store remembers it when the document, and what it was called, are forgotten.
    let inside = ContentDigest(of: String(path.dropFirst(folder.count + 1))).hex
    return "at:\(status.st_size):\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec):\(inside)"
  }

  /// The clock of the host that dates the files: that of a file made there. Nil where none can be made.
  private func serverTime() -> Double? {
    guard then != .keep else { return nil }
    let path = "\(folder)/.docket-clock"
    guard let descriptor = try? FileCalls.open(path, O_WRONLY | O_CREAT | O_EXCL) else {
      try? FileCalls.delete(path)
      return nil
    }
    defer {
      close(descriptor)
      try? FileCalls.delete(path)
    }
    return (try? FileCalls.status(of: descriptor, path)).map { Double(InboxFiles.Sight($0).modified) / 1e9 }
  }
}

extension FolderSource: WatchedSource {
  package func beginWatching() { isWatched = true }

  /// True as soon as something has changed or a young file may be whole; false after so many seconds without. Throws
  /// when the task is cancelled.
  package func change(within seconds: Double) async throws -> Bool {
    let end = clocks.steady() + seconds
    while true {
      if !ready.isEmpty || clocks.steady() >= nextLook { return true }
      if let heard = watcher?.hear(), heard.isAnything {
        for path in heard.closed { files.heardClose(path, at: clocks.steady()) }
        return true
      }
      let left = end - clocks.steady()
      if left <= 0 { return false }
      // A tenth of a second is what a person takes for at once, and ten looks a second cost nothing.
      try await Task.sleep(for: .seconds(min(0.1, left)))
    }
  }

  /// Young files are looked at again when they may be whole. Without events the folder is asked, and not so often that
  /// asking is all that happens.
  private func planNextLook(lasted seconds: Double) {
    var wait = files.waitingCount > 0 ? max(settle, 0.05) : FolderSource.longestWait
    if watcher?.isDeaf ?? true { wait = min(wait, max(1, settle)) }
    nextLook = clocks.steady() + min(max(wait, 20 * seconds), FolderSource.longestWait)
  }
}
