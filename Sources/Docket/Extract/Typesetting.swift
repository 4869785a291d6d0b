/// A text or a table set on pages, a character in each cell of a grid: what finds values on pages finds them there too.
///
/// Line ends are kept, long lines are wrapped, a form feed begins a page, columns of a table stand below one another.
/// Values that were found are traced back to the text or the cell by `locators`.
package struct Typesetting {
  package private(set) var pages: [PageReading] = []
  /// Of each page, where each of its words stands in the original.
  private var origins: [[Locator]] = []
  /// Of each page, how high its words' centres stand, from the top down.
  private var heights: [[(y: Double, place: Int)]] = []

  /// A word's height, a character's share of a line, and a line's share of a page, in points.
  private static let height: Float = 10
  private static let advance: Float = 6
  private static let pitch: Float = 15
  /// A heading is larger.
  private static let headingHeight: Float = 14
  private static let linesOnPage = 100
  /// Lines up to here were set by somebody (a print spool has 132 columns); longer ones are paragraphs.
  private static let longestLine = 160
  private static let wrappedLine = 100
  private static let widestCell = 48
  private static let betweenCells = 3
  /// What is longer is looked at in its beginning alone.
  private static let mostScalars = 2_000_000
  private static let mostRows = 20_000
  /// Of a longer table these last ones are looked at too: sums stand there.
  private static let lastRows = 200

  private var words: [Word] = []
  private var places: [Locator] = []
  private var line = 0
  private var top: Float = 0
  private var width: Float = 0

  /// Nil for what has pages of its own, a tree, or a row, which is read by its headings.
  package init?(_ reading: Reading) { self.init(reading, words: nil) }

  /// - Parameter words: given them, of a mail only what its writer says is set.
  init?(_ reading: Reading, words: WordSets?) {
    guard reading.firstRow == nil else { return nil }
    switch reading.content {
    case .pages, .tree: return nil
    case .text(let text):
      set(text, text.headers.isEmpty ? nil : words.map { MailBody(text, words: $0) })
    case .table(let table):
      for (index, sheet) in table.sheets.enumerated() {
        if index > 0 { breakPage() }
        set(
          Typesetting.looked(sheet.rows).map { row, cells in
            cells.enumerated().map { column, cell in
              Cell(
                scalars: Array(cell.unicodeScalars), start: nil,
                locator: .cell(sheet: index + 1, row: row + 1, column: column + 1))
            }
          })
      }
    }
    breakPage()
  }

  /// The reading as if it had come on these pages.
  func paged(_ reading: Reading) -> Reading {
    var paged = reading
    paged.content = .pages(pages)
    return paged
  }

  /// A long table's beginning and its end, with the rows' places counted from 0.
  private static func looked<Row>(_ rows: [Row]) -> [(Int, Row)] {
    let all = rows.enumerated().map { ($0, $1) }
    guard rows.count > mostRows else { return all }
    return Array(all.prefix(mostRows - lastRows)) + Array(all.suffix(lastRows))
  }

  /// Where the words of a region stand in the original: a span for each line, or the cells.
  func locators(of region: Region) -> [Locator] {
    var found: [Locator] = []
    var line: Int32?
    let page = pages[region.page - 1]
    for place in places(on: region.page, from: region.y, through: region.bottom) {
      let (word, origin) = (page.words[place], origins[region.page - 1][place])
      let x = Double(word.x + word.width / 2)
      guard x >= region.x, x <= region.right else { continue }
      if case .span(let first)? = found.last, case .span(let next) = origin, line == word.line {
        found[found.count - 1] = .span(first.lowerBound..<next.upperBound)
      } else if found.last != origin {
        found.append(origin)
      }
      line = word.line
    }
    return found.isEmpty ? [.region(region)] : found
  }

  /// Words whose centres stand between two heights, in the order they were set.
  private func places(on page: Int, from top: Double, through bottom: Double) -> [Int] {
    let order = heights[page - 1]
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if order[middle].y < top { low = middle + 1 } else { high = middle }
    }
    return order[low...].prefix { $0.y <= bottom }.map(\.place).sorted()
  }

  // Texts

  private mutating func set(_ text: TextReading, _ body: MailBody?) {
    if let subject = text.headers.first(where: { $0.name == "subject" }) {
      setLine(
        Array(subject.value.unicodeScalars.prefix(1000)), from: nil, locator: .header("subject", ordinal: 1),
        height: Typesetting.headingHeight)
      endLine(height: Typesetting.headingHeight)
    }
    let scalars = Array(text.text.unicodeScalars.prefix(Typesetting.mostScalars))
    for range in body?.ranges ?? [0..<scalars.count] where range.lowerBound < scalars.count {
      set(range.clamped(to: 0..<scalars.count), of: scalars, text.tables)
    }
  }

  private mutating func set(_ range: Range<Int>, of scalars: [Unicode.Scalar], _ tables: [TextTable]) {
    var at = range.lowerBound
    for (index, table) in tables.enumerated() {
      guard let start = table.rows.joined().first?.lowerBound, let end = table.rows.joined().last?.upperBound,
        at <= start, end <= range.upperBound
      else { continue }
      setLines(scalars[at..<start])
      set(
        Typesetting.looked(table.rows).map { row, cells in
          cells.enumerated().map { column, range in
            Cell(
              scalars: Array(scalars[range]), start: range.lowerBound,
              locator: .cell(sheet: index + 1, row: row + 1, column: column + 1))
          }
        })
      at = end
    }
    setLines(scalars[at..<range.upperBound])
  }

  private mutating func setLines(_ scalars: ArraySlice<Unicode.Scalar>) {
    var start = scalars.startIndex
    while start < scalars.endIndex {
      let end = scalars[start...].firstIndex { $0 == "\n" || $0 == "\u{0C}" } ?? scalars.endIndex
      setLine(Array(scalars[start..<end]), from: start, locator: nil, height: Typesetting.height)
      if end < scalars.endIndex, scalars[end] == "\u{0C}" { breakPage() } else { endLine(height: Typesetting.height) }
      start = end + 1
    }
  }

  /// - Parameters:
  ///   - start: the line's place in the text.
  ///   - locator: of all its words, where they do not stand in the text.
  private mutating func setLine(
    _ scalars: [Unicode.Scalar], from start: Int?, locator: Locator?, height: Float
  ) {
    let isParagraph = scalars.count > Typesetting.longestLine
    var column = 0
    var at = 0
    while at < scalars.count {
      if scalars[at].properties.isWhitespace {
        column = scalars[at] == "\t" ? (column / 8 + 1) * 8 + 1 : column + 1
        at += 1
        continue
      }
      let end = scalars[at...].firstIndex { $0.properties.isWhitespace } ?? scalars.count
      if isParagraph, column + end - at > Typesetting.wrappedLine, column > 0 {
        endLine(height: height)
        column = 0
      }
      let origin = locator ?? .span(((start ?? 0) + at)..<((start ?? 0) + end))
      setWord(scalars[at..<end], column: column, origin, height: height)
      column += end - at
      at = end
    }
  }

  private mutating func setWord(
    _ scalars: ArraySlice<Unicode.Scalar>, column: Int, lower: Int = 0, _ origin: Locator, height: Float
  ) {
    if Typesetting.isRule(scalars) { return }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    let word = Word(
      text: String(text), x: Float(column) * Typesetting.advance, y: top + Float(lower) * Typesetting.pitch,
      width: Float(scalars.count) * Typesetting.advance, height: height, line: Int32(clamping: line + lower))
    words.append(word)
    places.append(origin)
    width = max(width, word.right)
  }

  /// A line drawn with characters: `-----`, `=====`.
  private static func isRule(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard scalars.count >= 4, let first = scalars.first, "-=_*─━═".unicodeScalars.contains(first) else { return false }
    return scalars.allSatisfy { $0 == first }
  }

  /// - Parameter mayBreak: a table stays on its page, however long: of many pages only some are looked at.
  private mutating func endLine(height: Float, count: Int = 1, mayBreak: Bool = true) {
    line += count
    top += Float(count) * Typesetting.pitch * height / Typesetting.height
    if mayBreak, line >= Typesetting.linesOnPage { breakPage() }
  }

  private mutating func breakPage() {
    if !words.isEmpty {
      let number = pages.count + 1
      pages.append(
        PageReading(
          number: number, width: max(595, width), height: max(842, top + Typesetting.pitch), unit: .point,
          source: .layer, words: words))
      origins.append(places)
      let centres = words.enumerated().map { (y: Double($1.y + $1.height / 2), place: $0) }
      heights.append(centres.sorted { ($0.y, $0.place) < ($1.y, $1.place) })
    }
    (words, places, line, top, width) = ([], [], 0, 0, 0)
  }

  // Tables

  private struct Cell {
    var scalars: [Unicode.Scalar]
    /// Nil where it stands in no text.
    var start: Int?
    var locator: Locator

    /// Words and in which of the cell's own lines and columns they stand.
    var words: [(range: Range<Int>, line: Int, column: Int)] {
      var found: [(range: Range<Int>, line: Int, column: Int)] = []
      var (line, column, at) = (0, 0, 0)
      while at < scalars.count {
        if scalars[at] == "\n" { (line, column) = (line + 1, -1) }
        if scalars[at].properties.isWhitespace {
          if column != 0 || scalars[at] == "\n" { column += 1 }
          at += 1
          continue
        }
        let end = scalars[at...].firstIndex { $0.properties.isWhitespace } ?? scalars.count
        if column > 0, column + end - at > Typesetting.widestCell { (line, column) = (line + 1, 0) }
        found.append((at..<end, line, column))
        column += end - at
        at = end
      }
      return found
    }
  }

  private mutating func set(_ rows: [[Cell]]) {
    let set = rows.map { $0.map(\.words) }
    var widths: [Int] = []
    for cells in set where cells.count(where: { !$0.isEmpty }) > 1 {
      for (column, words) in cells.enumerated() {
        if widths.count <= column { widths.append(0) }
        widths[column] = max(widths[column], words.map { $0.column + $0.range.count }.max() ?? 0)
      }
    }
    var starts: [Int] = []
    var next = 0
    for width in widths {
      starts.append(next)
      if width > 0 { next += width + Typesetting.betweenCells }
    }
    for (cells, laid) in zip(rows, set) {
      for (column, (cell, words)) in zip(cells, laid).enumerated() {
        let offset = column < starts.count ? starts[column] : next
        for word in words {
          setWord(
            cell.scalars[word.range], column: offset + word.column, lower: word.line, cell.locator,
            height: Typesetting.height)
        }
      }
      endLine(height: Typesetting.height, count: 1 + (laid.joined().map(\.line).max() ?? 0), mayBreak: false)
      // Lines of one cell stand closer than rows.
      if !words.isEmpty { top += Typesetting.height / 2 }
    }
  }
}

extension Extraction {
  /// With the places of what was found on a typesetting's pages traced back to the original.
  func traced(by typesetting: Typesetting) -> Extraction {
    func traced(_ candidate: Candidate) -> Candidate {
      var candidate = candidate
      candidate.locators = candidate.locators.flatMap { locator in
        guard case .region(let region) = locator else { return [locator] }
        return typesetting.locators(of: region)
      }
      return candidate
    }
    var extraction = self
    extraction.candidates = candidates.mapValues { $0.map(traced) }
    extraction.rows = rows.mapValues { $0.map { $0.mapValues(traced) } }
    return extraction
  }
}
