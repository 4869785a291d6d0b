package import Docket
import Glibc

/// Makes one backup of a workspace, while others work in it.
///
/// The store is copied first, as it is at one moment; originals are durable before the store knows them and never
/// change, so all that the copy needs is there afterwards. A backup appears under its name only when it is whole.
package struct Backup: Sendable {
  private let workspace: String
  private let folder: BackupFolder
  /// Whether what the folder has already is read and compared, not only looked for.
  private let isChecking: Bool

  /// What people write, and what was learned. Secrets, what waits in an inbox, and destinations are others' to keep.
  package static let settings = [
    "docket.yaml", "pipelines", "contracts", "policies", "mappings", "vocabularies", "words", "models", "memory",
  ]
  /// Of one workspace's settings: more is a mistake.
  private static let mostFiles = 100_000

  /// What a backup came to.
  package struct Outcome: Sendable {
    package var manifest: BackupManifest
    /// How many bytes were new in the folder.
    package var newBytes: Int
    /// Originals that are missing, or are not what they were: not in the backup.
    package var damaged: [ContentDigest]
  }

  package init(of workspace: String, in folder: BackupFolder, isChecking: Bool = false) {
    self.isChecking = isChecking
    self.workspace = workspace
    self.folder = folder
  }

  /// - Parameters:
  ///   - name: what it is called; there must be none of that name.
  ///   - at: seconds since 1970.
  /// - Throws: `disk-full`, `file-system`: nothing half made is left.
  package func make(
    _ store: any StoreCare, name: String, at: Double, program: String
  ) async throws(DocketError) -> Outcome {
    let aside = folder.snapshot(".\(name)")
    let lock = try StoreLock(in: folder.root)
    try lock.beAlone()
    // What a backup that was killed left.
    for left in WholeFile.names(in: "\(folder.root)/snapshots") where left.hasPrefix(".") {
      WholeFile.removeFolder(folder.snapshot(left))
    }
    do throws(DocketError) {
      try WholeFile.makeFolders(aside)
      try await store.copy(to: "\(aside)/store.sqlite")
      let made = try gather(StoreCopy(path: "\(aside)/store.sqlite"), aside, name: name, at: at, program: program)
      try WholeFile.write(Array(made.manifest.text.utf8), to: "\(aside)/manifest.jsonl")
      sync()
      guard rename(aside, folder.snapshot(name)) == 0 else { throw WholeFile.failure("write", folder.snapshot(name)) }
      return made
    } catch {
      WholeFile.removeFolder(aside)
      throw error
    }
  }

  private func gather(
    _ copy: StoreCopy, _ aside: String, name: String, at: Double, program: String
  ) throws(DocketError) -> Outcome {
    guard let store = WholeFile.measure("\(aside)/store.sqlite") else {
      throw WholeFile.failure("read", "\(aside)/store.sqlite")
    }
    var made = Outcome(
      manifest: BackupManifest(
        name: name, madeAt: at, program: program, schema: try copy.schema, documents: try copy.documents,
        checkpoint: try copy.checkpoint, store: .init(digest: store.digest, byteCount: store.byteCount)),
      newBytes: store.byteCount, damaged: [])
    var last = ""
    while case let some = try copy.originals(after: last), let end = some.last {
      for digest in some {
        if let part = try take(BlobFolder.place(of: digest, in: docket), digest, at: folder.blob(digest), &made) {
          made.manifest.originals.append(part)
        } else if digest != .forgotten {
          made.damaged.append(digest)
        }
      }
      last = end.hex
    }
    last = ""
    while case let some = try copy.readings(after: last), let end = some.last {
      // One that is missing is made anew from its original.
      for key in some {
        let place = BlobFolder.place(ofReading: key, in: docket)
        if let part = try take(place, nil, key: key, at: folder.reading(key), &made) {
          made.manifest.readings.append(part)
        }
      }
      last = end.hex
    }
    for path in try Backup.files(in: workspace) {
      guard let known = WholeFile.measure("\(workspace)/\(path)"),
        let part = try take("\(workspace)/\(path)", known.digest, at: folder.blob(known.digest), &made)
      else { throw DocketError(.fileSystem, "The file `\(PathText.shown(path))` cannot be read.") }
      made.manifest.files[path] = part
    }
    return made
  }

  private var docket: String { "\(workspace)/.docket" }

  /// Copies some bytes unless the folder has them; nil where they are missing or others.
  private func take(
    _ source: String, _ digest: ContentDigest?, key: ContentDigest? = nil, at place: String, _ made: inout Outcome
  ) throws(DocketError) -> BackupManifest.Part? {
    if let name = digest ?? key, let known = WholeFile.byteCount(of: place) {
      // One of another size was damaged; where the workspace has lost its own, the folder's is all there is.
      let isSame = WholeFile.byteCount(of: source).map { $0 == known } ?? true
      if isSame, !isChecking || digest == nil || WholeFile.measure(place)?.digest == digest {
        return BackupManifest.Part(digest: name, byteCount: known)
      }
    }
    try WholeFile.makeFolders(String(place[..<place.lastIndex(of: "/")!]))
    guard let copied = try WholeFile.copy(source, to: place, expecting: digest, syncedLater: true) else { return nil }
    made.newBytes += copied.byteCount
    return BackupManifest.Part(digest: key ?? copied.digest, byteCount: copied.byteCount)
  }

  /// Paths below a workspace, sorted; links and what is hidden left out.
  private static func files(in workspace: String) throws(DocketError) -> [String] {
    var found: [String] = []
    var left = settings
    while let path = left.popLast() {
      switch WholeFile.kind(of: "\(workspace)/\(path)") {
      case .file?: found.append(path)
      case .folder?:
        left += WholeFile.names(in: "\(workspace)/\(path)").filter { !$0.hasPrefix(".") }.map { "\(path)/\($0)" }
      default: break
      }
      guard found.count + left.count <= mostFiles else {
        throw DocketError(.badInput, "The workspace's settings are more than \(mostFiles) files.")
      }
    }
    return found.sorted()
  }
}
