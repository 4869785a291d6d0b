import ArgumentParser
import Docket

/// `docket contract show|diff|schema`: what records look like, and what a change of that means.
struct ContractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contract", abstract: "Shows contracts, compares two, writes one as JSON Schema.",
    subcommands: [Show.self, Diff.self, Schema.self], defaultSubcommand: Show.self)

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "One contract with its fields and rules; all of them in a line each without one.")
    @Argument(help: "A file, a name, or a name and version such as `order@1`.") var contract: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let output = common.output
      let shelf = try ContractShelf(common)
      guard let contract else {
        for one in shelf.library.newestContracts {
          if output.isJSON {
            output.data(ContractText(output: output).json(one))
          } else {
            output.data("\(one.reference)".padding(22) + one.summary)
          }
        }
        return
      }
      let found = try shelf.contract(contract)
      if output.isJSON {
        output.data(ContractText(output: output).json(found))
      } else {
        ContractText(output: output).show(found)
      }
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff", abstract: "What a change means for those who take the records: additive or breaking.",
      discussion: "Exit code 0 where nothing or only something additive changed, 13 where a change is breaking.")
    @Argument(help: "The contract as it was: a file, or a name and version.") var old: String
    @Argument(help: "The contract as it is to be.") var new: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let output = common.output
      let shelf = try ContractShelf(common)
      let changes = try shelf.contract(old).changes(to: try shelf.contract(new))
      let breaking = changes.count { $0.isBreaking }
      for change in changes {
        let kind = change.isBreaking ? "breaking" : "additive"
        if output.isJSON {
          var json = JSONWriter()
          json.object { json in
            json.member("type", "change")
            json.member("kind", kind)
            json.member("path", change.path)
            json.member("what", change.what)
          }
          output.data(json.text)
        } else {
          let word = output.styled(kind.padding(10), change.isBreaking ? .red : .green)
          output.data(word + (change.path.isEmpty ? "" : "\(change.path) ") + change.what)
        }
      }
      if output.isJSON {
        var json = JSONWriter()
        json.object { json in
          json.member("schema", "docket/contract-diff/1")
          json.member("type", "summary")
          json.member("additive", changes.count - breaking)
          json.member("breaking", breaking)
        }
        output.data(json.text)
      } else {
        output.note(changes.isEmpty ? "nothing changes" : "\(breaking) breaking, \(changes.count - breaking) additive")
      }
      if breaking > 0 { throw ExitCode.breakingContract }
    }
  }

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "JSON Schema 2020-12 of the records that destinations receive.")
    @Argument(help: "A file, a name, or a name and version such as `order@1`.") var contract: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let shelf = try ContractShelf(common)
      let library = shelf.library
      let schema = ContractSchema(try shelf.contract(contract)) { library.vocabulary($0) }
      common.output.data(schema.json)
    }
  }
}

/// Finds contracts by what a person types: a file, a name, a name with a version.
struct ContractShelf {
  let library: Library

  init(_ common: CommonOptions) throws {
    let workspace = Workspace.nearest()
    library = try LibraryFolder.load(common.settings(workspace: workspace), workspace: workspace)
  }

  func contract(_ text: String) throws -> Contract {
    if text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml") {
      return try ContractFile.load(CheckCommand.file(text)).get()
    }
    if let found = library.contract(text) { return found }
    let near = Spelling.nearest(to: text, in: library.contracts.flatMap { [$0.name, "\($0.reference)"] })
    throw DocketError(
      .unknownContract, "There is no contract `\(PlainText.oneLine(text))`.",
      hint: near.map { "Did you mean `\($0)`?" } ?? "`docket contract show` lists them.")
  }
}
