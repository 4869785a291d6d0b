import Docket

/// `docket run --dry-run`: what a run would take in, what would come of it and where it would go. Reads the documents
/// as `docket extract` does; writes nothing to the store, the inbox or a destination.
struct RunPlan {
  let office: Office
  let file: PipelineFile
  let output: Output

  /// - Parameter sources: of the pipeline, and the files that the command line names.
  func show(_ sources: [any Source], stop: StopRequest) async throws {
    let progress = Progress(output, total: nil)
    let proofs = try await office.proofsInForce(file)
    var count = 0
    for source in sources {
      while !stop.isRequested {
        let arrivals = try await source.arrivals(limit: 64)
        if arrivals.isEmpty { break }
        let width = try office.settings.workers() * 2
        for name in Set(arrivals.map(\.source)).sorted() {
          let files = try await fresh(arrivals.filter { $0.source == name })
          let task = try task(for: name, proofs: proofs)
          try await OrderedWork.run(files, width: width, stop: stop, work: task.understand) { input, result in
            await progress.advance(current: input.shown, failed: !result.failures.isEmpty)
            await progress.finish()
            count += result.outcomes.count
            output.raw(result.printed)
          }
        }
      }
      for error in await source.refusals() { output.note(ErrorReport([error]).text) }
    }
    await progress.finish()
    let waiting = try await office.store.sums().waitingDeliveries
    if waiting > 0 { output.note("\(waiting) deliveries wait; a run would try them.") }
    output.note("\(count) documents; nothing was taken in. `docket run` does it.")
  }

  /// Arrivals whose file is not a document of the workspace already.
  private func fresh(_ arrivals: [Arrival]) async throws -> [InputFile] {
    var files: [InputFile] = []
    for arrival in arrivals {
      if try await office.store.hasTaken(arrival) { continue }
      files.append(InputFile(path: arrival.path, shown: PathText.shown(arrival.path)))
    }
    return files
  }

  private func task(for source: String, proofs: [Proof]) throws -> ExtractTask {
    var settings = try office.settings.reading()
    settings.limits = file.limits
    let entry = file.source(source)
    if let languages = entry?.languages, !languages.isEmpty { settings.languages = languages }
    let output = output
    return ExtractTask(
      reader: try office.reader.get(), settings: settings,
      pipeline: try office.understanding(file, proofs: proofs),
      scratch: try ScratchSpace(), source: entry,
      render: { output.isJSON ? $0.json + "\n" : PlanLine($0).text(output) + "\n" })
  }
}

/// What would become of one document, on a line.
struct PlanLine {
  private let line: ExtractionLine

  init(_ line: ExtractionLine) { self.line = line }

  func text(_ output: Output) -> String {
    let part = line.part.map { " \($0)" } ?? ""
    return "\(PlainText.oneLine(line.file + part))   \(output.styled(end, .bold))"
  }

  private var end: String {
    guard let understood = line.understood else { return "failed (\(line.outcome))" }
    switch understood {
    case .record(let result):
      let contract = result.record.contract
      let decision = result.decision
      switch WorkDesk.state(after: decision) {
      case .delivering: return "\(contract), delivered to \(decision.destinations.joined(separator: ", "))"
      case .stored: return "\(contract), stored: no destination wants it"
      case .rejected: return "\(contract), rejected"
      default: return "\(contract), waits for review: " + decision.reasons.map(\.message).joined(separator: " ")
      }
    case .unknown: return line.reading?.members.isEmpty == false ? "expanded" : "unknown type, waits for review"
    case .parts: return "expanded"
    }
  }
}
