import Docket

/// A reading as plain text: a line for each line of the page, pages parted by form feeds.
enum PlainWords {
  static func text(of pages: [PageReading]) -> String { pages.map(text).joined(separator: "\u{0C}") }

  /// Words in reading order; a blank between words, a line end where the reader began another line.
  static func text(of page: PageReading) -> String {
    var out = ""
    var line: Int32?
    for word in page.words {
      if let line { out += line == word.line ? " " : "\n" }
      out += word.text
      line = word.line
    }
    return out.isEmpty ? "" : out + "\n"
  }

  static func text(of content: Reading.Content) -> String {
    switch content {
    case .pages(let pages): text(of: pages)
    case .tree(let root): lines(of: root).joined(separator: "\n") + "\n"
    case .table(let table): table.text + "\n"
    case .text(let text):
      text.headers.map { "\($0.name): \($0.value)\n" }.joined() + (text.headers.isEmpty ? "" : "\n") + text.text
        + (text.text.hasSuffix("\n") ? "" : "\n")
    }
  }

  private static func lines(of node: TreeNode) -> [String] {
    (node.text.isEmpty ? [] : [node.text]) + node.children.flatMap(lines)
  }
}
