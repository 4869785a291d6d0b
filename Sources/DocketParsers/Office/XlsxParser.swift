package import Docket

/// Workbooks (Office Open XML): a table a sheet. Numbers are shown by their formats, dates as ISO dates, formulas as
/// what they gave when the file was saved; comments stand on sheets of their own behind the others.
package struct XlsxParser: Parser {
  package static let mediaTypes: Set<String> = ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
  package static var version: String { "xlsx 1 \(ArchiveReader.version)" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let package = try OfficePackage(input)
    let main = try package.mainPart()
    guard let workbook = package.tree(main) else { throw OfficePackage.damaged }
    let relations = package.relations(of: main)
    let listed = (workbook.child("sheets")?.children ?? []).prefix(input.settings.limits.pages)
    var walk = SheetWalk(
      texts: try XlsxParser.sharedTexts(package, relations), formats: XlsxParser.formats(package, relations),
      startsIn1904: ["1", "true"].contains(workbook.child("workbookPr")?["date1904"]))
    var sheets: [TableReading.Sheet] = []
    var comments: [TableReading.Sheet] = []
    var hidden: [Int] = []
    for sheet in listed {
      // A chart's sheet has no cells.
      guard let part = relations.first(where: { $0.id == sheet["id"] && $0.kind == "worksheet" })?.target,
        package.has(part)
      else { continue }
      let name = sheet["name"] ?? ""
      sheets.append(.init(name: name, rows: try walk.rows(of: try package.stream(part))))
      if ["hidden", "veryHidden"].contains(sheet["state"]) { hidden.append(sheets.count) }
      let notes = package.relations(of: part).filter { $0.kind == "comments" }.compactMap { package.tree($0.target) }
      let rows = notes.flatMap(XlsxParser.comments)
      if !rows.isEmpty { comments.append(.init(name: "\(name) (comments)", rows: rows)) }
    }
    guard !sheets.isEmpty else { throw OfficePackage.damaged }
    try package.handPictures(to: output)
    return ReadingSummary(
      mediaType: input.mediaType, content: .table(TableReading(sheets: sheets + comments)),
      findings: package.findings + SheetGrid.hidden(hidden))
  }

  /// Texts that cells name by number; phonetic guides are left out.
  private static func sharedTexts(
    _ package: OfficePackage, _ relations: [OfficePackage.Relation]
  ) throws(DocketError) -> [String] {
    guard let part = relations.first(where: { $0.kind == "sharedStrings" })?.target, package.has(part) else {
      return []
    }
    let stream = try package.stream(part)
    var texts: [String] = []
    var isText = false
    while let event = try stream.next() {
      switch event {
      case .start(let element):
        if element.name == "rPh" { try stream.skip() }
        if element.name == "si" { texts.append("") }
        isText = element.name == "t"
      case .end: isText = false
      case .text(let text): if isText, !texts.isEmpty { texts[texts.count - 1] += text }
      }
    }
    return texts
  }

  /// By a cell's style number.
  private static func formats(_ package: OfficePackage, _ relations: [OfficePackage.Relation]) -> [SheetFormat] {
    guard let styles = relations.first(where: { $0.kind == "styles" }).flatMap({ package.tree($0.target) }) else {
      return []
    }
    let own = Dictionary(
      (styles.child("numFmts")?.children ?? []).compactMap { node in
        node["numFmtId"].flatMap { id in node["formatCode"].map { (id, SheetFormat(code: $0)) } }
      }, uniquingKeysWith: { first, _ in first })
    return (styles.child("cellXfs")?.children ?? []).map { style in
      let id = style["numFmtId"] ?? "0"
      return own[id] ?? SheetFormat(builtIn: Int(id) ?? 0)
    }
  }

  /// The cell and what is said of it, a row a comment.
  private static func comments(_ root: TreeNode) -> [[String]] {
    (root.child("commentList")?.children ?? []).map { comment in
      [comment["ref"] ?? "", texts(of: comment).joined().split(whereSeparator: \.isWhitespace).joined(separator: " ")]
    }
  }

  private static func texts(of node: TreeNode) -> [String] {
    (node.text.isEmpty ? [] : [node.text + " "]) + node.children.flatMap(texts)
  }
}

/// Goes through a sheet once; its cells' texts and formats lie in other parts.
private struct SheetWalk {
  let texts: [String]
  let formats: [SheetFormat]
  let startsIn1904: Bool
  private var budget = SheetGrid.cellLimit

  init(texts: [String], formats: [SheetFormat], startsIn1904: Bool) {
    self.texts = texts
    self.formats = formats
    self.startsIn1904 = startsIn1904
  }

  mutating func rows(of stream: XMLStream) throws(DocketError) -> [[String]] {
    var grid = SheetGrid()
    var (row, column) = (0, 0)
    var (type, style, raw) = ("n", 0, "")
    var isValue = false
    while let event = try stream.next() {
      switch event {
      case .start(let element):
        isValue = element.name == "v" || element.name == "t"
        switch element.name {
        case "row":
          row = element["r"].flatMap { Int($0) } ?? row + 1
          column = 0
        case "c":
          column += 1
          // A place that nothing needs to say is left out by some writers.
          if let place = element["r"].flatMap(SheetGrid.place) { (row, column) = place }
          (type, style, raw) = (element["t"] ?? "n", element["s"].flatMap { Int($0) } ?? 0, "")
        case "rPh", "extLst": try stream.skip()
        default: break
        }
      case .text(let text): if isValue { raw += text }
      case .end(let name):
        isValue = false
        if name == "c" { try grid.put(shown(raw, type, style), row: row, column: column, budget: &budget) }
      }
    }
    return grid.rows
  }

  private func shown(_ raw: String, _ type: String, _ style: Int) -> String {
    switch type {
    case "s": return Int(raw.trimmed).flatMap { texts.indices.contains($0) ? texts[$0].trimmed : nil } ?? ""
    case "b": return raw.trimmed == "1" ? "TRUE" : raw.isEmpty ? "" : "FALSE"
    case "n":
      guard let number = Double(raw.trimmed) else { return raw.trimmed }
      return (formats.indices.contains(style) ? formats[style] : .general).text(number, startsIn1904: startsIn1904)
    case "d": return raw.trimmed.replacing("T00:00:00", with: "")
    default: return raw.trimmed
    }
  }
}
