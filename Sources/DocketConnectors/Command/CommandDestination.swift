package import Docket
import Glibc

/// Another program, started without a shell for each delivery: the record on its standard input, what it is about in
/// its environment.
///
///     shop: { command: { run: [bin/to-shop, --live], timeout: 30s, pass: [SHOP_TOKEN] } }
///
/// `DOCKET_DELIVERY` is the key: the program has its effect once for each, since after a crash it may be called again.
/// It ends with 0 where it has taken the record, with 75 (or 69, 71, 74: sysexits) where it is to be tried again, and
/// with anything else where this record will never be taken.
package actor CommandDestination: Destination {
  package nonisolated let name: String
  private let words: [String]
  private let workspace: String
  private let seconds: Double
  private let passed: [String]

  /// - Parameters:
  ///   - workspace: the folder that it runs in.
  ///   - passed: variables of this process's environment that it gets; others are not handed on.
  package init(name: String, words: [String], workspace: String, seconds: Double = 30, passed: [String] = []) {
    self.name = name
    self.words = words
    self.workspace = workspace
    self.seconds = seconds
    self.passed = passed
  }

  package func deliver(_ delivery: Delivery) async throws(DocketError) -> Receipt { try await hand(delivery) }

  package func retract(_ delivery: Delivery) async throws(DocketError) -> Receipt { try await hand(delivery) }

  private func hand(_ delivery: Delivery) async throws(DocketError) -> Receipt {
    let child = ChildRun(
      words: words, folder: workspace, environment: environment(delivery), seconds: seconds)
    let outcome = await child.run(input: Array("\(delivery.payload)\n".utf8))
    let program = "`\(words[0])` of the destination `\(name)`"
    // For the log alone, and little of it: it may quote the record.
    let cause = outcome.complaint.isEmpty ? nil : CommandDestination.shortened(outcome.complaint)
    switch outcome.ending {
    case .exited(0): return Receipt(key: delivery.key, place: words[0])
    case .exited(let status) where CommandDestination.temporary.contains(status):
      throw DocketError(
        .destinationUnavailable, "The program \(program) asks to be tried again later: exit code \(status).",
        cause: cause)
    case .exited(let status):
      throw DocketError(
        .destinationRefused, "The program \(program) does not take the record: exit code \(status).", cause: cause)
    case .signalled(let signal):
      throw DocketError(.destinationUnavailable, "The program \(program) was ended by signal \(signal).", cause: cause)
    case .outOfTime:
      throw DocketError(
        .destinationUnavailable, "The program \(program) had not ended after \(Int(seconds)) seconds, and was ended.",
        hint: "Give it longer with `timeout:`, or find out what it waits for.", cause: cause)
    case .notStarted(let number):
      throw DocketError(
        .destinationUnavailable,
        "The program \(program) cannot be started: \(String(cString: strerror(number))).",
        hint: "Check that it is there and may be run; a later run or watch delivers what waits.")
    }
  }

  /// sysexits.h: EX_UNAVAILABLE, EX_OSERR, EX_IOERR, EX_TEMPFAIL.
  private static let temporary: Set<Int32> = [69, 71, 74, 75]

  private func environment(_ delivery: Delivery) -> [String] {
    let handedOn = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR"] + passed
    return handedOn.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } } + [
      "DOCKET_TYPE=\(delivery.type)", "DOCKET_DELIVERY=\(delivery.key)",
      "DOCKET_OPERATION=\(delivery.operation.rawValue)",
      "DOCKET_RECORD=\(delivery.record.hex)", "DOCKET_VERSION=\(delivery.version)",
      "DOCKET_CONTRACT=\(delivery.contract)", "DOCKET_DESTINATION=\(delivery.destination)",
    ]
  }

  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let plain = line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
    return String(String.UnicodeScalarView(plain.prefix(200)))
  }
}

extension CommandDestination: ConfiguredDestination {
  package static let manual = ConnectorManual(
    kind: "command", summary: "Another program, started for each record, which it gets on its standard input.",
    settings: [
      .init("run", "The program and its arguments; no shell.", isRequired: true),
      .init("timeout", "How long it may run: 30s unless given."),
      .init("pass", "Names of variables that it gets from the environment."),
    ],
    example: "shop: { command: { run: [bin/to-shop, --live], timeout: 30s } }")

  package init(_ entry: PipelineFile.DestinationEntry, workspace: String) throws(DocketError) {
    self.init(
      name: entry.name, words: entry.lists["run", default: []], workspace: workspace,
      seconds: Double(entry.settings["timeout"].flatMap(DurationWord.seconds) ?? 30),
      passed: entry.lists["pass", default: []])
  }
}
