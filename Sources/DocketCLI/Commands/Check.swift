import ArgumentParser
import Docket

/// `docket check [FILE…]`: lints what people write.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Lints pipelines, contracts, policies, vocabularies: file:line:column, did-you-mean.",
    discussion: "Without files: everything shipped, and the workspace's own. Exit code 78 where there is a mistake.")

  @Argument(help: "Files; everything unless given.")
  var files: [String] = []

  @OptionGroup var common: CommonOptions

  func run() throws {
    let output = common.output
    let workspace = Workspace.nearest()
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
      }
    }
    for mistake in mistakes {
      if output.isJSON {
        var json = JSONWriter()
        json.object { json in
          json.member("type", "mistake")
          json.member("file", mistake.file)
          json.member("line", mistake.place.line)
          json.member("column", mistake.place.column)
          json.member("message", mistake.message)
        }
        output.data(json.text)
      } else {
        output.data(mistake.description)
      }
    }
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
    }
    if !mistakes.isEmpty { throw ExitCode.badConfiguration }
  }

  static func file(_ path: String) throws(DocketError) -> WrittenFile {
    WrittenFile(path: path, text: String(decoding: try FileBytes.start(of: path, limit: 4_000_000), as: UTF8.self))
  }
}
