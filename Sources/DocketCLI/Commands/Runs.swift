import ArgumentParser
import Docket

/// `docket runs`: what ran, when, and why it ended.
struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "The last runs: when, how long, what arrived, was worked on and failed, and what stopped them.",
    discussion: """
      `docket runs RUN` is the same as `docket explain RUN`: where its documents are now, and what to do. A watch keeps \
      the batches in which something happened.
      """)

  @Argument(help: "A run's id, or its first digits; all unless given.")
  var run: String?

  @Option(help: ArgumentHelp("How many, newest first.", valueName: "count"))
  var limit = 100

  @Flag(help: "Only those that something stopped, or in which documents failed.")
  var failed = false

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes a number from 1 to 10000.") }
  }

  func run() async throws {
    let output = common.output
    let room = try await StoreRoom.open(workspace)
    if let run { return try await RunExplanation.show(run, in: room.store, output) }
    var runs = try await room.store.runs(limit: failed ? 10_000 : limit)
    if failed { runs = Array(runs.filter { $0.failure != nil || $0.failed > 0 }.prefix(limit)) }
    if runs.isEmpty { output.note("docket: Nothing ran yet; `docket run` does.") }
    for run in runs { output.data(output.isJSON ? RunText.json(run) : RunText.line(run, output)) }
  }
}

/// A run in one line.
enum RunText {
  static func line(_ run: RunEntry, _ output: Output) -> String {
    var line =
      "\(run.id.prefix(8))  \(Moment.text(run.beganAt))  " + duration(run).padding(11) + run.pipeline.padding(12)
    line += "\(run.arrived) arrived, \(run.worked) worked, \(run.failed) failed"
    if let failure = run.failure { line += "   " + output.styled("stopped: \(failure.code)", .red) }
    return line
  }

  static func duration(_ run: RunEntry) -> String {
    guard let ended = run.endedAt else { return "not ended" }
    let seconds = max(0, ended - run.beganAt)
    if seconds < 60 { return "\(Int((seconds * 10).rounded()) / 10).\(Int((seconds * 10).rounded()) % 10) s" }
    let minutes = Int(seconds) / 60
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60)"
  }

  static func json(_ run: RunEntry) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/runs/1")
      json.member("run", run.id)
      json.member("pipeline", run.pipeline)
      json.member("actor", run.actor)
      json.member("began_at", Moment.text(run.beganAt))
      json.member("ended_at", run.endedAt.map(Moment.text))
      json.member("seconds", run.endedAt.map { max(0, $0 - run.beganAt) }, digits: 3)
      json.member("arrived", run.arrived)
      json.member("worked", run.worked)
      json.member("failed", run.failed)
      json.member("stopped_by", run.failure?.code)
    }
    return json.text
  }
}
