import ArgumentParser
import Docket

/// `docket records`: what became of documents.
struct RecordsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "records", abstract: "Lists, shows and exports records.",
    subcommands: [List.self, Show.self, Export.self], defaultSubcommand: List.self)

  /// Walks all documents that have a record, in order of arrival, never all in memory.
  static func walk(
    _ store: any Store, _ body: (Document, StoredRecord) throws -> Void
  ) async throws {
    var after = 0
    while true {
      let documents = try await store.documents(DocumentQuery(after: after, limit: 500))
      guard let last = documents.last else { return }
      for document in documents {
        if let stored = try await store.record(document.id, version: nil) { try body(document, stored) }
      }
      after = last.arrival
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "One line a record.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      try await RecordsCommand.walk(office.store) { document, stored in
        guard !output.isJSON else {
          let record = stored.record
          output.data(
            RecordPayload(record: record, digest: document.digest, part: document.part, name: document.name).json)
          return
        }
        let name = PlainText.oneLine(document.part.map { "\(document.name) (\($0))" } ?? document.name)
        output.data(
          "\(document.id.short)  \(document.state.rawValue)  \(stored.record.contract) v\(stored.record.version)  \(name)")
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "A record with its evidence.")
    @Argument(help: "Six or more digits of a document's id or digest, or the name it came with.")
    var document: String
    @Option(help: "A version; the newest unless given.")
    var version: Int?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      let document = try await office.document(document)
      guard let stored = try await office.store.record(document.id, version: version) else {
        throw DocketError(
          .unknownDocument, "The document has no such record: it is \(document.state.rawValue).",
          document: document.id)
      }
      if output.isJSON {
        output.data(
          RecordPayload(record: stored.record, digest: document.digest, part: document.part, name: document.name).json)
      } else {
        output.data(output.styled("\(PlainText.oneLine(document.name))   \(document.state.rawValue)", .bold))
        output.raw(RecordText(output: output).fields(stored.record, stored.decision))
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "All records, one JSON line each.",
      discussion: "With --canonical, what does not depend on when or in what order things ran, sorted.")
    @Flag(help: "Without ids and times, sorted: two runs over the same files print the same bytes.")
    var canonical = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      var lines: [CanonicalLine] = []
      try await RecordsCommand.walk(office.store) { document, stored in
        if canonical {
          lines.append(
            CanonicalLine(
              record: stored.record, decision: stored.decision, digest: document.digest, part: document.part))
        } else {
          output.data(
            RecordPayload(record: stored.record, digest: document.digest, part: document.part, name: document.name)
              .json)
        }
      }
      for line in lines.sorted() { output.data(line.json) }
    }
  }
}
