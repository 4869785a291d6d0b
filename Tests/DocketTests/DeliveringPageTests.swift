import Docket
import Foundation
import Testing

/// The examples of `Docs/delivering.md` are files that Docket takes.
@Suite struct DeliveringPageTests {
  private static var examples: [WrittenFile] {
    let page = ShippedDataTests.root.deletingLastPathComponent().appending(path: "Docs/delivering.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```yaml\n").dropFirst().compactMap { part in
      part.components(separatedBy: "```").first.map { WrittenFile(path: "delivering.md", text: $0) }
    }
  }

  @Test("each is without mistakes, and together they are a pipeline with its mapping")
  func examples() throws {
    var mistakes: [Mistake] = []
    let library = Library(files: ShippedDataTests.files, mistakes: &mistakes)
    var kinds: [FormatKind?] = []
    for file in Self.examples {
      let kind = FormatKind(of: file.text)
      kinds.append(kind)
      switch kind {
      case .pipeline:
        let pipeline = try PipelineFile.load(file).get()
        #expect(pipeline.destinations.map(\.kind) == ["sqlite", "sqlite", "folder", "webhook", "command"])
        #expect(pipeline.lookUps.count == 1 && pipeline.notifications.count == 2)
        #expect(pipeline.accepts.allSatisfy { library.contract($0) != nil })
      case .mapping:
        #expect(MappingLint.mistakes(of: MappingFile.load(file), in: library).map(\.description) == [])
        #expect(try MappingFile.load(file).get().fields.count == 8)
      case .workspace: #expect(try WorkspaceFile.load(file).get().roles == ["finance": ["maria", "ben"]])
      default: Issue.record("an example of no kind")
      }
    }
    #expect(kinds == [.pipeline, .mapping, .workspace])
  }

  @Test("every mapping that ships fits its contract")
  func shipped() {
    var mistakes: [Mistake] = []
    let library = Library(files: ShippedDataTests.files, mistakes: &mistakes)
    for file in ShippedDataTests.files where FormatKind(of: file.text) == .mapping {
      #expect(MappingLint.mistakes(of: MappingFile.load(file), in: library).map(\.description) == [])
    }
    #expect(!library.mappings.isEmpty)
  }
}
