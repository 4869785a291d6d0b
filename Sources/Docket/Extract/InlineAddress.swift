/// A name and its address in one line with marks between: `Anna Ltd · 1 Mill Lane · 12345 Town`. Stands above the
/// window of a letter, in letterheads and at the foot, and names who sends it.
struct InlineAddress {
  var row: Int
  /// The words of the name.
  var name: Range<Int>
  /// From the name to the town.
  var whole: Range<Int>
  var x0: Double

  private static let marks = ["·", "•", "●", "∙", "|", "-", "–", "—", "*", "/", "▪", "■", "◦"]

  static func find(in view: DocumentView) -> [InlineAddress] {
    view.layout.rows.compactMap { row in
      row.segments.lazy.compactMap { find(from: $0.range.lowerBound, in: row, view) }.first
    }
  }

  /// Words until the first mark or comma, then a postcode before a gap that is too wide.
  private static func find(from start: Int, in row: Layout.Row, _ view: DocumentView) -> InlineAddress? {
    var nameEnd: Int?
    for place in start..<row.tokens.count {
      let token = view.layout.token(row, place)
      if place > start, token.x0 - view.layout.token(row, place - 1).x1 > 4 * view.layout.unit { return nil }
      if nameEnd == nil {
        if marks.contains(token.text) {
          nameEnd = place
        } else if token.text.hasSuffix(",") || token.text.hasSuffix(";") {
          nameEnd = place + 1
        } else if token.digitCount > 0 || place - start > 8 || token.text.hasSuffix(":") {
          return nil
        }
        if nameEnd == start { return nil }
        continue
      }
      let segment = Layout.Segment(range: start..<row.tokens.count, x0: 0, x1: 0)
      if let name = nameEnd, place > name, AddressBlocks.isPostcode(view, row, place, in: segment) {
        return InlineAddress(
          row: row.number, name: start..<name, whole: start..<min(row.tokens.count, place + 2),
          x0: view.layout.token(row, start).x0)
      }
    }
    return nil
  }
}
