import Docket
import Foundation
import Testing

/// Lists that must be complete: whoever adds one thing adds one line.
@Suite struct ListTests {
  @Test("every error code is in the catalog, unique, kebab-case and explained")
  func catalog() {
    let ids = ErrorCatalog.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    for code in ErrorCatalog.all {
      #expect(code.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(code.id)")
      #expect(code.meaning.hasSuffix("."), "\(code.id) has no sentence")
      #expect(code.remedy.hasSuffix("."), "\(code.id) has no remedy")
    }
    let declared = SourceTree.swiftFiles("Sources").flatMap(\.lines).filter {
      $0.contains("package static let") && $0.contains("= ErrorCode(")
    }
    #expect(declared.count == ids.count, "\(declared.count) codes are declared, \(ids.count) are in the catalog")
  }

  @Test("what a remedy tells people to type is a command")
  func remedies() {
    let commands = SourceTree.text("Sources/DocketCLI/DocketCommand.swift").lowercased()
    for code in ErrorCatalog.all {
      for part in code.remedy.components(separatedBy: "`docket ").dropFirst() {
        let word = part.prefix { $0.isLetter }
        #expect(commands.contains("\(word)command.self"), "\(code.id) names `docket \(word)`")
      }
    }
  }

  @Test("Docs/errors.md is what the catalog says")
  func documented() throws {
    var page = """
      # Error codes

      Generated from the catalog: `DOCKET_UPDATE=1 swift test --filter ListTests` writes it anew.
      `docket help CODE` shows the same.


      """
    for code in ErrorCatalog.all {
      let again = code.isTransient ? " Docket tries again by itself." : ""
      page += "## `\(code.id)`\n\n\(code.meaning)\(again)\n\(code.remedy)\n\n"
    }
    page.removeLast()
    if ProcessInfo.processInfo.environment["DOCKET_UPDATE"] == "1" {
      try page.write(to: SourceTree.root.appending(path: "Docs/errors.md"), atomically: true, encoding: .utf8)
    }
    #expect(SourceTree.text("Docs/errors.md") == page)
  }

  @Test("every parser, source and destination is in its list")
  func conformers() {
    for (folder, list, conformance) in [
      ("Sources/DocketParsers", "Sources/DocketParsers/Parsers.swift", [": Parser {"]),
      ("Sources/DocketConnectors", "Sources/DocketConnectors/Connectors.swift", [": Source {", ": Destination {"]),
    ] {
      let known = SourceTree.text(list)
      for file in SourceTree.swiftFiles(folder) {
        for line in file.lines where conformance.contains(where: { line.contains($0) }) && !line.contains("protocol ") {
          let words = line.split { !$0.isLetter && !$0.isNumber }
          guard let at = words.firstIndex(where: { ["struct", "class", "actor"].contains($0) }) else { continue }
          #expect(known.contains(words[at + 1]), "\(list) lacks \(words[at + 1])")
        }
      }
    }
  }

  @Test("every subcommand stands in the README or in Docs/commands.md")
  func commands() {
    let pages = SourceTree.text("README.md") + SourceTree.text("Docs/commands.md")
    for file in SourceTree.swiftFiles("Sources/DocketCLI/Commands") {
      for line in file.lines where line.contains("commandName: \"") {
        guard let name = literals(of: line).first else { continue }
        #expect(pages.contains(name), "no page tells of \(name)")
      }
    }
  }
}
