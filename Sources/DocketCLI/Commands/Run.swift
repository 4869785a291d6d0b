import ArgumentParser
import Docket
import Glibc

/// `docket run [PIPELINE] [PATH…]`: one batch.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Takes in what has arrived, understands it, delivers what may go, and sums up.",
    discussion: """
      Several may run on one workspace at once. Stopped or killed at any moment, the next one goes on where it \
      stopped. An argument that exists or holds a / is a document to take in instead of what the sources offer.
      """)

  @Argument(help: "The pipeline, unless there is only one; then documents or folders of documents.")
  var arguments: [String] = []

  @Option(help: "What else ends with exit code 4: review, where documents wait for a person.")
  var exitOn: ExitOn?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  enum ExitOn: String, CaseIterable, ExpressibleByArgument { case review }

  func run() async throws {
    let output = common.output
    let isPath = { (text: String) in text.contains("/") || access(text, F_OK) == 0 }
    let name = arguments.first.flatMap { isPath($0) ? nil : $0 }
    let paths = Array(name == nil ? arguments[...] : arguments.dropFirst())
    let office = try await Office.open(workspace, common, flags: reading.flags)
    let file = try PipelineFiles.find(name, workspace: office.folder)
    let given = paths.isEmpty ? [] : try FileArguments.expand(paths, scratch: try ScratchSpace()).map(\.path)
    let progress = Progress(output, total: nil)
    let (steps, happened) = AsyncStream.makeStream(of: Runner.RunStep.self)
    let showing = Task { for await step in steps { await RunCommand.show(step, on: progress) } }
    let runner = try office.runner(file, given: given) { happened.yield($0) }
    let whom = office.whom(run: Office.newRun())
    let entry = try await Interruption.guarding(output, advice: "Call it again to go on.") { stop in
      defer { happened.finish() }
      return try await runner.batch(by: whom, shouldStop: { stop.isRequested })
    }
    await showing.value
    await progress.finish()
    let sums = try await office.store.sums(ofRun: entry.id)
    let text = RunSum(sums: sums)
    output.isJSON ? output.data(text.json(entry)) : output.note(text.line)
    if sums.states[.failed, default: 0] + sums.states[.undelivered, default: 0] > 0 { throw ExitCode.someFailed }
    if exitOn == .review, sums.states[.review, default: 0] > 0 { throw ExitCode.someWait }
  }

  private static func show(_ step: Runner.RunStep, on progress: Progress) async {
    switch step {
    case .arrived: break
    case .worked(let document, let state, let code):
      await progress.advance(current: document.name, failed: state == .failed)
      if let code { await progress.note("\(PlainText.oneLine(document.name)): failed (\(code))") }
    case .left(let arrival, let error):
      await progress.note("\(PlainText.oneLine(arrival.name)): \(error.sentence) (\(error.code.id))")
    }
  }
}

/// What a run did, in one line.
struct RunSum {
  let sums: StatusSums

  /// `38 arrived: 9 delivered, 26 wait for review, 1 failed (pdf-encrypted)   sum 38 of 38`.
  var line: String {
    let order: [DocumentState] = [
      .delivered, .delivering, .stored, .held, .review, .rejected, .expanded, .duplicate, .undelivered, .failed,
      .working, .queued,
    ]
    let parts = order.compactMap { state -> String? in
      guard let count = sums.states[state], count > 0 else { return nil }
      return "\(count) \(words(state, count))"
    }
    let sum = sums.states.values.reduce(0, +)
    guard sums.arrived > 0 else { return "Nothing has arrived." }
    return "\(sums.arrived) arrived: \(parts.joined(separator: ", "))   sum \(sum) of \(sums.arrived)"
  }

  private func words(_ state: DocumentState, _ count: Int) -> String {
    switch state {
    case .review: return count == 1 ? "waits for review" : "wait for review"
    case .failed, .undelivered:
      let codes = sums.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
      return "\(state.rawValue) (\(codes.map { $0.value > 1 ? "\($0.value) \($0.key)" : $0.key }.joined(separator: ", ")))"
    default: return state.rawValue
    }
  }

  func json(_ entry: RunEntry) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/run/1")
      json.member("type", "sum")
      json.member("run", entry.id)
      json.member("pipeline", entry.pipeline)
      json.member("arrived", sums.arrived)
      json.memberObject("states") { json in
        for state in DocumentState.allCases { json.member(state.rawValue, sums.states[state] ?? 0) }
      }
      json.member("adds_up", sums.addsUp)
    }
    return json.text
  }
}
