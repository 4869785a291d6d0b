package import Docket
import Glibc

/// A folder of originals, each with its record beside it as JSON.
///
///     archive: { folder: { path: archive, name: [seller.name, issued_on, number] } }
///
/// Both files are written aside and renamed, the original first: where there is a `.json`, both are whole.
/// The name is made of the record's values; a second record of the same name gets `-2`. A corrected record
/// gets files of its own; a retraction is a tombstone `NAME.retracted.json`.
package actor FolderDestination: Destination {
  package nonisolated let name: String
  private let folder: String
  private let nameFields: [String]

  package init(name: String, folder: String, nameFields: [String] = []) {
    self.name = name
    self.folder = folder
    self.nameFields = nameFields
  }

  package func deliver(_ delivery: Delivery) async throws(DocketError) -> Receipt {
    let record = Array(Self.opening(delivery).utf8)
    return try locked { (folder) throws(DocketError) in
      let ending = Self.ending(of: delivery.original)
      for attempt in 1...10_000 {
        let stem = FileName.numbered(self.stem(delivery), attempt)
        switch try self.holds("\(folder)/\(stem).json", delivery.key) {
        case .another: continue
        case .this: break
        case .nothing:
          if let original = delivery.original {
            let place = "\(folder)/\(stem)\(ending)"
            guard try self.put(original, at: place) else { continue }
          }
          try self.write(record, to: "\(folder)/\(stem).json")
        }
        return Receipt(key: delivery.key, place: "\(folder)/\(stem).json")
      }
      throw DocketError(.destinationRefused, "The folder `\(folder)` holds too many records of one name.")
    }
  }

  package func retract(_ delivery: Delivery) async throws(DocketError) -> Receipt {
    let record = Array(Self.opening(delivery).utf8)
    return try locked { (folder) throws(DocketError) in
      for attempt in 1...10_000 {
        let place = "\(folder)/\(FileName.numbered(self.stem(delivery), attempt)).retracted.json"
        switch try self.holds(place, delivery.key) {
        case .another: continue
        case .this: return Receipt(key: delivery.key, place: place)
        case .nothing:
          try self.write(record, to: place)
          return Receipt(key: delivery.key, place: place)
        }
      }
      throw DocketError(.destinationRefused, "The folder `\(folder)` holds too many records of one name.")
    }
  }

  /// The record's line, its key first, so that a look at the first bytes tells whose it is.
  private static func opening(_ delivery: Delivery) -> String {
    let rest = delivery.payload.dropFirst()
    return "\(JSONLineForm.opening)\(delivery.key)\",\"operation\":\"\(delivery.operation.rawValue)\""
      + (rest == "}" ? "" : ",") + rest + "\n"
  }

  /// One process at a time, so that nobody takes a name between a look and a rename.
  private func locked<Value>(
    _ work: (String) throws(DocketError) -> Value
  ) throws(DocketError) -> Value {
    try FileCalls.makeFolder(folder)
    let path = "\(folder)/.lock"
    let descriptor = try FileCalls.open(path, O_RDWR | O_CREAT)
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw FileCalls.failure("lock", path) }
    }
    return try work(folder)
  }

  private func stem(_ delivery: Delivery) -> String {
    let values = nameFields.compactMap { field in delivery.values.first { $0.path == field }?.value }
    let words = values.filter { !$0.isEmpty }.map(FileName.safe)
    if !words.isEmpty { return words.joined(separator: "_") }
    let original = delivery.original.map { FileName.safe(FileName.parts(of: $0.name).stem) } ?? "record"
    return "\(original)-\(delivery.record.hex.prefix(12))"
  }

  /// Of the original's name, made safe; `.json` would be the record's.
  private static func ending(of original: ReadableFile?) -> String {
    let ending = FileName.parts(of: original?.name ?? "").ending.dropFirst().lowercased()
    guard !ending.isEmpty, ending.count <= 8, ending.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      return ".bin"
    }
    return ending == "json" ? ".original.json" : ".\(ending)"
  }

  private enum Holding { case nothing, this, another }

  private func holds(_ path: String, _ key: String) throws(DocketError) -> Holding {
    guard FileCalls.status(at: path) != nil else { return .nothing }
    let start = try FileCalls.read(path, limit: 4096)
    return JSONLineForm().key(of: start[...]) == key ? .this : .another
  }

  /// Copies the original unless it is there already; false where another file has the name.
  private func put(_ original: ReadableFile, at place: String) throws(DocketError) -> Bool {
    let aside = "\(folder)/.aside-original"
    unlink(aside)
    let from = try FileCalls.open(original.path, O_RDONLY)
    defer { close(from) }
    let to = try FileCalls.open(aside, O_RDWR | O_CREAT | O_EXCL)
    defer { close(to) }
    var hasher = ContentHasher()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(from, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileCalls.failure("read", original.path) }
      if count == 0 { break }
      let part = Array(chunk.prefix(count))
      hasher.update(part)
      try FileCalls.write(part, to: to, aside)
    }
    try FileCalls.sync(to, aside)
    if try FileCalls.renameIfFree(aside, to: place) { return true }
    // A crash between the two renames leaves the original alone: the same bytes are ours.
    unlink(aside)
    return try digest(place) == hasher.finish()
  }

  private func digest(_ path: String) throws(DocketError) -> ContentDigest? {
    guard let status = FileCalls.status(at: path), status.st_mode & S_IFMT == S_IFREG else { return nil }
    var hasher = ContentHasher()
    let descriptor = try FileCalls.open(path, O_RDONLY)
    defer { close(descriptor) }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileCalls.failure("read", path) }
      if count == 0 { return hasher.finish() }
      hasher.update(Array(chunk.prefix(count)))
    }
  }

  private func write(_ bytes: [UInt8], to place: String) throws(DocketError) {
    let aside = "\(folder)/.aside-record"
    unlink(aside)
    let descriptor = try FileCalls.open(aside, O_WRONLY | O_CREAT | O_EXCL)
    defer { close(descriptor) }
    try FileCalls.write(bytes, to: descriptor, aside)
    try FileCalls.sync(descriptor, aside)
    try FileCalls.rename(aside, to: place)
    try FileCalls.syncFolder(folder)
  }
}

extension FolderDestination: ConfiguredDestination {
  package static let manual = ConnectorManual(
    kind: "folder", summary: "The original, with its record beside it as JSON.",
    settings: [
      .init("path", "The folder; made if it is not there.", isRequired: true),
      .init("name", "Fields whose values make the files' name; else the original's name and the record's id."),
    ],
    example: "archive: { folder: { path: archive, name: [number] } }")

  package init(_ entry: PipelineFile.DestinationEntry, workspace: String) throws(DocketError) {
    self.init(
      name: entry.name, folder: place(entry.settings["path", default: ""], in: workspace),
      nameFields: entry.nameFields)
  }
}
