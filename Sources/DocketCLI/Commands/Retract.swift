import ArgumentParser
import Docket

/// `docket retract`: takes back from destinations what they were given, so that a person can put it right.
struct RetractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retract",
    abstract: "Takes delivered records back from their destinations; the documents wait for review again.",
    discussion: """
      Files by lines get a line that takes the record back, tables lose its rows, webhooks and programs are told. \
      What a person then corrects and accepts is delivered anew, as the next version. Stopped in the middle, the same \
      call goes on; no destination takes anything back twice.
      """)

  @Argument(help: "Ids, first digits or names of delivered documents.") var documents: [String]
  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common)
    var chosen: [(document: Document, given: [OutboxEntry])] = []
    // All of them are looked at before the first is taken back.
    for text in documents {
      let document = try await office.document(text)
      chosen.append((document, try await RetractCommand.given(document, office)))
    }
    for (document, given) in chosen {
      let names = given.map(\.destination).joined(separator: ", ")
      if !confirm.dryRun {
        try await office.takeBack(given, in: document.pipeline)
        try await office.store.move(
          document.id, from: [.delivered, .undelivered], to: .review, by: office.attribution(Person.current))
      }
      ChangeLine(document: document, state: .review, isPlan: confirm.dryRun).show(
        output,
        "\(PlainText.oneLine(document.name)): \(confirm.dryRun ? "would be" : "was") taken back from \(names)"
          + (confirm.dryRun ? "" : "; `docket review` asks about it"))
    }
  }

  /// What destinations have of a document: the newest version that each was given.
  /// - Throws: `bad-input` where it was not delivered.
  private static func given(_ document: Document, _ office: Office) async throws -> [OutboxEntry] {
    guard document.state == .delivered || document.state == .undelivered else {
      let hint =
        document.state == .held
        ? "`docket review undo \(document.id.hex.prefix(8))` takes it back before it goes."
        : "`docket explain \(document.id.hex.prefix(8))` says what became of it."
      throw DocketError(
        .badInput, "`\(PlainText.oneLine(document.name))` was not delivered: it is \(document.state.rawValue).",
        hint: hint, document: document.id)
    }
    let done = try await office.store.deliveries(of: document.id).filter {
      $0.state == .done && $0.operation == .deliver
    }
    return Dictionary(grouping: done, by: \.destination).sorted { $0.key < $1.key }.compactMap {
      $0.value.max { $0.version < $1.version }
    }
  }
}
