package import Docket
package import Glibc

/// Where files go once they are taken in, and what cannot be taken in.
extension FolderSource {
  /// Archives or deletes a file that was taken in. In a folder that cannot be changed it stays, and is known by its
  /// identity.
  func putAway(_ arrival: Arrival) throws(DocketError) {
    do throws(DocketError) {
      if then == .delete { try FileCalls.delete(arrival.path) } else { try archive(arrival) }
    } catch {
      guard ["errno \(EROFS)", "errno \(EACCES)", "errno \(EPERM)"].contains(error.cause ?? "") else { throw error }
      staying.insert(arrival.token)
      if isReadOnlySaid { return }
      isReadOnlySaid = true
      throw DocketError(
        .inboxReadOnly,
        "Files in `\(PathText.shown(folder))` cannot be put away: what was taken in stays there, "
          + "and is not taken in again.")
    }
  }

  private func archive(_ arrival: Arrival) throws(DocketError) {
    let target = try archiveFolder(for: arrival.path)
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

  /// `.archive/DATE` of the inbox; beside the file where that lies on another file system.
  private func archiveFolder(for path: String) throws(DocketError) -> String {
    let beside = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let isSame = FileCalls.status(ofFolder: beside)?.st_dev == FileCalls.status(ofFolder: folder)?.st_dev
    let target = "\(isSame ? folder : beside)/.archive/\(FolderClocks.today())"
    try FileCalls.makeFolder(target)
    return target
  }

  static func noFile(_ path: String, _ status: stat) -> DocketError {
    let kind =
      switch status.st_mode & S_IFMT {
      case S_IFLNK: "a link"
      case S_IFIFO: "a pipe"
      case S_IFSOCK: "a socket"
      case S_IFBLK, S_IFCHR: "a device"
      default: "no file"
      }
    return DocketError(
      .arrivalUnreadable, "`\(PathText.shown(path))` is \(kind), and stays where it is.",
      hint: "Only files are taken in: put the file itself there.")
  }

  static func manyNames(_ path: String) -> DocketError {
    DocketError(
      .arrivalUnreadable,
      "`\(PathText.shown(path))` has another name elsewhere (a hard link), and stays where it is.",
      hint: "Put a copy there, or take the other name away.")
  }

  static func away(_ failure: DocketError, _ folder: String) -> DocketError {
    DocketError(
      failure.code, failure.sentence,
      hint: "Bring `\(PathText.shown(folder))` back; it is looked for again, and nothing that was taken in is lost.",
      cause: failure.cause)
  }

  /// Tells one version of a file from the next.
  package static func token(_ status: stat) -> String {
    "\(status.st_dev):\(status.st_ino):\(status.st_size):\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }
}

extension InboxFiles.Sight {
  init(_ status: stat) {
    func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec) }
    self.init(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), byteCount: Int64(status.st_size),
      modified: nanoseconds(status.st_mtim), changed: nanoseconds(status.st_ctim))
  }
}

extension FolderSource: ConfiguredSource {
  package static let manual = ConnectorManual(
    kind: "folder", summary: "Files dropped into a folder and the folders below it.",
    settings: [
      .init("path", "The folder.", isRequired: true),
      .init("settle", "How long a file must not have changed: 1s unless given."),
      .init("then", "What becomes of a file that was taken in: keep, archive or delete; archive unless given."),
      .init("events", "Whether the folder tells of changes: on, off, or auto (by its file system) unless given."),
      .init("subfolders", "Folders in it that are sources of their own, each with `contract` or `sender`."),
    ],
    example: "scanner: { folder: { path: inbox, settle: 1s, then: archive } }")

  package init(_ entry: PipelineFile.SourceEntry, workspace: String) throws(DocketError) {
    let then: Afterwards = try FolderSource.word("then", of: entry) ?? .archive
    let events: Events = try FolderSource.word("events", of: entry) ?? .auto
    let text = entry.settings["settle"] ?? "1s"
    let decimal = text.hasSuffix("s") ? DecimalNumber(String(text.dropLast()))?.approximate : nil
    guard let settle = decimal ?? DurationWord.seconds(in: text).map(Double.init), settle >= 0 else {
      throw DocketError(
        .badConfiguration, "The folder `\(entry.name)` says `settle: \(text)`.", hint: "Write seconds, such as `1s`.")
    }
    self.init(
      name: entry.name, folder: place(entry.settings["path", default: ""], in: workspace), settle: settle, then: then,
      events: events, mapped: Set(entry.subfolders.map(\.name)))
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ setting: String, of entry: PipelineFile.SourceEntry
  ) throws(DocketError) -> Word? where Word.RawValue == String {
    guard let text = entry.settings[setting] else { return nil }
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    throw DocketError(
      .badConfiguration, "The folder `\(entry.name)` says `\(setting): \(text)`.", hint: "It is one of \(words).")
  }
}
