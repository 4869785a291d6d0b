package import Docket
import Glibc

/// A folder of backups of one workspace. What never changes lies in it once, however many backups hold it:
///
///     docket-backup                       says what the folder is
///     blobs/aa/<sha256>                   originals, and settings, models, memory as files
///     readings/aa/<key>
///     snapshots/20261128T161500Z/         one backup: manifest.jsonl, store.sqlite
package struct BackupFolder: Sendable {
  package let root: String
  private static let mark = "docket-backup"

  private init(root: String) { self.root = root }

  /// Makes the folder where there is none.
  /// - Throws: `bad-input` where it holds other things; `disk-full`, `file-system`.
  package static func make(_ root: String) throws(DocketError) -> BackupFolder {
    let names = WholeFile.names(in: root)
    guard names.isEmpty || names.contains(mark) else {
      throw DocketError(
        .badInput, "The folder `\(PathText.shown(root))` holds other things than backups.",
        hint: "Name a folder that is empty, or not there yet.")
    }
    try WholeFile.makeFolders(root)
    chmod(PathText.systemName(root), 0o700)
    for folder in ["blobs", "readings", "snapshots"] { try WholeFile.makeFolders("\(root)/\(folder)") }
    if !names.contains(mark) {
      try WholeFile.write(
        Array("\(BackupManifest.format)\nMade by `docket backup`; read by `docket restore`.\n".utf8),
        to: "\(root)/\(mark)")
    }
    return BackupFolder(root: root)
  }

  /// - Throws: `bad-input` where it is no folder of backups.
  package static func open(_ root: String) throws(DocketError) -> BackupFolder {
    guard WholeFile.exists("\(root)/\(mark)") else {
      throw DocketError(
        .badInput, "The folder `\(PathText.shown(root))` holds no backups.",
        hint: "Name the folder that `docket backup` was given.")
    }
    return BackupFolder(root: root)
  }

  /// Of the backups that are whole, oldest first.
  package var names: [String] { WholeFile.names(in: "\(root)/snapshots").filter { !$0.hasPrefix(".") } }

  /// - Parameter name: nil: the newest.
  /// - Throws: `bad-input` where there is none of this name; `backup-damaged`.
  package func manifest(_ name: String?) throws(DocketError) -> BackupManifest {
    guard let name = name ?? names.last, names.contains(name) else {
      throw DocketError(
        .badInput, name.map { "There is no backup `\($0)`." } ?? "The folder holds no backup yet.",
        hint: names.isEmpty
          ? "Make one with `docket backup DIR`." : "There are: \(names.suffix(10).joined(separator: ", ")).")
    }
    guard let bytes = WholeFile.contents(of: "\(snapshot(name))/manifest.jsonl") else {
      throw DocketError(.backupDamaged, "The backup `\(name)` has no list of what it holds.")
    }
    return try BackupManifest(text: String(decoding: bytes, as: UTF8.self))
  }

  func snapshot(_ name: String) -> String { "\(root)/snapshots/\(name)" }
  func blob(_ digest: ContentDigest) -> String { "\(root)/blobs/\(digest.hex.prefix(2))/\(digest.hex)" }
  func reading(_ key: ContentDigest) -> String { "\(root)/readings/\(key.hex.prefix(2))/\(key.hex)" }

  /// Older backups than the newest so many go, with whatever no other one needs.
  package func keep(newest count: Int) throws(DocketError) -> [String] {
    let gone = Array(names.dropLast(max(1, count)))
    guard !gone.isEmpty else { return [] }
    var needed = Set<String>()
    for name in names.suffix(max(1, count)) {
      let manifest = try manifest(name)
      for part in manifest.originals + manifest.readings + manifest.files.values { needed.insert(part.digest.hex) }
    }
    for name in gone { WholeFile.removeFolder(snapshot(name)) }
    for kind in ["blobs", "readings"] {
      for shelf in WholeFile.names(in: "\(root)/\(kind)") {
        for name in WholeFile.names(in: "\(root)/\(kind)/\(shelf)") where !needed.contains(name) {
          unlink("\(root)/\(kind)/\(shelf)/\(name)")
        }
      }
    }
    return gone
  }
}
