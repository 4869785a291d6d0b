/// Values of types that nothing but their label and their form tells: texts, addresses, percentages, times, lengths of
/// time, codes of banks, articles and vehicles.
struct LabelledCandidates {
  let view: DocumentView

  /// Types whose values have a form that says more than where their label stands.
  private static let formed: Set<FieldType> = [
    .bic, .gtin, .percent, .datetime, .phone, .url, .taxID, .plate,
  ]
  /// Lines that an address below its label has at most, and a list.
  private static let mostLines = 5

  func candidates(_ field: Field) -> [Candidate] {
    var found = stretches(field).flatMap { hit, stretch in
      values(field, stretch, score: 3.5 * hit.weight - 1 - 0.02 * Double(min(hit.row, 40)))
    }
    if field.type == .time { found += timesBehindDates(field) }
    if view.isWide, !field.isList, field.type == .text || field.type == .person { found += wideTexts(field) }
    return found
  }

  /// What stands at a field's labels, in the order of the page.
  func stretches(_ field: Field) -> [(hit: LabelIndex.Hit, stretch: Stretch)] {
    let isForm = LabelledCandidates.formed.contains(field.type)
    let lines = field.type == .address || field.isList ? LabelledCandidates.mostLines : 1
    return (view.labels.hits[field.name] ?? []).compactMap { hit in
      guard !hit.isNegative, isForm || view.leads(hit), !view.isPart(hit) else { return nil }
      return stretch(of: hit, lines: lines).map { (hit, $0) }
    }
  }

  typealias Stretch = [(row: Int, range: Range<Int>)]

  /// What stands behind the label, or below it under its left edge.
  private func stretch(of hit: LabelIndex.Hit, lines: Int) -> Stretch? {
    let row = view.layout.rows[hit.row]
    let segment = view.layout.segment(of: row, at: hit.range.lowerBound)
    let behind = upToLabel(hit.row, hit.range.upperBound..<segment.range.upperBound)
    // In `Client   Name:   Anna` the value stands behind both.
    let next = row.segments.first {
      $0.range.lowerBound >= segment.range.upperBound
        && !view.words.has(view.keys[hit.row][$0.range].joined(), .name)
    }
    var found: Stretch = []
    if let range = [behind, next?.range].compactMap({ $0 }).map({ upToLabel(hit.row, $0) })
      .first(where: { isValue(hit.row, $0) })
    {
      found.append((hit.row, range))
      if lines == 1 { return found + continuation(of: (hit.row, range)) }
    }
    let edge = found.first.map { view.layout.token(row, $0.range.lowerBound).x0 } ?? hit.x0
    var bottom = row.bottom
    for number in (hit.row + 1)..<max(hit.row + 1, min(view.layout.rows.count, hit.row + 1 + lines)) {
      let below = view.layout.rows[number]
      guard below.page == row.page, below.top - bottom < 1.5 * view.layout.unit,
        let line = below.segments.first(where: { abs($0.x0 - edge) < 2 * view.layout.unit }),
        isValue(number, line.range), !isBesideLabel(number, line.range)
      else { break }
      found.append((number, line.range))
      bottom = below.bottom
      if found.count == lines { break }
    }
    return found.isEmpty ? nil : found
  }

  /// Another label's value: `Country   Germany` below `Address   1 Mill Lane`.
  private func isBesideLabel(_ row: Int, _ range: Range<Int>) -> Bool {
    view.labels.byRow[row]?.contains { !$0.isNegative && $0.range.upperBound <= range.lowerBound } ?? false
  }

  /// A stretch of words without what begins another label of two words or more, or of one with a colon.
  private func upToLabel(_ row: Int, _ range: Range<Int>) -> Range<Int> {
    let line = view.layout.rows[row]
    let next = view.labels.byRow[row]?.filter {
      range.dropFirst().contains($0.range.lowerBound)
        && ($0.range.count > 1 || view.layout.token(line, $0.range.upperBound - 1).text.hasSuffix(":"))
    }
    guard let start = next?.map(\.range.lowerBound).min() else { return range }
    return range.lowerBound..<start
  }

  /// Words that are there and no label of something else.
  private func isValue(_ row: Int, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty, range.contains(where: { !view.keys[row][$0].isEmpty }) else { return false }
    if view.layout.token(view.layout.rows[row], range.upperBound - 1).text.hasSuffix(":") { return false }
    if LabelledCandidates.isNothing(view.layout.text(view.layout.rows[row], range)) { return false }
    // A false friend's label is a label too, and so is `2. Name`.
    let isNumbered = DocumentView.isEnumerator(view.layout.token(view.layout.rows[row], range.lowerBound).text)
    let start = range.lowerBound + (isNumbered && range.count > 1 ? 1 : 0)
    if isNumbered, range.count == 1 { return false }
    return view.labels.byRow[row]?.contains { [range.lowerBound, start].contains($0.range.lowerBound) } != true
  }

  /// What is put into a field of a form that has no value.
  private static func isNothing(_ text: String) -> Bool {
    ["N/A", "NA", "N.A.", "NONE", "-", "--", "—"].contains(text.uppercased())
  }

  /// The next line of a cell whose line ends as no name does: `Anna Smith for`, `Smith and Sons,`.
  private func continuation(of line: (row: Int, range: Range<Int>)) -> Stretch {
    let row = view.layout.rows[line.row]
    let last = view.layout.token(row, line.range.upperBound - 1)
    let isOpen = last.text.hasSuffix(",") || last.text == "&" || view.words.has(last.key, .stop)
    guard isOpen, line.row + 1 < view.layout.rows.count else { return [] }
    let x0 = view.layout.segment(of: row, at: line.range.lowerBound).x0
    let below = view.layout.rows[line.row + 1]
    guard below.page == row.page, below.top - row.bottom < 1.5 * view.layout.unit,
      let rest = below.segments.first(where: { $0.x1 > x0 - view.layout.unit && $0.x0 < last.x1 }),
      rest.range.count <= 4, isValue(line.row + 1, rest.range)
    else { return [] }
    return [(line.row + 1, rest.range)]
  }

  private func values(_ field: Field, _ stretch: Stretch, score: Double) -> [Candidate] {
    switch field.type {
    case .text, .person:
      if field.isList { return stretch.flatMap { listed($0, field.name, score: score) } }
      var whole = joined(stretch, field.name, score: score)
      if field.type == .person { whole.value = .text(PersonName.straight(whole.value.canonical)) }
      return [whole]
    case .address:
      let hasNumber = stretch.contains { line in
        line.range.contains { view.layout.token(view.layout.rows[line.row], $0).digitCount > 0 }
      }
      return hasNumber ? [joined(stretch, field.name, score: score)] : []
    default:
      let forms = PrintedForms(view: view)
      return stretch.flatMap { line in
        var found: [Candidate] = []
        var place = line.range.lowerBound
        while place < line.range.upperBound {
          let words = place - line.range.lowerBound
          if let (value, count) = forms.value(field.type, row: line.row, place: place, end: line.range.upperBound) {
            found.append(
              view.candidate(
                field.name, value, row: line.row, range: place..<(place + count), score: score - 0.1 * Double(words)))
            place += count
          } else {
            place += 1
          }
        }
        return found
      }
    }
  }

  /// `red, green; blue`: the parts of a line.
  private func listed(_ line: (row: Int, range: Range<Int>), _ path: String, score: Double) -> [Candidate] {
    var parts: [Range<Int>] = []
    var start = line.range.lowerBound
    for place in line.range {
      let text = view.layout.token(view.layout.rows[line.row], place).text
      if text.hasSuffix(",") || text.hasSuffix(";") || place + 1 == line.range.upperBound {
        parts.append(start..<(place + 1))
        start = place + 1
      }
    }
    return parts.map { part in
      var found = joined([(line.row, part)], path, score: score)
      var text = found.raw[...]
      while let last = text.last, ",;".contains(last) { text = text.dropLast() }
      found.value = .text(String(text))
      return found
    }.filter { !$0.value.canonical.isEmpty }
  }

  func joined(_ stretch: Stretch, _ path: String, score: Double) -> Candidate {
    let text = stretch.map { view.layout.text(view.layout.rows[$0.row], $0.range) }.joined(separator: " ")
    let regions = stretch.map { view.layout.region(view.layout.rows[$0.row], $0.range) }
    return Candidate(
      path: path, value: .text(text), raw: text, score: score,
      locators: [.region(regions.dropFirst().reduce(regions[0]) { $0.union($1) })], producer: LabelExtractor.name,
      readingConfidence: stretch.map { view.layout.confidence(view.layout.rows[$0.row], $0.range) }.min() ?? 1)
  }

  /// `25/12/2018 8:13`: tills print the time behind the date.
  private func timesBehindDates(_ field: Field) -> [Candidate] {
    view.datePlaces.filter(\.date.hasTimeBehind).compactMap { place in
      let next = place.date.range.upperBound
      guard let time = PrintedForms(view: view).time(place.row, next) else { return nil }
      return view.candidate(field.name, .text(time), row: place.row, range: next..<(next + 1), score: 1.5)
    }
  }
}
