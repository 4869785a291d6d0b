import ArgumentParser
import Docket

/// `docket status`: every document in exactly one state, the sum checked.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says where every document is, and checks the sum.",
    discussion: "Ends with exit code 16 where the sum does not add up.")

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common)
    let sums = try await office.store.sums()
    if output.isJSON {
      let age = sums.oldestWaiting.map { max(0, Int(SystemClock().now() - $0)) }
      output.data(StatusLine(arrived: sums.arrived, states: sums.states, oldestWaitingSeconds: age).json)
    } else {
      output.data(RunSum(sums: sums).line)
      for (title, table) in [("by source", sums.bySource), ("by contract", sums.byContract)] where !table.isEmpty {
        output.data(output.styled(title, .bold))
        for (name, states) in table.sorted(by: { $0.key < $1.key }) {
          let parts = DocumentState.allCases.compactMap { state in states[state].map { "\($0) \(state.rawValue)" } }
          output.data("  \(name): \(parts.joined(separator: ", "))")
        }
      }
      if sums.waitingDeliveries > 0 { output.data("\(sums.waitingDeliveries) deliveries wait") }
      for run in try await office.store.runs(limit: 3) {
        output.data(
          "run \(run.id) of \(run.pipeline): \(run.arrived) taken in, \(run.worked) worked on, \(run.failed) failed"
            + (run.endedAt == nil ? ", not ended" : ""))
      }
    }
    if !sums.addsUp { throw ExitCode.integrity }
  }
}
