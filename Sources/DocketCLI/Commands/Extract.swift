import ArgumentParser
import Docket

/// `docket extract FILE…`: records without a workspace.
struct ExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Prints one record a document, with evidence; needs no workspace.",
    discussion: """
      Attachments of mails and files inside PDFs are documents of their own, on lines of their own. Files of words \
      that `docket text --format json` wrote are taken as they are, without reading the document again.
      """)

  @Argument(help: "Documents, folders of documents, or - for standard input.")
  var files: [String]

  @Option(help: ArgumentHelp("What the documents are, instead of finding out.", valueName: "name"))
  var contract: String?

  @Option(
    help: ArgumentHelp(
      "The folder of a model to use instead of those in use, may be given again; none: nothing that was learned.",
      valueName: "dir"))
  var model: [String] = []

  @Option(
    help: ArgumentHelp(
      "A snapshot to remember by instead of the one in use; none: nothing is remembered.", valueName: "file"))
  var memory: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let settings = try common.settings(reading.flags, workspace: Workspace.nearest())
    let library = try LibraryFolder.load(settings, workspace: Workspace.nearest())
    let stated = try stated(settings, library)
    let pipeline = try Wiring.pipeline(
      settings, library, contract: contract, rankers: stated?.rankers, texts: stated?.texts)
    let scratch = try ScratchSpace()
    let files = FileArguments.splittingGivenWords(try FileArguments.expand(files, scratch: scratch))
    let text = RecordText(output: output)
    let render: @Sendable (ExtractionLine) -> String = { output.isJSON ? $0.json + "\n" : text.text($0) + "\n" }
    let task = ExtractTask(
      reader: try Wiring.reader(settings, library: library), settings: try settings.reading(), pipeline: pipeline,
      scratch: scratch, render: render)
    let workers = try settings.workers()
    let sum = try await Interruption.guarding(output, advice: "Call it again for the rest.") { stop in
      let progress = Progress(output, total: files.count)
      var sum = OutcomeSum()
      try await OrderedWork.run(files, width: workers * 2, stop: stop, work: task.understand) { file, result in
        for outcome in result.outcomes { sum.add(outcome) }
        sum.add(decisions: result.decisions)
        await progress.advance(current: file.shown, failed: !result.failures.isEmpty)
        for failure in result.failures { await progress.note(OutcomeSum.line(failure.place, failure.error)) }
        output.raw(result.printed)
      }
      await progress.finish()
      return sum
    }
    output.note(sum.text)
    if let advice = sum.advice { output.note(advice) }
    if sum.failed > 0 { throw ExitCode.someFailed }
  }

  /// What the options say; nil where none is given.
  private func stated(_ settings: Settings, _ library: Library) throws -> (rankers: Rankers, texts: TextModels?)? {
    guard !model.isEmpty || memory != nil else { return nil }
    let shelf = try ModelShelf(settings, workspace: Workspace.nearest())
    var (rankers, texts) = (try shelf.rankers(for: library.newestContracts), TextModels?.none)
    if !model.isEmpty {
      (rankers.rankers, rankers.troubles) = ([], [:])
      var stated = TextModels.none
      for folder in model where folder != "none" {
        let card = try ModelShelf.card(in: folder)
        switch try ModelTarget.named(card.name, in: library) {
        case .places(let contract): rankers.rankers.append(try ModelShelf.ranker(in: folder, for: contract))
        case .texts(let kind, _): stated.chains[kind.name] = try shelf.chain(folder, of: kind, in: library)
        }
      }
      texts = stated
    }
    if let memory {
      rankers.memoryTrouble = nil
      rankers.memory = memory == "none" ? nil : try MemoryShelf.memory(at: memory)
    }
    return (rankers, texts)
  }
}
