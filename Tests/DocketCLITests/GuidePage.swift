import DocketTesting
import Foundation
import Testing

/// A page for users, as its blocks: what a reader types, what a reader writes, what only stands there.
struct GuidePage: CustomTestStringConvertible {
  /// Below the checkout.
  let path: String
  let blocks: [Block]
  /// What stands outside of the blocks.
  let prose: String

  struct Block {
    /// `sh`, `yaml`, `console`; empty for what a program printed.
    var language: String
    var text: String
    /// The first line of the block, counted from 1.
    var line: Int
  }

  var testDescription: String { path }

  init(_ path: String) {
    self.path = path
    var blocks: [Block] = []
    var prose = ""
    var open: Block?
    let text = (try? String(contentsOfFile: "\(BuiltProgram.root)/\(path)", encoding: .utf8)) ?? ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```"), let block = open {
        blocks.append(block)
        open = nil
      } else if line.hasPrefix("```") {
        open = Block(language: String(line.dropFirst(3)), text: "", line: index + 2)
      } else if open != nil {
        open?.text += line + "\n"
      } else {
        prose += line + "\n"
      }
    }
    self.blocks = blocks
    self.prose = prose
  }

  /// The user's guide without its index, which has nothing to type.
  static let guide: [GuidePage] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(BuiltProgram.root)/Docs/guide")) ?? []
    return names.filter { $0.hasSuffix(".md") && $0 != "README.md" }.sorted().map { GuidePage("Docs/guide/\($0)") }
  }()

  /// What a reader does who does all of the page, in order, and stops where something fails.
  var script: String {
    var script = """
      set -eo pipefail
      trap 'echo "stopped at: $BASH_COMMAND" >&2' ERR

      """
    for block in blocks {
      if block.language == "sh" { script += block.text }
      guard block.language == "yaml", let name = GuidePage.fileName(of: block) else { continue }
      script += "mkdir -p \"$(dirname \(name))\"\ncat > \(name) <<'END OF FILE'\n\(block.text)END OF FILE\n"
    }
    return script
  }

  /// Of a block whose first line is `# file: NAME`.
  static func fileName(of block: Block) -> String? {
    block.text.firstMatch(of: /^# file: (\S+)\n/).map { String($0.1) }
  }

  /// Each `docket …` of the prose and of what is only shown, as words.
  var mentions: [[String]] {
    let shown = blocks.filter { ["console", "sh"].contains($0.language) }.map(\.text).joined()
      .replacing(/\s#.*/, with: "")
    let inline = prose.matches(of: /`docket ([^`]+)`/).map { String($0.1) }
    let typed = shown.matches(of: /(?:^|[\s(])docket ([a-z][^\n|&;)"$]*)/).map { String($0.1) }
    return (inline + typed).map { $0.split(separator: " ").map(String.init) }
  }
}
