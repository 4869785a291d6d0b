/// Where the issuer of a document sits, by the lines below his name.
extension PartyCandidates {
  func issuerAddresses(_ field: Field) -> [Candidate] {
    let path = "\(field.name).address"
    let rows = view.layout.rows.filter { $0.page == 1 }.prefix(PartyCandidates.letterheadRows + 2)
    let scores = rows.map { addressScore($0) }
    var found: [Candidate] = []
    for start in rows.indices {
      var sum = 0.0
      for end in start..<min(rows.count, start + 6) {
        sum += scores[end]
        guard scores[start] > -1.2, scores[end] > -1.2 else { continue }
        var score = sum
        let text = (start...end).flatMap { view.keys[rows[$0].number] }
        let hasPostcode = (start...end).contains { self.hasPostcode(rows[$0]) }
        if !hasPostcode { score -= 0.8 }
        if end + 1 < rows.count, scores[end + 1] > 0.6 { score -= 0.8 }
        if start > 0, scores[start - 1] > 0.6 { score -= 0.5 }
        if text.count < 2 { score -= 1.5 }
        // A line that ends with a comma goes on in the next.
        if endsOpen(rows[end]), end + 1 < rows.count { score -= 1.2 }
        if start > 0, endsOpen(rows[start - 1]), mayBeAddressed(rows[start - 1]) { score -= 1.2 }
        found.append(
          address(path, (start...end).map { (rows[$0].number, rows[$0].tokens.indices) }, score: min(5, score)))
      }
    }
    return found
  }

  private func endsOpen(_ row: Layout.Row) -> Bool { view.layout.token(row, row.tokens.count - 1).text.hasSuffix(",") }

  private func mayBeAddressed(_ row: Layout.Row) -> Bool { !view.words.contains(view.keys[row.number], .legalForm) }

  private func hasPostcode(_ row: Layout.Row) -> Bool {
    row.tokens.indices.contains { place in
      let printed = view.layout.token(row, place).text
      if view.layout.isFromPixels, place + 1 < row.tokens.count, MisreadName.postcode(printed) != nil { return true }
      let text = printed.filter { $0 != "," && $0 != "." }
      return text.count == 5 && text.allSatisfy { $0.isASCII && $0.isNumber }
    }
  }

  /// How much a row looks like a line of an address. Source: the method's a(row).
  private func addressScore(_ row: Layout.Row) -> Double {
    let keys = view.keys[row.number]
    let text = view.layout.text(row, row.tokens.indices)
    var score = -0.6
    if hasPostcode(row) { score += 1.6 }
    if view.words.contains(keys, .street) { score += 1.5 }
    if view.words.contains(keys, .region) || view.words.contains(keys, .country) { score += 1.2 }
    score += 0.25 * Double(min(4, text.filter { $0 == "," }.count))
    if view.words.contains(keys, .contact) || view.words.contains(keys, .title) || view.words.contains(keys, .taxID) {
      score -= 2.2
    }
    if text.hasPrefix("("), row.tokens.reduce(0, { $0 + view.layout.tokens[$1].digitCount }) >= 4 { score -= 2 }
    if view.words.contains(keys, .legalForm) { score -= 1.6 }
    if view.moneyByRow[row.number, default: []].contains(where: \.number.hasDecimals) { score -= 1.5 }
    let digits = row.tokens.reduce(0) { $0 + view.layout.tokens[$1].digitCount }
    let letters = row.tokens.reduce(0) { $0 + view.layout.tokens[$1].letterCount }
    if digits >= 7, letters < digits { score -= 1.8 }
    // `(789417-W)`: a number of the register, not a postcode.
    if digits >= 5, letters <= 2 { score -= 2.2 }
    if isLabelled(row), !view.words.contains(keys, .street) { score -= 1.5 }
    if text.hasPrefix("("), text.hasSuffix(")") { score -= 1 }
    if view.layout.isFromPixels { score -= 4 * max(0, 0.5 - view.layout.legibility(row, row.tokens.indices)) }
    if view.datePlaces.contains(where: { $0.row == row.number }) { score -= 2 }
    // A table's headings.
    if row.segments.count >= 4, digits == 0 { score -= 2 }
    if row.number > 8 { score -= 0.25 * Double(row.number - 8) }
    return score
  }

  /// `DOCUMENT NO : TD0116`: a label with its value.
  private func isLabelled(_ row: Layout.Row) -> Bool {
    let keys = view.keys[row.number]
    return view.labels.byRow[row.number]?.contains { $0.range.lowerBound <= 1 } == true
      || keys.dropFirst().contains { $0.isEmpty } && keys.prefix(3).contains { view.words.has($0, .form) }
      || keys.prefix(4).contains { view.words.has($0, .form) && $0 != "NO" }
  }

  /// Without what OCR made of dirt at either end of a line: a letter or two that stand apart or that it doubts.
  func withoutSpecks(_ row: Layout.Row, _ range: Range<Int>) -> Range<Int> {
    guard view.layout.isFromPixels else { return range }
    func isSpeck(_ place: Int) -> Bool {
      let token = view.layout.token(row, place)
      return token.text.count <= 2 && token.digitCount == 0 && token.confidence < 0.6
    }
    var kept = range
    while kept.count > 2, isSpeck(kept.lowerBound) { kept = kept.dropFirst() }
    while kept.count > 2, isSpeck(kept.upperBound - 1) { kept = kept.dropLast() }
    return kept
  }

  /// With the digits of a postcode before a town put right.
  private func mendedText(_ row: Layout.Row, _ range: Range<Int>) -> String {
    range.map { place in
      let text = view.layout.token(row, place).text
      let isBeforeTown = place + 1 < range.upperBound && view.layout.token(row, place + 1).letterCount >= 2
      return view.layout.isFromPixels && isBeforeTown ? MisreadName.postcode(text) ?? text : text
    }.joined(separator: " ")
  }

  func address(
    _ path: String, _ lines: [(row: Int, range: Range<Int>)], score: Double
  ) -> Candidate {
    let lines = lines.map { (row: $0.row, range: withoutSpecks(view.layout.rows[$0.row], $0.range)) }
    let texts = lines.map { mendedText(view.layout.rows[$0.row], $0.range) }
    let regions = lines.map { view.layout.region(view.layout.rows[$0.row], $0.range) }
    let whole = regions.dropFirst().reduce(regions[0]) { $0.page == $1.page ? $0.union($1) : $0 }
    let read = lines.map { view.layout.text(view.layout.rows[$0.row], $0.range) }
    return Candidate(
      path: path, value: .text(texts.joined(separator: " ")), raw: read.joined(separator: " "), score: score,
      locators: [.region(whole)], producer: LabelExtractor.name,
      readingConfidence: lines.map { view.layout.confidence(view.layout.rows[$0.row], $0.range) }.min() ?? 1,
      findings: texts == read ? [] : [.mended(path)])
  }
}
