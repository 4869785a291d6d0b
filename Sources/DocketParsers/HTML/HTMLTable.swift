/// A table as it is being read: its cells as ranges of the text's bytes.
struct HTMLTable {
  /// Where the text stood when it began.
  let start: Int
  /// Another table lies in it: it only sets things side by side.
  var isAround = false
  private(set) var rows: [[Range<Int>]] = []
  private var row: [Range<Int>] = []
  private(set) var isRow = false
  private var cell: Cell?
  /// How many more rows a cell above takes of a column.
  private var taken: [Int: Int] = [:]
  private var cells = 0
  /// Where the last cell ends: none begins before it.
  private var end: Int

  private struct Cell {
    var start: Int?
    var columns: Int
    var rows: Int
  }

  /// Spans are cheap to write: more is no table that anybody made.
  private static let mostColumns = 512
  private static let mostCells = 1 << 20

  init(start: Int) {
    self.start = start
    end = start
  }

  var isInCell: Bool { cell != nil }
  /// The current cell has a character.
  var hasText: Bool { cell?.start != nil }
  var isTable: Bool { !isAround && cells < HTMLTable.mostCells && rows.contains { $0.count { !$0.isEmpty } > 1 } }

  /// A character comes at `offset`.
  mutating func mark(_ offset: Int) {
    if cell?.start == nil { cell?.start = offset }
  }

  mutating func beginRow() { isRow = true }

  mutating func endRow() {
    guard isRow else { return }
    passTaken()
    if !row.isEmpty { rows.append(row) }
    row = []
    isRow = false
  }

  /// - Returns: its column, counted from 0.
  mutating func beginCell(columns: Int, rows: Int) -> Int {
    passTaken()
    cell = Cell(columns: columns, rows: rows)
    return row.count
  }

  /// - Parameter offset: behind its last character.
  mutating func endCell(at offset: Int) {
    guard let ended = cell else { return }
    cell = nil
    end = max(end, offset)
    let start = min(ended.start ?? end, end)
    for column in 0..<ended.columns where row.count < HTMLTable.mostColumns {
      if ended.rows > 1 { taken[row.count] = ended.rows - 1 }
      row.append(column == 0 ? start..<end : end..<end)
      cells += 1
    }
  }

  /// Columns that a cell above takes are empty here.
  private mutating func passTaken() {
    while let left = taken[row.count] {
      taken[row.count] = left > 1 ? left - 1 : nil
      row.append(end..<end)
      cells += 1
    }
  }
}

/// Offsets of bytes in UTF-8 as offsets of scalars.
struct ScalarOffsets {
  /// The scalars before each block of bytes.
  private var before: [Int] = [0]
  private let bytes: [UInt8]
  private static let block = 64

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var count = 0
    for (index, byte) in bytes.enumerated() {
      if byte & 0xC0 != 0x80 { count += 1 }
      if (index + 1) % ScalarOffsets.block == 0 { before.append(count) }
    }
  }

  func offset(_ byte: Int) -> Int {
    let end = min(byte, bytes.count)
    let block = end / ScalarOffsets.block
    return before[block] + bytes[block * ScalarOffsets.block..<end].count { $0 & 0xC0 != 0x80 }
  }

  func range(_ range: Range<Int>) -> Range<Int> { offset(range.lowerBound)..<offset(range.upperBound) }
}
