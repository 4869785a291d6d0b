import Docket
import DocketConnectors
import DocketStore
import Glibc

/// Looks for what is left of something in a workspace's own tables and files.
struct RemainsSearch {
  let room: StoreRoom

  /// Where a document's id and digest may stand although it was forgotten: that it was there, and that it is gone.
  private static let places: Set<String> = [
    "document.id", "document.parent", "document.duplicate_of", "erased.document", "erased.digest", "event.document",
    "event.digest", "taken.document", "cost.document",
  ]

  /// Of a document that was forgotten: rows, files, and what is remembered of it.
  func remains(of erasure: Erasure) async throws -> [DocketError] {
    var found: [String] = []
    for text in [erasure.document.hex, erasure.digest.hex] {
      found += try await room.store.places(of: text).keys.filter { !RemainsSearch.places.contains($0) }.sorted()
    }
    let path = room.blobs.path(of: erasure.digest)
    if FileBytes.exists(path), try await !room.store.needs(original: erasure.digest) { found.append(path) }
    let shelf = MemoryShelf(workspace: room.folder)
    for number in shelf.numbers {
      guard let memory = try? shelf.memory(number) else { continue }
      let isKnown = memory.contracts.contains { contract in
        memory.documents(of: contract).contains { $0.id.hasPrefix(erasure.digest.hex) }
      }
      if isKnown { found.append(shelf.file(number)) }
    }
    // Written before it was forgotten, so it stands in them as it was.
    found += room.blobs.keptStores.filter { RemainsSearch.writtenAt($0) < erasure.at }
    return found.map { place in
      RemainsSearch.left(
        place, erasure, "Type `docket forget \(erasure.document.hex.prefix(8))` again; it takes away what is left.")
    } + copies(of: erasure.digest).map { RemainsSearch.left($0, erasure, "A restore left it: remove that folder.") }
  }

  /// Copies left by restores that have the original.
  private func copies(of original: ContentDigest) -> [String] {
    let inside = room.blobs.path(of: original).dropFirst("\(room.folder)/.docket".utf8.count)
    return RemainsSearch.leftByRestores(in: room.folder).filter { FileBytes.exists($0 + inside) }
  }

  private static func left(_ place: String, _ erasure: Erasure, _ hint: String) -> DocketError {
    DocketError(
      .erasureIncomplete, "Something of a forgotten document is left in `\(PlainText.oneLine(place))`.", hint: hint,
      document: erasure.document)
  }

  private static func writtenAt(_ path: String) -> Double {
    var status = stat()
    return lstat(PathText.systemName(path), &status) == 0 ? Double(status.st_mtim.tv_sec) : 0
  }

  /// Where a text stands: columns of the store, and files of the workspace but for sources' and destinations'.
  func places(of text: String) async throws -> [String] {
    let columns = try await room.store.places(of: text).keys.sorted()
    return columns + RemainsSearch.files(with: Array(text.utf8), in: room.folder)
  }

  /// Files below `.docket`, `memory` and `models`, and copies that a restore left, that hold some bytes.
  private static func files(with bytes: [UInt8], in folder: String) -> [String] {
    guard !bytes.isEmpty else { return [] }
    var found: [String] = []
    var left = [".docket", "memory", "models"].map { "\(folder)/\($0)" } + RemainsSearch.leftByRestores(in: folder)
    while let path = left.popLast() {
      var status = stat()
      guard lstat(PathText.systemName(path), &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        left += names(in: path).map { "\(path)/\($0)" }
      } else if status.st_mode & S_IFMT == S_IFREG, holds(path, bytes) {
        found.append(path)
      }
    }
    return found.sorted()
  }

  static func leftByRestores(in folder: String) -> [String] {
    names(in: folder).filter { $0.hasPrefix(".docket.before-restore-") }.map { "\(folder)/\($0)" }
  }

  private static func names(in folder: String) -> [String] {
    (FileCalls.names(in: folder) ?? []).filter { $0 != "." && $0 != ".." }.sorted()
  }

  private static func holds(_ path: String, _ bytes: [UInt8]) -> Bool {
    let descriptor = open(PathText.systemName(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let step = max(1 << 20, bytes.count)
    var window = [UInt8](repeating: 0, count: step + bytes.count)
    var kept = 0
    while true {
      let count = window.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + kept, step) }
      guard count > 0 else { return false }
      if window.withUnsafeBytes({ contains(UnsafeRawBufferPointer(rebasing: $0[..<(kept + count)]), bytes) }) {
        return true
      }
      let tail = min(bytes.count - 1, kept + count)
      window.replaceSubrange(0..<tail, with: Array(window[(kept + count - tail)..<(kept + count)]))
      kept = tail
    }
  }

  private static func contains(_ hay: UnsafeRawBufferPointer, _ bytes: [UInt8]) -> Bool {
    guard let base = hay.baseAddress else { return false }
    var place = 0
    while place + bytes.count <= hay.count {
      guard let next = memchr(base + place, Int32(bytes[0]), hay.count - bytes.count - place + 1) else { return false }
      if memcmp(next, bytes, bytes.count) == 0 { return true }
      place = UnsafeRawPointer(next) - base + 1
    }
    return false
  }
}
