import ArgumentParser
import Docket

/// `docket models list|show|promote|rollback|compare`: what was learned, and what of it is in use.
struct ModelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "What was learned, and what of it is in use: list, show, promote, rollback, compare.",
    subcommands: [List.self, Show.self, Promote.self, Rollback.self, Compare.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "A line a model: those that ship, and the workspace's own.")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let output = common.output
      let (shelf, library) = try ModelsCommand.shelf(common)
      for contract in library.newestContracts {
        let inUse = try shelf.inUse(contract.name)
        let all: [ModelShelf.Use] =
          shelf.shipped(contract.name).map { .shipped($0) } + shelf.own(contract.name).map { .own($0) }
        for use in all {
          guard let folder = shelf.folder(use, of: contract.name) else { continue }
          do throws(DocketError) {
            let card = try ModelShelf.card(in: folder)
            output.data(
              output.isJSON
                ? ModelText.json(card, use: use, isInUse: use == inUse)
                : ModelText.line(card, use: use, isInUse: use == inUse))
            if use == inUse { _ = try ModelShelf.ranker(in: folder, for: contract) }
          } catch {
            output.note(ErrorReport([error]).text)
          }
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "A model's card: what it learned from, and how good it is.")
    @OptionGroup var model: ModelChoice
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (shelf, library) = try ModelsCommand.shelf(common)
      let (_, folder, _) = try model.found(shelf, library)
      let card = try ModelShelf.card(in: folder)
      common.output.data(common.output.isJSON ? card.json.replacing("\n", with: "") : ModelText.shown(card))
    }
  }

  struct Promote: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "promote", abstract: "Takes a model into use; every proof of the pipeline is void then.")
    @OptionGroup var model: ModelChoice
    @Flag(help: "Take it though it is not proven to be no worse than what it was compared with.") var unproven = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (shelf, library) = try ModelsCommand.shelf(common)
      let (contract, folder, use) = try model.found(shelf, library)
      _ = try ModelShelf.ranker(in: folder, for: contract)
      let card = try ModelShelf.card(in: folder)
      if case .own = use, !card.gain.isProven, !unproven {
        throw DocketError(
          .badInput, "The \(card.producer) is not proven to be no worse than \(card.comparedWith).",
          hint: "Learn from more documents with `docket train`, or say `--unproven`.")
      }
      try shelf.use(use, for: contract.name)
      common.output.data("`\(contract.name)` is understood with the \(card.producer).")
    }
  }

  struct Rollback: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rollback", abstract: "Goes back to what was in use before; at last to what ships, or to nothing.")
    @Argument(help: "The contract.") var contract: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (shelf, library) = try ModelsCommand.shelf(common)
      let contract = try Wiring.contract(contract, in: library)
      let history = try shelf.history(contract.name)
      let now = history.last ?? .none
      // What was in use before the present one came, whatever was gone back to since.
      let before = history.prefix { $0 != now }.last ?? .none
      try shelf.use(before, for: contract.name)
      common.output.data("`\(contract.name)` is understood with \(ModelText.name(before)) again.")
    }
  }

  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare", abstract: "Two models on the workspace's reviewed documents that neither learned from.")
    @Argument(help: "The contract.") var contract: String
    @Argument(help: "A number, `shipped` with a number, or `none`.") var first: String
    @Argument(help: "The other.") var second: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let office = try await Office.open(workspace, common)
      let shelf = try ModelShelf(office.settings, workspace: office.folder)
      let contract = try Wiring.contract(contract, in: office.library)
      let all = try await ReviewedDocuments(office: office).found(only: contract.name).flatMap(\.lessons)
      let rankers = try [first, second].map { text in
        try shelf.folder(ModelChoice.use(text), of: contract.name).map { try ModelShelf.ranker(in: $0, for: contract) }
      }
      let lessons = all.filter { lesson in !rankers.contains { $0?.learnedFrom.contains(lesson.id) == true } }
      guard !lessons.isEmpty else {
        throw DocketError(
          .tooLittleToLearn, "No reviewed document is there that neither has learned from.",
          hint: "`docket models show` has the cross-fitted figures of each.")
      }
      let gain = CrossFitting(comparing: rankers[0], with: rankers[1], on: lessons).gain
      common.output.data(ModelText.compared(gain, first, second, isJSON: common.output.isJSON))
    }
  }

  /// Of the nearest workspace, or of what ships alone.
  static func shelf(_ common: CommonOptions) throws -> (ModelShelf, Library) {
    let workspace = try? Workspace.find(stated: nil)
    let settings = try common.settings(workspace: workspace)
    return (
      try ModelShelf(settings, workspace: workspace), try LibraryFolder.load(settings, workspace: workspace)
    )
  }
}

/// A model as the command line names it.
struct ModelChoice: ParsableArguments {
  @Argument(help: "The contract.") var contract: String
  @Argument(help: "The model's number, or `shipped` with a number; what is in use without one.") var number: [String] =
    []

  /// - Throws: `unknown-model`.
  func found(_ shelf: ModelShelf, _ library: Library) throws -> (Contract, folder: String, ModelShelf.Use) {
    let contract = try Wiring.contract(contract, in: library)
    let text = number.joined(separator: " ")
    let use = try text.isEmpty ? shelf.inUse(contract.name) : ModelChoice.use(text)
    guard let folder = shelf.folder(use, of: contract.name), FileBytes.exists("\(folder)/card.json") else {
      throw DocketError(.unknownModel, "`\(contract.name)` has no model \(text.isEmpty ? "in use" : "`\(text)`").")
    }
    return (contract, folder, use)
  }

  static func use(_ text: String) throws(DocketError) -> ModelShelf.Use {
    if let use = ModelShelf.Use(text) { return use }
    throw DocketError(
      .unknownModel, "`\(PlainText.oneLine(text))` names no model.",
      hint: "Say its number, `shipped 1`, or `none`.")
  }
}
