import ArgumentParser
import Docket
import DocketConnectors

/// `docket watch [PIPELINE…]`: the same as `run`, for ever.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "The same as `run`, for ever, on watched folders.",
    discussion: "Ctrl-C finishes what is in hand and ends; the next `watch` or `run` goes on.")

  @Argument(help: "Pipelines; all of the workspace's unless given.")
  var pipelines: [String] = []

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  /// Seconds after which folders are looked at though nothing was heard, and held documents are let go.
  private static let longest = 5.0

  func run() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common, flags: reading.flags)
    let files = try chosen(office)
    var watches: [PipelineWatch] = []
    for file in files { watches.append(try await PipelineWatch.open(file, office, output)) }
    output.note("docket: Watching \(WatchCommand.names(files)). Ctrl-C ends it.")
    try await Interruption.guarding(output, advice: "`docket watch` goes on where this stopped.") { [watches] stop in
      try await WatchCommand.loop(watches, office, output, stop: stop)
    }
  }

  /// Sources, with their pipelines where there are several.
  private static func names(_ files: [PipelineFile]) -> String {
    let isAlone = files.count == 1
    return files.flatMap { file in file.sources.map { isAlone ? $0.name : "\(file.name)/\($0.name)" } }
      .joined(separator: ", ")
  }

  private func chosen(_ office: Office) throws -> [PipelineFile] {
    let files = try pipelines.isEmpty ? office.pipelines() : pipelines.map { try office.pipeline($0) }
    // Says what to do where the workspace has none.
    return try files.isEmpty ? [office.pipeline(nil)] : files
  }

  private static func loop(
    _ watches: [PipelineWatch], _ office: Office, _ output: Output, stop: StopRequest
  ) async throws {
    var watches = watches
    let watchers = watches.flatMap(\.watchers)
    while !stop.isRequested {
      for index in watches.indices {
        try await watches[index].renew(office, output)
        try await watches[index].batch(office, output, stop: stop)
      }
      try await wait(for: watchers, stop: stop)
    }
  }

  /// Until a folder changes, a signal comes, or the longest wait is over.
  private static func wait(for watchers: [FolderWatcher], stop: StopRequest) async throws {
    let began = Progress.now
    while Progress.now - began < longest, !stop.isRequested {
      for watcher in watchers {
        if try await watcher.change(within: 0.2 / Double(watchers.count)) { return }
      }
      if watchers.isEmpty { try await Task.sleep(nanoseconds: 200_000_000) }
    }
  }
}

/// One pipeline under watch: its runner, its folders, and what was said of it.
private struct PipelineWatch {
  let file: PipelineFile
  private(set) var runner: Runner
  let watchers: [FolderWatcher]
  let troubles: Troubles
  /// How many proofs the store had when the runner was made.
  private var proofCount: Int
  /// Of the tables that were looked up in.
  private var tables: ContentDigest?
  private let notices: NoticeDesk

  static func open(_ file: PipelineFile, _ office: Office, _ output: Output) async throws -> PipelineWatch {
    let troubles = Troubles()
    for line in ProofText(output: output).changes(try await office.proveWhatCanBe(file)) {
      output.note("docket: \(line)")
    }
    var watchers: [FolderWatcher] = []
    for entry in file.sources {
      guard let path = entry.settings["path"] else { continue }
      watchers.append(try FolderWatcher(path.hasPrefix("/") ? path : "\(office.folder)/\(path)"))
    }
    let notices = try office.noticeDesk(file)
    try await notices.begin()
    return PipelineWatch(
      file: file, runner: try await runner(file, office, output, troubles), watchers: watchers, troubles: troubles,
      proofCount: try await office.store.proofs(pipeline: file.name).count, tables: tables(of: file, office),
      notices: notices)
  }

  /// Nil where there are none, or one of them cannot be read just now.
  private static func tables(of file: PipelineFile, _ office: Office) -> ContentDigest? {
    file.lookUps.isEmpty ? nil : try? office.lookUps(of: file).fingerprint
  }

  /// Takes up what was proven, or taken back, since; and tables that were written anew.
  mutating func renew(_ office: Office, _ output: Output) async throws {
    let count = try await office.store.proofs(pipeline: file.name).count
    let now = PipelineWatch.tables(of: file, office) ?? tables
    guard count != proofCount || now != tables else { return }
    (proofCount, tables) = (count, now)
    runner = try await PipelineWatch.runner(file, office, output, troubles)
  }

  private static func runner(
    _ file: PipelineFile, _ office: Office, _ output: Output, _ troubles: Troubles
  ) async throws -> Runner {
    let sources = try file.sources.map { try Connectors.source($0, workspace: office.folder) }
    return try office.runner(file, sources: sources, proofs: try await office.proofsInForce(file)) { step in
      if let trouble = troubles.hear(step) { output.note(trouble) }
      guard case .worked(let document, let state, let code) = step else { return }
      let end = code.map { " (\($0))" } ?? ""
      ChangeLine(document: document, state: state, errorCode: code).show(
        output, "docket: \(PlainText.oneLine(document.name)): \(state.rawValue)\(end)")
    }
  }

  func batch(_ office: Office, _ output: Output, stop: StopRequest) async throws {
    for watcher in watchers { await watcher.watchAll() }
    do throws(DocketError) {
      let entry = try await runner.batch(
        by: office.attribution(file.name), keepsIdle: false, shouldStop: { stop.isRequested })
      if entry.worked > 0 { troubles.forget() }
      if entry.arrived > 0 || entry.worked > 0 { office.log.ended(entry) }
    } catch {
      office.log.stopped(error, pipeline: file.name)
      guard error.isTransient else { throw error }
      // A full disk or a share that is away: said, then tried again.
      if let trouble = troubles.hear(error) { output.note(trouble) }
    }
    await office.tell(notices, output)
  }
}
