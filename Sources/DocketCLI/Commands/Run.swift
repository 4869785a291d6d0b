import ArgumentParser
import Docket
import DocketConnectors

/// `docket run [PIPELINE] [PATH…]`: one batch.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "One batch: takes in, reads, understands, decides, delivers; sums up at the end.",
    discussion: """
      A name is a pipeline; what exists or holds a `/` is a file to take in besides what the sources offer. \
      Killed at any moment, the next run goes on where it stopped. \
      Exit code 3: a document failed or a file could not be taken in; 15: a destination did not take a delivery.
      """)

  @Argument(help: "The pipeline (the only one unless given), and files or folders to take in.")
  var words: [String] = []

  @Option(help: ArgumentHelp("review: exit code 4 where documents wait for a person.", valueName: "state"))
  var exitOn: ExitState?

  @Flag(
    name: [.customShort("n"), .long],
    help: "Print what would be taken in and what would become of it, and do nothing.")
  var dryRun = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  enum ExitState: String, CaseIterable, ExpressibleByArgument { case review }

  func run() async throws {
    do { try await batch() } catch {
      await RunJournal.keep(error, pipeline: words.first { !$0.contains("/") && !FileBytes.exists($0) }, workspace)
      throw error
    }
  }

  private func batch() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common, flags: reading.flags)
    let paths = words.filter { $0.contains("/") || FileBytes.exists($0) }
    let names = words.filter { !paths.contains($0) }
    guard names.count <= 1 else { throw ValidationError("One pipeline at a time: \(names.joined(separator: ", ")).") }
    let file = try office.pipeline(names.first)
    var sources: [any Source] = try file.sources.map { try Connectors.source($0, workspace: office.folder) }
    if !paths.isEmpty {
      let files = try FileArguments.expand(paths, scratch: try ScratchSpace())
      sources.insert(GivenFiles(files, name: file.sources.first?.name ?? "files"), at: 0)
    }
    if dryRun {
      let plan = RunPlan(office: office, file: file, output: output)
      return try await Interruption.guarding(output, advice: "Nothing was changed.") { [sources] stop in
        try await plan.show(sources, stop: stop)
      }
    }
    let progress = Progress(output, total: nil)
    let troubles = Troubles()
    let standings = try await office.proveWhatCanBe(file)
    for line in ProofText(output: output).changes(standings) { output.note("docket: \(line)") }
    let runner = try office.runner(file, sources: sources, proofs: try await office.proofsInForce(file)) { step in
      // That many wait is what a long run is.
      if case .paused = step { return }
      if let trouble = troubles.hear(step) { output.note((output.isInteractive ? "\r\u{1B}[K" : "") + trouble) }
      guard case .worked(let document, let state, let code) = step else { return }
      if output.isJSON { ChangeLine(document: document, state: state, errorCode: code).show(output, "") }
      Task { await progress.advance(current: document.name, failed: code != nil) }
    }
    let notices = try office.noticeDesk(file)
    try await notices.begin()
    // Who calls `run` has mended what was broken, and does not wait for the next try.
    try await office.store.hurryDeliveries(pipeline: file.name)
    let whom = office.attribution(file.name)
    let entry = try await Interruption.guarding(output, advice: "`docket run` goes on where this stopped.") { stop in
      try await runner.batch(by: whom, shouldStop: { stop.isRequested })
    }
    await progress.finish()
    office.log.ended(entry)
    await office.tell(notices, output)
    // Of this run's own documents: others may run at the same time.
    let sums = try await office.store.sums(ofRun: entry.id)
    let summary = RunSummary(entry: entry, sums: sums)
    output.data(output.isJSON ? summary.json : summary.text)
    guard sums.addsUp else { throw ExitCode.integrity }
    if troubles.lateCount > 0 {
      output.note("docket: \(troubles.lateCount) documents that had waited reached a destination.")
    }
    let held = try await office.store.sums().states[.held, default: 0]
    if held > 0 {
      output.note(
        "docket: \(held) accepted documents are held, so that they can be undone; "
          + "a later run delivers them (`hold_for` of the policy `\(file.policy)` says when).")
    }
    for (destination, count) in troubles.destinations.sorted(by: { $0.key < $1.key }) {
      output.note(
        "docket: \(count) deliveries to `\(destination)` wait; `docket run` tries again, `docket status` counts.")
    }
    if !troubles.destinations.isEmpty { throw ExitCode.destinationUnavailable }
    if entry.failed > 0 || troubles.fileCount > 0 { throw ExitCode.someFailed }
    if exitOn == .review, sums.states[.review, default: 0] > 0 { throw ExitCode.someWait }
  }
}

/// What a run came to: how many arrived, and where they are.
struct RunSummary {
  let entry: RunEntry
  let sums: StatusSums

  private var arrived: Int { sums.arrived }

  private func change(_ state: DocumentState) -> Int { sums.states[state, default: 0] }

  var text: String {
    let words: [(DocumentState, String)] = [
      (.delivered, "delivered"), (.stored, "stored"), (.review, "wait for review"), (.held, "held"),
      (.delivering, "being delivered"), (.undelivered, "undelivered"), (.expanded, "expanded"),
      (.duplicate, "duplicates"), (.rejected, "rejected"), (.queued, "queued"), (.working, "in other hands"),
      (.failed, "failed"),
    ]
    var parts: [String] = []
    for (state, word) in words where change(state) != 0 {
      var part = "\(change(state)) \(word)"
      if state == .failed { part += " (\(codes))" }
      parts.append(part)
    }
    let sum = DocumentState.allCases.reduce(0) { $0 + change($1) }
    let line = "  \(arrived) arrived: \(parts.isEmpty ? "nothing to do" : parts.joined(separator: ", "))"
    return line + String(repeating: " ", count: max(2, 88 - line.count)) + "sum \(sum) of \(arrived)"
  }

  private var codes: String {
    sums.failures.keys.sorted().joined(separator: ", ")
  }

  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/run/1")
      json.member("type", "summary")
      json.member("run", entry.id)
      json.member("pipeline", entry.pipeline)
      json.member("arrived", arrived)
      json.memberObject("states") { json in
        for state in DocumentState.allCases { json.member(state.rawValue, change(state)) }
      }
      json.member("adds_up", sums.addsUp)
    }
    return json.text
  }
}

/// Files that the command line names.
private actor GivenFiles: Source {
  nonisolated let name: String
  private var left: [InputFile]

  init(_ files: [InputFile], name: String) {
    left = files
    self.name = name
  }

  func arrivals(limit: Int) async throws(DocketError) -> [Arrival] {
    let now = left.prefix(limit)
    left.removeFirst(now.count)
    var arrivals: [Arrival] = []
    for file in now {
      arrivals.append(
        Arrival(source: name, name: file.name, path: file.path, token: try FileBytes.token(of: file.path)))
    }
    return arrivals
  }

  func acknowledge(_ arrival: Arrival) async throws(DocketError) {}
  func offerAgain() {}
  func refusals() -> [DocketError] { [] }

  func standing(of arrival: Arrival) async -> ArrivalStanding {
    guard let token = try? FileBytes.token(of: arrival.path) else { return .gone }
    return token == arrival.token ? .unchanged : .changed
  }
}
