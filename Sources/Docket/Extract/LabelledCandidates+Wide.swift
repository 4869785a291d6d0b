/// Texts that are proposed for what was learned to choose from: those at labels cut or continued, as another may want
/// them, and all others near the top, which no label speaks for.
extension LabelledCandidates {
  /// Rows from the top in which a text without a label may stand.
  private static let wideRows = 40
  private static let mostWords = 10
  /// Of a text that no label speaks for, and what another end than the likely one costs.
  private static let unlabelledScore = -3.0
  private static let otherEnd = 1.0

  func wideTexts(_ field: Field) -> [Candidate] {
    let atLabels = stretches(field).flatMap { hit, stretch in
      let score = 3.5 * hit.weight - 1 - 0.02 * Double(min(hit.row, 40)) - LabelledCandidates.otherEnd
      return otherEnds(stretch).map { joined($0, field.name, score: score) }
    }
    return atLabels + unlabelled(field)
  }

  /// `Ditch Mitch` of `Ditch Mitch (16904)`, a word less, the stretch of words beside it, the line below.
  private func otherEnds(_ stretch: Stretch) -> [Stretch] {
    guard let last = stretch.last else { return [] }
    let row = view.layout.rows[last.row]
    var found: [Stretch] = []
    for end in bracketStarts(last) { found.append(stretch.dropLast() + [(last.row, last.range.lowerBound..<end)]) }
    if last.range.count > 1 {
      found.append(stretch.dropLast() + [(last.row, last.range.lowerBound..<(last.range.upperBound - 1))])
    }
    if let next = row.segments.first(where: { $0.range.lowerBound >= last.range.upperBound }) {
      found.append(stretch.dropLast() + [(last.row, last.range.lowerBound..<next.range.upperBound)])
    }
    if let below = lineBelow(last) { found.append(stretch + [below]) }
    return found
  }

  private func bracketStarts(_ line: (row: Int, range: Range<Int>)) -> [Int] {
    let row = view.layout.rows[line.row]
    return line.range.dropFirst().filter { view.layout.token(row, $0).text.hasPrefix("(") }
  }

  private func lineBelow(_ line: (row: Int, range: Range<Int>)) -> (row: Int, range: Range<Int>)? {
    let row = view.layout.rows[line.row]
    guard line.row + 1 < view.layout.rows.count else { return nil }
    let below = view.layout.rows[line.row + 1]
    let x0 = view.layout.token(row, line.range.lowerBound).x0
    guard below.page == row.page, below.top - row.bottom < 1.5 * view.layout.unit,
      let segment = below.segments.first(where: { abs($0.x0 - x0) < 2 * view.layout.unit })
    else { return nil }
    return (below.number, segment.range)
  }

  private func unlabelled(_ field: Field) -> [Candidate] {
    view.layout.rows.prefix(LabelledCandidates.wideRows).flatMap { row -> [Candidate] in
      let score = LabelledCandidates.unlabelledScore - 0.02 * Double(row.number)
      return row.segments.flatMap { segment -> [Candidate] in
        let start = startBehindColon(row, segment.range)
        guard start < segment.range.upperBound, segment.range.upperBound - start <= LabelledCandidates.mostWords else {
          return []
        }
        let whole = (row: row.number, range: start..<segment.range.upperBound)
        let letters = whole.range.reduce(0) { $0 + view.layout.token(row, $1).letterCount }
        guard letters >= 3 else { return [] }
        let ends = bracketStarts(whole).prefix(1).map { (row.number, start..<$0) }
        return ([whole] + ends).map { joined([$0], field.name, score: score) }
      }
    }
  }

  /// `Name: Anna Smith` holds a name behind its colon.
  private func startBehindColon(_ row: Layout.Row, _ range: Range<Int>) -> Int {
    range.dropLast().last { view.layout.token(row, $0).text.hasSuffix(":") }.map { $0 + 1 } ?? range.lowerBound
  }
}
