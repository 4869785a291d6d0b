import Docket

/// `docket explain RUN`: when it ran, for whom, and where its documents are now.
struct RunExplanation {
  let run: RunEntry
  let sums: StatusSums

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
      json.memberObject("states") { json in
        for state in DocumentState.allCases { json.member(state.rawValue, sums.states[state, default: 0]) }
      }
    }
    return json.text
  }
}
