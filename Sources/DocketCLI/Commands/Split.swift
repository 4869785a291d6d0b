import ArgumentParser
import Docket

/// `docket split FILE…`: where bundles fall into documents, without a workspace.
struct SplitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Says where documents begin in bundles of pages; needs no workspace.",
    discussion: """
      `docket run` and `docket extract` take bundles apart in the same way; this shows on which pages, how sure that \
      is, and what was seen there. Where it is not sure, `docket review` asks.
      """)

  @Argument(help: "Documents, folders of documents, or - for standard input.")
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let settings = try common.settings(reading.flags, workspace: Workspace.nearest())
    let library = try LibraryFolder.load(settings, workspace: Workspace.nearest())
    let split = try Wiring.pipeline(settings, library, contract: nil).split
    let scratch = try ScratchSpace()
    let files = FileArguments.splittingGivenWords(try FileArguments.expand(files, scratch: scratch))
    let task = SplitTask(
      reader: try Wiring.reader(settings, library: library), settings: try settings.reading(), split: split,
      scratch: scratch)
    let workers = try settings.workers()
    let sum = try await Interruption.guarding(output, advice: "Call it again for the rest.") { stop in
      let progress = Progress(output, total: files.count)
      var sum = OutcomeSum()
      try await OrderedWork.run(files, width: workers * 2, stop: stop, work: task.split) { file, result in
        sum.add(result.line.outcome)
        await progress.advance(current: file.shown, failed: result.error != nil)
        if let error = result.error { await progress.note(OutcomeSum.line(file.shown, error)) }
        if output.isJSON {
          output.data(result.line.json)
        } else if let splitting = result.line.splitting {
          output.raw(SplitText(output: output).text(file.shown, splitting))
        }
      }
      await progress.finish()
      return sum
    }
    output.note(sum.text)
    if sum.failed > 0 { throw ExitCode.someFailed }
  }
}

/// Reads one file and finds its parts.
struct SplitTask: Sendable {
  let reader: any DocumentReader
  let settings: ReadSettings
  let split: SplitStage
  let scratch: ScratchSpace

  struct Result: Sendable {
    var line: SplitLine
    var error: DocketError?
  }

  @Sendable func split(_ file: InputFile) async -> Result {
    var result = Result(line: SplitLine(file: file.shown))
    var path = file.path
    do throws(DocketError) {
      if let slice = file.slice {
        let bytes = try Array(FileBytes.start(of: file.path, limit: slice.upperBound)[slice])
        result.line.file = GivenWords.origin(bytes)?.file ?? file.shown
        path = try scratch.file(bytes)
      }
      let digest = try FileBytes.digest(path).digest
      result.line.digest = digest
      let sink = CollectingSink(scratch: scratch, keepsMembers: false)
      let summary = try await reader.read(ReadableFile(path: path, name: file.name), settings: settings, into: sink)
      let reading = await sink.reading(summary)
      result.line.pageCount = reading.pages.count
      result.line.splitting = try await split.run(reading, in: Context(digest: digest, name: file.name))
    } catch {
      result.error = error
      result.line.outcome = error.code.id
    }
    if file.slice != nil { scratch.remove(path) }
    return result
  }
}

/// Parts and boundaries for people.
struct SplitText {
  let output: Output

  /// The file's parts, then the pages that may begin a document, and why.
  func text(_ file: String, _ splitting: Splitting) -> String {
    let parts = splitting.parts.compactMap { $0.path?.text.replacing("/", with: " ") }
    let shown = parts.isEmpty ? "one document" : "\(parts.count) documents: \(parts.joined(separator: ", "))"
    let lines = splitting.boundaries.filter { $0.verdict != .continues }.map { "  " + boundary($0) }
    return ([output.styled(PlainText.oneLine(file), .bold) + "   " + shown] + lines).joined(separator: "\n") + "\n"
  }

  /// `page 3: a document begins 98 % (new-date, page-size-changes)`.
  func boundary(_ boundary: Boundary) -> String {
    let verdict =
      switch boundary.verdict {
      case .begins: "a document begins"
      case .doubtful: output.styled("a document may begin", .yellow)
      case .continues: "goes on"
      }
    let signs = BoundarySign.allCases.filter { (boundary.signs[$0] ?? 0) >= 0.3 }.map(\.rawValue)
    return "page \(boundary.page): \(verdict) \(Percent.text(boundary.confidence)) "
      + output.styled("(\(signs.joined(separator: ", ")))", .dim)
  }
}
