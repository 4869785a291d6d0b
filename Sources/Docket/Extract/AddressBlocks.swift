/// Blocks of lines under one left edge that hold a postal address.
struct AddressBlocks {
  struct Block {
    /// Rows from the name to the line with the postcode, with the segment in each.
    var lines: [(row: Int, range: Range<Int>)]
    var x0: Double
    var page: Int
    /// Label words stand in or above it that say whose it is.
    var score: Double

    /// Whether something stands in the block, or so many rows below it under the same edge.
    func holds(_ row: Int, near: Int, x: Double) -> Bool {
      guard let first = lines.first?.row, let last = lines.last?.row else { return false }
      return row >= first && row <= last + near && x >= x0 - 5 && x < x0 + 260
    }
  }

  private(set) var all: [Block] = []
  /// The one that a letter is sent to.
  let recipient: Block?

  init(_ view: DocumentView, recipientField: Field?) {
    all = AddressBlocks.find(view)
    let scored = all.map { block -> (Block, Double) in
      (block, AddressBlocks.recipientScore(block, view, recipientField))
    }
    recipient = scored.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil }
  }

  private static func find(_ view: DocumentView) -> [Block] {
    var blocks: [Block] = []
    for row in view.layout.rows where row.page <= 2 {
      for segment in row.segments {
        guard let postcode = segment.range.first(where: { isPostcode(view, row, $0, in: segment) }),
          postcode - segment.range.lowerBound <= 1
        else { continue }
        if let block = block(endingAt: row, segment, view) { blocks.append(block) }
      }
    }
    return blocks
  }

  /// Upwards from the line with the postcode, as long as lines follow closely under one left edge.
  private static func block(endingAt row: Layout.Row, _ segment: Layout.Segment, _ view: DocumentView) -> Block? {
    var lines = [(row: row.number, range: segment.range)]
    var bottom = row.top
    var number = row.number - 1
    while number >= 0, lines.count < 7 {
      let above = view.layout.rows[number]
      number -= 1
      guard above.page == row.page else { break }
      guard bottom - above.bottom < 1.3 * view.layout.unit else { break }
      guard let line = above.segments.first(where: { abs($0.x0 - segment.x0) < 1.0 * view.layout.unit }) else {
        continue
      }
      lines.insert((above.number, line.range), at: 0)
      bottom = above.top
    }
    guard lines.count >= 2 else { return nil }
    return Block(lines: lines, x0: segment.x0, page: row.page, score: 0)
  }

  /// Five digits (four in some countries) before a word, or a British postcode.
  static func isPostcode(_ view: DocumentView, _ row: Layout.Row, _ place: Int, in segment: Layout.Segment) -> Bool {
    var text = view.layout.token(row, place).text[...]
    if let dash = text.firstIndex(of: "-"), text[..<dash].count <= 2, text[..<dash].allSatisfy(\.isLetter) {
      text = text[text.index(after: dash)...]
    }
    while let last = text.last, ",.".contains(last) { text = text.dropLast() }
    let isDigits = text.allSatisfy { $0.isASCII && $0.isNumber }
    guard isDigits, text.count == 5 || text.count == 4 else { return false }
    guard place + 1 < segment.range.upperBound else { return false }
    let next = view.layout.token(row, place + 1)
    return next.letterCount >= 2 && next.digitCount == 0
  }

  private static func recipientScore(_ block: Block, _ view: DocumentView, _ field: Field?) -> Double {
    guard let first = block.lines.first else { return -10 }
    var score = 0.5
    let row = view.layout.rows[first.row]
    if let field {
      // A label in the block's first lines, or above it.
      for line in block.lines {
        for hit in view.labels.byRow[line.row] ?? [] where hit.field == field.name && !hit.isNegative {
          if hit.range.lowerBound >= line.range.lowerBound, hit.range.upperBound <= line.range.upperBound {
            score += 2 * hit.weight
          }
        }
      }
      score += 2 * view.evidence.weight(field.name, row: row, range: first.range).supporting
    }
    if row.page == 1, view.layout.height(of: row) < 0.45 { score += 0.6 } else { score -= 1 }
    let width = view.layout.pageSizes[row.page]?.width ?? 1
    if block.x0 / max(1, width) < 0.5 { score += 0.5 }
    for line in block.lines {
      let keys = Array(view.keys[line.row][line.range])
      if view.words.contains(keys, .contact) { score -= 0.8 }
      if keys.first.map({ view.words.has($0, .salutation) }) == true { score += 1.2 }
    }
    if (3...6).contains(block.lines.count) { score += 0.3 }
    return score
  }
}
