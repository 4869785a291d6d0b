/// A line of the document around a value, with the value's words marked.
package struct ContextLine: Hashable, Sendable {
  /// Words joined by single blanks; control characters replaced, so that a terminal shows and does not obey them.
  package var text: String
  /// Characters of `text` that hold the value; empty on other lines.
  package var marked: Range<Int>
  package var page: Int?

  package init(text: String, marked: Range<Int> = 0..<0, page: Int? = nil) {
    self.text = text
    self.marked = marked
    self.page = page
  }

  /// The lines around a place: `reach` before and after it. Without a place the first lines of the document.
  package static func around(_ locator: Locator?, in reading: Reading, reach: Int = 2) -> [ContextLine] {
    switch (locator, reading.content) {
    case (.region(let region)?, _):
      guard let page = reading.pages.first(where: { $0.number == region.page }) else { return [] }
      return around(region, on: page, reach: reach)
    case (.path(let path)?, _):
      return [ContextLine(text: path.neutralised)]
    case (.header(let name, let ordinal)?, .text(let text)):
      let values = text.headers.filter { $0.name == name }
      guard values.indices.contains(ordinal - 1) else { return [] }
      return [ContextLine(text: "\(name): \(values[ordinal - 1].value)".neutralised)]
    case (.span(let span)?, .text(let text)):
      return around(span, in: text.text, reach: reach)
    case (.cell(let sheet, let row, let column)?, .text(let text)):
      return around(row, column, in: text.cells, sheet, reach: reach)
    case (.cell(let sheet, let row, let column)?, .table(let table)):
      // Of some rows of a file, these stand below their headings.
      let shown = reading.firstRow.map { row - $0 + 2 } ?? row
      return around(shown, column, in: table.sheets.map(\.rows), sheet, reach: reach)
    case (_, .pages(let pages)):
      return pages.first.map { Array(lines(of: $0).prefix(2 * reach + 1)).map(\.line) } ?? []
    case (_, .text(let text)):
      return text.text.split(separator: "\n").prefix(2 * reach + 1).map { ContextLine(text: String($0).neutralised) }
    case (_, .table(let table)):
      return table.sheets.first.map { around(1, 0, in: [$0.rows], 1, reach: 2 * reach) } ?? []
    default:
      return []
    }
  }

  /// Rows around a cell, cells divided by two blanks; all counted from 1.
  private static func around(
    _ row: Int, _ column: Int, in sheets: [[[String]]], _ sheet: Int, reach: Int
  ) -> [ContextLine] {
    guard sheets.indices.contains(sheet - 1), (1...max(1, sheets[sheet - 1].count)).contains(row) else { return [] }
    let rows = sheets[sheet - 1]
    let shown = max(1, row - reach)..<max(1, min(rows.count, row + reach) + 1)
    return shown.map { number in
      var text = ""
      var marked = 0..<0
      for (index, cell) in rows[number - 1].enumerated() {
        if index > 0 { text += "  " }
        let start = text.count
        text += cell.neutralised
        if number == row, index + 1 == column { marked = start..<text.count }
      }
      return ContextLine(text: text, marked: marked)
    }
  }

  private static func around(_ region: Region, on page: PageReading, reach: Int) -> [ContextLine] {
    let all = lines(of: page, marking: region)
    guard let first = all.firstIndex(where: { !$0.line.marked.isEmpty }) else {
      let centre = Float(region.y + region.height / 2)
      let after = all.firstIndex { $0.y > centre } ?? all.endIndex
      return all[max(0, after - reach)..<min(all.count, after + reach)].map(\.line)
    }
    let last = all.lastIndex { !$0.line.marked.isEmpty } ?? first
    return all[max(0, first - reach)...min(all.count - 1, last + reach)].map(\.line)
  }

  private static func around(_ span: Range<Int>, in text: String, reach: Int) -> [ContextLine] {
    var start = 0
    var all: [ContextLine] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let length = line.unicodeScalars.count
      let lower = min(length, max(0, span.lowerBound - start))
      let range = lower..<max(lower, min(length, span.upperBound - start))
      let isHit = start < span.upperBound && span.lowerBound < start + length + 1
      all.append(ContextLine(text: String(line).neutralised, marked: isHit && !range.isEmpty ? range : 0..<0))
      start += length + 1
    }
    guard let hit = all.firstIndex(where: { !$0.marked.isEmpty }) else { return Array(all.prefix(2 * reach + 1)) }
    return Array(all[max(0, hit - reach)...min(all.count - 1, hit + reach)])
  }

  /// A page's lines from top to bottom; words whose centre lies in `region` are marked.
  private static func lines(of page: PageReading, marking region: Region? = nil) -> [(y: Float, line: ContextLine)] {
    let groups = Dictionary(grouping: page.words, by: \.line)
    return groups.values.map { words in
      let ordered = words.sorted { $0.x < $1.x }
      var text = ""
      var marked = 0..<0
      for word in ordered {
        if !text.isEmpty { text += " " }
        let start = text.count
        text += word.text.neutralised
        if let region, word.centre(isIn: region) {
          marked = (marked.isEmpty ? start : marked.lowerBound)..<text.count
        }
      }
      return (ordered[0].y, ContextLine(text: text, marked: marked, page: page.number))
    }.sorted { $0.y < $1.y }
  }
}

extension Word {
  /// Whether the word's centre lies in a region of its page.
  package func centre(isIn region: Region) -> Bool {
    let (across, down) = (Double(x + width / 2), Double(y + height / 2))
    return across >= region.x && across <= region.right && down >= region.y && down <= region.bottom
  }
}

extension String {
  /// With control characters (escape sequences, bidirectional overrides) shown as `␛` or `·`, never sent on.
  package var neutralised: String {
    guard unicodeScalars.contains(where: \.isDangerous) else { return self }
    var out = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      out.append(scalar.isDangerous ? (scalar.value == 0x1B ? "\u{241B}" : "\u{B7}") : scalar)
    }
    return String(out)
  }
}

extension Unicode.Scalar {
  /// A control character, or one that changes the direction of writing: a terminal would obey it.
  package var isDangerous: Bool {
    value < 0x20 || (0x7F...0x9F).contains(value) || (0x202A...0x202E).contains(value)
      || (0x2066...0x2069).contains(value) || value == 0x200E || value == 0x200F
  }
}
