import Docket

/// Understands one file and whatever lies in it, without a workspace.
struct ExtractTask: Sendable {
  let reader: any DocumentReader
  let settings: ReadSettings
  let pipeline: Pipeline
  let scratch: ScratchSpace
  /// Of a pipeline, where the files come from one.
  var source: PipelineFile.SourceEntry?
  /// Turns a line into what is printed; done in the task, so that it is done on all cores.
  let render: @Sendable (ExtractionLine) -> String

  struct Result: Sendable {
    var printed = ""
    var outcomes: [String] = []
    var decisions: [String: Int] = [:]
    var failures: [(place: String, error: DocketError)] = []
    fileprivate var parts = 0
  }

  @Sendable func understand(_ file: InputFile) async -> Result {
    var result = Result()
    var source = Visit(path: file.path, shown: file.shown, name: file.name)
    if let slice = file.slice {
      do throws(DocketError) {
        let bytes = try Array(FileBytes.start(of: file.path, limit: slice.upperBound)[slice])
        let origin = GivenWords.origin(bytes)
        source.path = try scratch.file(bytes)
        source.shown = origin?.file ?? file.shown
        source.digest = origin?.sha256.flatMap(ContentDigest.init(hex:))
      } catch {
        fail(ExtractionLine(file: file.shown, digest: nil), error, &result)
        return result
      }
    }
    await visit(source, into: &result)
    if file.slice != nil { scratch.remove(source.path) }
    return result
  }

  /// A document on its way down: the file itself, or something that lies in it.
  private struct Visit {
    var path: String
    var shown: String
    var name: String
    var part: PartPath?
    var digest: ContentDigest?
    var depth = 0
    var cover: Cover?
  }

  private func visit(_ visit: Visit, into result: inout Result) async {
    var line = ExtractionLine(file: visit.shown, digest: visit.digest, part: visit.part)
    let began = Progress.now
    do throws(DocketError) {
      if line.digest == nil { line.digest = try FileBytes.digest(visit.path).digest }
      guard visit.depth <= settings.limits.depth else {
        throw DocketError(.tooDeep, "Containers lie deeper than \(settings.limits.depth) in one another.")
      }
      let sink = CollectingSink(scratch: scratch)
      let summary = try await reader.read(
        ReadableFile(path: visit.path, name: visit.name), settings: settings, into: sink)
      let read = Progress.now
      let reading = await sink.reading(summary)
      var context = Context(
        digest: line.digest ?? ContentDigest(of: ""), name: visit.name, source: source?.name, cover: visit.cover,
        sensitivity: source?.sensitivity ?? .internal)
      context.heed(source)
      line.reading = reading
      line.understood = try await pipeline.run(reading, in: context)
      line.timing = .init(read: read - began, readCPU: summary.cpuSeconds, extract: Progress.now - read)
      report(line, &result)
      if case .parts(let splitting) = line.understood {
        for part in splitting.parts { try await understand(part, of: line, context, &result) }
      }
      await visitMembers(await sink.members, of: visit, line, &result)
    } catch {
      fail(line, error, &result)
    }
  }

  /// Some pages of what was read, as a document of their own.
  private func understand(
    _ part: Part, of whole: ExtractionLine, _ context: Context, _ result: inout Result
  ) async throws(DocketError) {
    guard let path = part.path, let reading = whole.reading?.part(at: path) else { return }
    result.parts += 1
    guard result.parts <= settings.limits.parts else { throw tooManyParts }
    var context = context
    context.isPart = true
    context.name = part.name(of: context.name)
    var line = ExtractionLine(file: whole.file, digest: whole.digest, part: whole.part?.appending(path) ?? path)
    let began = Progress.now
    line.reading = reading
    line.understood = try await pipeline.run(reading, in: context)
    line.timing = .init(read: 0, extract: Progress.now - began)
    report(line, &result)
  }

  private var tooManyParts: DocketError {
    DocketError(.tooManyParts, "The file holds more than \(settings.limits.parts) documents.")
  }

  private func visitMembers(
    _ members: [(member: Member, path: String)], of parent: Visit, _ line: ExtractionLine, _ result: inout Result
  ) async {
    // A structured original that the parent's own record was made of is no document beside it.
    var own: Set<PartPath> = []
    if case .record = line.understood { own = Set(line.reading?.embedded.map(\.part) ?? []) }
    for (member, path) in members {
      defer { scratch.remove(path) }
      guard !own.contains(member.part) else { continue }
      let part = parent.part?.appending(member.part) ?? member.part
      result.parts += 1
      guard result.parts <= settings.limits.parts else {
        fail(ExtractionLine(file: parent.shown, digest: member.digest, part: part), tooManyParts, &result)
        continue
      }
      let child = Visit(
        path: path, shown: parent.shown, name: member.name, part: part, digest: member.digest,
        depth: parent.depth + 1, cover: line.reading.flatMap { Cover($0) } ?? parent.cover)
      await visit(child, into: &result)
    }
  }

  private func report(_ line: ExtractionLine, _ result: inout Result) {
    result.printed += render(line)
    result.outcomes.append(line.outcome)
    let decision =
      switch line.understood {
      case .record(let made): made.decision.route.rawValue
      case .parts: "taken apart"
      default: "unknown"
      }
    result.decisions[decision, default: 0] += 1
  }

  private func fail(_ line: ExtractionLine, _ error: DocketError, _ result: inout Result) {
    var line = line
    line.outcome = error.code.id
    result.printed += render(line)
    result.outcomes.append(error.code.id)
    result.failures.append((line.part.map { "\(line.file) \($0)" } ?? line.file, error))
  }
}

extension CollectingSink {
  /// The whole reading, with the members' descriptions.
  func reading(_ summary: ReadingSummary) -> Reading {
    Reading(
      mediaType: summary.mediaType, content: summary.content ?? .pages(pages), embedded: summary.embedded,
      members: members.map(\.member), findings: summary.findings)
  }
}
