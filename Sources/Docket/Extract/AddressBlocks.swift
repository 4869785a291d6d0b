/// Blocks of lines under one left edge that hold a postal address.
struct AddressBlocks {
  struct Block {
    /// Rows from the name to the line with the postcode, with the segment in each.
    var lines: [(row: Int, range: Range<Int>)]
    var x0: Double
    var x1: Double
    var page: Int

    /// Whether something stands in the block, or so many rows below it under the same edge.
    func holds(_ row: Int, near: Int, x: Double) -> Bool {
      guard let first = lines.first?.row, let last = lines.last?.row else { return false }
      let slack = 0.5 * (x1 - x0)
      return row >= first && row <= last + near && x >= x0 - 5 && x <= x1 + slack
    }
  }

  private(set) var all: [Block] = []
  /// Addresses in one line, which name who sends the letter.
  let inline: [InlineAddress]
  let sections: PartySections
  /// The one that a letter is sent to.
  private(set) var recipient: Block?

  /// - Parameter parties: of the contract; without a recipient among them nobody is written to.
  init(_ view: DocumentView, parties: [Field]) {
    sections = PartySections(view: view, parties: parties)
    inline = InlineAddress.find(in: view)
    all = AddressBlocks.find(view, inline)
    guard parties.contains(where: { $0.role == .recipient }) else { return }
    let scored = all.map { ($0, recipientScore($0, parties)) }
    recipient = scored.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil }
  }

  private static func find(_ view: DocumentView, _ inline: [InlineAddress]) -> [Block] {
    var blocks: [Block] = []
    for row in view.layout.rows where row.page <= 2 {
      for segment in row.segments {
        let isTown = segment.range.contains { place in
          isPostcode(view, row, place, in: segment) && (place - segment.range.lowerBound <= 1)
            || isPostcodeBehindTown(view, row, place, in: segment)
        }
        if isTown, let block = block(endingAt: row, segment, view, inline) { blocks.append(block) }
      }
    }
    return blocks
  }

  /// Upwards from the line with the postcode, as long as lines follow closely, or as widely as the first, under one
  /// left edge.
  private static func block(
    endingAt row: Layout.Row, _ segment: Layout.Segment, _ view: DocumentView, _ inline: [InlineAddress]
  ) -> Block? {
    let unit = view.layout.unit
    var lines = [(row: row.number, range: segment.range)]
    var x1 = segment.x1
    var top = row.top
    var spacing: Double?
    var number = row.number - 1
    while number >= 0, lines.count < 7 {
      let above = view.layout.rows[number]
      number -= 1
      guard above.page == row.page, top - above.bottom < 3.2 * unit else { break }
      guard let line = above.segments.first(where: { abs($0.x0 - segment.x0) < 1.0 * unit }) else { continue }
      // The line above a window is the sender's, not the block's.
      if inline.contains(where: { $0.row == above.number && $0.whole.overlaps(line.range) }) { break }
      let gap = top - above.bottom
      guard gap < max(1.3 * unit, min(3.2 * unit, 1.3 * (spacing ?? 3.2 * unit))) else { break }
      // A wide first gap is a block's spacing only where the next is as wide.
      if spacing == nil { spacing = max(gap, 0.1 * unit) }
      lines.insert((above.number, line.range), at: 0)
      x1 = max(x1, line.x1)
      top = above.top
    }
    guard lines.count >= 2 else { return nil }
    return Block(lines: lines, x0: segment.x0, x1: x1, page: row.page)
  }

  /// Five digits (four in some countries) before a word, with or without the country's letters.
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

  /// At the end of a line: `LS1 4AB` alone or behind a town, `TX 75001`, `TX 75001-1234`.
  private static func isPostcodeBehindTown(
    _ view: DocumentView, _ row: Layout.Row, _ place: Int, in segment: Layout.Segment
  ) -> Bool {
    guard place + 2 == segment.range.upperBound, segment.range.count <= 6 else { return false }
    let first = view.layout.token(row, place).text
    let second = view.layout.token(row, place + 1).text
    let letters = first.prefix { $0.isLetter && $0.isUppercase }
    guard (1...2).contains(letters.count) else { return false }
    if letters.count == first.count {
      let digits = second.prefix { $0.isNumber }
      return letters.count == 2 && digits.count == 5 && (digits.count == second.count || second.count == 10)
    }
    // British: `LS12 3AB`.
    let tail = Array(second)
    return first.count <= 4 && first.dropFirst(letters.count).first?.isNumber == true && tail.count == 3
      && tail[0].isNumber && tail[1].isLetter && tail[2].isLetter
  }

  // Which block is the recipient's

  private func recipientScore(_ block: Block, _ parties: [Field]) -> Double {
    let view = sections.view
    guard let first = block.lines.first, let second = block.lines.dropFirst().first else { return -10 }
    var score = 0.5
    let row = view.layout.rows[first.row]
    if let owner = sections.owner(row: second.row, x: block.x0) {
      let isRecipients = parties.contains { $0.name == owner.field && $0.role == .recipient }
      if owner.isNegative { score -= isRecipients ? 2.5 : 0 } else { score += (isRecipients ? 4 : -4) * owner.weight }
    }
    let height = view.layout.height(of: row)
    score += row.page == 1 && height < 0.45 ? 0.6 : -1
    if height > 0.75 { score -= 2 }
    let width = view.layout.pageSizes[row.page]?.width ?? 1
    if block.x0 / max(1, width) < 0.5 { score += 0.3 }
    for line in block.lines {
      let keys = Array(view.keys[line.row][line.range])
      if view.words.contains(keys, .contact) { score -= 0.8 }
      if keys.first.map({ view.words.has($0, .salutation) }) == true { score += 1.2 }
    }
    if followedByContact(block) { score -= 1.2 }
    if (3...6).contains(block.lines.count) { score += 0.3 }
    for line in inline where line.row < block.lines[block.lines.count - 1].row {
      let isOver = abs(line.x0 - block.x0) < 2.5 * view.layout.unit && row.page == view.layout.rows[line.row].page
      if isOver, block.lines[0].row - line.row <= 6 { score += 1.5 }
    }
    if isNamedInline(block) { score -= 2.5 }
    return score
  }

  /// Who tells his telephone and tax number below his address writes the letter; the reader knows his own.
  private func followedByContact(_ block: Block) -> Bool {
    let view = sections.view
    guard let last = block.lines.last else { return false }
    let below = view.layout.rows[(last.row + 1)...].prefix(5).filter { $0.page == block.page }
    return below.contains { row in
      guard let segment = row.segments.first(where: { abs($0.x0 - block.x0) < view.layout.unit }) else { return false }
      let keys = Array(view.keys[row.number][segment.range].prefix(4))
      return view.words.contains(keys, .contact) || view.words.contains(keys, .taxID)
    }
  }

  /// The block's name is that of an address in one line.
  private func isNamedInline(_ block: Block) -> Bool {
    let view = sections.view
    let names = inline.map { view.keys[$0.row][$0.name].joined() }
    return block.lines.prefix(3).contains { line in names.contains(view.keys[line.row][line.range].joined()) }
  }
}
