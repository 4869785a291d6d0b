import ArgumentParser
import Docket

/// The program `docket`: the list of its commands, and the one place where a command's end becomes an exit code.
@main
struct DocketCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket",
    abstract: "Turns documents into records that other systems can trust.",
    discussion: """
      Start with `docket init office`, drop documents into `office/inbox`, and call `docket run` there.
      `docket help CODE` explains an error code; `docket doctor` says what is missing on this machine.
      """,
    version: "docket \(Version.text)",
    // Add yours here.
    subcommands: [
      BackupCommand.self,
      CheckCommand.self,
      ConfigCommand.self,
      ContractCommand.self,
      DoctorCommand.self,
      EvaluateCommand.self,
      ExplainCommand.self,
      ExtractCommand.self,
      FailedCommand.self,
      ForgetCommand.self,
      HelpCommand.self,
      InitCommand.self,
      MemoryCommand.self,
      ModelsCommand.self,
      ProveCommand.self,
      PruneCommand.self,
      RecordsCommand.self,
      RestoreCommand.self,
      RetractCommand.self,
      ReviewCommand.self,
      RunCommand.self,
      RunsCommand.self,
      ScheduleCommand.self,
      ServeCommand.self,
      SplitCommand.self,
      StatusCommand.self,
      TextCommand.self,
      TrainCommand.self,
      VerifyCommand.self,
      WatchCommand.self,
    ])

  static func main() async {
    do {
      try mustKnow(CommandLine.arguments.dropFirst().first)
      var command = try await asyncParseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      leave(after: error)
    }
  }

  /// A misspelled command is told what it may have meant.
  private static func mustKnow(_ word: String?) throws {
    guard let word, !word.hasPrefix("-") else { return }
    let known = configuration.subcommands.map { $0._commandName }
    guard !known.contains(word) else { return }
    let near = Spelling.nearest(to: word, in: known).map { "Did you mean `docket \($0)`? " } ?? ""
    throw DocketError(
      .usage, "There is no command `\(PlainText.oneLine(word))`.", hint: "\(near)`docket --help` lists them all.")
  }

  /// Prints what went wrong, if anything did, and ends the process.
  private static func leave(after error: any Error) -> Never {
    switch error {
    case let code as ExitCode:
      code.leave()
    case let error as DocketError:
      ErrorReport([error]).print()
      ExitCode(of: error.code).leave()
    case let report as ErrorReport:
      report.print()
      report.exitCode.leave()
    case is CancellationError:
      ExitCode.interrupted.leave()
    default:
      // Help, version and mistakes in the command line are ArgumentParser's to print.
      exit(withError: error)
    }
  }
}

/// This program's version, as `--version` and the fingerprints of stages show it.
enum Version {
  static let text = "0.1.0"
}
