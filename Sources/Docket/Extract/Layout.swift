/// A document's words in rows and segments, from top to bottom over all pages. Rows are found by overlap, across
/// columns; a reader's own lines are not used. Source: the method's document model.
struct Layout {
  var tokens: [Token]
  private(set) var rows: [Row] = []
  let pageSizes: [Int: (width: Double, height: Double)]
  /// Median height of a token: the unit of all thresholds.
  let unit: Double
  let isFromPixels: Bool
  /// Set from a text or a table: how wide its lines are says nothing of the paper.
  let isTypeset: Bool

  struct Row {
    /// Places in `tokens`, left to right.
    var tokens: [Int]
    var segments: [Segment] = []
    var page: Int
    var top: Double
    var bottom: Double
    /// Counted from 0 over all pages.
    var number = 0
    var height: Double { bottom - top }
  }

  /// A stretch of a row without a wide gap.
  struct Segment {
    /// Places in the row's `tokens`.
    var range: Range<Int>
    var x0: Double
    var x1: Double
  }

  init(_ reading: Reading, isTypeset: Bool = false) {
    self.isTypeset = isTypeset
    // Long documents: the header stands on the first pages, the sums on the last.
    var pages = reading.pages
    if pages.count > 6 { pages = Array(pages.prefix(4)) + Array(pages.suffix(2)) }
    isFromPixels = pages.contains { $0.isFromPixels }
    pageSizes = Dictionary(
      pages.map { ($0.number, (width: Double($0.width), height: Double($0.height))) },
      uniquingKeysWith: { first, _ in first })
    // A text layer lies straight; only what was read from a picture may lie askew.
    let slopes = Dictionary(
      pages.map { ($0.number, $0.source == .layer ? 0 : Deskew.slope(of: $0.words)) },
      uniquingKeysWith: { first, _ in first })
    self.slopes = slopes
    tokens = pages.flatMap { page in
      let shift = slopes[page.number] ?? 0
      return page.words.filter { !$0.text.isEmpty && (!page.isFromPixels || !Speck.isSpeck($0)) }.flatMap {
        word -> [Token] in
        var token = Token(word, page: page.number)
        if shift != 0 {
          let by = shift * (token.x0 + token.x1) / 2
          token.y0 -= by
          token.y1 -= by
        }
        return Layout.split(token)
      }
    }
    // Words set upright along a margin span many rows and belong to none.
    let upright = tokens.count(where: \.isUpright)
    if upright > 0, upright * 3 < tokens.count { tokens.removeAll(where: \.isUpright) }
    let heights = tokens.map(\.height).filter { $0 > 0 }.sorted()
    unit = heights.isEmpty ? 10 : heights[heights.count / 2]
    for page in pages { findRows(page.number) }
    joinSpacedLetters()
    for index in rows.indices {
      rows[index].number = index
      findSegments(index)
    }
  }

  private let slopes: [Int: Double]

  /// A word with blanks in it (given words hold whole lines) is several.
  private static func split(_ token: Token) -> [Token] {
    let scalars = Array(token.text.unicodeScalars)
    guard scalars.contains(" ") else {
      let parts = PackedWord.parts(of: token.text)
      return parts.isEmpty
        ? [token]
        : parts.map { part in
          var view = String.UnicodeScalarView()
          view.append(contentsOf: scalars[part])
          return Token(part: part, of: token, text: String(view))
        }
    }
    var parts: [Token] = []
    var start = 0
    for index in 0...scalars.count where index == scalars.count || scalars[index] == " " {
      if index > start {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<index])
        parts.append(Token(part: start..<index, of: token, text: String(view)))
      }
      start = index + 1
    }
    return parts
  }

  private mutating func findRows(_ page: Int) {
    let order = tokens.indices.filter { tokens[$0].page == page }.sorted {
      (tokens[$0].centre, tokens[$0].x0, $0) < (tokens[$1].centre, tokens[$1].x0, $1)
    }
    var open: [(row: Row, centre: Double, height: Double)] = []
    var done: [Row] = []
    for index in order {
      let token = tokens[index]
      var best: (place: Int, distance: Double)?
      for (place, candidate) in open.enumerated() {
        let top = candidate.centre - candidate.height / 2
        let overlap = min(token.y1, top + candidate.height) - max(token.y0, top)
        let distance = abs(token.centre - candidate.centre)
        guard overlap > 0.5 * min(token.height, candidate.height),
          distance < 0.6 * max(token.height, candidate.height)
        else { continue }
        if best == nil || distance < best!.distance { best = (place, distance) }
      }
      if let (place, _) = best {
        let count = Double(open[place].row.tokens.count)
        open[place].centre = (open[place].centre * count + token.centre) / (count + 1)
        open[place].height = (open[place].height * count + token.height) / (count + 1)
        open[place].row.tokens.append(index)
        open[place].row.top = min(open[place].row.top, token.y0)
        open[place].row.bottom = max(open[place].row.bottom, token.y1)
      } else {
        open.append(
          (Row(tokens: [index], page: page, top: token.y0, bottom: token.y1), token.centre, token.height))
        if open.count > 4 { done.append(open.removeFirst().row) }
      }
    }
    done += open.map(\.row)
    for var row in done.sorted(by: { ($0.top + $0.bottom, $0.tokens[0]) < ($1.top + $1.bottom, $1.tokens[0]) }) {
      row.tokens.sort { (tokens[$0].x0, $0) < (tokens[$1].x0, $1) }
      rows.append(row)
    }
  }

  /// `R E C H N U N G`: four or more single letters at even distances are one word.
  private mutating func joinSpacedLetters() {
    for index in rows.indices {
      var place = 0
      while place < rows[index].tokens.count {
        var end = place
        while end < rows[index].tokens.count, isSingleLetter(rows[index], end),
          end == place || gap(rows[index], end) < 1.6 * unit
        { end += 1 }
        if end - place >= 4 {
          let parts = rows[index].tokens[place..<end].map { tokens[$0] }
          tokens.append(Token(joining: parts))
          rows[index].tokens.replaceSubrange(place..<end, with: [tokens.count - 1])
        }
        place = max(place + 1, end >= place + 4 ? place + 1 : end)
      }
    }
  }

  private func isSingleLetter(_ row: Row, _ place: Int) -> Bool {
    let token = tokens[row.tokens[place]]
    return token.text.unicodeScalars.count == 1 && token.letterCount == 1
  }

  private func gap(_ row: Row, _ place: Int) -> Double {
    tokens[row.tokens[place]].x0 - tokens[row.tokens[place - 1]].x1
  }

  private mutating func findSegments(_ index: Int) {
    let row = rows[index]
    let factor = isFromPixels ? 1.2 : 1.0
    let limit = factor * max(unit * 0.8, min(row.height, unit * 2))
    var start = 0
    for place in 1...row.tokens.count {
      let isEnd = place == row.tokens.count
      if !isEnd, tokens[row.tokens[place]].x0 - tokens[row.tokens[place - 1]].x1 <= limit { continue }
      rows[index].segments.append(
        Segment(range: start..<place, x0: tokens[row.tokens[start]].x0, x1: tokens[row.tokens[place - 1]].x1))
      start = place
    }
  }

  /// How wide the lines are, in heights of a word: the widest but a tenth, so that specks beside the text do not count.
  var measure: Double {
    let widths = rows.filter { $0.tokens.count > 1 }.map { tokens[$0.tokens.last!].x1 - tokens[$0.tokens[0]].x0 }
      .sorted()
    return widths.isEmpty || unit <= 0 ? 0 : widths[widths.count * 9 / 10] / unit
  }

  func token(_ row: Row, _ place: Int) -> Token { tokens[row.tokens[place]] }

  func text(_ row: Row, _ range: Range<Int>) -> String {
    range.map { token(row, $0).text }.joined(separator: " ")
  }

  func segment(of row: Row, at place: Int) -> Segment {
    row.segments.first { $0.range.contains(place) } ?? row.segments[0]
  }

  /// The box of some of a row's tokens, as they stand on the page (a skew that was taken out is put back).
  func region(_ row: Row, _ range: Range<Int>) -> Region {
    let slope = slopes[row.page] ?? 0
    var whole: Region?
    for place in range {
      let token = token(row, place)
      var box = token.region
      box.y += slope * (token.x0 + token.x1) / 2
      whole = whole?.union(box) ?? box
    }
    return whole ?? Region(page: row.page, x: 0, y: 0, width: 0, height: 0)
  }

  func confidence(_ row: Row, _ range: Range<Int>) -> Double {
    range.map { token(row, $0).confidence }.min() ?? 1
  }

  /// How sure the reader was of a stretch's letters, 0 to 1: the mean over its words by their length.
  func legibility(_ row: Row, _ range: Range<Int>) -> Double {
    let lengths = range.reduce(0) { $0 + token(row, $1).text.unicodeScalars.count }
    let sum = range.reduce(0.0) { $0 + Double(token(row, $1).text.unicodeScalars.count) * token(row, $1).confidence }
    return lengths == 0 ? 0 : sum / Double(lengths)
  }

  /// From the page's top, 0 to 1.
  func height(of row: Row) -> Double {
    let height = pageSizes[row.page]?.height ?? 0
    return height > 0 ? row.top / height : 0
  }
}

/// What OCR makes of dirt, edges and scribbles.
enum Speck {
  private static let marks = Set("|~_—=«»‘’“”'\"`*.,;<>^°¢©®{}[]\\!?¦§·")

  /// Marks alone, or a letter or two that the reader does not believe itself.
  static func isSpeck(_ word: Word) -> Bool {
    if word.text.allSatisfy({ marks.contains($0) }) { return true }
    return word.confidence < 0.3 && word.text.count <= 2 && !word.text.contains(where: \.isNumber)
  }
}

/// The slope of a page's lines.
enum Deskew {
  /// Rise over run, 0 where the page lies straight or says too little.
  static func slope(of words: [Word]) -> Double {
    guard words.count >= 8, words.count <= 3000 else { return 0 }
    let heights = words.map { Double($0.height) }.sorted()
    let unit = max(1, heights[heights.count / 2])
    let centres = words.map { (x: Double($0.x + $0.width / 2), y: Double($0.y + $0.height / 2)) }
    let order = words.indices.sorted { centres[$0].y < centres[$1].y }
    var pairs: [(dx: Double, dy: Double)] = []
    for (rank, a) in order.enumerated() {
      for b in order[(rank + 1)...] {
        if centres[b].y - centres[a].y >= 4 * unit { break }
        let isApart = words[a].right < words[b].x || words[b].right < words[a].x
        let dx = centres[b].x - centres[a].x
        if isApart, abs(dx) > 3 * unit { pairs.append((dx, centres[b].y - centres[a].y)) }
      }
      if pairs.count > 20_000 { break }
    }
    guard pairs.count >= 6 else { return 0 }
    func score(_ k: Int) -> Double {
      let slope = Double(k) * 0.004
      let sum = pairs.reduce(0.0) { sum, pair in
        let error = abs(pair.dy - slope * pair.dx) / unit
        return error < 0.5 ? sum + 1 - 2 * error : sum
      }
      return sum * (1 - 0.006 * Double(abs(k)))
    }
    let flat = score(0)
    var best = (k: 0, score: flat)
    for k in -20...20 where k != 0 {
      let value = score(k)
      if value > best.score { best = (k, value) }
    }
    return best.score > 1.15 * flat + 1 ? Double(best.k) * 0.004 : 0
  }
}
