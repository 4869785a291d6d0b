import Docket
import DocketParsers
import Glibc

/// The files of learned weights that reading needs, opened before the sandbox closes and read when they are needed.
struct ModelFiles {
  /// Nil where the program was started without any.
  private let folder: String?
  private let weights: ModelFile
  private let card: ModelFile

  /// - Parameter folder: `Models`, which holds a folder a model and in it a folder a version.
  init(folder: String?) {
    self.folder = folder
    weights = ModelFile(model: "reader", file: "weights.bin", in: folder)
    card = ModelFile(model: "reading", file: "card.json", in: folder)
  }

  /// Nil where no models were named: Tesseract then reads alone, and nothing is missing.
  var lineModel: LineModel? {
    folder.map { _ in LineModel(weights: { [weights] in weights.bytes }, card: { [card] in card.bytes }) }
  }

  /// Name, version and digest of each file that is there.
  var versions: [String] { [weights, card].compactMap(\.version) }
}

/// One file of a model's newest version.
private struct ModelFile {
  private let name: String
  private let descriptor: Int32

  init(model: String, file: String, in folder: String?) {
    let versions = folder.map { ModelFile.versions(of: "\($0)/\(model)") } ?? []
    let newest = versions.last ?? 0
    name = "\(model) \(newest)"
    descriptor = folder.map { open("\($0)/\(model)/\(newest)/\(file)", O_RDONLY | O_CLOEXEC | O_NONBLOCK) } ?? -1
  }

  /// Weights are smaller.
  private static let limit = 16_000_000

  /// Nil where the file is missing, too large or cannot be read.
  var bytes: [UInt8]? {
    guard descriptor >= 0, let file = try? MappedFile(descriptor, limit: ModelFile.limit) else { return nil }
    return Array(file.bytes)
  }

  var version: String? { bytes.map { "model \(name) \(ContentDigest(of: $0))" } }

  /// Numbers of versions, the newest last.
  private static func versions(of folder: String) -> [Int] {
    FolderNames.of(folder).compactMap { Int($0) }.sorted()
  }
}

/// The names in a folder, none where there is no such folder.
enum FolderNames {
  static func of(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      names.append(String(decoding: name, as: UTF8.self))
    }
    return names
  }
}
