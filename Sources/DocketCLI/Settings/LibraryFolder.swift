import Docket
import Glibc

/// The files that people write, read from the share folder and the workspace.
enum LibraryFolder {
  private static let shipped = ["contracts", "policies", "mappings", "vocabularies", "words"]
  /// Longer ones are no contracts.
  private static let longest = 4_000_000

  /// A workspace's own files come first, so that they win over shipped ones of the same name and version.
  /// - Parameter workspace: its folder, where there is one.
  /// - Throws: every mistake of every file, together.
  static func load(_ settings: Settings, workspace: String?) throws -> Library {
    let share = try Program.share(settings)
    var files: [WrittenFile] = []
    for folder in shipped {
      if let workspace { files += try written(in: "\(workspace)/\(folder)") }
    }
    for folder in shipped { files += try written(in: "\(share)/Pipelines/\(folder)") }
    var mistakes: [Mistake] = []
    let library = Library(files: files, cards: try cards(in: "\(share)/Models"), mistakes: &mistakes)
    guard mistakes.isEmpty else { throw ErrorReport(mistakes.map(\.error)) }
    return library
  }

  /// The YAML files of a folder, by name; none where there is no such folder.
  static func written(in folder: String) throws(DocketError) -> [WrittenFile] {
    var files: [WrittenFile] = []
    for name in FileBytes.names(in: folder) where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      let path = "\(folder)/\(name)"
      let bytes = try FileBytes.start(of: path, limit: longest)
      files.append(WrittenFile(path: path, text: String(decoding: bytes, as: UTF8.self)))
    }
    return files
  }

  /// `Models/<name>/<version>/card.json`: the newest version of each, by the model's name.
  private static func cards(in folder: String) throws(DocketError) -> [String: [UInt8]] {
    var cards: [String: [UInt8]] = [:]
    for name in FileBytes.names(in: folder) {
      let versions = FileBytes.names(in: "\(folder)/\(name)").compactMap(Int.init).sorted()
      guard let newest = versions.last else { continue }
      let path = "\(folder)/\(name)/\(newest)/card.json"
      if access(path, R_OK) == 0 { cards[name] = try FileBytes.start(of: path, limit: longest) }
    }
    return cards
  }
}
