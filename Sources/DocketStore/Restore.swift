package import Docket
import Glibc

/// Puts a backup where a workspace was, or is to be.
package struct Restore: Sendable {
  private let folder: BackupFolder
  private let workspace: String
  private var docket: String { "\(workspace)/.docket" }
  private var stage: String { Restore.stage(of: workspace) }

  package init(from folder: BackupFolder, into workspace: String) {
    self.folder = folder
    self.workspace = workspace
  }

  /// Where a restored `.docket` is put together before it takes its place.
  package static func stage(of workspace: String) -> String { "\(workspace)/.docket.restoring" }

  /// Whether something is there that restoring would replace.
  package var isOccupied: Bool {
    WholeFile.exists("\(docket)/store.sqlite") || WholeFile.exists("\(workspace)/docket.yaml")
  }

  /// The store, originals, readings and settings as they were. What was there is kept beside it.
  ///
  /// - Parameter aside: where what was there goes; there must be nothing yet.
  /// - Returns: whether something was there.
  /// - Throws: `workspace-busy` where somebody uses the workspace; `backup-damaged`, `disk-full`: nothing is changed.
  package func whole(_ manifest: BackupManifest, aside: String) throws(DocketError) -> Bool {
    try WholeFile.makeFolders(workspace)
    let wasThere = WholeFile.exists(docket)
    let lock = wasThere ? try StoreLock(in: docket) : nil
    try lock?.beAlone()
    WholeFile.removeFolder(stage)
    do throws(DocketError) {
      try gather(manifest)
    } catch {
      WholeFile.removeFolder(stage)
      throw error
    }
    sync()
    if wasThere, rename(docket, aside) != 0 { throw WholeFile.failure("rename", docket) }
    guard rename(stage, docket) == 0 else { throw WholeFile.failure("rename", stage) }
    for (path, part) in manifest.files.sorted(by: { $0.key < $1.key }) { try put(path, part, aside: aside) }
    withExtendedLifetime(lock) {}
    return wasThere
  }

  private func gather(_ manifest: BackupManifest) throws(DocketError) {
    for name in ["blobs", "readings", "aside"] { try WholeFile.makeFolders("\(stage)/\(name)") }
    let store = "\(stage)/store.sqlite"
    guard
      try WholeFile.copy("\(folder.snapshot(manifest.name))/store.sqlite", to: store, expecting: manifest.store.digest)
        != nil
    else { throw DocketError(.backupDamaged, "The store in the backup `\(manifest.name)` is not what was written.") }
    guard try StoreCopy(path: store).isWhole else {
      throw DocketError(.backupDamaged, "The store in the backup `\(manifest.name)` is damaged.")
    }
    for part in manifest.originals {
      try copy(folder.blob(part.digest), to: BlobFolder.place(of: part.digest, in: stage), part.digest)
    }
    // Before anything is replaced.
    for (path, part) in manifest.files where WholeFile.measure(folder.blob(part.digest))?.digest != part.digest {
      throw DocketError(.backupDamaged, "The file `\(PathText.shown(path))` in the backup is not what was written.")
    }
    for part in manifest.readings {
      // A reading guards itself, and is made anew where it is damaged.
      try copy(folder.reading(part.digest), to: BlobFolder.place(ofReading: part.digest, in: stage), nil)
    }
  }

  private func copy(_ source: String, to place: String, _ digest: ContentDigest?) throws(DocketError) {
    try WholeFile.makeFolders(String(place[..<place.lastIndex(of: "/")!]))
    guard try WholeFile.copy(source, to: place, expecting: digest, syncedLater: true) != nil || digest == nil else {
      throw DocketError(
        .backupDamaged, "The original \(digest?.hex.prefix(12) ?? "") in the backup is missing or not what was written."
      )
    }
  }

  /// One file of the settings; another one that was there is kept.
  private func put(_ path: String, _ part: BackupManifest.Part, aside: String) throws(DocketError) {
    let place = "\(workspace)/\(path)"
    if let now = WholeFile.measure(place) {
      if now.digest == part.digest { return }
      let kept = "\(aside)/settings/\(path)"
      try WholeFile.makeFolders(String(kept[..<kept.lastIndex(of: "/")!]))
      _ = try WholeFile.copy(place, to: kept, expecting: nil)
    }
    try WholeFile.makeFolders(String(place[..<place.lastIndex(of: "/")!]))
    guard try WholeFile.copy(folder.blob(part.digest), to: place, expecting: part.digest) != nil else {
      throw DocketError(.backupDamaged, "The file `\(PathText.shown(path))` in the backup is not what was written.")
    }
    chmod(PathText.systemName(place), 0o644)
  }

  /// Puts originals back that are missing or damaged, while others work; the store stays as it is.
  ///
  /// - Returns: those that the folder does not have whole either.
  package func originals(_ damaged: [ContentDigest]) throws(DocketError) -> [ContentDigest] {
    var missing: [ContentDigest] = []
    for digest in damaged {
      let place = BlobFolder.place(of: digest, in: docket)
      try WholeFile.makeFolders(String(place[..<place.lastIndex(of: "/")!]))
      if try WholeFile.copy(folder.blob(digest), to: place, expecting: digest) == nil { missing.append(digest) }
    }
    return missing
  }

  /// Puts the store back that was there before a schema came; the one that is there is kept as
  /// `store.sqlite.after-<schema>`. What happened since is in that one alone.
  /// - Throws: `bad-input` where none was kept; `workspace-busy`.
  package static func store(before schema: Int, in workspace: String) throws(DocketError) {
    let store = "\(workspace)/.docket/store.sqlite"
    let kept = SQLStore.aside(store, before: schema)
    guard WholeFile.exists(kept) else {
      throw DocketError(
        .badInput, "No store of before schema \(schema) was kept.",
        hint: "`docket verify` lists those that were; `docket restore BACKUP` goes back to a backup.")
    }
    guard try StoreCopy(path: kept).isWhole else {
      throw DocketError(.backupDamaged, "The store that was kept is damaged.")
    }
    let lock = try StoreLock(in: "\(workspace)/.docket")
    try lock.beAlone()
    // What stands in its log belongs to the store that goes.
    try? StoreCopy.fold(store)
    guard rename(store, "\(store).after-\(schema)") == 0, rename(kept, store) == 0 else {
      throw WholeFile.failure("rename", store)
    }
    for end in ["-wal", "-shm"] { unlink(store + end) }
    withExtendedLifetime(lock) {}
  }
}
