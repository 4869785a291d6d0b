package import Docket

/// hOCR, what most OCR programs write: words with boxes in pixels. Lines that name no words count as one word each,
/// which extraction takes apart.
package struct HOCRParser: Parser {
  package static let mediaTypes: Set<String> = [MediaType.hocr]
  package static var version: String { "hocr 1 \(XMLParser.version)" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    guard let root = XMLParser.htmlTree(of: input.bytes) else {
      throw DocketError(.textDamaged, "The hOCR is not well-formed.")
    }
    var pages = WordPages(input, output: output)
    for page in HOCRParser.elements("ocr_page", in: root) {
      let box = HOCRTitle(page).box
      var walk = HOCRWalk()
      walk.read(page)
      try pages.put(
        walk.words, width: box.map { $0.x + $0.width } ?? 0, height: box.map { $0.y + $0.height } ?? 0, unit: .pixel)
    }
    return ReadingSummary(mediaType: input.mediaType, pageCount: pages.count)
  }

  private static func elements(_ name: String, in node: TreeNode) -> [TreeNode] {
    node.classes.contains(name) ? [node] : node.children.flatMap { elements(name, in: $0) }
  }
}

/// Goes through a page's elements in reading order.
private struct HOCRWalk {
  private(set) var words: [Word] = []
  private var line: Int32 = -1

  private static let lines: Set<String> = ["ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"]

  mutating func read(_ node: TreeNode) {
    let classes = node.classes
    if !classes.isDisjoint(with: HOCRWalk.lines) {
      line += 1
      let before = words.count
      for child in node.children { read(child) }
      if words.count == before { put(node) }
    } else if classes.contains("ocrx_word") || classes.contains("ocr_word") {
      put(node)
    } else {
      for child in node.children { read(child) }
    }
  }

  private mutating func put(_ node: TreeNode) {
    let title = HOCRTitle(node)
    let text = HOCRWalk.text(of: node).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard let box = title.box, !text.isEmpty else { return }
    words.append(
      Word(
        text: text, x: box.x, y: box.y, width: box.width, height: box.height, confidence: title.confidence,
        line: max(0, line)))
  }

  /// A word may stand in elements of its own that say how it is set.
  private static func text(of node: TreeNode) -> String {
    node.text + node.children.map { text(of: $0) }.joined()
  }
}

/// What an element's `title` says: `bbox 36 92 618 361; x_wconf 93`.
private struct HOCRTitle {
  private(set) var box: (x: Float, y: Float, width: Float, height: Float)?
  /// 0 to 1; 1 where nothing is said.
  private(set) var confidence: Float = 1

  init(_ node: TreeNode) {
    for part in (node["title"] ?? "").split(separator: ";") {
      let words = part.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Float($0) }
      switch words.first {
      case "bbox" where numbers.count == 4:
        box = (numbers[0], numbers[1], max(0, numbers[2] - numbers[0]), max(0, numbers[3] - numbers[1]))
      case "x_wconf" where !numbers.isEmpty: confidence = min(1, max(0, numbers[0] / 100))
      default: break
      }
    }
  }
}

extension TreeNode {
  fileprivate var classes: Set<String> {
    Set((self["class"] ?? "").split(separator: " ").map(String.init))
  }
}
