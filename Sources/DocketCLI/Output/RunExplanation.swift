import Docket

/// `docket explain RUN`: when it ran, for whom, and where its documents are now.
struct RunExplanation {
  let run: RunEntry
  let sums: StatusSums

  /// The one run of an id, or of its first digits.
  /// - Throws: `bad-input` where none or several are meant.
  static func show(_ text: String, in store: any Store, _ output: Output) async throws {
    let found = try await store.runs(limit: 10_000).filter { $0.id.hasPrefix(text.lowercased()) }
    guard text.count >= 6, found.count == 1, let run = found.first else {
      throw DocketError(
        .badInput, "\(found.isEmpty || text.count < 6 ? "No run" : "More than one run") is called so.",
        hint: "`docket runs` lists them; six digits are enough.")
    }
    RunExplanation(run: run, sums: try await store.sums(ofRun: run.id)).show(output)
  }

  func show(_ output: Output) {
    output.data(output.isJSON ? json : text(output))
  }

  private func text(_ output: Output) -> String {
    let end = run.endedAt.map(Moment.text) ?? "not ended: it runs, or it was stopped"
    var lines = [
      output.styled("run \(run.id.prefix(8))", .bold) + " of \(run.pipeline) by \(run.actor)",
      "  began      \(Moment.text(run.beganAt))",
      "  ended      \(end)",
      "  did        \(run.arrived) arrived, \(run.worked) worked on, \(run.failed) failed",
    ]
    if let failure = run.failure {
      lines.append("  " + output.styled("stopped", .red) + "    \(failure.sentence) (\(failure.code))")
      lines.append("             \(failure.hint)")
    } else if run.endedAt == nil {
      lines.append("             Killed, it lost nothing: `docket run` goes on where it stopped.")
    }
    for state in DocumentState.allCases {
      guard let count = sums.states[state] else { continue }
      lines.append("  now        \(count) \(state.rawValue)")
    }
    for (code, count) in sums.failures.sorted(by: { $0.key < $1.key }) {
      lines.append("  failed     \(count) \(code): \(ErrorCatalog.code(code)?.remedy ?? "")")
    }
    return lines.joined(separator: "\n")
  }

  private var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/run-explanation/1")
      json.member("run", run.id)
      json.member("pipeline", run.pipeline)
      json.member("actor", run.actor)
      json.member("began_at", Moment.text(run.beganAt))
      json.member("ended_at", run.endedAt.map(Moment.text))
      json.member("arrived", run.arrived)
      json.member("worked", run.worked)
      json.member("failed", run.failed)
      json.memberObject("stopped_by") { json in
        json.member("code", run.failure?.code)
        json.member("message", run.failure?.sentence)
        json.member("hint", run.failure?.hint)
      }
      json.memberObject("states") { json in
        for state in DocumentState.allCases { json.member(state.rawValue, sums.states[state, default: 0]) }
      }
    }
    return json.text
  }
}
