import ArgumentParser
import Docket

/// `docket status`: every document in exactly one state.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Every document in exactly one state, the sum checked; queues and last runs.",
    discussion: "Exit code 16 where the sum does not add up, or the chain of events is broken.")

  @Flag(help: "What documents cost: seconds of reading, of that with OCR, of understanding and review.")
  var costs = false

  @Flag(help: "Shows it anew every two seconds, until Ctrl-C.")
  var watch = false

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common)
    if costs { return try await showCosts(office, output) }
    guard watch else { return try await show(office, output) }
    while true {
      if output.isInteractive, !output.isJSON { output.raw("\u{1B}[H\u{1B}[2J") }
      try await show(office, output)
      try await Task.sleep(for: .seconds(2))
    }
  }

  private func showCosts(_ office: Office, _ output: Output) async throws {
    let sums = try await office.store.costs()
    if output.isJSON {
      for sum in sums { output.data(CostText.json(sum)) }
    } else {
      for line in CostText.lines(sums, output) { output.data(line) }
    }
  }

  private func show(_ office: Office, _ output: Output) async throws {
    let sums = try await office.store.sums()
    let now = SystemClock().now()
    // Where nothing can read, the promise cannot be told; the sums can.
    let promises = (try? await office.promises()) ?? []
    var line = StatusLine(
      arrived: sums.arrived, states: sums.states,
      oldestWaitingSeconds: sums.oldestWaiting.map { max(0, Int(now - $0)) },
      promises: promises.map { ProofLine(pipeline: $0.file.name, $0.promise, $0.standing) })
    let disk = try await DiskUse.measured(office.store, office.blobs, in: office.folder)
    line.disk = disk
    if output.isJSON {
      output.data(line.json)
    } else {
      output.data(try await text(sums, office, now: now, output))
      output.data("  " + "disk".padding(14) + disk.text)
      if let first = promises.first { output.data("  promise: " + ProofText.words(first.promise)) }
      for entry in promises { output.data(ProofText(output: output).line(entry.standing, entry.promise)) }
    }
    guard line.addsUp else {
      output.note("docket: The states add up to \(line.sum), but \(line.arrived) documents arrived.")
      throw ExitCode.integrity
    }
  }

  private func text(_ sums: StatusSums, _ office: Office, now: Double, _ output: Output) async throws -> String {
    var lines = [output.styled("\(sums.arrived) documents", .bold)]
    for state in DocumentState.allCases {
      guard let count = sums.states[state], count > 0 else { continue }
      var line = "  \(state.rawValue)".padding(16) + "\(count)"
      if state == .failed {
        line += "   " + sums.failures.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
      }
      lines.append(line)
    }
    let total = sums.states.values.reduce(0, +)
    lines.append("  " + output.styled("sum \(total) of \(sums.arrived)", sums.addsUp ? .green : .red))
    for (contract, states) in sums.byContract.sorted(by: { $0.key < $1.key }) {
      let parts = states.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
      lines.append("  \(contract)".padding(16) + parts.joined(separator: ", "))
    }
    if sums.waitingDeliveries > 0 { lines.append("  \(sums.waitingDeliveries) deliveries wait") }
    for run in try await office.store.runs(limit: 3) {
      let seconds = Int((run.endedAt ?? now) - run.beganAt)
      lines.append(
        "  run \(run.id.prefix(8)) of \(run.pipeline): \(run.arrived) arrived, \(run.worked) worked, "
          + "\(run.failed) failed, \(run.endedAt == nil ? "not ended" : "\(seconds) s")")
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// With blanks to a width, at least one.
  func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
