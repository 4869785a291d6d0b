import ArgumentParser
import Docket

/// `docket train`: learns from documents whose values people confirmed.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Learns from reviewed documents; the model is taken into use where it is proven to be no worse.",
    discussion: """
      Without files: from the documents of the workspace that people answered. With files and --truth: from those, \
      whose lines are {"file": "a.pdf", "issuer": "Shop", "fields": {"total": "9.00", "due_on": null}}; the model is \
      then written to the folder --out. Files of words that `docket text --format json` wrote are taken, too.
      """)

  @Argument(help: "The contract to learn; without one each that people answered about.") var contract: String?
  @Argument(help: "Documents whose values --truth holds.") var files: [String] = []
  @Option(help: ArgumentHelp("What is true of the files, as JSON lines.", valueName: "file")) var truth: String?
  @Option(help: ArgumentHelp("Where a model from files goes: a folder that is not there.", valueName: "dir"))
  var out: String?
  @Option(help: ArgumentHelp("Its number.", valueName: "number")) var number = 1
  @Option(
    help: ArgumentHelp(
      "Also remembers the files: a snapshot as a file that is not there, for `docket extract --memory`.",
      valueName: "file"))
  var memory: String?
  @Option(help: "Where the files are from, and whom to name for them; for the card.") var source: String?
  @Option(help: "Under which licence the files may be used; for the card.") var license: String?
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    guard let truth else { return try await WorkspaceTraining(workspace, common).run(only: contract) }
    guard let contract, let out, !files.isEmpty else {
      throw ValidationError("--truth needs a contract, files and --out.")
    }
    let output = common.output
    let settings = try common.settings(reading.flags, workspace: Workspace.nearest())
    let library = try LibraryFolder.load(settings, workspace: Workspace.nearest())
    let known = try Wiring.contract(contract, in: library)
    let scratch = try ScratchSpace()
    let study = FileStudy(
      reader: try Wiring.reader(settings, library: library), settings: try settings.reading(),
      extract: try Wiring.pipeline(
        settings, library, contract: contract, rankers: Rankers(studied: [known.reference])
      ).extract,
      contract: known, book: try TruthBook(truth, for: "train"), scratch: scratch)
    let inputs = FileArguments.splittingGivenWords(try FileArguments.expand(files, scratch: scratch))
    let width = try settings.workers() * 2
    let lessons = try await Interruption.guarding(output, advice: "Call it again.") { stop in
      let progress = Progress(output, total: inputs.count)
      var lessons: [Lesson] = []
      try await OrderedWork.run(inputs, width: width, stop: stop, work: study.study) { input, result in
        await progress.advance(current: input.shown, failed: result.failure != nil)
        if let failure = result.failure { await progress.note(OutcomeSum.line(failure.place, failure.error)) }
        if let lesson = result.lesson { lessons.append(lesson) }
      }
      await progress.finish()
      return lessons
    }
    if let memory {
      let known = lessons.compactMap { RememberedDocument($0, vendor: $0.group, answeredAt: 0) }
      try MemoryShelf.save(Memory(number: number, madeAt: 0, documents: [contract: known]), at: memory)
    }
    let trained = try Training(
      lessons, of: known, number: number, inUse: nil, comparedWith: "zero-shot", source: source, license: license)
    try ModelShelf.save(trained, in: out)
    output.data(output.isJSON ? trained.card.json.replacing("\n", with: "") : ModelText.learned(trained.card))
  }
}
