package import Docket

/// OpenDocument texts and presentations: page headers, the content in reading order, then footers, notes and comments.
package struct OpenDocumentParser: Parser {
  package static let mediaTypes: Set<String> = [
    "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation-template",
  ]
  package static var version: String { "odt 1 \(ArchiveReader.version)" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let package = try OpenDocument.package(input)
    var (headers, footers): ([OfficeBlock], [OfficeBlock]) = ([], [])
    if package.has("styles.xml") {
      var walk = OpenTextWalk()
      _ = try walk.blocks(of: try package.stream("styles.xml"), startsAt: ["master-styles"])
      (headers, footers) = (walk.headers, walk.footers)
    }
    var walk = OpenTextWalk()
    let blocks = try walk.blocks(of: try package.stream("content.xml"), startsAt: ["body"])
    try package.handPictures(to: output)
    return ReadingSummary(
      mediaType: input.mediaType,
      content: .text(
        OfficeText.reading(
          OfficeText.apart(headers) + blocks + OfficeText.apart(footers) + OfficeText.apart(walk.apart))),
      findings: package.findings)
  }
}

/// What all OpenDocument files have in common.
enum OpenDocument {
  /// - Throws: `office-encrypted`, whose parts are there but unreadable; what `OfficePackage` throws.
  static func package(_ input: ParserInput) throws(DocketError) -> OfficePackage {
    let package = try OfficePackage(input)
    let manifest = package.tree("META-INF/manifest.xml")
    if manifest?.children.contains(where: { $0.child("encryption-data") != nil }) == true {
      throw OfficePackage.encrypted
    }
    return package
  }

  /// How often an element stands for itself: `number-columns-repeated`.
  static func count(_ element: XMLStream.Element, _ attribute: String) -> Int {
    max(1, element[attribute].flatMap { Int($0) } ?? 1)
  }
}

/// Goes through OpenDocument text once. Notes and text boxes stand inside paragraphs, tables inside cells: what is
/// open lies on stacks.
private struct OpenTextWalk {
  private(set) var headers: [OfficeBlock] = []
  private(set) var footers: [OfficeBlock] = []
  /// Notes and comments.
  private(set) var apart: [OfficeBlock] = []

  private var blocks: [[OfficeBlock]] = [[]]
  private var paragraphs: [String] = []
  private var tables: [[[OfficeCell]]] = []
  private var cells: [(span: Int, count: Int)] = []
  private var slides = 0
  private var isInside = false

  /// A cell that stands for thousands is an empty rest of a row.
  private static let mostRepeated = 64

  /// - Parameter names: only what these elements hold is read.
  mutating func blocks(
    of stream: XMLStream, startsAt names: Set<String>
  ) throws(DocketError) -> [OfficeBlock] {
    while let event = try stream.next() {
      switch event {
      case .start(let element):
        if names.contains(element.name) { isInside = true }
        if isInside { try start(element, stream) }
      case .end(let name):
        if isInside { end(name) }
        if names.contains(name) { isInside = false }
      case .text(let text):
        guard isInside else { continue }
        let collapsed = OpenTextWalk.collapsed(text)
        put(paragraphs.last?.last == " " && collapsed.first == " " ? String(collapsed.dropFirst()) : collapsed)
      }
    }
    return blocks[0]
  }

  /// Blanks and line ends in a row count as one.
  private static func collapsed(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isBlank = scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
      if isBlank, out.last == " " { continue }
      out.append(isBlank ? " " : scalar)
    }
    return String(out)
  }

  private mutating func put(_ text: String) {
    if !paragraphs.isEmpty { paragraphs[paragraphs.count - 1] += text }
  }

  private mutating func start(_ element: XMLStream.Element, _ stream: XMLStream) throws(DocketError) {
    switch element.name {
    case "tracked-changes", "note-citation", "header-left", "footer-left", "forms", "page-number", "title", "desc",
      "creator", "date-string":
      try stream.skip()
    // When a comment was made; a field that shows a date says in which style.
    case "date" where element.attributes.isEmpty: try stream.skip()
    case "p", "h": paragraphs.append("")
    case "s": put(String(repeating: " ", count: min(OpenDocument.count(element, "c"), 200)))
    case "tab": put("\t")
    case "line-break": put("\n")
    case "note-body", "annotation", "text-box", "header", "footer", "header-first", "footer-first": blocks.append([])
    case "table": tables.append([])
    case "table-row": if !tables.isEmpty { tables[tables.count - 1].append([]) }
    case "table-cell", "covered-table-cell":
      blocks.append([])
      let count = min(OpenDocument.count(element, "number-columns-repeated"), OpenTextWalk.mostRepeated)
      cells.append((1, count))
    case "page":
      slides += 1
      if slides > 1 { blocks[0].append(.pageBreak) }
    default: break
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "p", "h":
      let text = (paragraphs.popLast() ?? "").trimmingBlanks
      if !blocks.isEmpty { blocks[blocks.count - 1].append(.paragraph(text)) }
    case "note-body", "annotation": apart += close()
    case "header", "header-first": headers += close()
    case "footer", "footer-first": footers += close()
    case "text-box":
      let box = close()
      // The paragraph that it is anchored in is not ended yet: the box stands before it.
      blocks[blocks.count - 1] += box
    case "table": if let table = tables.popLast() { blocks[blocks.count - 1].append(.table(table)) }
    case "table-cell", "covered-table-cell":
      let (span, count) = cells.popLast() ?? (1, 1)
      let cell = OfficeCell(blocks: close(), span: span)
      guard let last = tables.indices.last, let row = tables[last].indices.last else { return }
      for _ in 0..<count { tables[last][row].append(cell) }
    default: break
    }
  }

  private mutating func close() -> [OfficeBlock] { blocks.count > 1 ? blocks.removeLast() : [] }
}

extension String {
  /// Without spaces at either end; tabs and line ends stay.
  fileprivate var trimmingBlanks: String {
    var body = self[...]
    while body.first == " " { body = body.dropFirst() }
    while body.last == " " { body = body.dropLast() }
    return String(body)
  }
}
