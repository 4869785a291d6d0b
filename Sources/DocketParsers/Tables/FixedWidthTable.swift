/// A text that is one table whose columns begin at the same place in every line, as reports of old systems are: every
/// line keeps the columns' gaps free, the first names them, and some hold numbers or dates alone. Whatever leaves a
/// doubt stays a text.
struct FixedWidthTable {
  let rows: [[String]]
  /// Where each column begins, in characters counted from 0.
  let starts: [Int]

  private static let fewestRows = 4
  private static let fewestColumns = 3
  private static let widest = 500
  /// In characters: blanks between columns; one alone stands between words too.
  private static let narrowestGap = 2
  /// Of a column's cells.
  private static let leastFilled = 0.6
  private static let leastAlike = 0.9

  init?(_ text: String) {
    guard !text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0C }) else { return nil }
    var lines: [[Character]] = []
    var ruled: [Range<Int>] = []
    for line in text.split(separator: "\n") {
      let characters = Array(line)
      guard characters.count <= FixedWidthTable.widest else { return nil }
      if !FixedWidthTable.isRule(characters) {
        lines.append(characters)
      } else if ruled.isEmpty {
        ruled = FixedWidthTable.stretches(characters.map { $0 != " " }, apart: 1)
      }
    }
    let columns = FixedWidthTable.columns(of: lines, ruled: ruled)
    guard lines.count >= FixedWidthTable.fewestRows, columns.count >= FixedWidthTable.fewestColumns else { return nil }
    let rows = lines.map { line in columns.map { FixedWidthTable.cell($0, of: line) } }
    guard FixedWidthTable.isTable(rows) else { return nil }
    self.rows = rows
    starts = columns.map(\.lowerBound)
  }

  /// `-----  ---  ------`, or nothing.
  private static func isRule(_ line: [Character]) -> Bool { line.allSatisfy { " -=_+|".contains($0) } }

  /// Stretches in which some line has a character, between gaps that none has; those of a rule below the names, where
  /// all lines keep to them.
  private static func columns(of lines: [[Character]], ruled: [Range<Int>]) -> [Range<Int>] {
    var isTaken = [Bool](repeating: false, count: lines.map(\.count).max() ?? 0)
    for line in lines {
      for (place, character) in line.enumerated() where character != " " { isTaken[place] = true }
    }
    let isKept =
      ruled.count >= fewestColumns
      && isTaken.indices.allSatisfy { place in
        !isTaken[place] || ruled.contains { $0.contains(place) }
      }
    return isKept ? ruled : stretches(isTaken, apart: narrowestGap)
  }

  private static func stretches(_ isTaken: [Bool], apart gap: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for place in isTaken.indices where isTaken[place] {
      if let last = found.last, place - last.upperBound < gap {
        found[found.count - 1] = last.lowerBound..<place + 1
      } else {
        found.append(place..<place + 1)
      }
    }
    return found
  }

  private static func cell(_ column: Range<Int>, of line: [Character]) -> String {
    let cell = line[column.clamped(to: 0..<line.count)]
    return String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  private static func isTable(_ rows: [[String]]) -> Bool {
    guard TableShape(rows).heading == 0, rows[0].allSatisfy({ !$0.isEmpty }) else { return false }
    let values = rows.dropFirst()
    var plainest = 0
    for column in rows[0].indices {
      let kinds = values.map { TableShape.kind($0[column]) }.filter { $0 != .empty }
      guard Double(kinds.count) >= leastFilled * Double(values.count) else { return false }
      let most = max(kinds.count { $0 == .number }, kinds.count { $0 == .date })
      if Double(most) >= leastAlike * Double(kinds.count) { plainest += 1 }
    }
    return plainest > 0
  }
}
