import ArgumentParser
import Docket
import DocketConnectors
import Glibc

/// `docket init [DIR]`: a workspace that is ready for `docket run`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Makes a workspace: settings, an inbox and a first pipeline, ready for `docket run`.",
    discussion: "What is there already is left as it is.")

  @Argument(help: "The folder; this one unless given.")
  var folder = "."

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let output = common.output
    let settings = try common.settings(workspace: nil)
    let library = try LibraryFolder.load(settings, workspace: nil)
    let plan = WorkspacePlan(folder: folder, library: library)
    var made: [String] = []
    for name in plan.folders where access("\(folder)/\(name)", F_OK) != 0 {
      if !confirm.dryRun { try FileCalls.makeFolder("\(folder)/\(name)") }
      made.append(name + "/")
    }
    for (name, text) in plan.files where access("\(folder)/\(name)", F_OK) != 0 {
      if !confirm.dryRun { try FileBytes.replace("\(folder)/\(name)", with: Array(text.utf8)) }
      made.append(name)
    }
    if output.isJSON {
      var json = JSONWriter()
      json.object { json in
        json.member("schema", "docket/init/1")
        json.member("folder", folder)
        json.member("dry_run", confirm.dryRun)
        json.memberArray("made") { json in for name in made { json.string(name) } }
      }
      output.data(json.text)
      return
    }
    for name in made { output.data("\(confirm.dryRun ? "would make" : "made") \(folder)/\(name)") }
    if made.isEmpty { output.note("Everything is there already.") }
    let enter = folder == "." ? "" : "cd \(folder), "
    output.note("Next: \(enter)drop documents into inbox/, then `docket run`.")
  }
}

/// What a new workspace holds.
struct WorkspacePlan {
  let folders = [
    ".docket", "inbox", "out", "pipelines", "contracts", "policies", "mappings", "vocabularies",
  ]
  /// By path below the workspace, in the order of making; the settings last, so that a half-made one is none.
  let files: [(name: String, text: String)]

  init(folder: String, library: Library) {
    // Messages and other things without a heading come as containers.
    let accepted = library.newestContracts.filter { !$0.headings.isEmpty }
    let contracts = accepted.map(\.reference.description).joined(separator: ", ")
    let policy = library.policies.last { $0.name == "careful" } ?? library.policies.last
    let pipeline = """
      format: docket/pipeline/1
      pipeline: office
      summary: What is dropped into the inbox becomes records; what is not certain waits for a person.
      sources:
        inbox: { folder: { path: inbox, settle: 1s, then: archive } }
      accepts: [\(contracts)]
      policy: \(policy.map { "\($0.name)@\($0.version)" } ?? "careful")
      routes:                                   # top to bottom, the first that holds; none: review
        - { when: { contract: [\(accepted.map(\.name).joined(separator: ", "))] }, deliver: [records] }
      destinations:
        records: { jsonl: { path: out/records.jsonl } }
        # archive: { folder: { path: out/archive } }      # the originals, each with its record
        # table:   { csv: { path: out/records.csv } }     # one contract a table
        # ledger:  { sqlite: { path: out/ledger.sqlite } } # tables that grow with the contracts
        # others: webhook and command; `docket help destination` lists them all

      """
    let settings = """
      format: docket/workspace/1
      # workers: 2                # how many documents are read at once; all processors unless given
      languages: [eng]            # of scans; `docket doctor` says which are installed

      """
    files = [("pipelines/office.yaml", pipeline), ("docket.yaml", settings)]
  }
}
