import Docket
import Glibc

/// What the process's exit status says. An interface: documented, and only ever added to.
enum ExitCode: Int32, Error, CaseIterable {
  /// All done; what waits for review is normal.
  case done = 0
  case unexpected = 1
  /// Finished, some documents failed.
  case someFailed = 3
  /// Finished, some wait for review; only with `--exit-on review`.
  case someWait = 4
  case noWorkspace = 10
  /// Something exclusive (migrate, restore, repair) uses the workspace.
  case workspaceBusy = 11
  case missingDependency = 12
  case breakingContract = 13
  case refusedByPolicy = 14
  case destinationUnavailable = 15
  case integrity = 16
  case usage = 64
  case badInput = 65
  case badConfiguration = 78
  case interrupted = 130

  /// As `docket help exit-codes` prints it.
  var meaning: String {
    switch self {
    case .done: "All done; what waits for review is normal."
    case .unexpected: "Something unexpected."
    case .someFailed: "Finished, some documents failed or could not be taken in."
    case .someWait: "Finished, some wait for review; only with `--exit-on review`."
    case .noWorkspace: "No workspace here or above."
    case .workspaceBusy: "Something exclusive uses the workspace."
    case .missingDependency: "Something is not installed; `docket doctor` names it."
    case .breakingContract: "A change of a contract that others rely on."
    case .refusedByPolicy: "Refused by a policy."
    case .destinationUnavailable: "A destination did not take a delivery; it waits."
    case .integrity: "The states do not add up, or the store is damaged."
    case .usage: "The command line is wrong."
    case .badInput: "What was named cannot be used."
    case .badConfiguration: "A file that people write has mistakes."
    case .interrupted: "Stopped by Ctrl-C or SIGTERM; the same command goes on."
    }
  }

  /// What a command ends with when this error stops it.
  init(of code: ErrorCode) {
    self =
      switch code {
      case .noWorkspace: .noWorkspace
      case .workspaceBusy: .workspaceBusy
      case .missingDependency, .readerMissing, .languageMissing: .missingDependency
      case .destinationUnavailable: .destinationUnavailable
      case .storeDamaged, .originalDamaged, .chainBroken, .inconsistent, .backupDamaged, .erasureIncomplete: .integrity
      case .usage: .usage
      case .badInput, .unknownDocument, .unknownMemory: .badInput
      case .badConfiguration, .unknownContract, .unknownPipeline: .badConfiguration
      case .interrupted: .interrupted
      default: .unexpected
      }
  }

  /// Ends the process at once; output is unbuffered, so nothing is lost.
  func leave() -> Never { exit(rawValue) }
}
