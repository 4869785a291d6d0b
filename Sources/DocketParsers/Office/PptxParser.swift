package import Docket

/// Presentations (Office Open XML): slide by slide, parted by form feeds; each with its tables and its notes.
package struct PptxParser: Parser {
  package static let mediaTypes: Set<String> = [
    "application/vnd.openxmlformats-officedocument.presentationml.presentation"
  ]
  package static var version: String { "pptx 1 \(ArchiveReader.version)" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let package = try OfficePackage(input)
    let main = try package.mainPart()
    let relations = package.relations(of: main)
    let listed = package.tree(main)?.child("sldIdLst")?.children ?? []
    // `id` is a number of the slide's own, `r:id` leads to it; by local name both are `id`.
    let slides = listed.compactMap { slide in
      let ids = slide.attributes.filter { $0.name == "id" }.map(\.value)
      return relations.first { ids.contains($0.id) && package.has($0.target) }?.target
    }
    guard slides.count <= input.settings.limits.pages else {
      throw DocketError(.tooManyPages, "There are \(slides.count) slides; \(input.settings.limits.pages) are allowed.")
    }
    var blocks: [OfficeBlock] = []
    for (index, slide) in slides.enumerated() {
      if index > 0 { blocks.append(.pageBreak) }
      var walk = SlideWalk()
      blocks += try walk.blocks(of: try package.stream(slide))
      for notes in package.relations(of: slide) where notes.kind == "notesSlide" && package.has(notes.target) {
        blocks += try walk.blocks(of: try package.stream(notes.target))
      }
    }
    try package.handPictures(to: output)
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(OfficeText.reading(blocks)), findings: package.findings)
  }
}

/// Goes through a slide's DrawingML once.
private struct SlideWalk {
  private var blocks: [OfficeBlock] = []
  private var paragraph: String?
  private var rows: [[OfficeCell]] = []
  private var cell: OfficeCell?
  private var isText = false

  mutating func blocks(of stream: XMLStream) throws(DocketError) -> [OfficeBlock] {
    self = SlideWalk()
    while let event = try stream.next() {
      switch event {
      case .start(let element):
        // The number of a slide is a field of its own; older readers have the same content again.
        if element.name == "Fallback" || element.name == "fld" && element["type"] == "slidenum" {
          try stream.skip()
        } else {
          start(element)
        }
      case .end(let name): end(name)
      case .text(let text): if isText { paragraph? += text }
      }
    }
    return blocks
  }

  private mutating func start(_ element: XMLStream.Element) {
    switch element.name {
    case "p": paragraph = ""
    case "t": isText = true
    case "br": paragraph? += "\n"
    case "tab": paragraph? += "\t"
    case "tbl": rows = []
    case "tr": rows.append([])
    case "tc":
      // Cells that a wide one covers follow it, empty.
      cell = OfficeCell()
    default: break
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "t": isText = false
    case "p":
      guard let text = paragraph else { return }
      paragraph = nil
      if cell != nil { cell?.blocks.append(.paragraph(text)) } else { blocks.append(.paragraph(text)) }
    case "tc":
      if let cell, !rows.isEmpty { rows[rows.count - 1].append(cell) }
      cell = nil
    case "tbl": blocks.append(.table(rows))
    default: break
    }
  }
}
