import Docket
import DocketTesting
import Foundation
import Testing

/// A folder of `Corpus/`: a document, and what must come of it.
struct CorpusCase: Sendable, CustomTestStringConvertible {
  let family: String
  let name: String
  /// The document's path.
  let document: String
  /// `ok` or an error code.
  let outcome: String
  /// Nil where no contract fits.
  let type: String?
  let fields: [String: String]
  let rows: [[String: String]]
  /// Codes of findings that must be told; others may be.
  let findings: [String]
  /// How many of its type it holds; nil where that is not asked.
  let records: Int?

  var testDescription: String { "\(family)/\(name)" }
  /// Read from a structured original: nothing may be wrong.
  var isExact: Bool { family == "structured" }

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus")

  /// Sorted by path.
  static func all() throws -> [CorpusCase] {
    try FileManager.default.contentsOfDirectory(atPath: root.path).sorted().flatMap { family -> [CorpusCase] in
      let folder = root.appending(path: family)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return try names.sorted().compactMap { try CorpusCase(family: family, name: $0) }
    }
  }

  private init?(family: String, name: String) throws {
    let place = CorpusCase.root.appending(path: "\(family)/\(name)")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    guard let document = files.first(where: { $0.hasPrefix("document.") }) else { return nil }
    let expected = try JSONValue(
      parsing: try String(contentsOf: place.appending(path: "expected.json"), encoding: .utf8))
    self.family = family
    self.name = name
    self.document = place.appending(path: document).path
    outcome = try expected["outcome"].string
    type = try? expected["type"].string
    fields = try expected["fields"].members.mapValues { try $0.string }
    rows = try expected["rows"].array.map { try $0.members.mapValues { try $0.string } }
    records = try? expected["records"].integer
    findings = (try? expected["findings"].array.map { try $0.string }) ?? []
  }

  /// Whether a committed file and one made anew hold the same bytes.
  static func isSame(_ path: String, _ scratch: ScratchFolder) -> Bool {
    guard let made = try? Data(contentsOf: scratch.url(path)) else { return false }
    return made == (try? Data(contentsOf: root.appending(path: path)))
  }
}
