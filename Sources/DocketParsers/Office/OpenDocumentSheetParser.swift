package import Docket

/// OpenDocument spreadsheets: a table a sheet. Dates as ISO dates, numbers with as many places as the file shows;
/// comments stand on a sheet of their own behind the others.
package struct OpenDocumentSheetParser: Parser {
  package static let mediaTypes: Set<String> = [
    "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template",
  ]
  package static var version: String { "ods 1 \(ArchiveReader.version)" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let package = try OpenDocument.package(input)
    var walk = OpenSheetWalk()
    try walk.run(try package.stream("content.xml"))
    guard !walk.sheets.isEmpty else { throw OfficePackage.damaged }
    var sheets = walk.sheets
    if !walk.comments.isEmpty { sheets.append(.init(name: "(comments)", rows: walk.comments)) }
    try package.handPictures(to: output)
    return ReadingSummary(
      mediaType: input.mediaType, content: .table(TableReading(sheets: sheets)),
      findings: package.findings + SheetGrid.hidden(walk.hidden))
  }
}

/// Goes through a spreadsheet's content once.
private struct OpenSheetWalk {
  private(set) var sheets: [TableReading.Sheet] = []
  private(set) var hidden: [Int] = []
  private(set) var comments: [[String]] = []

  private var hiddenStyles: Set<String> = []
  private var style = ""
  private var grid = SheetGrid()
  private var name = ""
  private var row = 0
  private var column = 0
  private var repeatedRows = 1
  private var cells: [(column: Int, text: String)] = []
  private var cell: XMLStream.Element?
  private var paragraphs: [String] = []
  private var isParagraph = false
  private var budget = SheetGrid.cellLimit

  /// Rows and cells with content that stand for more than so many are filled in by a machine.
  private static let mostRepeated = 1000

  mutating func run(_ stream: XMLStream) throws(DocketError) {
    while let event = try stream.next() {
      switch event {
      case .start(let element):
        if element.name == "annotation" {
          comments.append(["\(name) \(row + 1):\(column + 1)", try OpenSheetWalk.text(of: stream)])
        } else if ["tracked-changes", "shapes", "forms", "table-source"].contains(element.name) {
          try stream.skip()
        } else {
          start(element)
        }
      case .end(let ended): try end(ended)
      case .text(let text): if isParagraph { paragraphs[paragraphs.count - 1] += text }
      }
    }
  }

  /// What an annotation says, without who said it and when.
  private static func text(of stream: XMLStream) throws(DocketError) -> String {
    var depth = 1
    var texts: [String] = []
    while depth > 0, let event = try stream.next() {
      switch event {
      case .start(let element):
        if ["creator", "date", "date-string"].contains(element.name) { try stream.skip() } else { depth += 1 }
      case .end: depth -= 1
      case .text(let text): texts.append(text.trimmed)
      }
    }
    return texts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private mutating func start(_ element: XMLStream.Element) {
    switch element.name {
    case "style": style = element["name"] ?? ""
    case "table-properties": if element["display"] == "false" { hiddenStyles.insert(style) }
    case "table":
      (grid, name, row) = (SheetGrid(), element["name"] ?? "", 0)
      if hiddenStyles.contains(element["style-name"] ?? "") { hidden.append(sheets.count + 1) }
    case "table-row":
      (column, cells) = (0, [])
      repeatedRows = OpenDocument.count(element, "number-rows-repeated")
    case "table-cell", "covered-table-cell":
      cell = element
      paragraphs = []
    case "p" where cell != nil:
      paragraphs.append("")
      isParagraph = true
    case "line-break" where isParagraph: paragraphs[paragraphs.count - 1] += "\n"
    case "s" where isParagraph, "tab" where isParagraph: paragraphs[paragraphs.count - 1] += " "
    default: break
    }
  }

  private mutating func end(_ ended: String) throws(DocketError) {
    switch ended {
    case "p": isParagraph = false
    case "table-cell", "covered-table-cell":
      guard let cell else { return }
      let text = OpenSheetWalk.shown(cell, paragraphs.joined(separator: "\n").trimmed)
      let count = OpenDocument.count(cell, "number-columns-repeated")
      if !text.isEmpty {
        for place in 0..<min(count, OpenSheetWalk.mostRepeated) { cells.append((column + place + 1, text)) }
      }
      column += count
      self.cell = nil
    case "table-row":
      if !cells.isEmpty {
        for place in 0..<min(repeatedRows, OpenSheetWalk.mostRepeated) {
          for cell in cells {
            try grid.put(cell.text, row: row + place + 1, column: cell.column, budget: &budget)
          }
        }
      }
      row += repeatedRows
    case "table": sheets.append(.init(name: name, rows: grid.rows))
    default: break
    }
  }

  /// A typed value as text that means the same everywhere; what it is shown as says how many places it has.
  private static func shown(_ cell: XMLStream.Element, _ text: String) -> String {
    switch cell["value-type"] {
    case "date":
      guard let value = cell["date-value"] else { return text }
      let parts = value.split(separator: "T")
      let isMidnight = parts.count < 2 || parts[1].allSatisfy { "0:.Z".contains($0) }
      return isMidnight ? String(parts[0]) : "\(parts[0]) \(parts[1].prefix(8))"
    case "float", "currency", "percentage":
      guard let number = cell["value"].flatMap({ Double($0) }) else { return text }
      if cell["value-type"] == "percentage" {
        return SheetFormat.fixed(number * 100, places(text, number * 100)) + " %"
      }
      let isShown = text.contains(where: \.isNumber)
      let shown = isShown ? SheetFormat.fixed(number, places(text, number)) : SheetFormat.plain(number)
      return cell["currency"].map { "\(shown) \($0)" } ?? shown
    case "boolean": return cell["boolean-value"] == "true" ? "TRUE" : "FALSE"
    default: return text
    }
  }

  /// How many digits stand behind the last mark; three behind it are a thousand's where the number is whole.
  private static func places(_ text: String, _ number: Double) -> Int {
    let digits = text.filter { $0.isNumber || $0 == "." || $0 == "," }
    guard let mark = digits.lastIndex(where: { !$0.isNumber }) else { return 0 }
    let places = digits.distance(from: mark, to: digits.endIndex) - 1
    return places == 3 && number == number.rounded() ? 0 : places
  }
}
