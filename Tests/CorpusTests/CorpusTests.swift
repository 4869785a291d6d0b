import Docket
import DocketTesting
import Foundation
import Testing

/// Every folder of `Corpus/` read by the real programs, and what came out held against what must.
@Suite struct CorpusTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus")

  struct Case: Sendable, CustomTestStringConvertible {
    let family: String
    let name: String
    let document: String
    let expected: JSONValue
    var testDescription: String { "\(family)/\(name)" }
  }

  static func cases() throws -> [Case] {
    try FileManager.default.contentsOfDirectory(atPath: root.path).sorted().flatMap { family -> [Case] in
      let folder = root.appending(path: family)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return try names.sorted().compactMap { name in
        let place = folder.appending(path: name)
        let files = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        guard let document = files.first(where: { $0.hasPrefix("document.") }) else { return nil }
        let text = try String(contentsOf: place.appending(path: "expected.json"), encoding: .utf8)
        return Case(
          family: family, name: name, document: place.appending(path: document).path,
          expected: try JSONValue(parsing: text))
      }
    }
  }

  /// What `docket extract` says of all of them, by path.
  static func extracted(_ cases: [Case]) async throws -> [String: [JSONValue]] {
    let ending = try await BuiltProgram("docket").run(
      ["extract", "--json", "--share", root.deletingLastPathComponent().path] + cases.map(\.document))
    #expect(ending.status == 3, "hostile documents fail, the rest does not: \(ending.errors.suffix(500))")
    let lines = try ending.lines.map { try JSONValue(parsing: String($0)) }
    return Dictionary(grouping: lines) { (try? $0["file"].string) ?? "" }
  }

  @Test("structured originals give exactly their records, hostile files exactly their codes, and pages the floor")
  func everything() async throws {
    let cases = try CorpusTests.cases()
    #expect(cases.count >= 60)
    let lines = try await CorpusTests.extracted(cases)
    var right = 0
    var asked = 0
    for item in cases {
      let found = lines[item.document] ?? []
      let outcome = try item.expected["outcome"].string
      guard outcome == "ok" else {
        #expect(found.count == 1 && (try? found[0]["outcome"].string) == outcome, "\(item.testDescription)")
        continue
      }
      guard let type = try? item.expected["type"].string else {
        #expect(found.allSatisfy { $0["contract"].isNull }, "\(item.testDescription) fits no contract")
        continue
      }
      guard let line = found.first(where: { (try? $0["contract"]["name"].string) == type }) else {
        Issue.record("\(item.testDescription) was not taken for what it is")
        continue
      }
      for (path, value) in try item.expected["fields"].members {
        let given = try? line["fields"][path]["value"].string
        asked += 1
        if given == (try value.string) {
          right += 1
        } else if item.family == "structured" {
          Issue.record("\(item.testDescription): \(path) is not what the original says")
        }
      }
    }
    // A floor, raised when extraction gets better; never lowered.
    #expect(Double(right) / Double(asked) >= 0.95, "\(right) of \(asked) values are right")
  }

  @Test("the committed documents are those that the generator makes")
  func reproducible() async throws {
    let scratch = try ScratchFolder()
    let ending = try await BuiltProgram("CorpusMaker").run(["--committed", scratch.root])
    #expect(ending.status == 0)
    for path in [
      "structured/ubl-en-0/document.xml", "digital/invoice-en-0/expected.json", "mails/mail-en-0/expected.json",
    ] {
      let made = try Data(contentsOf: scratch.url(path))
      #expect(made == (try Data(contentsOf: CorpusTests.root.appending(path: path))), "\(path) differs")
    }
  }
}
