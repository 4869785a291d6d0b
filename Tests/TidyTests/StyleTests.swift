import Docket
import Foundation
import Testing

/// Rules of the house that a reader would otherwise have to hold.
@Suite struct StyleTests {
  @Test("files stay under 500 lines and lines under 121 columns")
  func length() {
    for file in SourceTree.swiftFiles("Sources") + SourceTree.swiftFiles("Tests") {
      #expect(file.lines.count <= 500, "\(file) has \(file.lines.count) lines")
      // Text that stands as it must be, in literals of several lines, has the length it has.
      var isLiteral = false
      for (number, line) in file.lines.enumerated() {
        if line.contains("\"\"\"") { isLiteral.toggle() }
        if isLiteral || line.contains("\"") || line.count <= 120 { continue }
        Issue.record("\(file):\(number + 1) has \(line.count) columns")
      }
    }
  }

  @Test("functions fit a screen")
  func functions() {
    for file in SourceTree.swiftFiles("Sources") {
      var start: (line: Int, indent: Int)?
      for (number, line) in file.lines.enumerated() {
        let indent = line.prefix { $0 == " " }.count
        let text = code(of: line)
        if start == nil, text.contains("func "), text.hasSuffix("{") {
          start = (number, indent)
        } else if let open = start, line.hasPrefix(String(repeating: " ", count: open.indent) + "}") {
          #expect(number - open.line <= 75, "\(file):\(open.line + 1) is \(number - open.line) lines long")
          start = nil
        }
      }
    }
  }

  @Test("no retired word ends a type's name, and nothing evades the compiler")
  func words() {
    let endings = ["Manager", "Helper", "Util", "Utils", "Handler", "Processor", "Info", "Object", "Entity"]
    let evasions = ["@unchecked Sendable", "try!", "as!", "Task.detached", "DispatchSemaphore", "TODO", "FIXME"]
    for file in SourceTree.swiftFiles("Sources") {
      for (number, line) in file.lines.enumerated() {
        let words = code(of: line).split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        for kind in ["class", "struct", "enum", "protocol", "actor"] {
          guard let at = words.firstIndex(of: Substring(kind)), at + 1 < words.count else { continue }
          let name = words[at + 1]
          #expect(!endings.contains { name.hasSuffix($0) }, "\(file):\(number + 1) names a type \(name)")
        }
        for evasion in evasions where line.contains(evasion) {
          Issue.record("\(file):\(number + 1) has \(evasion)")
        }
      }
    }
  }

  @Test("no contract's name is a string literal in Sources")
  func documentTypes() {
    let contracts = Set(
      SourceTree.files("Pipelines/contracts", suffix: ".yaml").compactMap { file in
        file.lines.first { $0.hasPrefix("contract:") }?.split(separator: ":").last.map {
          String($0.drop { $0 == " " })
        }
      })
    // A contract may be called as a type of field is: that word is the field type's.
    let names = contracts.subtracting(FieldType.allCases.map(\.rawValue))
    for file in SourceTree.swiftFiles("Sources") where file.module != "CorpusMaker" {
      for (number, line) in file.lines.enumerated() where !line.drop(while: { $0 == " " }).hasPrefix("//") {
        for literal in literals(of: line) where names.contains(literal) {
          Issue.record("\(file):\(number + 1) names the type \(literal)")
        }
      }
    }
    #expect(!contracts.isEmpty)
  }

  @Test("the repository names no machine path")
  func machinePaths() {
    let files =
      SourceTree.swiftFiles("Sources") + SourceTree.swiftFiles("Tests") + SourceTree.files("Docs", suffix: ".md")
      + SourceTree.files("Scripts", suffix: "")
    let root = SourceTree.root.deletingLastPathComponent().path
    for file in files where root.count > 1 {
      #expect(!file.text.contains(root + "/"), "\(file) names \(root)")
    }
  }
}
