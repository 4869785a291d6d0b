import ArgumentParser
import Docket
import DocketStore

/// `docket backup DIR`: a consistent copy, while others work.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract:
      "Copies the workspace as it is at one moment, while runs go on; what a folder has already is not copied again.",
    discussion: """
      Held are the store, the originals, what was read of them, `docket.yaml`, pipelines, contracts, policies, mappings, \
      vocabularies, models and memory. Not held are secrets, what still lies in an inbox, look-up tables, and what \
      destinations have: those are kept by whom they belong to. `docket restore DIR` puts it back. \
      Exit code 16: an original is missing or damaged, and not in the backup.
      """)

  @Argument(help: "A folder for backups, on another disk; made where there is none.")
  var target: String

  @Option(help: ArgumentHelp("Keep the newest so many backups; older ones go.", valueName: "count"))
  var keep: Int?

  @Flag(help: "Read what the folder has already, and copy anew what is damaged.")
  var check = false

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard keep.map({ $0 > 0 }) ?? true else { throw ValidationError("--keep takes a number from 1 on.") }
  }

  func run() async throws {
    let output = common.output
    let room = try await StoreRoom.open(workspace)
    let place = FileBytes.absolute(target)
    guard !"\(place)/".hasPrefix("\(room.docket)/"), place != room.folder else {
      throw DocketError(
        .badInput, "A backup cannot lie in the workspace's own `.docket`.", hint: "Name a folder on another disk.")
    }
    let folder = try BackupFolder.make(place)
    let now = SystemClock().now()
    let made = try await Backup(of: room.folder, in: folder, isChecking: check).make(
      room.store, name: BackupName.free(at: now, in: folder), at: now, program: Version.text)
    room.log("backup") { json in
      json.member("name", made.manifest.name)
      json.member("documents", made.manifest.documents)
      json.member("damaged", made.damaged.count)
    }
    let gone = try keep.map { count throws(DocketError) in try folder.keep(newest: count) } ?? []
    output.data(output.isJSON ? json(made, gone) : text(made, gone))
    guard made.damaged.isEmpty else {
      output.note(
        "docket: \(Amount.count(made.damaged.count, "original")) are missing or damaged and not in the backup; "
          + "`docket verify` names them.")
      throw ExitCode.integrity
    }
  }

  private func text(_ made: Backup.Outcome, _ gone: [String]) -> String {
    let manifest = made.manifest
    var line = "backup \(manifest.name): \(Amount.count(manifest.documents, "document")), "
    line += "\(Amount.count(manifest.originals.count, "original")), \(Amount.bytes(manifest.byteCount)), "
    line += "\(Amount.bytes(made.newBytes)) of them new"
    for name in gone { line += "\nremoved \(name)" }
    return line
  }

  private func json(_ made: Backup.Outcome, _ gone: [String]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/backup-made/1")
      json.member("name", made.manifest.name)
      json.member("documents", made.manifest.documents)
      json.member("originals", made.manifest.originals.count)
      json.member("readings", made.manifest.readings.count)
      json.member("files", made.manifest.files.count)
      json.member("bytes", made.manifest.byteCount)
      json.member("new_bytes", made.newBytes)
      json.member("checkpoint", made.manifest.checkpoint.description)
      json.memberArray("damaged") { json in for digest in made.damaged { json.string(digest.hex) } }
      json.memberArray("removed") { json in for name in gone { json.string(name) } }
    }
    return json.text
  }
}

/// Backups are called after the time they were begun.
enum BackupName {
  /// `20261128T161500Z`.
  static func stamp(_ seconds: Double = SystemClock().now()) -> String {
    Moment.text(seconds).filter { $0 != "-" && $0 != ":" }
  }

  static func free(at seconds: Double, in folder: BackupFolder) -> String {
    let stem = stamp(seconds)
    let taken = folder.names
    return taken.contains(stem) ? (2...).lazy.map { "\(stem)-\($0)" }.first { !taken.contains($0) }! : stem
  }
}
