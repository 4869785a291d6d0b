import ArgumentParser
import Docket

/// `docket records list|show|export`.
struct RecordsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "records", abstract: "List, show, export records with their evidence.",
    subcommands: [List.self, Show.self, Export.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "A line a record.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      try await office.eachRecord { document, stored in
        let record = stored.record
        if output.isJSON {
          var json = JSONWriter()
          json.object { json in
            json.member("decision", stored.decision.route.rawValue)
            json.member("id", record.id.hex)
            json.member("name", document.name)
            json.member("part", document.part?.text)
            json.member("state", document.state.rawValue)
            json.member("contract", record.contract.description)
            json.member("version", record.version)
          }
          output.data(json.text)
        } else {
          let part = document.part.map { " \($0)" } ?? ""
          output.data(
            "\(record.id.hex.prefix(8))  " + "\(record.contract)".padding(13) + document.state.rawValue.padding(12)
              + PlainText.oneLine(document.name + part))
        }
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "One record, each value with its evidence.")
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @Option(help: "An older version of it.") var version: Int?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      let document = try await office.document(document)
      guard let stored = try await office.store.record(document.id, version: version) else {
        throw DocketError(
          .unknownDocument, "The document has no record.", hint: "See `docket explain \(document.id.hex.prefix(8))`.")
      }
      if output.isJSON {
        output.data(
          RecordPayload(record: stored.record, digest: document.digest, part: document.part, name: document.name).json)
      } else {
        output.data(
          output.styled(PlainText.oneLine(document.name), .bold)
            + "   \(stored.record.contract) version \(stored.record.version)   \(document.state.rawValue)")
        output.raw(RecordText(output: output).fields(stored.record, stored.decision))
        for (kin, name) in try await office.kin(of: document.id) {
          output.data("  \(kin.told): \(kin.document.hex.prefix(8)) \(PlainText.oneLine(name)), \(kin.meaning)")
        }
      }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "All records as JSON lines or CSV.",
      discussion: """
        Also those that wait for a person: the CSV's column `state` says so. --canonical prints what does not depend \
        on when or in what order things ran, sorted.
        """)
    enum Format: String, CaseIterable, ExpressibleByArgument { case jsonl, csv }
    @Option(help: "jsonl, or csv: a row a record.") var format: Format = .jsonl
    @Flag(help: "Without ids and times, sorted: how two runs are compared.") var canonical = false
    @Option(help: "Records of this contract alone.") var contract: String?
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let office = try await Office.open(workspace, common)
      if canonical {
        var lines: [CanonicalLine] = []
        try await office.eachRecord { document, stored in
          lines.append(
            CanonicalLine(
              record: stored.record, decision: stored.decision, digest: document.digest, part: document.part))
        }
        for line in lines.sorted() { output.data(line.json) }
        return
      }
      let wanted = contract
      var header: [String] = []
      try await office.eachRecord { document, stored in
        let record = stored.record
        if let wanted, record.contract.name != wanted, record.contract.description != wanted { return }
        switch format {
        case .jsonl:
          output.data(
            RecordPayload(record: record, digest: document.digest, part: document.part, name: document.name).json)
        case .csv:
          let cells =
            [
              ("document", document.name), ("contract", record.contract.description),
              ("state", document.state.rawValue),
            ]
            + record.fields.map { ($0.path, $0.values.map(\.value.canonical).joined(separator: "; ")) }
          // A new contract begins a new table.
          let names = cells.map(\.0)
          if names != header {
            if !header.isEmpty { output.data("") }
            output.data(CSVRow.text(names))
            header = names
          }
          output.data(CSVRow.text(cells.map(\.1)))
        }
      }
    }
  }
}

extension Office {
  /// Every record's newest version with its document, in order of arrival; never all of them in memory.
  func eachRecord(
    _ states: Set<DocumentState> = Set(DocumentState.allCases), _ body: (Document, StoredRecord) throws -> Void
  ) async throws {
    var after = 0
    while true {
      let page = try await store.documents(DocumentQuery(states: states, after: after, limit: 500))
      guard let last = page.last else { return }
      // What a person took apart after it had a record has none any more: its parts do.
      for document in page where document.state != .expanded {
        if let stored = try await store.record(document.id, version: nil) { try body(document, stored) }
      }
      after = last.arrival
    }
  }

  /// Every document of some states, in order of arrival.
  func eachDocument(_ states: Set<DocumentState>, _ body: (Document) async throws -> Void) async throws {
    var after = 0
    while true {
      let page = try await store.documents(DocumentQuery(states: states, after: after, limit: 500))
      guard let last = page.last else { return }
      for document in page { try await body(document) }
      after = last.arrival
    }
  }
}
