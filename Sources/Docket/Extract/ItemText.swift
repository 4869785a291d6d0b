/// What an item of a table is called: the words of its column beside its numbers, below or above them.
struct ItemText {
  let view: DocumentView
  let headings: TableHeadings
  let column: Field
  /// Where the numbers of all items begin that stand right of the words.
  let numbers: Double

  /// A line of the text: words of one row.
  typealias Line = (row: Int, range: Range<Int>)

  static let lineLimit = 5

  /// - Parameters:
  ///   - taken: places of the item's numbers in its row.
  ///   - rows: between the item before and the item behind, neither of them included.
  func candidate(row number: Int, taken: Set<Int>, rows: Range<Int>, path: String, score: Double) -> Candidate? {
    guard let first = firstLine(number, taken: taken, rows: rows) else { return nil }
    let lines = continued(first, isBeside: first.row == number, before: first.row < number ? number : rows.upperBound)
    var text = lines.map { view.layout.text(view.layout.rows[$0.row], $0.range) }.joined(separator: " ")
    if text.hasSuffix(":") { text.removeLast() }
    let regions = lines.map { view.layout.region(view.layout.rows[$0.row], $0.range) }
    return Candidate(
      path: path, value: .text(text), raw: text, score: score,
      locators: [.region(regions.dropFirst().reduce(regions[0]) { $0.union($1) })], producer: LabelExtractor.name,
      readingConfidence: view.layout.confidence(view.layout.rows[first.row], first.range))
  }

  /// In the item's row, else in the nearer of the rows around it.
  private func firstLine(_ number: Int, taken: Set<Int>, rows: Range<Int>) -> Line? {
    let row = view.layout.rows[number]
    if let range = words(in: row, taken: taken), !isCode(row, range) { return (number, range) }
    var best: (line: Line, gap: Double)?
    for other in [number + 1, number - 1] where rows.contains(other) && !headings.rows.contains(other) {
      let near = view.layout.rows[other]
      // Below is usual; above must be clearly nearer, or beside: then the numbers stand at the middle of several lines.
      var gap = other > number ? near.top - row.bottom : 1.5 * (row.top - near.bottom) + 0.2 * view.layout.unit
      if other < number, near.bottom > row.top { gap = -.infinity }
      guard near.page == row.page, gap < 1.5 * view.layout.unit, let range = words(in: near, taken: []),
        !isCode(near, range), gap < (best?.gap ?? .infinity)
      else { continue }
      best = ((other, range), gap)
    }
    if let best { return best.line }
    return (words(in: row, taken: taken) ?? longest(in: row, taken: taken)).map { (number, $0) }
  }

  /// `ZS997`, `4012345001235`: a number of the thing, not its name.
  private func isCode(_ row: Layout.Row, _ range: Range<Int>) -> Bool {
    range.allSatisfy { place in
      let token = view.layout.token(row, place)
      return token.digitCount > 0
        && (token.digitCount >= token.letterCount || !token.text.contains(where: \.isLowercase))
        || token.text.hasPrefix("(") && token.text.hasSuffix(")")
    }
  }

  // The words of a row

  /// Of the stretches of words within the column the one nearest to its heading.
  private func words(in row: Layout.Row, taken: Set<Int>) -> Range<Int>? {
    guard let zone = headings.zone(of: column.name), let heading = headings.x[column.name] else {
      return longest(in: row, taken: taken)
    }
    let near = stretches(in: row, from: zone.x0, to: min(zone.x1, numbers), taken: taken).filter { hasName(row, $0) }
    return near.min { away($0, row, heading) < away($1, row, heading) }
  }

  /// How far a stretch of words is from lying under a heading; 0 where it does.
  private func away(_ range: Range<Int>, _ row: Layout.Row, _ heading: (x0: Double, x1: Double)) -> Double {
    let (x0, x1) = (view.layout.token(row, range.lowerBound).x0, view.layout.token(row, range.upperBound - 1).x1)
    return max(0, heading.x0 - x1, x0 - heading.x1)
  }

  /// The line under an edge.
  private func words(in row: Layout.Row, under left: Double) -> Range<Int>? {
    let right = min(headings.zone(of: column.name)?.x1 ?? .infinity, numbers)
    let slack = 0.8 * view.layout.unit
    return stretches(in: row, from: left - slack, to: right, taken: []).first {
      abs(view.layout.token(row, $0.lowerBound).x0 - left) < slack
    }
  }

  /// Stretches of words without a wide gap and without the numbers that are taken.
  private func stretches(in row: Layout.Row, from x0: Double, to x1: Double, taken: Set<Int>) -> [Range<Int>] {
    let slack = 0.3 * view.layout.unit
    var found: [Range<Int>] = []
    for place in row.tokens.indices where !taken.contains(place) {
      let token = view.layout.token(row, place)
      let last = found.last?.upperBound == place ? found.count - 1 : nil
      let gap = last == nil ? .infinity : token.x0 - view.layout.token(row, place - 1).x1
      // Where no numbers stand in the row a line may be longer than its column.
      let isInside = token.x0 >= x0 - slack && token.x0 < x1 - slack || taken.isEmpty && gap < 0.8 * view.layout.unit
      guard isInside else { continue }
      if let last, gap < 1.5 * view.layout.unit {
        found[last] = found[last].lowerBound..<(place + 1)
      } else {
        found.append(place..<(place + 1))
      }
    }
    return found
  }

  private func hasName(_ row: Layout.Row, _ range: Range<Int>) -> Bool {
    let letters = range.reduce(0) { $0 + view.layout.token(row, $1).letterCount }
    return letters >= 2 && !range.allSatisfy { view.words.has(view.keys[row.number][$0], .unit) }
  }

  /// Without headings: the longest stretch of words that is none of the item's numbers.
  private func longest(in row: Layout.Row, taken: Set<Int>) -> Range<Int>? {
    var best: (range: Range<Int>, letters: Int)?
    for segment in row.segments {
      var start = segment.range.lowerBound
      for place in segment.range.lowerBound...segment.range.upperBound {
        guard place == segment.range.upperBound || taken.contains(place) else { continue }
        if place > start, hasName(row, start..<place) {
          let letters = (start..<place).reduce(0) { $0 + view.layout.token(row, $1).letterCount }
          if letters > best?.letters ?? 2 { best = (start..<place, letters) }
        }
        start = place + 1
      }
    }
    return best?.range
  }

  // Lines that go on

  private func continued(_ first: Line, isBeside: Bool, before end: Int) -> [Line] {
    let row = view.layout.rows[first.row]
    let left = view.layout.token(row, first.range.lowerBound).x0
    var lines = [(row: first.row, range: named(first.range, row))]
    guard lines[0].range == first.range else { return lines }
    var bottom = row.bottom
    var number = first.row + 1
    while number < min(end, view.layout.rows.count), lines.count < ItemText.lineLimit {
      let below = view.layout.rows[number]
      guard below.page == row.page, below.top - bottom < 0.9 * view.layout.unit else { break }
      // A row of another column alone, such as an article's number, lies between.
      guard let range = words(in: below, under: left) else {
        number += 1
        continue
      }
      guard goesOn(lines[lines.count - 1], in: below, range, isBeside: isBeside) else { break }
      let cut = named(range, below)
      lines.append((number, cut))
      if cut != range { break }
      bottom = below.bottom
      number += 1
    }
    return lines
  }

  /// Whether a text goes on in the next line: that begins small, the last ends open, or the next line's first word had
  /// no room any more.
  private func goesOn(_ last: Line, in next: Layout.Row, _ range: Range<Int>, isBeside: Bool) -> Bool {
    let end = view.layout.token(view.layout.rows[last.row], last.range.upperBound - 1)
    let first = view.layout.token(next, range.lowerBound)
    if first.text.hasPrefix("("), first.letterCount > 0 { return true }
    // A code with its name, or a number, is another matter.
    if range.contains(where: {
      view.layout.token(next, $0).text.hasSuffix(":") || view.layout.token(next, $0).text == ":"
    }) {
      return false
    }
    if let mark = end.text.last, "-,&/+".contains(mark) { return true }
    if isCode(next, range), range.contains(where: { view.layout.token(next, $0).digitCount >= 5 }) { return false }
    // A remark below is often set smaller.
    if first.height < 0.93 * end.height { return false }
    if first.text.first?.isLowercase == true { return true }
    // Only beside the numbers is there an end to the room.
    guard isBeside else { return false }
    let limit = min(headings.zone(of: column.name)?.x1 ?? .infinity, numbers)
    return end.x1 + 0.3 * view.layout.unit + (first.x1 - first.x0) > limit - 1.2 * view.layout.unit
  }

  /// `Name: what it is` names the thing before the colon.
  private func named(_ range: Range<Int>, _ row: Layout.Row) -> Range<Int> {
    let colon = range.dropLast().first { view.layout.token(row, $0).text.hasSuffix(":") }
    return colon.map { range.lowerBound..<($0 + 1) } ?? range
  }
}
