package import Docket

/// ALTO 2 to 4, the form of libraries and archives: words with boxes in pixels, tenths of millimetres or 1/1200 inch.
package struct ALTOParser: Parser {
  package static let mediaTypes: Set<String> = [MediaType.alto]
  package static var version: String { "alto 1 \(XMLParser.version)" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    guard let stream = XMLStream(Array(input.bytes)) else {
      throw DocketError(.textDamaged, "The ALTO is empty.")
    }
    var pages = WordPages(input, output: output)
    var walk = ALTOWalk()
    while let event = try stream.next() {
      switch event {
      case .start(let element): walk.start(element)
      case .text(let text): walk.text(text)
      case .end("Page"):
        let (size, scale) = (walk.size, walk.scale)
        try pages.put(
          walk.takeWords(), width: size.width, height: size.height, unit: scale == nil ? .pixel : .point)
      case .end: walk.end()
      }
    }
    return ReadingSummary(mediaType: input.mediaType, pageCount: pages.count)
  }
}

private struct ALTOWalk {
  private(set) var size: (width: Float, height: Float) = (0, 0)
  /// Points a unit; nil for pixels.
  private(set) var scale: Float?
  private var words: [Word] = []
  private var line: Int32 = -1
  private var isUnit = false

  mutating func takeWords() -> [Word] {
    defer { (words, line) = ([], -1) }
    return words
  }

  mutating func text(_ text: String) {
    guard isUnit else { return }
    switch text.trimmed {
    case "mm10": scale = 72 / 254
    case "inch1200": scale = 72 / 1200
    default: scale = nil
    }
  }

  mutating func end() { isUnit = false }

  mutating func start(_ element: XMLStream.Element) {
    switch element.name {
    case "MeasurementUnit": isUnit = true
    case "Page": size = (number(element, "WIDTH"), number(element, "HEIGHT"))
    case "PrintSpace" where size.width == 0:
      size = (number(element, "HPOS") + number(element, "WIDTH"), number(element, "VPOS") + number(element, "HEIGHT"))
    case "TextLine": line += 1
    case "String":
      guard let content = element["CONTENT"]?.trimmed, !content.isEmpty else { return }
      let confidence = element["WC"].flatMap { Float($0) } ?? 1
      words.append(
        Word(
          text: content, x: number(element, "HPOS"), y: number(element, "VPOS"), width: number(element, "WIDTH"),
          height: number(element, "HEIGHT"), confidence: min(1, max(0, confidence)), line: max(0, line)))
    // A word that a line's end divides keeps its hyphen.
    case "HYP": if !words.isEmpty, let mark = element["CONTENT"] { words[words.count - 1].text += mark }
    default: break
    }
  }

  private func number(_ element: XMLStream.Element, _ name: String) -> Float {
    (element[name].flatMap { Float($0) } ?? 0) * (scale ?? 1)
  }
}
