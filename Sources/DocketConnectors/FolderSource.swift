import CPlatform
package import Docket
package import Glibc

/// Files that people and scanners drop into a folder and the folders below it.
///
///     scanner: { folder: { path: inbox, settle: 1s, then: archive } }
///
/// A file is ready when nobody has it open for writing and it has not changed for `settle`. Names that begin
/// with a dot or end in `.part`, `.tmp` and the like are left alone until they are renamed. Links, pipes and
/// devices are never opened; folders behind links are not entered.
package actor FolderSource: Source {
  package nonisolated let name: String
  package nonisolated let folder: String
  private let settle: Double
  private let then: Afterwards
  private let now: @Sendable () -> Double
  /// When each file was first seen as it is now, by token.
  private var seen: [String: Double] = [:]
  /// Tokens that were offered and need no second look.
  private var offered: Set<String> = []
  /// Those of them whose documents are durable.
  private var acknowledged: Set<String> = []
  /// What is in the folder and not taken in, by path; said once.
  private var refused: [String: DocketError] = [:]
  private var said: Set<String> = []

  /// What becomes of a file once its document is durable.
  package enum Afterwards: String, CaseIterable, Sendable { case keep, archive, delete }

  /// - Parameters:
  ///   - settle: seconds without a change.
  ///   - now: seconds since 1970.
  package init(
    name: String, folder: String, settle: Double = 1, then: Afterwards = .archive,
    now: @escaping @Sendable () -> Double = FolderSource.systemTime
  ) {
    self.name = name
    self.folder = folder
    self.settle = settle
    self.then = then
    self.now = now
  }

  /// Ready files that this source has not offered yet, oldest first. Where there are only young ones it waits for
  /// them once, at most twice the settle time.
  package func arrivals(limit: Int) async throws(DocketError) -> [Arrival] {
    var look = try look()
    if look.ready.isEmpty, look.isWaiting {
      do { try await Task.sleep(for: .seconds(settle * 1.1 + 0.01)) } catch { return [] }
      look = try self.look()
    }
    let chosen = look.ready.sorted { ($0.modified, $0.arrival.path) < ($1.modified, $1.arrival.path) }.prefix(limit)
    for file in chosen { offered.insert(file.arrival.token) }
    return chosen.map(\.arrival)
  }

  package func offerAgain() { offered.formIntersection(acknowledged) }

  package func refusals() -> [DocketError] {
    said.formIntersection(refused.keys)
    let new = refused.filter { !said.contains($0.key) }.sorted { $0.key < $1.key }
    said.formUnion(new.map(\.key))
    return new.map(\.value)
  }

  private func refuse(_ path: String, _ error: DocketError) { refused[path] = error }

  private static func noFile(_ path: String, _ status: stat) -> DocketError {
    let kind =
      switch status.st_mode & S_IFMT {
      case S_IFLNK: "a link"
      case S_IFIFO: "a pipe"
      default: "no file"
      }
    return DocketError(
      .arrivalUnreadable, "`\(PathText.shown(path))` is \(kind), and stays where it is.",
      hint: "Only files are taken in: put the file itself there.")
  }

  package func acknowledge(_ arrival: Arrival) async throws(DocketError) {
    // Gone, or another file under the same name: that one is an arrival of its own.
    if then != .keep, let status = FileCalls.status(at: arrival.path), FolderSource.token(status) == arrival.token {
      if then == .archive { try archive(arrival) } else { try FileCalls.delete(arrival.path) }
    }
    acknowledged.insert(arrival.token)
  }

  private func archive(_ arrival: Arrival) throws(DocketError) {
    let target = "\(folder)/.archive/\(FolderSource.day(now()))"
    try FileCalls.makeFolder(target)
    // With the bytes it had, which the arrival's name may not show.
    let name = arrival.path.split(separator: "/").last.map(String.init) ?? arrival.name
    for attempt in 1...10_000 {
      let place = "\(target)/\(FileName.numbered(name, attempt))"
      do throws(DocketError) {
        guard try FileCalls.renameIfFree(arrival.path, to: place) else { continue }
      } catch {
        // Another run has archived it since the look.
        if FileCalls.status(at: arrival.path) == nil { return }
        throw error
      }
      // A writer may have put another file there since the look: that one goes back.
      if let moved = FileCalls.status(at: place), FolderSource.token(moved) != arrival.token {
        _ = try FileCalls.renameIfFree(place, to: arrival.path)
      }
      return
    }
    throw DocketError(.fileSystem, "The archive `\(target)` holds too many files of one name.")
  }

  private struct ReadyFile {
    let arrival: Arrival
    let modified: Double
  }

  private struct Look {
    var ready: [ReadyFile] = []
    /// Some files are young or still being written.
    var isWaiting = false
    var tokens: Set<String> = []
  }

  private func look() throws(DocketError) -> Look {
    var look = Look()
    refused = [:]
    var folders = [folder]
    while let place = folders.popLast() {
      guard let names = try list(place) else { continue }
      for name in names where !FileName.isUnfinished(name) {
        let path = "\(place)/\(name)"
        guard let status = FileCalls.status(at: path) else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: folders.append(path)
        case S_IFREG: examine(path, name, status, &look)
        default: refuse(path, FolderSource.noFile(path, status))
        }
      }
    }
    seen = seen.filter { look.tokens.contains($0.key) }
    offered.formIntersection(look.tokens)
    acknowledged.formIntersection(look.tokens)
    return look
  }

  /// Names in a folder; nil where a folder below the source's own is gone or closed to us.
  private func list(_ place: String) throws(DocketError) -> [String]? {
    if let names = FileCalls.names(in: place) { return names }
    let failure = FileCalls.failure("look into", place)
    if place == folder { throw failure }
    // A folder that went away has taken its files along.
    if FileCalls.status(at: place) != nil { refuse(place, failure) }
    return nil
  }

  private func examine(_ path: String, _ name: String, _ status: stat, _ look: inout Look) {
    let token = FolderSource.token(status)
    look.tokens.insert(token)
    guard !offered.contains(token) else { return }
    let time = now()
    let first = seen[token] ?? time
    seen[token] = first
    let modified = FolderSource.modified(status)
    // A file from the future (a copied date, another host's clock) is old once it was looked at for long enough.
    let age = max(time - modified, time - first)
    guard age >= settle else {
      look.isWaiting = true
      return
    }
    switch writing(path) {
    case .nobody: break
    case .somebody:
      look.isWaiting = true
      return
    case .unknown:
      // Two equal looks, a settle time apart.
      guard time - first >= settle else {
        look.isWaiting = true
        return
      }
    }
    look.ready.append(
      ReadyFile(
        arrival: Arrival(source: self.name, name: PathText.shown(name), path: path, token: token), modified: modified))
  }

  private enum Writing { case nobody, somebody, unknown }

  private func writing(_ path: String) -> Writing {
    guard let descriptor = try? FileCalls.open(path, O_RDONLY) else { return .unknown }
    defer { close(descriptor) }
    return switch docket_no_writer(descriptor) {
    case 0: .nobody
    case EAGAIN: .somebody
    default: .unknown
    }
  }

  /// Tells one version of a file from the next.
  package static func token(_ status: stat) -> String {
    "\(status.st_dev):\(status.st_ino):\(status.st_size):\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  private static func modified(_ status: stat) -> Double {
    Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
  }

  package static let systemTime: @Sendable () -> Double = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The local day: `2026-03-04`.
  private static func day(_ seconds: Double) -> String {
    var moment = time_t(seconds)
    var parts = tm()
    localtime_r(&moment, &parts)
    let date = CalendarDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    return date?.description ?? "undated"
  }
}

extension FolderSource: ConfiguredSource {
  package static let manual = ConnectorManual(
    kind: "folder", summary: "Files dropped into a folder and the folders below it.",
    settings: [
      .init("path", "The folder.", isRequired: true),
      .init("settle", "How long a file must not have changed: 1s unless given."),
      .init("then", "What becomes of a file that was taken in: keep, archive or delete; archive unless given."),
    ],
    example: "scanner: { folder: { path: inbox, settle: 1s, then: archive } }")

  package init(_ entry: PipelineFile.SourceEntry, workspace: String) throws(DocketError) {
    let word = entry.settings["then"] ?? Afterwards.archive.rawValue
    guard let then = Afterwards(rawValue: word) else {
      throw DocketError(
        .badConfiguration, "The folder `\(entry.name)` says `then: \(word)`.",
        hint: "It is one of `keep`, `archive` and `delete`.")
    }
    let text = entry.settings["settle"] ?? "1s"
    guard text.hasSuffix("s"), let settle = DecimalNumber(String(text.dropLast()))?.approximate, settle >= 0 else {
      throw DocketError(
        .badConfiguration, "The folder `\(entry.name)` says `settle: \(text)`.", hint: "Write seconds, such as `1s`.")
    }
    self.init(
      name: entry.name, folder: place(entry.settings["path", default: ""], in: workspace), settle: settle, then: then)
  }
}
