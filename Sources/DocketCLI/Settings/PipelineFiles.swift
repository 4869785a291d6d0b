import Docket

/// The pipelines of a workspace.
enum PipelineFiles {
  /// The only one, or the one of this name.
  /// - Throws: `unknown-pipeline`, or the mistakes of the file.
  static func find(_ name: String?, workspace: String) throws -> PipelineFile {
    let folder = "\(workspace)/pipelines"
    let written = try LibraryFolder.written(in: folder)
    let loaded = written.map(PipelineFile.load)
    guard let name else {
      guard loaded.count == 1 else {
        throw DocketError(
          .unknownPipeline,
          loaded.isEmpty ? "The folder `pipelines/` holds no pipeline." : "There are several pipelines: say which.",
          hint: loaded.isEmpty
            ? nil : "One of \(names(loaded).map { "`docket run \($0)`" }.joined(separator: ", ")).")
      }
      return try value(loaded[0])
    }
    let stem = { (file: WrittenFile) in
      file.path.split(separator: "/").last.flatMap { $0.split(separator: ".").first }.map(String.init)
    }
    guard let found = loaded.first(where: { $0.value?.name == name || stem($0.file) == name }) else {
      let near = Spelling.nearest(to: name, in: names(loaded))
      throw DocketError(
        .unknownPipeline, "There is no pipeline `\(name)`.", hint: near.map { "Did you mean `\($0)`?" })
    }
    return try value(found)
  }

  private static func names(_ loaded: [Loaded<PipelineFile>]) -> [String] { loaded.compactMap { $0.value?.name } }

  private static func value(_ loaded: Loaded<PipelineFile>) throws -> PipelineFile {
    guard loaded.mistakes.isEmpty else { throw ErrorReport(loaded.mistakes.map(\.error)) }
    return try loaded.get()
  }
}
