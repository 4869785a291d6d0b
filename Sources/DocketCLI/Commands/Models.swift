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
      for target in ModelTarget.all(library) {
        let inUse = try shelf.inUse(target.name)
        let all: [ModelShelf.Use] =
          shelf.shipped(target.name).map { .shipped($0) } + shelf.own(target.name).map { .own($0) }
        for use in all {
          guard let folder = shelf.folder(use, of: target.name) else { continue }
          do throws(DocketError) {
            let card = try ModelShelf.card(in: folder)
            output.data(
              output.isJSON
                ? ModelText.json(card, use: use, isInUse: use == inUse)
                : ModelText.line(card, use: use, isInUse: use == inUse))
            if use == inUse { try shelf.check(folder, for: target, in: library) }
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
      let (target, folder, use) = try model.found(shelf, library)
      try shelf.check(folder, for: target, in: library)
      let card = try ModelShelf.card(in: folder)
      if case .own = use, !card.gain.isProven, !unproven {
        throw DocketError(
          .badInput, "The \(card.producer) is not proven to be no worse than \(card.comparedWith).",
          hint: "Learn from more documents with `docket train`, or say `--unproven`.")
      }
      try shelf.use(use, for: target.name)
      common.output.data("`\(target.name)` is understood with the \(card.producer).")
    }
  }

  struct Rollback: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rollback", abstract: "Goes back to what was in use before; at last to what ships, or to nothing.")
    @Argument(help: "The contract, a contract's field (`ticket.category`), or `types`.") var contract: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (shelf, library) = try ModelsCommand.shelf(common)
      let target = try ModelTarget.named(contract, in: library)
      let history = try shelf.history(target.name)
      let now = history.last ?? .none
      // What was in use before the present one came, whatever was gone back to since.
      let before = history.prefix { $0 != now }.last ?? .none
      try shelf.use(before, for: target.name)
      common.output.data("`\(target.name)` is understood with \(ModelText.name(before)) again.")
    }
  }

  struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare", abstract: "Two models on the workspace's reviewed documents that neither learned from.")
    @Argument(help: "The contract, a contract's field (`ticket.category`), or `types`.") var contract: String
    @Argument(help: "A number, `shipped` with a number, or `none`.") var first: String
    @Argument(help: "The other.") var second: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let office = try await Office.open(workspace, common)
      let shelf = try ModelShelf(office.settings, workspace: office.folder)
      let target = try ModelTarget.named(contract, in: office.library)
      let folders = try [first, second].map { shelf.folder(try ModelChoice.use($0), of: target.name) }
      let gain =
        switch target {
        case .places(let contract): try await places(office, contract, folders)
        case .texts(let kind, _): try await texts(office, shelf, kind, folders)
        }
      guard gain.documents > 0 else {
        throw DocketError(
          .tooLittleToLearn, "No reviewed document is there that neither has learned from.",
          hint: "`docket models show` has the cross-fitted figures of each.")
      }
      common.output.data(ModelText.compared(gain, first, second, isJSON: common.output.isJSON))
    }

    private func places(_ office: Office, _ contract: Contract, _ folders: [String?]) async throws -> CrossFitting.Gain
    {
      let all = try await ReviewedDocuments(office: office).found(only: contract.name).flatMap(\.lessons)
      let rankers = try folders.map { try $0.map { try ModelShelf.ranker(in: $0, for: contract) } }
      let lessons = all.filter { lesson in !rankers.contains { $0?.learnedFrom.contains(lesson.id) == true } }
      return CrossFitting(comparing: rankers[0], with: rankers[1], on: lessons).gain
    }

    private func texts(
      _ office: Office, _ shelf: ModelShelf, _ kind: TextKind, _ folders: [String?]
    ) async throws -> CrossFitting.Gain {
      let all = try await ReviewedDocuments(office: office).texts(of: kind, on: [])
      let chains = try folders.map { try $0.map { try shelf.chain($0, of: kind, in: office.library) } ?? [] }
      let known = chains.joined().reduce(into: Set<String>()) { $0.formUnion($1.learnedFrom) }
      let lessons = all.filter { !known.contains($0.id) }
      return TextCrossFitting(comparing: chains[0], with: chains[1], of: kind, on: lessons).gain
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
  @Argument(help: "The contract, a contract's field (`ticket.category`), or `types`.") var contract: String
  @Argument(help: "The model's number, or `shipped` with a number; what is in use without one.") var number: [String] =
    []

  /// - Throws: `unknown-model`.
  func found(_ shelf: ModelShelf, _ library: Library) throws -> (ModelTarget, folder: String, ModelShelf.Use) {
    let target = try ModelTarget.named(contract, in: library)
    let text = number.joined(separator: " ")
    let use = try text.isEmpty ? shelf.inUse(target.name) : ModelChoice.use(text)
    guard let folder = shelf.folder(use, of: target.name), FileBytes.exists("\(folder)/card.json") else {
      throw DocketError(.unknownModel, "`\(target.name)` has no model \(text.isEmpty ? "in use" : "`\(text)`").")
    }
    return (target, folder, use)
  }

  static func use(_ text: String) throws(DocketError) -> ModelShelf.Use {
    if let use = ModelShelf.Use(text) { return use }
    throw DocketError(
      .unknownModel, "`\(PlainText.oneLine(text))` names no model.",
      hint: "Say its number, `shipped 1`, or `none`.")
  }
}
