import ArgumentParser
import Docket
import DocketConnectors
import DocketStore

/// `docket restore BACKUP`: a workspace as it was.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a backup back: the whole workspace, or only originals that are missing or damaged.",
    discussion: """
      Every sum is checked before anything is replaced. What was delivered after the backup is delivered again with the \
      same keys, by which destinations know it: nothing has its effect twice. What arrived after it must be offered \
      again (`then: archive` keeps such files in `.archive` beside the inbox). \
      What was there goes to `.docket.before-restore-TIME`; remove that folder when all is well. \
      `--before-upgrade N` puts back the store that was kept when schema N came, for the Docket before this one. \
      Exit code 11: something uses the workspace; stop it first.
      """)

  @Argument(help: "The folder that `docket backup` was given.")
  var backup: String?

  @Option(help: ArgumentHelp("Which backup in it; the newest unless given.", valueName: "name"))
  var at: String?

  @Option(
    help: ArgumentHelp("The workspace's folder; else the nearest one upwards from here.", valueName: "dir"))
  var workspace: String?

  @Flag(help: "List the backups in the folder.")
  var list = false

  @Flag(help: "Replace what is in the workspace.")
  var force = false

  @Flag(help: "Only put back originals that are missing or damaged; runs may go on.")
  var originals = false

  @Option(help: ArgumentHelp("Put back the store that was there before this schema came.", valueName: "schema"))
  var beforeUpgrade: Int?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (backup == nil) != (beforeUpgrade == nil) else {
      throw ValidationError("Name the folder of backups, or --before-upgrade SCHEMA.")
    }
  }

  func run() async throws {
    let output = common.output
    if let schema = beforeUpgrade {
      try Restore.store(before: schema, in: try Workspace.find(stated: workspace))
      output.data("The store of before schema \(schema) is back; go on with the Docket that it is of.")
      return
    }
    let folder = try BackupFolder.open(FileBytes.absolute(backup ?? ""))
    if list { return try show(folder, output) }
    if originals { return try await putBack(folder, output) }
    let target = try place()
    let restore = Restore(from: folder, into: target)
    guard force || !restore.isOccupied else {
      throw DocketError(
        .badInput, "The folder `\(PlainText.oneLine(target))` is a workspace already.",
        hint: "`--force` replaces it; what was there is kept beside it.")
    }
    let manifest = try folder.manifest(at)
    let aside = "\(target)/.docket.before-restore-\(BackupName.stamp())"
    let wasThere = try restore.whole(manifest, aside: aside)
    if !wasThere { try makeInboxes(in: target) }
    let room = try await StoreRoom.open(WorkspaceOptions(folder: target))
    try await room.store.note(.restored, of: nil, detail: manifest.name, by: room.attribution())
    room.log("restored") { $0.member("name", manifest.name) }
    let sums = try await room.store.sums()
    output.data(
      output.isJSON
        ? json(manifest, sums)
        : "restored \(manifest.name): \(sums.arrived) documents, sum \(sums.states.values.reduce(0, +)) of \(sums.arrived)"
    )
    if wasThere {
      output.note("docket: What was there is kept in `\(PlainText.oneLine(aside))`; remove it when all is well.")
    }
    output.note("docket: Next: `docket verify`, then `docket run`.")
    guard sums.addsUp else { throw ExitCode.integrity }
  }

  /// A stated folder need not be a workspace yet.
  private func place() throws -> String {
    if let workspace { return FileBytes.absolute(workspace) }
    return Workspace.nearest() ?? FileBytes.absolute(".")
  }

  /// A new place has no folders yet that the pipelines look into.
  private func makeInboxes(in target: String) throws {
    for file in try LibraryFolder.written(in: "\(target)/pipelines") {
      for source in PipelineFile.load(file).value?.sources ?? [] {
        guard source.kind == "folder", let path = source.settings["path"], !path.hasPrefix("/") else { continue }
        try FileCalls.makeFolder("\(target)/\(path)")
      }
    }
  }

  private func putBack(_ folder: BackupFolder, _ output: Output) async throws {
    let room = try await StoreRoom.open(WorkspaceOptions(folder: try Workspace.find(stated: workspace)))
    var damaged: [ContentDigest] = []
    try await room.eachOriginal { digest, _ in if !room.blobs.isWhole(digest) { damaged.append(digest) } }
    let missing = try Restore(from: folder, into: room.folder).originals(damaged)
    output.data("\(damaged.count - missing.count) of \(Amount.count(damaged.count, "damaged original")) put back")
    guard missing.isEmpty else {
      throw ErrorReport(
        missing.map {
          DocketError(
            .originalDamaged, "The original \($0.hex.prefix(12)) is not in this folder either.",
            hint: "Try another folder of backups, or give the document up with `docket forget`.")
        })
    }
  }

  private func show(_ folder: BackupFolder, _ output: Output) throws {
    for name in folder.names {
      do throws(DocketError) {
        let manifest = try folder.manifest(name)
        output.data(
          output.isJSON
            ? json(manifest, nil)
            : "\(name)  \(Amount.count(manifest.documents, "document")), \(Amount.bytes(manifest.byteCount)), "
              + "docket \(manifest.program), schema \(manifest.schema)")
      } catch { output.note("\(name)  damaged (\(error.code.id))") }
    }
  }

  private func json(_ manifest: BackupManifest, _ sums: StatusSums?) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", sums == nil ? "docket/backup-listed/1" : "docket/restored/1")
      json.member("name", manifest.name)
      json.member("made_at", Moment.text(manifest.madeAt))
      json.member("documents", manifest.documents)
      json.member("bytes", manifest.byteCount)
      json.member("checkpoint", manifest.checkpoint.description)
      if let sums { json.member("adds_up", sums.addsUp) }
    }
    return json.text
  }
}
