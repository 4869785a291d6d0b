/// Mistakes in files that people write.
extension ErrorCode {
  package static let configuration: [ErrorCode] = [.badConfiguration, .unknownContract, .unknownPipeline]

  package static let badConfiguration = ErrorCode(
    "bad-configuration", meaning: "A pipeline, contract, policy, vocabulary or mapping says something unknown.",
    remedy: "Run `docket check`; it shows file, line and column of each mistake.")
  package static let unknownContract = ErrorCode(
    "unknown-contract", meaning: "No contract of this name and version is shipped or in the workspace.",
    remedy: "`docket doctor` lists those there are.")
  package static let unknownPipeline = ErrorCode(
    "unknown-pipeline", meaning: "No pipeline of this name is in the workspace.",
    remedy: "Look into the folder `pipelines/`, or run `docket init`.")
}

/// The store, its lock and its disk.
extension ErrorCode {
  package static let storing: [ErrorCode] =
    [
      .noWorkspace, .workspaceBusy, .storeDamaged, .storeTooNew, .diskFull, .fileSystem, .leaseLost, .unknownDocument,
      .arrivalUnreadable, .arrivalChanged, .inboxReadOnly, .queueFull, .diskLow,
    ] + caring

  /// Of keeping a workspace whole over the years.
  private static let caring: [ErrorCode] = [
    .upgradeFailed, .originalDamaged, .chainBroken, .inconsistent, .backupDamaged, .erasureIncomplete,
  ]

  package static let upgradeFailed = ErrorCode(
    "upgrade-failed",
    meaning: "A store of an older Docket could not be brought up to date; nothing of it was changed.",
    remedy: "Go on with the Docket before this one, and look with `docket verify` there what is wrong with the store.")
  package static let originalDamaged = ErrorCode(
    "original-damaged", meaning: "The bytes of a document are missing, or are not those that came in.",
    remedy: "Put them back with `docket restore BACKUP --originals`.")
  package static let chainBroken = ErrorCode(
    "chain-broken", meaning: "The events do not follow one another as they were written: somebody changed the store.",
    remedy: "Restore the last backup that holds with `docket restore BACKUP --force`.")
  package static let inconsistent = ErrorCode(
    "inconsistent", meaning: "What the store says of a document does not fit together.",
    remedy: "Look with `docket explain ID`; `docket restore BACKUP --force` goes back to a backup.")
  package static let backupDamaged = ErrorCode(
    "backup-damaged", meaning: "A backup is not whole, or is not what was written.",
    remedy:
      "Make a new one with `docket backup BACKUP --check`, which mends what the folder holds; or restore an older "
      + "one: `docket restore BACKUP --list`.")
  package static let erasureIncomplete = ErrorCode(
    "erasure-incomplete", meaning: "Something of a document that was forgotten is still there.",
    remedy: "Take it away with `docket prune`.")

  package static let noWorkspace = ErrorCode(
    "no-workspace", meaning: "Neither this folder nor one above it is a workspace.",
    remedy: "Make one with `docket init DIR`, or name one with `--workspace DIR`.")
  package static let workspaceBusy = ErrorCode(
    "workspace-busy", meaning: "Another process uses the workspace in a way that excludes others.",
    remedy: "Wait for it to end, then try again.", isTransient: true)
  package static let storeDamaged = ErrorCode(
    "store-damaged", meaning: "The store does not answer as it should.",
    remedy: "Stop all `docket` processes, then go back to the last backup with `docket restore BACKUP --force`.")
  package static let storeTooNew = ErrorCode(
    "store-too-new", meaning: "The store was written by a newer Docket.", remedy: "Install that version or a newer one."
  )
  package static let diskFull = ErrorCode(
    "disk-full", meaning: "The disk has no room for what must be kept.",
    remedy: "Make room, then run the same command again; nothing was lost.", isTransient: true)
  package static let fileSystem = ErrorCode(
    "file-system", meaning: "A file or folder could not be read or written.",
    remedy: "Check that it exists and that this user may use it.", isTransient: true)
  package static let leaseLost = ErrorCode(
    "lease-lost", meaning: "Another process has taken over the document that this one was working on.",
    remedy: "Nothing to do: the other process finishes it.", isTransient: true)
  package static let arrivalUnreadable = ErrorCode(
    "arrival-unreadable", meaning: "A file that a source offers cannot be opened or read.",
    remedy: "Check that this user may read it; the next run takes it in.", isTransient: true)
  package static let arrivalChanged = ErrorCode(
    "arrival-changed", meaning: "A file changed while it was taken in, and was not.",
    remedy: "Nothing to do: the next look takes it in when it is whole.", isTransient: true)
  package static let inboxReadOnly = ErrorCode(
    "inbox-read-only", meaning: "Files of a folder cannot be archived or deleted there.",
    remedy: "Let this user write in the folder, or say `then: keep` in the pipeline.")
  package static let queueFull = ErrorCode(
    "queue-full", meaning: "As many documents wait as may: nothing more is taken in for now.",
    remedy: "Nothing to do: sources keep their files. The setting `queue` says how many may wait.", isTransient: true)
  package static let diskLow = ErrorCode(
    "disk-low", meaning: "The workspace's disk is nearly full: nothing more is taken in for now.",
    remedy: "Make room; it goes on by itself. The setting `disk-reserve` says how much must stay free.",
    isTransient: true)
  package static let unknownDocument = ErrorCode(
    "unknown-document", meaning: "No document of this workspace has this id, prefix or file name.",
    remedy: "List them with `docket records list` or `docket status`.")
}

/// Destinations.
extension ErrorCode {
  package static let delivering: [ErrorCode] = [
    .destinationUnavailable, .destinationRefused, .secretMissing, .mappingUnfit,
  ]

  package static let destinationUnavailable = ErrorCode(
    "destination-unavailable", meaning: "A destination cannot be reached or written just now.",
    remedy: "Mend the destination; a later run or watch delivers what waits.", isTransient: true)
  package static let destinationRefused = ErrorCode(
    "destination-refused", meaning: "A destination does not take this record.",
    remedy: "See `docket failed list`, mend the cause, then `docket failed replay`.")
  package static let mappingUnfit = ErrorCode(
    "mapping-unfit", meaning: "A destination's mapping is of another contract than the record that goes there.",
    remedy: "Deliver records of one contract there, or to a destination of their own; then `docket failed replay`.")
  package static let secretMissing = ErrorCode(
    "secret-missing", meaning: "A secret that a pipeline names is not set, cannot be read, or is none.",
    remedy: "Set the variable or write the file; a later run or watch delivers what waits.", isTransient: true)
}

/// What was typed.
extension ErrorCode {
  package static let commandLine: [ErrorCode] = [
    .usage, .badInput, .missingDependency, .addressInUse, .interrupted, .unexpected,
  ]

  package static let usage = ErrorCode(
    "usage", meaning: "The command line does not say what to do.", remedy: "Run the command with `--help`.")
  package static let badInput = ErrorCode(
    "bad-input", meaning: "A file given on the command line cannot be used.", remedy: "Check its name and its form.")
  package static let missingDependency = ErrorCode(
    "missing-dependency", meaning: "A program or library that is needed is not installed.",
    remedy: "Run `docket doctor`; it names the line that installs it.")
  package static let addressInUse = ErrorCode(
    "address-in-use", meaning: "A service cannot listen at this address and port.",
    remedy: "Name another with `--port`, or end what listens there.")
  package static let interrupted = ErrorCode(
    "interrupted", meaning: "The command was stopped from outside.",
    remedy: "Run the same command again; it goes on where it stopped.")
  package static let unexpected = ErrorCode(
    "unexpected", meaning: "Something happened that Docket does not expect.",
    remedy: "Run it again with `--log-level debug` and report what it prints.")
}
