import ArgumentParser
import Docket

/// `docket failed`: what nobody could read, and what no destination took.
struct FailedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failed", abstract: "Lists and replays what could not be read or delivered.",
    subcommands: [List.self, Replay.self], defaultSubcommand: List.self)

  static let states: Set<DocumentState> = [.failed, .undelivered]

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "One line a document, with the code that says why.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      for document in try await office.store.documents(DocumentQuery(states: FailedCommand.states, limit: .max)) {
        let sentence = try await office.store.work(of: document.id)?.error?.sentence
        guard output.isJSON else {
          let name = PlainText.oneLine(document.part.map { "\(document.name) (\($0))" } ?? document.name)
          output.data(
            "\(document.id.short)  \(document.state.rawValue)  \(document.errorCode ?? "unexpected")  \(name)"
              + (sentence.map { "  \(PlainText.oneLine($0))" } ?? ""))
          continue
        }
        var json = JSONWriter()
        json.object { json in
          json.member("schema", "docket/failed/1")
          json.member("id", document.id.hex)
          json.member("name", document.name)
          json.member("part", document.part?.text)
          json.member("state", document.state.rawValue)
          json.member("code", document.errorCode)
          json.member("message", sentence)
        }
        output.data(json.text)
      }
    }
  }

  struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replay", abstract: "Puts documents back into the queue, or their deliveries into the outbox.",
      discussion: "The next `docket run` works on them.")
    @Argument(help: "Documents, by id, digest or name; all that failed unless given.")
    var documents: [String] = []
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let office = try await Office.open(workspace, common)
      let whom = office.whom(run: Office.newRun())
      var chosen: [Document] = []
      for text in documents { chosen.append(try await office.document(text)) }
      if documents.isEmpty {
        chosen = try await office.store.documents(DocumentQuery(states: FailedCommand.states, limit: .max))
      }
      for document in chosen {
        if document.state == .undelivered {
          try await office.store.replayDeliveries(of: document.id, by: whom)
        } else {
          try await office.store.replay(document.id, by: whom)
        }
      }
      common.output.note("\(chosen.count) put back; the next `docket run` works on them.")
    }
  }
}
