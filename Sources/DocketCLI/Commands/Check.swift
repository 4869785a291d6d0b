import ArgumentParser
import Docket

/// `docket check [FILE…]`: lints what people write.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Lints pipelines, contracts, policies, vocabularies: file:line:column, did-you-mean.",
    discussion: """
      Without files: everything shipped, and the workspace's own. Exit code 78 where there is a mistake. \
      `--on history` says besides what the pipelines would make of the documents that were worked on before, and \
      changes nothing; a pipeline file named here is tried in the place of the workspace's own of that name.
      """)

  @Argument(help: "Files; everything unless given.")
  var files: [String] = []

  @Option(help: ArgumentHelp("history: what the pipelines would make of past documents.", valueName: "what"))
  var on: Ground?

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  enum Ground: String, CaseIterable, ExpressibleByArgument { case history }

  func run() async throws {
    try lint()
    guard on == .history else { return }
    let office = try await Office.open(self.workspace, common)
    var candidates: [PipelineFile] = []
    for path in files {
      let file = try CheckCommand.file(path)
      if FormatKind(of: file.text) == .pipeline { candidates.append(try PipelineFile.load(file).get()) }
    }
    for file in candidates.isEmpty ? try office.pipelines() : candidates {
      let report = HistoryReport(pipeline: file.name, output: common.output)
      try await HistorySimulation(office, file).run(report)
    }
  }

  private func lint() throws {
    let output = common.output
    let workspace = try? self.workspace.folder()
    // A mistake in the workspace's own settings is one among others here.
    let settings = try (try? common.settings(workspace: workspace)) ?? common.settings()
    var written: [WrittenFile] = []
    for path in files { written.append(try CheckCommand.file(path)) }
    if files.isEmpty {
      if let workspace, FileBytes.exists("\(workspace)/docket.yaml") {
        written.append(try CheckCommand.file("\(workspace)/docket.yaml"))
      }
      for folder in [workspace, "\(try Program.share(settings))/Pipelines"].compactMap({ $0 }) {
        for name in ["contracts", "policies", "mappings", "vocabularies", "words", "pipelines"] {
          written += try LibraryFolder.written(in: "\(folder)/\(name)")
        }
      }
    }
    var mistakes: [Mistake] = []
    let library = Library(files: written, mistakes: &mistakes)
    for file in written where FormatKind(of: file.text) == .workspace {
      mistakes += WorkspaceFile.load(file).mistakes
    }
    for file in written where FormatKind(of: file.text) == .contract {
      let known = files.isEmpty ? library : (try? LibraryFolder.load(settings, workspace: workspace)) ?? library
      mistakes += ContractFile.load(file).unknownVocabularies(in: [library, known])
    }
    for file in written where FormatKind(of: file.text) == .mapping {
      let known = files.isEmpty ? library : (try? LibraryFolder.load(settings, workspace: workspace)) ?? library
      mistakes += MappingLint.mistakes(of: MappingFile.load(file), in: known)
    }
    let pipelines = written.filter { FormatKind(of: $0.text) == .pipeline }
    if !pipelines.isEmpty {
      let known = try files.isEmpty ? library : LibraryFolder.load(settings, workspace: workspace)
      for file in pipelines {
        let loaded = PipelineFile.load(file)
        mistakes += loaded.mistakes + PipelineLint.mistakes(of: loaded, in: known)
        guard let workspace else { continue }
        mistakes += PipelineLint.tableMistakes(of: loaded, workspace: workspace)
        let roles = WorkspaceFile.load(try CheckCommand.file("\(workspace)/docket.yaml")).value?.roles ?? [:]
        mistakes += PipelineLint.roleMistakes(of: loaded, roles: roles)
      }
    }
    for mistake in mistakes { show(mistake, output) }
    if output.isJSON {
      var json = JSONWriter()
      json.object { json in
        json.member("schema", "docket/check/1")
        json.member("type", "summary")
        json.member("files", written.count)
        json.member("mistakes", mistakes.count)
      }
      output.data(json.text)
    } else {
      output.note("\(written.count) files, \(mistakes.count) mistakes")
      if files.isEmpty, let workspace { noteIdleContracts(in: written, of: workspace, output) }
    }
    if !mistakes.isEmpty { throw ExitCode.badConfiguration }
  }

  /// No mistake, but a surprise: contracts of the workspace by which no document of a run can be known.
  private func noteIdleContracts(in files: [WrittenFile], of workspace: String, _ output: Output) {
    let pipelines = files.filter { FormatKind(of: $0.text) == .pipeline }.compactMap { PipelineFile.load($0).value }
    guard !pipelines.isEmpty else { return }
    let accepted = Set(pipelines.flatMap(\.accepts).compactMap { $0.split(separator: "@").first.map(String.init) })
    let own = files.filter { $0.path.hasPrefix("\(workspace)/contracts/") }.compactMap { ContractFile.load($0).value }
    for name in Set(own.map(\.name)).subtracting(accepted).sorted() {
      output.note("docket: No pipeline accepts `\(name)`: name it in `accepts:` and in a route.")
    }
  }

  private func show(_ mistake: Mistake, _ output: Output) {
    guard output.isJSON else { return output.data(mistake.description) }
    var json = JSONWriter()
    json.object { json in
      json.member("type", "mistake")
      json.member("file", mistake.file)
      json.member("line", mistake.place.line)
      json.member("column", mistake.place.column)
      json.member("message", mistake.message)
    }
    output.data(json.text)
  }

  static func file(_ path: String) throws(DocketError) -> WrittenFile {
    WrittenFile(path: path, text: String(decoding: try FileBytes.start(of: path, limit: 4_000_000), as: UTF8.self))
  }
}
