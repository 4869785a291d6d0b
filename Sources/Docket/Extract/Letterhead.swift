/// Who issued a document, by what stands at its head.
extension PartyCandidates {
  static let letterheadRows = 12

  func issuers(_ field: Field) -> [Candidate] {
    let head = Letterhead(view.layout)
    var found: [Candidate] = []
    for row in view.layout.rows where row.page == 1 || row.number < PartyCandidates.letterheadRows {
      let rank = head.rank[row.number]
      let isHead = rank < PartyCandidates.letterheadRows
      for segment in stretches(of: row, isHead: isHead) {
        for range in nameRanges(row, segment.range) {
          let keys = Array(view.keys[row.number][range])
          let hasForm = view.words.contains(keys, .legalForm)
          guard isHead || hasForm && isFootName(row, range, keys) else { continue }
          var score = nameScore(row, range, keys: keys, segment: segment, field: field, rank: rank)
          if !mayBeName(row.number, range) { score -= 2 }
          if segment.range.count < row.tokens.count, view.layout.isFromPixels { score -= 0.8 }
          if isBare(keys) { score -= 4 }
          found.append(named(field, [(row.number, range)], score: score))
        }
      }
      if isHead, let second = continuation(of: row) { found.append(twoLines(field, row, second, rank: rank)) }
    }
    return found + labelled(field, path: "\(field.name).name", base: 2.6)
  }

  /// A row's segments and, where a reader's gaps may be too wide, the row as a whole.
  private func stretches(of row: Layout.Row, isHead: Bool) -> [Layout.Segment] {
    guard view.layout.isFromPixels, row.segments.count > 1, row.tokens.count <= 9, isHead,
      let first = row.segments.first, let last = row.segments.last
    else { return row.segments }
    return row.segments + [Layout.Segment(range: row.tokens.indices, x0: first.x0, x1: last.x1)]
  }

  /// Below the head a legal form alone makes no name: `Total (Inc. GST)`.
  private func isFootName(_ row: Layout.Row, _ range: Range<Int>, _ keys: [String]) -> Bool {
    guard view.layout.isFromPixels else { return true }
    return view.words.ends(keys, at: keys.count - 1, .legalForm)
      && !view.words.contains(keys, .summary) && range.allSatisfy { view.layout.token(row, $0).digitCount == 0 }
  }

  /// `SDN BHD`, `RESTAURANT`: the name itself is missing.
  private func isBare(_ keys: [String]) -> Bool {
    view.words.isLegalForm(keys, isLenient: view.layout.isFromPixels)
      || keys.count == 1 && view.words.has(keys[0], .trade)
  }

  private func nameScore(
    _ row: Layout.Row, _ range: Range<Int>, keys: [String], segment: Layout.Segment, field: Field, rank: Int
  ) -> Double {
    let text = view.layout.text(row, range)
    let letters = text.unicodeScalars.reduce(0) { $0 + ($1.properties.isAlphabetic ? 1 : 0) }
    let digits = text.unicodeScalars.reduce(0) { $0 + (("0"..."9").contains($1) ? 1 : 0) }
    guard letters >= 2 else { return -9 }
    var score = max(-1.2, 2.0 - 0.55 * Double(rank))
    let hasForm = view.words.contains(keys, .legalForm)
    if hasForm || view.words.contains(keys, .trade) { score += 1.6 }
    if let last = keys.indices.last, view.words.ends(keys, at: last, .legalForm) { score += 1.2 }
    if view.words.contains(keys, .title) { score -= hasForm || keys.count > 3 ? 0.7 : 2 }
    if view.words.contains(keys, .contact) { score -= 1.5 }
    if view.words.contains(keys, .street), !hasForm { score -= 0.9 }
    if keys.first.map({ view.words.has($0, .salutation) }) == true { score -= 1.5 }
    score -= 5 * max(0, Double(digits) / Double(max(1, letters + digits)) - 0.05)
    score += 0.5 * heightRank(row, range)
    if range.upperBound < segment.range.upperBound { score += cutScore(row, at: range.upperBound) }
    if view.labels.isLabel(row.number, at: range.lowerBound), !hasForm { score -= 2 }
    if text.hasSuffix(":") { score -= 2 }
    if let recipient = blocks.recipient, recipient.holds(row.number, near: 0, x: segment.x0) { score -= 2.5 }
    score += 3 * view.evidence.weight(field.name, row: row, range: range).supporting
    score += legibility(row, range)
    // What is left open goes on in the next row.
    if !hasForm, continuation(of: row).map({ isBare(view.keys[$0.number]) }) == true { score -= 1.5 }
    if Letterhead.isOpen(text) { score -= 1.2 }
    return score
  }

  /// What OCR itself hardly believes is a scribble, a stamp, a torn edge.
  private func legibility(_ row: Layout.Row, _ range: Range<Int>) -> Double {
    guard view.layout.isFromPixels else { return 0 }
    return -6 * max(0, 0.75 - view.layout.legibility(row, range))
  }

  private func heightRank(_ row: Layout.Row, _ range: Range<Int>) -> Double {
    let height = range.map { view.layout.token(row, $0).height }.max() ?? 0
    return min(2, max(0, height / view.layout.unit - 1))
  }

  // Names in two lines

  /// The next row, where a name goes on in it: a legal form by itself, the end of a bracket.
  private func continuation(of row: Layout.Row) -> Layout.Row? {
    guard row.number + 1 < view.layout.rows.count else { return nil }
    let next = view.layout.rows[row.number + 1]
    guard next.page == row.page, next.top - row.bottom < 1.5 * view.layout.unit, next.tokens.count <= 5 else {
      return nil
    }
    let keys = view.keys[next.number]
    let isEnd =
      view.words.isLegalForm(keys, isLenient: view.layout.isFromPixels)
      || keys.count <= 4 && !view.words.contains(view.keys[row.number], .legalForm)
        && keys.first.map { view.words.has($0, .legalForm) } == true
        && view.words.ends(keys, at: keys.count - 1, .legalForm)
    let text = view.layout.text(next, next.tokens.indices)
    let closes = Letterhead.isOpen(view.layout.text(row, row.tokens.indices)) && text.contains(")")
    return isEnd || closes ? next : nil
  }

  private func twoLines(_ field: Field, _ first: Layout.Row, _ second: Layout.Row, rank: Int) -> Candidate {
    let range = first.tokens.indices
    let whole = Layout.Segment(
      range: range, x0: view.layout.token(first, 0).x0, x1: view.layout.token(first, range.upperBound - 1).x1)
    let keys = view.keys[first.number] + view.keys[second.number]
    let score = nameScore(first, range, keys: keys, segment: whole, field: field, rank: rank)
    // The first line alone loses as much as this one wins.
    return named(field, [(first.number, range), (second.number, second.tokens.indices)], score: score + 1.2)
  }

  private func named(_ field: Field, _ lines: [(row: Int, range: Range<Int>)], score: Double) -> Candidate {
    let lines = lines.map { (row: $0.row, range: withoutSpecks(view.layout.rows[$0.row], $0.range)) }
    let texts = lines.map { view.layout.text(view.layout.rows[$0.row], $0.range) }
    let regions = lines.map { view.layout.region(view.layout.rows[$0.row], $0.range) }
    let raw = cleaned(texts.joined(separator: " "))
    var candidate = Candidate(
      path: "\(field.name).name", value: .text(raw), raw: raw, score: score,
      locators: [.region(regions.dropFirst().reduce(regions[0]) { $0.union($1) })], producer: LabelExtractor.name,
      readingConfidence: lines.map { view.layout.confidence(view.layout.rows[$0.row], $0.range) }.min() ?? 1)
    if view.layout.isFromPixels, let mended = view.words.mended(raw) {
      candidate.value = .text(mended)
      candidate.findings = [.mended(candidate.path)]
    }
    return candidate
  }
}

/// The rows of a document as a letterhead counts them: what cannot be read is passed over.
struct Letterhead {
  /// For each row how many legible ones stand above it.
  let rank: [Int]

  init(_ layout: Layout) {
    var above = 0
    rank = layout.rows.map { row in
      let isLegible = !layout.isFromPixels || layout.legibility(row, row.tokens.indices) >= 0.5
      defer { above += isLegible ? 1 : 0 }
      return above
    }
  }

  /// Whether a bracket is opened and not closed.
  static func isOpen(_ text: String) -> Bool {
    guard let open = text.lastIndex(of: "(") else { return false }
    return !text[open...].contains(")")
  }
}

extension Finding {
  /// A value that differs from what was read by letters that look alike.
  static func mended(_ path: String) -> Finding {
    Finding("mended", .note, "`\(path)` was read with wrong letters or digits and mended.", field: path)
  }
}
