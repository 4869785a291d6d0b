/// The rows of a file that may be documents of their own: those below the headings of a file's only filled sheet, or
/// the elements of a list that is all there is in a tree.
struct RowParts {
  private let reading: Reading
  /// The sheet and the row of its headings, counted from 0; nil in a tree.
  private let headings: (sheet: Int, row: Int)?
  /// Counted from 1.
  let rows: ClosedRange<Int>

  /// Nil where there are not two.
  init?(_ reading: Reading) {
    self.reading = reading
    switch reading.content {
    case .table(let table):
      guard let place = table.headings else { return nil }
      let last = table.sheets[place.sheet].rows.lastIndex { !TableReading.isEmpty($0) } ?? place.row
      guard last >= place.row + 2 else { return nil }
      (headings, rows) = (place, (place.row + 2)...(last + 1))
    case .tree(let root):
      guard root.children.count >= 2, root.text.isEmpty, root.attributes.isEmpty,
        root.children.allSatisfy({ $0.name == root.children[0].name && !$0.children.isEmpty })
      else { return nil }
      (headings, rows) = (nil, 1...root.children.count)
    case .pages, .text: return nil
    }
  }

  /// Some of them as a document, below the headings; `firstRow` says where they stood.
  func part(_ part: ClosedRange<Int>) -> Reading? {
    guard rows.contains(part.lowerBound), rows.contains(part.upperBound) else { return nil }
    var made = Reading(mediaType: reading.mediaType, content: reading.content)
    made.firstRow = part.lowerBound
    let places = (part.lowerBound - 1)...(part.upperBound - 1)
    switch (reading.content, headings) {
    case (.table(var table), (let sheet, let row)?):
      let whole = table.sheets[sheet].rows
      table.sheets[sheet].rows = [whole[row]] + whole[places]
      made.content = .table(table)
    case (.tree(var root), _):
      root.children = Array(root.children[places])
      made.content = .tree(root)
    default: return nil
    }
    return made
  }

  /// Those that say anything.
  var filled: [Int] {
    guard case .table(let table) = reading.content, let headings else { return Array(rows) }
    return rows.filter { !TableReading.isEmpty(table.sheets[headings.sheet].rows[$0 - 1]) }
  }
}

extension Reading {
  /// Its rows as documents; nil where it has none that could be.
  package var rowParts: [Part]? { RowParts(self)?.filled.map { Part(.rows($0...$0)) } }
}

extension TableReading {
  /// The only sheet with cells, and its first row with any, both counted from 0.
  var headings: (sheet: Int, row: Int)? {
    let filled = sheets.indices.filter { sheet in sheets[sheet].rows.contains { !TableReading.isEmpty($0) } }
    guard filled.count == 1, let row = sheets[filled[0]].rows.firstIndex(where: { !TableReading.isEmpty($0) }) else {
      return nil
    }
    return (filled[0], row)
  }

  static func isEmpty(_ row: [String]) -> Bool { row.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
}
