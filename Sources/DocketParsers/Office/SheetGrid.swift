import Docket

/// Cells of one sheet as they are found, each at its row and column; empty ones at the ends are not kept.
struct SheetGrid {
  private(set) var rows: [[String]] = []

  /// Spreadsheets have a million rows and 16 thousand columns: where all sheets together hold more than so many cells,
  /// empty ones between others counted, they are no document.
  static let cellLimit = 2_000_000

  /// - Parameters:
  ///   - row: from 1.
  ///   - column: from 1.
  ///   - budget: of cells, over all sheets.
  /// - Throws: `too-many-bytes`.
  mutating func put(_ text: String, row: Int, column: Int, budget: inout Int) throws(DocketError) {
    guard !text.isEmpty, row > 0, column > 0 else { return }
    let missingRows = max(0, row - rows.count)
    let missingColumns = max(0, column - (missingRows > 0 ? 0 : rows[row - 1].count))
    budget -= missingRows + missingColumns
    guard budget >= 0 else {
      throw DocketError(.tooManyBytes, "The sheets have more than \(SheetGrid.cellLimit) cells.")
    }
    if missingRows > 0 { rows += repeatElement([], count: missingRows) }
    if missingColumns > 0 { rows[row - 1] += repeatElement("", count: missingColumns) }
    rows[row - 1][column - 1] = text
  }

  /// `BC12` is row 12, column 55; nil for what is no place of a cell.
  static func place(_ reference: String) -> (row: Int, column: Int)? {
    var (row, column) = (0, 0)
    for byte in reference.utf8 {
      switch byte {
      case 0x41...0x5A where row == 0: column = column * 26 + Int(byte) - 0x40
      case 0x30...0x39 where column > 0: row = row * 10 + Int(byte) - 0x30
      default: return nil
      }
      guard row <= 1_048_576, column <= 16_384 else { return nil }
    }
    return row > 0 && column > 0 ? (row, column) : nil
  }

  /// What is said of hidden sheets: their cells are kept, for sums may stand on them.
  static func hidden(_ numbers: [Int]) -> [Finding] {
    guard !numbers.isEmpty else { return [] }
    let list = numbers.map(String.init).joined(separator: ", ")
    return [Finding("sheet-hidden", .note, "Hidden in the file, and read all the same: sheet \(list).")]
  }
}
