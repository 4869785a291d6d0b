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
      then written to the folder --out. `types` learns what documents are, from lines with "contract": "bill" (or \
      "unknown"), and `ticket.category` a field whose value a text says without naming it. Files of words that `docket text --format json` wrote are taken, too.
      """)

  @Argument(help: "The contract, field or `types` to learn; without one all that people answered about.") var contract:
    String?
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
    let files = TrainingFiles(
      files: files, book: try TruthBook(truth, for: "train"), settings: settings, reading: try settings.reading(),
      library: library, output: output)
    let made: (card: any LearnedCard, weights: [UInt8], standIns: [UInt8]?)
    switch try ModelTarget.named(contract, in: library) {
    case .places(let contract):
      let lessons = try await files.places(of: contract)
      if let memory {
        let known = lessons.compactMap { RememberedDocument($0, vendor: $0.group, answeredAt: 0) }
        try MemoryShelf.save(Memory(number: number, madeAt: 0, documents: [contract.name: known]), at: memory)
      }
      let trained = try Training(
        lessons, of: contract, number: number, inUse: nil, comparedWith: TextCard.zeroShot,
        source: source, license: license)
      made = (trained.card, trained.weights, trained.standIns)
    case .texts(let kind, let contract):
      let taught = try TextTeaching(
        await files.texts(of: kind, contract), of: kind, number: number, comparedWith: TextCard.zeroShot,
        source: source, license: license)
      made = (taught.card, taught.weights, nil)
    }
    try ModelShelf.save(card: made.card.json, weights: made.weights, standIns: made.standIns, in: out)
    output.data(output.isJSON ? made.card.json.replacing("\n", with: "") : ModelText.learned(made.card))
  }
}
