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
    // A mail has no letterhead: its headers say who writes, its body names others behind a label.
    if view.isMessage {
      found["\(field.name).name"] = labelled(field, path: "\(field.name).name", base: 2.6)
      found["\(field.name).tax_id"] = codes.taxIDs("\(field.name).tax_id", role: role)
      return found
    }
    let isLetter = blocks.sections.parties.contains { $0.role == .recipient }
    found["\(field.name).name"] =
      switch role {
      case .recipient: recipients(field).map(withoutIssuer)
      case .issuer: isLetter ? weighed(issuers(field) + senders(field), field) : issuers(field)
      }
    found["\(field.name).tax_id"] = codes.taxIDs("\(field.name).tax_id", role: role)
    found["\(field.name).address"] = role == .issuer ? issuerAddresses(field) : recipientAddress(field)
    found["\(field.name).email"] = emails("\(field.name).email", role: role)
    found["\(field.name).phone"] = phones("\(field.name).phone", role: role)
    return found
  }

  /// Nobody writes to himself: what the letterhead says is hardly the recipient.
  private func withoutIssuer(_ candidate: Candidate) -> Candidate {
    guard let issuer, LabelKey.of(candidate.value.canonical) == issuer else { return candidate }
    var doubted = candidate
    doubted.score -= 2.5
    return doubted
  }

  /// What stands behind or below the party's label.
  func labelled(_ field: Field, path: String, base: Double) -> [Candidate] {
    var found: [Candidate] = []
    for hit in view.labels.hits[field.name] ?? [] where !hit.isNegative {
      guard hit.weight > 0.7 && !view.isMessage || view.leads(hit), let (row, range) = behindOrBelow(hit) else {
        continue
      }
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
      if isBehindForm(row, place) { ranges.append(segment.lowerBound..<place) }
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

  /// On a picture, what follows a legal form in its line is a stamp, a scribble or a number.
  private func isBehindForm(_ row: Layout.Row, _ place: Int) -> Bool {
    let keys = view.keys[row.number]
    return view.layout.isFromPixels && view.words.ends(keys, at: place - 1, .legalForm)
      && !view.words.contains(Array(keys[place...]), .legalForm)
  }

  func cleaned(_ text: String) -> String {
    var body = text[...]
    while let last = body.last, ",;:-–·|".contains(last) || last.isWhitespace { body = body.dropLast() }
    while let first = body.first, ",;:-–·|*".contains(first) || first.isWhitespace { body = body.dropFirst() }
    return String(body)
  }

  /// Cut where a bracket or a contact word begins is likely right; elsewhere it loses words.
  func cutScore(_ row: Layout.Row, at place: Int) -> Double {
    let text = view.layout.token(row, place).text
    let key = view.keys[row.number][place]
    // `(M)`, `(KL)` belong to a name, `(139386 X)` does not.
    let bracket = (place..<min(row.tokens.count, place + 3)).contains { view.layout.token(row, $0).digitCount >= 3 }
    let isLikely =
      (text.hasPrefix("(") && bracket) || view.words.has(key, .contact)
      || ["·", "•", "●", "∙", "|", "*", "–", "-"].contains(text) || view.layout.token(row, place).digitCount >= 4
      || view.layout.token(row, place - 1).text.hasSuffix(",")
    if isLikely || isBehindForm(row, place) { return 0.4 }
    // What is left out may be the rest of the name.
    let rest = Array(view.keys[row.number][place...].prefix(4))
    return view.words.contains(rest, .legalForm) ? -2.5 : -1.2
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

  /// So many stretches of words in a row are a table's.
  private static let columns = 3

  private func behindOrBelow(_ hit: LabelIndex.Hit) -> (Int, Range<Int>)? {
    let row = view.layout.rows[hit.row]
    let segment = view.layout.segment(of: row, at: hit.range.lowerBound)
    if hit.range.upperBound < segment.range.upperBound {
      var range = hit.range.upperBound..<segment.range.upperBound
      // `Seller : Anna`: the colon is a word of its own.
      while range.count > 1, view.keys[hit.row][range.lowerBound].isEmpty { range = range.dropFirst() }
      if mayBeName(hit.row, range) { return (hit.row, range) }
    }
    let beside = view.leads(hit) ? besides(segment, row) : nil
    var bottom = row.bottom
    for number in (hit.row + 1)..<max(hit.row + 1, min(view.layout.rows.count, hit.row + 7)) {
      let below = view.layout.rows[number]
      guard below.page == row.page, below.top - bottom < 3.5 * view.layout.unit else { return beside }
      let under = below.segments.firstIndex { abs($0.x0 - hit.x0) < 2 * view.layout.unit }
      guard let place = under else { continue }
      bottom = below.bottom
      let line = below.segments[place]
      // `Name:   Anna` among other such pairs: only the name's value is one.
      if place + 1 < below.segments.count, view.layout.token(below, line.range.upperBound - 1).text.hasSuffix(":") {
        guard view.words.has(view.keys[number][line.range].joined(), .name) else { continue }
        return (number, below.segments[place + 1].range)
      }
      // `Supplier   Anna` above the heads of a table's columns.
      if let beside, below.segments.count >= PartyCandidates.columns { return beside }
      if mayBeName(number, line.range) { return (number, line.range) }
      // A form's next label stands below: the value stands beside.
      if let beside { return beside }
    }
    return beside
  }

  /// The stretch of words to the right of a label that stands alone.
  private func besides(_ segment: Layout.Segment, _ row: Layout.Row) -> (Int, Range<Int>)? {
    let next = row.segments.first { $0.range.lowerBound >= segment.range.upperBound }
    return next.flatMap { mayBeName(row.number, $0.range) ? (row.number, $0.range) : nil }
  }

  private func recipientAddress(_ field: Field) -> [Candidate] {
    guard let block = blocks.recipient, let (nameRow, _) = nameLine(block, field) else { return [] }
    let lines = block.lines.filter { $0.row > nameRow }
    return lines.isEmpty ? [] : [address("\(field.name).address", lines, score: 1)]
  }
}
