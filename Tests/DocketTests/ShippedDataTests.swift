import Docket
import Foundation
import Testing

/// What ships in `Pipelines/` has no mistakes.
@Suite struct ShippedDataTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Pipelines")

  static var files: [WrittenFile] {
    let walk = FileManager.default.enumerator(atPath: root.path)
    let names = (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
    return names.compactMap { name in
      (try? String(contentsOf: root.appending(path: name), encoding: .utf8)).map { WrittenFile(path: name, text: $0) }
    }
  }

  @Test("every shipped file is without mistakes")
  func clean() {
    var mistakes: [Mistake] = []
    let library = Library(files: ShippedDataTests.files, mistakes: &mistakes)
    #expect(mistakes.map(\.description) == [])
    #expect(library.contracts.count >= 16)
    #expect(library.words.map(\.language) == ["de", "en", "es", "fr", "it", "nl"])
    #expect(library.policy("careful@1") != nil)
    #expect(library.vocabularies.count >= 1)
  }

  @Test("a file is named after what it holds")
  func names() {
    var mistakes: [Mistake] = []
    let library = Library(files: ShippedDataTests.files, mistakes: &mistakes)
    let paths = Set(ShippedDataTests.files.map(\.path))
    for contract in library.contracts {
      #expect(paths.contains("contracts/\(contract.name).v\(contract.version).yaml"))
    }
    for one in library.vocabularies { #expect(paths.contains("vocabularies/\(one.name).v\(one.version).yaml")) }
    for one in library.policies { #expect(paths.contains("policies/\(one.name).v\(one.version).yaml")) }
    for one in library.words { #expect(paths.contains("words/\(one.language).yaml")) }
  }
}
