import ArgumentParser
import Docket
import Logging

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Flag(help: "Print JSON on standard output.")
  var json = false

  @Option(help: "Colors: auto, always or never.")
  var color: ColorChoice?

  @Option(help: ArgumentHelp("The folder with contracts, models and policies.", valueName: "dir"))
  var share: String?

  @Option(help: "What is logged to standard error: trace, debug, info, notice, warning, error or critical.")
  var logLevel: LogLevel?

  var output: Output {
    Output(isJSON: json, color: color ?? Environment["DOCKET_COLOR"].flatMap(ColorChoice.init) ?? .auto)
  }

  /// The settings as flags, environment and files give them.
  /// - Parameters:
  ///   - flags: what this command's own flags say, by setting.
  ///   - workspace: its folder, where there is one.
  func settings(_ flags: [Setting: String?] = [:], workspace: String? = nil) throws -> Settings {
    var given = flags.compactMapValues { $0 }
    given[.color] = color?.rawValue
    given[.share] = share
    given[.logLevel] = logLevel?.rawValue
    return try Settings(flags: given, workspace: workspace)
  }

  /// Logs go to standard error, and never hold what a document says.
  func logger(_ settings: Settings) -> Logger {
    let level = Logger.Level(rawValue: settings[.logLevel].text) ?? .warning
    var logger = Logger(label: "docket") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }
}

/// Commands that need a workspace.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The workspace's folder; else the nearest one upwards from here.", valueName: "dir"))
  var workspace: String?

  init() {}

  /// As if it were stated.
  init(folder: String) { workspace = folder }

  /// Its folder, with a slash-free end.
  func folder() throws(DocketError) -> String { try Workspace.find(stated: workspace) }
}

/// Commands that change something outside.
struct ConfirmOptions: ParsableArguments {
  @Flag(name: [.customShort("n"), .long], help: "Print what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Answer every question with yes.")
  var yes = false

  @Flag(help: "Never ask; what would need an answer ends with exit code 64.")
  var noInput = false
}

extension ColorChoice: ExpressibleByArgument {}
/// swift-log's levels, by name.
enum LogLevel: String, CaseIterable, ExpressibleByArgument, Sendable {
  case trace, debug, info, notice, warning, error, critical
}
