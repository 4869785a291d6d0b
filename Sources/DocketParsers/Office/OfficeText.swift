import Docket

/// What stands in a text document: paragraphs, and tables whose cells hold blocks again.
indirect enum OfficeBlock {
  case paragraph(String)
  case table([[OfficeCell]])
  case pageBreak

  var hasText: Bool {
    switch self {
    case .paragraph(let text): text.contains { !$0.isWhitespace }
    case .table(let rows): rows.contains { $0.contains { $0.blocks.contains(where: \.hasText) } }
    case .pageBreak: false
    }
  }
}

struct OfficeCell {
  var blocks: [OfficeBlock] = []
  /// How many columns it takes.
  var span = 1

  var hasTable: Bool {
    blocks.contains { block in
      if case .table = block { block.hasText } else { false }
    }
  }
}

/// Puts blocks behind one another as one text, and keeps where the cells of tables stand in it.
struct OfficeText {
  private var text = ""
  /// Of `text`, in Unicode scalars.
  private var count = 0
  private var tables: [TextTable] = []

  static func reading(_ blocks: [OfficeBlock]) -> TextReading {
    var out = OfficeText()
    out.put(blocks)
    return TextReading(text: out.text, tables: out.tables)
  }

  /// With a blank line before and behind, so that what stands in a margin does not run into the text.
  static func apart(_ blocks: [OfficeBlock]) -> [OfficeBlock] {
    blocks.contains(where: \.hasText) ? [.paragraph("")] + blocks + [.paragraph("")] : []
  }

  private mutating func put(_ piece: String) {
    text += piece
    count += piece.unicodeScalars.count
  }

  private mutating func put(_ blocks: [OfficeBlock]) {
    for block in blocks {
      switch block {
      case .paragraph(let paragraph): put(OfficeText.clean(paragraph) + "\n")
      case .pageBreak: put("\u{0C}")
      case .table(let rows): put(table: rows)
      }
    }
  }

  /// A table around another one only holds things in their places: what it holds stands for itself.
  private mutating func put(table rows: [[OfficeCell]]) {
    if rows.contains(where: { $0.contains(where: \.hasTable) }) {
      for cell in rows.joined() { put(cell.blocks) }
      return
    }
    var table = TextTable(rows: [])
    for row in rows where !row.isEmpty {
      var cells: [Range<Int>] = []
      for cell in row {
        if !cells.isEmpty { put("\t") }
        let start = count
        put(OfficeText.lines(of: cell))
        cells.append(start..<count)
        // A cell over several columns stands in the first of them.
        for _ in 1..<max(1, min(cell.span, 64)) {
          put("\t")
          cells.append(count..<count)
        }
      }
      put("\n")
      table.rows.append(cells)
    }
    if !table.rows.isEmpty { tables.append(table) }
  }

  /// Within a cell a tab would begin another one.
  private static func lines(of cell: OfficeCell) -> String {
    cell.blocks.compactMap { block in
      guard case .paragraph(let text) = block else { return nil }
      return clean(text).split(separator: "\t").joined(separator: " ")
    }.joined(separator: "\n").trimmed
  }

  /// Without characters that only a word processor means.
  private static func clean(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xA0, 0x2007, 0x202F: out.append(" ")
      case 0xAD, 0x200B, 0xFEFF: break
      case 0x2011: out.append("-")
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}
