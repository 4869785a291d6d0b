import Docket
import DocketParsers
import Glibc

/// What this program is made of: for the read stage's fingerprint, and for `docket doctor`.
struct Probe {
  private let sandbox: Sandbox
  // Digests of megabytes, taken once.
  private let models: [String]
  private let languages: [(name: String, digest: ContentDigest)]

  init(sandbox: Sandbox, models: ModelFiles) {
    self.sandbox = sandbox
    self.models = models.versions
    languages = Probe.languages
  }

  /// All that a reading depends on besides the document and the settings.
  var versions: [String] {
    ["reading \(ReadingCoding.version)"] + Parsers.versions
      + languages.map { "tessdata \($0.name) \($0.digest)" } + models
  }

  var json: String {
    let fields: [(String, String)] = [
      ("schema", Probe.quoted("docket/reader/1")),
      ("versions", Probe.list(Parsers.versions + models)),
      ("languages", Probe.list(languages.map(\.name))),
      ("sandbox", Probe.list(sandbox.active)),
      ("sandbox_missing", Probe.list(sandbox.missing)),
    ]
    return "{" + fields.map { "\(Probe.quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  private static func quoted(_ text: String) -> String {
    let safe = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20: " "
      default: String(scalar)
      }
    }
    return "\"" + safe.joined() + "\""
  }

  /// The OCR data there is, with the digest of each file: data of the same name may be of another making.
  private static var languages: [(name: String, digest: ContentDigest)] {
    let folders = getenv("TESSDATA_PREFIX").map { [String(cString: $0)] } ?? ["/usr/share/tesseract-ocr/5/tessdata"]
    let ending = ".traineddata"
    return folders.flatMap { folder in
      FolderNames.of(folder).filter { $0.hasSuffix(ending) }.sorted().compactMap { name in
        digest(of: "\(folder)/\(name)").map { (String(name.dropLast(ending.count)), $0) }
      }
    }
  }

  private static func digest(of path: String) -> ContentDigest? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard let file = try? MappedFile(descriptor, limit: 1 << 30) else { return nil }
    var hasher = ContentHasher()
    hasher.update(file.bytes)
    return hasher.finish()
  }
}
