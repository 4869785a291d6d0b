import Docket

/// What a new workspace holds.
struct WorkspacePlan {
  let folders = [
    ".docket", "inbox", "out", "pipelines", "contracts", "policies", "mappings", "vocabularies",
  ]
  /// By path below the workspace, in the order of making; the settings last, so that a half-made one is none.
  let files: [(name: String, text: String)]

  /// - Parameter look: at documents like those to come; nil: every contract that ships is accepted.
  init(library: Library, look: SampleLook?) {
    // Messages and other things without a heading come as containers.
    let usual = library.newestContracts.filter { !$0.headings.isEmpty }.map(\.reference)
    let found = look?.ordered.map(\.contract) ?? []
    let accepted = found.isEmpty ? usual : found
    let contracts = accepted.map(\.description).joined(separator: ", ")
    let languages = look?.tesseractLanguages ?? []
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
      languages: [\(languages.isEmpty ? "eng" : languages.joined(separator: ", "))]            # of scans; `docket doctor` says which are installed

      """
    files = [("pipelines/office.yaml", pipeline), ("docket.yaml", settings)]
  }
}
