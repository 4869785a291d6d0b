import ArgumentParser
import Docket

/// `docket failed list|show|replay|drop`: what nobody could read, and what no destination took.
struct FailedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failed", abstract: "What nobody could read, and what no destination took: list, show, replay, drop.",
    subcommands: [List.self, Show.self, Replay.self, Drop.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "A line a document, with its code.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      try await office.eachDocument([.failed, .undelivered]) { document in
        let code = document.errorCode ?? ""
        if output.isJSON {
          var json = JSONWriter()
          json.object { json in
            json.member("id", document.id.hex)
            json.member("name", document.name)
            json.member("state", document.state.rawValue)
            json.member("error", code)
          }
          output.data(json.text)
        } else {
          output.data("\(document.id.hex.prefix(8))  \(code.padding(22))\(PlainText.oneLine(document.name))")
        }
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "The same as `docket explain`: the cause, and what to do.")
    @OptionGroup var explanation: ExplainCommand

    func run() async throws { try await explanation.run() }
  }

  struct Drop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drop", abstract: "Gives documents up: they are rejected, and counted as that.",
      discussion: "The originals stay; `docket failed replay ID` takes a failed one up again.")
    @Argument(help: "Ids, first digits or names.") var documents: [String]
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let office = try await Office.open(workspace, common)
      var chosen: [Document] = []
      for text in documents { chosen.append(try await office.document(text)) }
      for document in chosen {
        guard document.state == .failed || document.state == .undelivered else {
          throw DocketError(
            .badInput, "`\(PlainText.oneLine(document.name))` has not failed: it is \(document.state.rawValue).",
            hint: "`docket failed list` shows what has; `docket review reject` refuses what waits.")
        }
        if !confirm.dryRun {
          try await office.store.move(
            document.id, from: [document.state], to: .rejected, by: office.attribution(Person.current))
        }
        ChangeLine(document: document, state: .rejected, isPlan: confirm.dryRun).show(
          common.output, "\(confirm.dryRun ? "would drop" : "dropped") \(PlainText.oneLine(document.name))")
      }
    }
  }

  struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay", abstract: "Puts documents back into the queue, or their deliveries into the outbox.",
      discussion: "The next `docket run` or the running `watch` works on them.")
    @Argument(help: "Ids, first digits or names; all that failed unless given.") var documents: [String] = []
    @Option(help: "Those with this error code alone.") var code: String?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      let whom = office.attribution(Person.current)
      var chosen: [Document] = []
      for text in documents { chosen.append(try await office.document(text)) }
      if documents.isEmpty { try await office.eachDocument([.failed, .undelivered]) { chosen.append($0) } }
      if let code { chosen.removeAll { $0.errorCode != code } }
      var queued = 0
      for document in chosen {
        if let erasure = try await office.store.erasure(of: document.id) {
          // Of all that failed, those stay as they are.
          if documents.isEmpty { continue }
          throw DocketError(
            .badInput, "The bytes of `\(PlainText.oneLine(document.name))` were \(erasure.kind.rawValue).",
            hint: "There is nothing to read any more; offer the file again.", document: document.id)
        }
        if !confirm.dryRun {
          if document.state == .undelivered {
            try await office.store.replayDeliveries(of: document.id, by: whom)
          } else {
            try await office.store.replay(document.id, by: whom)
          }
        }
        queued += 1
        let next = document.state == .undelivered ? DocumentState.delivering : .queued
        ChangeLine(document: document, state: next, isPlan: confirm.dryRun).show(
          output, "\(confirm.dryRun ? "would replay" : "queued") \(PlainText.oneLine(document.name))")
      }
      output.note("\(queued) documents; `docket run` works on them.")
    }
  }
}
