package import Docket

/// Word documents (Office Open XML): headers, then the body in reading order with its text boxes, then footers,
/// footnotes, endnotes and comments. Tables stay tables; deleted and hidden text is left out.
package struct DocxParser: Parser {
  package static let mediaTypes: Set<String> = [
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  ]
  package static var version: String { "docx 1 \(ArchiveReader.version)" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let package = try OfficePackage(input)
    let main = try package.mainPart()
    let relations = package.relations(of: main)
    var walk = WordWalk()
    var seen: Set<String> = []
    for header in DocxParser.parts("header", relations, package) {
      let blocks = try walk.blocks(of: try package.stream(header))
      // The first page's header mostly says what that of the others says.
      if seen.insert(OfficeText.reading(blocks).text).inserted { walk.kept += OfficeText.apart(blocks) }
    }
    walk.kept += try walk.blocks(of: try package.stream(main))
    for kind in ["footer", "footnotes", "endnotes", "comments"] {
      for part in DocxParser.parts(kind, relations, package) {
        let blocks = try walk.blocks(of: try package.stream(part))
        if seen.insert(OfficeText.reading(blocks).text).inserted { walk.kept += OfficeText.apart(blocks) }
      }
    }
    try package.handPictures(to: output)
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(OfficeText.reading(walk.kept)),
      findings: package.findings + walk.findings)
  }

  private static func parts(_ kind: String, _ relations: [OfficePackage.Relation], _ package: OfficePackage) -> [String]
  {
    Set(relations.filter { $0.kind == kind && package.has($0.target) }.map(\.target)).sorted()
  }
}

/// Goes through WordprocessingML once. What is open, a paragraph or a cell, lies on stacks: text boxes stand inside
/// paragraphs, tables inside cells.
private struct WordWalk {
  var kept: [OfficeBlock] = []
  private(set) var findings: [Finding] = []

  /// Blocks of what is open: the part, its cells and text boxes, the innermost last.
  private var blocks: [[OfficeBlock]] = []
  private var paragraphs: [String] = []
  private var tables: [[[OfficeCell]]] = []
  /// Of text boxes that belong behind the paragraph they are anchored in.
  private var boxes: [[OfficeBlock]] = []
  private var spans: [Int] = []
  private var isRun = 0
  private var isText = false
  private var isHidden = false

  mutating func blocks(of stream: XMLStream) throws(DocketError) -> [OfficeBlock] {
    (blocks, paragraphs, tables, boxes, spans, isRun, isText) = ([[]], [], [], [], [], 0, false)
    while let event = try stream.next() {
      switch event {
      case .start(let element): try start(element, stream)
      case .end(let name): end(name)
      case .text(let text): if isText, !isHidden { put(text) }
      }
    }
    return blocks.first ?? []
  }

  private mutating func put(_ text: String) {
    if !paragraphs.isEmpty { paragraphs[paragraphs.count - 1] += text }
  }

  private mutating func add(_ added: [OfficeBlock]) {
    if !blocks.isEmpty { blocks[blocks.count - 1] += added }
  }

  private mutating func start(_ element: XMLStream.Element, _ stream: XMLStream) throws(DocketError) {
    switch element.name {
    // The same content again for readers that are older; what was taken out; what a field is computed from.
    case "Fallback", "del", "moveFrom", "instrText", "delText": try stream.skip()
    case "footnote", "endnote":
      if let type = element["type"], type != "normal" { try stream.skip() }
    case "p":
      paragraphs.append("")
      boxes.append([])
    case "r":
      isRun += 1
      isHidden = false
    case "t": isText = isRun > 0
    case "tab" where isRun > 0: put("\t")
    case "br" where isRun > 0: put(element["type"] == "page" ? "\u{0C}" : "\n")
    case "cr" where isRun > 0: put("\n")
    case "noBreakHyphen" where isRun > 0: put("-")
    case "vanish" where isRun > 0 && element["val"] != "0" && element["val"] != "false":
      isHidden = true
      note("office-hidden-text", "Text that is formatted as hidden was left out.")
    case "txbxContent": blocks.append([])
    case "tbl": tables.append([])
    case "tr": if !tables.isEmpty { tables[tables.count - 1].append([]) }
    case "tc":
      blocks.append([])
      spans.append(1)
    case "gridSpan": if !spans.isEmpty { spans[spans.count - 1] = element["val"].flatMap { Int($0) } ?? 1 }
    default: break
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "p":
      let text = paragraphs.popLast() ?? ""
      add(WordWalk.split(text) + (boxes.popLast() ?? []))
    case "r":
      isRun -= 1
      isHidden = false
    case "t": isText = false
    case "txbxContent":
      let box = blocks.popLast() ?? []
      if boxes.isEmpty { add(box) } else { boxes[boxes.count - 1] += box }
    case "tbl": if let table = tables.popLast() { add([.table(table)]) }
    case "tc":
      let cell = OfficeCell(blocks: blocks.popLast() ?? [], span: spans.popLast() ?? 1)
      if let last = tables.indices.last, let row = tables[last].indices.last { tables[last][row].append(cell) }
    default: break
    }
  }

  /// A page break within a paragraph ends it.
  private static func split(_ text: String) -> [OfficeBlock] {
    let parts = text.split(separator: "\u{0C}", omittingEmptySubsequences: false)
    var blocks: [OfficeBlock] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { blocks.append(.pageBreak) }
      if parts.count == 1 || !part.isEmpty { blocks.append(.paragraph(String(part))) }
    }
    return blocks
  }

  private mutating func note(_ code: String, _ message: String) {
    if !findings.contains(where: { $0.code == code }) { findings.append(Finding(code, .note, message)) }
  }
}
