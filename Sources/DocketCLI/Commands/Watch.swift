import ArgumentParser
import Docket
import DocketConnectors

/// `docket watch [PIPELINE…]`: the same as `run`, for ever.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "The same as `run`, for ever, on watched folders.",
    discussion: "Ctrl-C finishes what is in hand and ends; the next `watch` or `run` goes on.")

  @Argument(help: "The pipeline; the only one unless given.")
  var pipeline: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  /// Seconds after which folders are looked at though nothing was heard, and held documents are let go.
  private static let longest = 5.0

  func run() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common, flags: reading.flags)
    let file = try office.pipeline(pipeline)
    let sources = try file.sources.map { try Connectors.source($0, workspace: office.folder) }
    let troubles = Troubles()
    let runner = try office.runner(file, sources: sources) { step in
      if let trouble = troubles.hear(step) { output.note(trouble) }
      guard case .worked(let document, let state, let code) = step else { return }
      let end = code.map { " (\($0))" } ?? ""
      ChangeLine(document: document, state: state, errorCode: code).show(
        output, "docket: \(PlainText.oneLine(document.name)): \(state.rawValue)\(end)")
    }
    let watchers = try file.sources.compactMap { entry in
      try entry.settings["path"].map { path in
        try FolderWatcher(path.hasPrefix("/") ? path : "\(office.folder)/\(path)")
      }
    }
    output.note("docket: Watching \(file.sources.map(\.name).joined(separator: ", ")). Ctrl-C ends it.")
    try await Interruption.guarding(output, advice: "`docket watch` goes on where this stopped.") { stop in
      while !stop.isRequested {
        for watcher in watchers { await watcher.watchAll() }
        do {
          let entry = try await runner.batch(
            by: office.attribution(file.name), keepsIdle: false, shouldStop: { stop.isRequested })
          if entry.worked > 0 { troubles.forget() }
        } catch let error as DocketError where error.isTransient {
          // A full disk or a share that is away: said, then tried again.
          if let trouble = troubles.hear(error) { output.note(trouble) }
        }
        try await WatchCommand.wait(for: watchers, stop: stop)
      }
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
