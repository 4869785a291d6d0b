import Docket
import DocketConnectors

/// One pipeline under watch: its runner, its sources, and what was said of it.
struct PipelineWatch: Sendable {
  let file: PipelineFile
  private(set) var runner: Runner
  let sources: [any ConfiguredSource]
  let troubles: Troubles
  private let pulse: Heartbeat
  /// How many proofs the store had when the runner was made.
  private var proofCount: Int
  /// Of the tables that were looked up in.
  private var tables: ContentDigest?
  private let notices: NoticeDesk

  /// Seconds for which a batch takes in what comes while others are worked on.
  private static let lingers = 60.0

  static func open(
    _ file: PipelineFile, _ office: Office, _ output: Output, pulse: Heartbeat
  ) async throws -> PipelineWatch {
    let troubles = Troubles()
    for line in ProofText(output: output).changes(try await office.proveWhatCanBe(file)) {
      output.note("docket: \(line)")
    }
    let sources = try file.sources.map { try Connectors.source($0, workspace: office.folder) }
    for source in sources { await (source as? any WatchedSource)?.beginWatching() }
    let notices = try office.noticeDesk(file)
    try await notices.begin()
    return PipelineWatch(
      file: file, runner: try await runner(file, sources, office, output, troubles, pulse), sources: sources,
      troubles: troubles, pulse: pulse, proofCount: try await office.store.proofs(pipeline: file.name).count,
      tables: tables(of: file, office), notices: notices)
  }

  /// Nil where there are none, or one of them cannot be read just now.
  private static func tables(of file: PipelineFile, _ office: Office) -> ContentDigest? {
    file.lookUps.isEmpty ? nil : try? office.lookUps(of: file).fingerprint
  }

  /// Takes up what was proven, or taken back, since; and tables that were written anew.
  mutating func renew(_ office: Office, _ output: Output) async throws {
    let count = try await office.store.proofs(pipeline: file.name).count
    let now = PipelineWatch.tables(of: file, office) ?? tables
    guard count != proofCount || now != tables else { return }
    (proofCount, tables) = (count, now)
    runner = try await PipelineWatch.runner(file, sources, office, output, troubles, pulse)
  }

  private static func runner(
    _ file: PipelineFile, _ sources: [any ConfiguredSource], _ office: Office, _ output: Output,
    _ troubles: Troubles, _ pulse: Heartbeat
  ) async throws -> Runner {
    try office.runner(file, sources: sources, proofs: try await office.proofsInForce(file), lingers: lingers) { step in
      pulse.beat()
      if let trouble = troubles.hear(step) { output.note(trouble) }
      guard case .worked(let document, let state, let code) = step else { return }
      let end = code.map { " (\($0))" } ?? ""
      ChangeLine(document: document, state: state, errorCode: code).show(
        output, "docket: \(PlainText.oneLine(document.name)): \(state.rawValue)\(end)")
    }
  }

  func batch(_ office: Office, _ output: Output, shouldStop: @escaping @Sendable () -> Bool) async throws {
    do throws(DocketError) {
      let entry = try await runner.batch(
        by: office.attribution(file.name), keepsIdle: false, shouldStop: shouldStop)
      if entry.worked > 0 { troubles.forget() }
      if entry.arrived > 0 || entry.worked > 0 { office.log.ended(entry) }
    } catch {
      office.log.stopped(error, pipeline: file.name)
      guard error.isTransient else { throw error }
      // A full disk or a share that is away: said, then tried again.
      if let trouble = troubles.hear(error) { output.note(trouble) }
    }
    await office.tell(notices, output)
  }
}
