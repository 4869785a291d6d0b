/// Names and addresses of who sends a document and whom it is for.
struct PartyCandidates {
  let view: DocumentView
  let blocks: AddressBlocks
  let codes: CodeCandidates
  /// The likely issuer's name by its letters, where another field asked for it before.
  var issuer: String? = nil

  func candidates(_ field: Field) -> [String: [Candidate]] {
    let role = field.role ?? .issuer
    var found: [String: [Candidate]] = [:]
    let isLetter = blocks.sections.parties.contains { $0.role == .recipient }
    found["\(field.name).name"] =
      switch role {
      case .recipient: recipients(field).map(withoutIssuer)
      case .issuer: isLetter ? weighed(issuers(field) + senders(field), field) : issuers(field)
      }
    found["\(field.name).tax_id"] = codes.taxIDs("\(field.name).tax_id", role: role)
    found["\(field.name).address"] = role == .issuer ? issuerAddresses(field) : recipientAddress(field)
    return found
  }

  /// Nobody writes to himself: what the letterhead says is hardly the recipient.
  private func withoutIssuer(_ candidate: Candidate) -> Candidate {
    guard let issuer, LabelKey.of(candidate.value.canonical) == issuer else { return candidate }
    var doubted = candidate
    doubted.score -= 2.5
    return doubted
  }

  // The issuer: a letterhead

  static let letterheadRows = 12

  private func issuers(_ field: Field) -> [Candidate] {
    let path = "\(field.name).name"
    var found: [Candidate] = []
    for row in view.layout.rows where row.page == 1 || row.number < PartyCandidates.letterheadRows {
      let isHead = row.number < PartyCandidates.letterheadRows
      // A reader's gaps may be too wide: the row as a whole is a name too.
      var stretches = row.segments
      if view.layout.isFromPixels, row.segments.count > 1, row.tokens.count <= 9, isHead,
        let first = row.segments.first, let last = row.segments.last
      {
        stretches.append(Layout.Segment(range: row.tokens.indices, x0: first.x0, x1: last.x1))
      }
      for segment in stretches {
        for range in nameRanges(row, segment.range) {
          let keys = Array(view.keys[row.number][range])
          let hasForm = view.words.contains(keys, .legalForm)
          guard isHead || hasForm else { continue }
          var score = nameScore(row, range, keys: keys, segment: segment, field: field)
          if !mayBeName(row.number, range) { score -= 2 }
          if segment.range.count < row.tokens.count, view.layout.isFromPixels { score -= 0.8 }
          if keys.count == 1, hasForm { score -= 2.5 }
          found.append(
            view.candidate(
              path, .text(cleaned(view.layout.text(row, range))), row: row.number, range: range, score: score))
        }
      }
    }
    return found + labelled(field, path: path, base: 2.6)
  }

  /// What stands behind or below the party's label.
  private func labelled(_ field: Field, path: String, base: Double) -> [Candidate] {
    var found: [Candidate] = []
    for hit in view.labels.hits[field.name] ?? [] where !hit.isNegative {
      guard hit.weight > 0.7 || blocks.sections.leads(hit), let (row, range) = behindOrBelow(hit) else { continue }
      let line = view.layout.rows[row]
      let keys = Array(view.keys[row][range])
      var score = base * hit.weight - 1 + (hit.extraWords == 0 ? 0.5 : -0.5)
      if view.words.contains(keys, .legalForm) { score += 1 }
      if isLabelLine(row, range) { score -= 3 }
      let digits = range.reduce(0) { $0 + view.layout.token(line, $1).digitCount }
      if digits > 3 { score -= 1.5 }
      for cut in nameRanges(line, range) {
        let penalty = cut.count < range.count ? cutScore(line, at: cut.upperBound) : 0
        found.append(
          view.candidate(
            path, .text(cleaned(view.layout.text(line, cut))), row: row, range: cut, score: score + penalty))
      }
    }
    return found
  }

  /// Words that may be a name: mostly letters, no label, nothing that only names a number.
  func mayBeName(_ row: Int, _ range: Range<Int>) -> Bool {
    let line = view.layout.rows[row]
    let letters = range.reduce(0) { $0 + view.layout.token(line, $1).letterCount }
    let digits = range.reduce(0) { $0 + view.layout.token(line, $1).digitCount }
    guard letters >= 3, digits * 3 <= letters, !isLabelLine(row, range) else { return false }
    let keys = Array(view.keys[row][range])
    if view.words.has(keys.joined(), .salutation) || view.words.has(keys.joined(), .form) { return false }
    // `USt-IdNr : …`, `Telefon: …`: a label of something else, with its value.
    let text = view.layout.text(line, range)
    if let colon = text.firstIndex(of: ":"), text.distance(from: text.startIndex, to: colon) <= 24 { return false }
    return !view.words.has(keys[0], .contact) && !view.words.has(keys[0], .taxID)
  }

  /// Words that are a label themselves, or end as one does.
  func isLabelLine(_ row: Int, _ range: Range<Int>) -> Bool {
    if view.layout.token(view.layout.rows[row], range.upperBound - 1).text.hasSuffix(":") { return true }
    return view.labels.byRow[row]?.contains {
      $0.range.lowerBound == range.lowerBound && covers($0.range, range, row)
    } ?? false
  }

  /// A label that is all of a line but for marks: `Lieferant :`, not `Lieferant GmbH`.
  private func covers(_ label: Range<Int>, _ range: Range<Int>, _ row: Int) -> Bool {
    label.upperBound >= range.upperBound
      || (label.upperBound..<range.upperBound).allSatisfy { view.keys[row][$0].isEmpty }
  }

  /// A segment whole, and cut before what is no name any more: a bracket, a dot between, a comma, a contact word.
  func nameRanges(_ row: Layout.Row, _ segment: Range<Int>) -> [Range<Int>] {
    var ranges = [segment]
    for place in segment.dropFirst() {
      let text = view.layout.token(row, place).text
      let key = view.keys[row.number][place]
      let isMark = ["·", "•", "●", "∙", "|", "-", "–", "*", "/"].contains(text)
      if isMark || text.hasPrefix("(") || view.words.has(key, .contact) || view.layout.token(row, place).digitCount >= 4
      {
        ranges.append(segment.lowerBound..<place)
      }
    }
    for place in segment.dropLast() where view.layout.token(row, place).text.hasSuffix(",") {
      ranges.append(segment.lowerBound..<(place + 1))
      break
    }
    return ranges.filter { !$0.isEmpty }
  }

  func cleaned(_ text: String) -> String {
    var body = text[...]
    while let last = body.last, ",;:-–·|".contains(last) || last.isWhitespace { body = body.dropLast() }
    while let first = body.first, ",;:-–·|*".contains(first) || first.isWhitespace { body = body.dropFirst() }
    return String(body)
  }

  private func nameScore(
    _ row: Layout.Row, _ range: Range<Int>, keys: [String], segment: Layout.Segment, field: Field
  ) -> Double {
    let text = view.layout.text(row, range)
    let letters = text.unicodeScalars.reduce(0) { $0 + ($1.properties.isAlphabetic ? 1 : 0) }
    let digits = text.unicodeScalars.reduce(0) { $0 + (("0"..."9").contains($1) ? 1 : 0) }
    guard letters >= 2 else { return -9 }
    var score = max(-1.2, 2.0 - 0.55 * Double(row.number))
    let hasForm = view.words.contains(keys, .legalForm)
    if hasForm || view.words.contains(keys, .trade) { score += 1.6 }
    if let last = keys.indices.last, view.words.ends(keys, at: last, .legalForm) { score += 1.2 }
    if view.words.contains(keys, .title) { score -= hasForm ? 0.7 : 2 }
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
    // The next row is a bare legal form: the name goes on there.
    if row.number + 1 < view.layout.rows.count {
      let next = view.keys[row.number + 1]
      if !next.isEmpty, next.count <= 3, !hasForm, view.words.has(next.joined(), .legalForm) { score -= 1.5 }
    }
    return score
  }

  /// Cut where a bracket or a contact word begins is likely right; elsewhere it loses words.
  private func cutScore(_ row: Layout.Row, at place: Int) -> Double {
    let text = view.layout.token(row, place).text
    let key = view.keys[row.number][place]
    // `(M)`, `(KL)` belong to a name, `(139386 X)` does not.
    let bracket = (place..<min(row.tokens.count, place + 3)).contains { view.layout.token(row, $0).digitCount >= 3 }
    let isLikely =
      (text.hasPrefix("(") && bracket) || view.words.has(key, .contact)
      || ["·", "•", "●", "∙", "|", "*", "–", "-"].contains(text) || view.layout.token(row, place).digitCount >= 4
      || view.layout.token(row, place - 1).text.hasSuffix(",")
    return isLikely ? 0.4 : -1.2
  }

  private func heightRank(_ row: Layout.Row, _ range: Range<Int>) -> Double {
    let height = range.map { view.layout.token(row, $0).height }.max() ?? 0
    return min(2, max(0, height / view.layout.unit - 1))
  }

  // The recipient: the block that the letter is sent to

  private func recipients(_ field: Field) -> [Candidate] {
    let path = "\(field.name).name"
    var found: [Candidate] = []
    for (rank, block) in ([blocks.recipient].compactMap { $0 } + blocks.all).prefix(6).enumerated() {
      guard let (row, range) = nameLine(block, field) else { continue }
      let line = view.layout.rows[row]
      let score = (rank == 0 && blocks.recipient != nil ? 2.0 : -1.5)
      found.append(
        view.candidate(path, .text(cleaned(view.layout.text(line, range))), row: row, range: range, score: score))
    }
    found += labelled(field, path: path, base: 3.0)
    return found
  }

  /// The block's first line that is neither a label nor a salutation of its own.
  func nameLine(_ block: AddressBlocks.Block, _ field: Field) -> (Int, Range<Int>)? {
    for line in block.lines.dropLast() {
      let keys = Array(view.keys[line.row][line.range])
      let joined = keys.joined()
      if view.words.has(joined, .salutation) || joined.isEmpty { continue }
      if !mayBeName(line.row, line.range) { continue }
      // A return address above the block is one small line with marks between.
      if view.layout.text(view.layout.rows[line.row], line.range).contains(where: { "·•●∙|".contains($0) }) { continue }
      if view.words.contains(keys, .title), keys.count <= 2 { continue }
      return (line.row, line.range)
    }
    return nil
  }

  private func behindOrBelow(_ hit: LabelIndex.Hit) -> (Int, Range<Int>)? {
    let row = view.layout.rows[hit.row]
    let segment = view.layout.segment(of: row, at: hit.range.lowerBound)
    if hit.range.upperBound < segment.range.upperBound {
      let range = hit.range.upperBound..<segment.range.upperBound
      if mayBeName(hit.row, range) { return (hit.row, range) }
    }
    var bottom = row.bottom
    for number in (hit.row + 1)..<max(hit.row + 1, min(view.layout.rows.count, hit.row + 7)) {
      let below = view.layout.rows[number]
      guard below.page == row.page, below.top - bottom < 3.5 * view.layout.unit else { return nil }
      let under = below.segments.firstIndex { abs($0.x0 - hit.x0) < 2 * view.layout.unit }
      guard let place = under else { continue }
      bottom = below.bottom
      let line = below.segments[place]
      // `Name:   Anna` among other such pairs: only the name's value is one.
      if place + 1 < below.segments.count, view.layout.token(below, line.range.upperBound - 1).text.hasSuffix(":") {
        guard view.words.has(view.keys[number][line.range].joined(), .name) else { continue }
        return (number, below.segments[place + 1].range)
      }
      if mayBeName(number, line.range) { return (number, line.range) }
    }
    return nil
  }

  private func recipientAddress(_ field: Field) -> [Candidate] {
    guard let block = blocks.recipient, let (nameRow, _) = nameLine(block, field) else { return [] }
    let lines = block.lines.filter { $0.row > nameRow }
    return lines.isEmpty ? [] : [address("\(field.name).address", lines, score: 1)]
  }

  // Addresses

  private func issuerAddresses(_ field: Field) -> [Candidate] {
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
        found.append(
          address(path, (start...end).map { (rows[$0].number, rows[$0].tokens.indices) }, score: min(5, score)))
      }
    }
    return found
  }

  private func hasPostcode(_ row: Layout.Row) -> Bool {
    row.tokens.indices.contains { place in
      let text = view.layout.token(row, place).text.filter { $0 != "," && $0 != "." }
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
    if view.money.contains(where: { $0.row == row.number && $0.number.hasDecimals }) { score -= 1.5 }
    let digits = row.tokens.reduce(0) { $0 + view.layout.tokens[$1].digitCount }
    let letters = row.tokens.reduce(0) { $0 + view.layout.tokens[$1].letterCount }
    if digits >= 7, letters < digits { score -= 1.8 }
    if view.datePlaces.contains(where: { $0.row == row.number }) { score -= 2 }
    if row.number > 8 { score -= 0.25 * Double(row.number - 8) }
    return score
  }

  private func address(
    _ path: String, _ lines: [(row: Int, range: Range<Int>)], score: Double
  ) -> Candidate {
    let texts = lines.map { view.layout.text(view.layout.rows[$0.row], $0.range) }
    let regions = lines.map { view.layout.region(view.layout.rows[$0.row], $0.range) }
    let whole = regions.dropFirst().reduce(regions[0]) { $0.page == $1.page ? $0.union($1) : $0 }
    return Candidate(
      path: path, value: .text(texts.joined(separator: " ")), raw: texts.joined(separator: " "), score: score,
      locators: [.region(whole)], producer: LabelExtractor.name,
      readingConfidence: lines.map { view.layout.confidence(view.layout.rows[$0.row], $0.range) }.min() ?? 1)
  }
}
