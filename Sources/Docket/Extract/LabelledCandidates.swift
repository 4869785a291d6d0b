/// Values of types that nothing but their label and their form tells: texts, addresses, percentages, times, bank and
/// article codes.
struct LabelledCandidates {
  let view: DocumentView

  /// Types that are found so.
  static let types: Set<FieldType> = [.text, .person, .address, .percent, .time, .bic, .gtin]

  /// Lines that an address below its label has at most.
  private static let mostLines = 5

  func candidates(_ field: Field) -> [Candidate] {
    // A code's form says more than where its label stands.
    let isForm = [.bic, .gtin, .percent].contains(field.type)
    var found: [Candidate] = []
    for hit in view.labels.hits[field.name] ?? [] where !hit.isNegative && (isForm || view.leads(hit)) {
      if !isForm, view.isPart(hit) { continue }
      let lines = field.type == .address ? LabelledCandidates.mostLines : 1
      guard let stretch = stretch(of: hit, lines: lines) else { continue }
      let score = 3.5 * hit.weight - 1 - 0.02 * Double(min(hit.row, 40))
      found += values(field.type, stretch, field.name, score: score)
    }
    if field.type == .time { found += timesBehindDates(field) }
    return found
  }

  private typealias Stretch = [(row: Int, range: Range<Int>)]

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
        isValue(number, line.range)
      else { break }
      found.append((number, line.range))
      bottom = below.bottom
      if found.count == lines { break }
    }
    return found.isEmpty ? nil : found
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

  private func values(_ type: FieldType, _ stretch: Stretch, _ path: String, score: Double) -> [Candidate] {
    switch type {
    case .text: return [joined(stretch, path, score: score)]
    case .person:
      var person = joined(stretch, path, score: score)
      person.value = .text(PersonName.straight(person.value.canonical))
      return [person]
    case .address:
      let hasNumber = stretch.contains { line in
        line.range.contains { view.layout.token(view.layout.rows[line.row], $0).digitCount > 0 }
      }
      return hasNumber ? [joined(stretch, path, score: score)] : []
    default:
      return stretch.flatMap { line in
        line.range.compactMap { place in
          let text = view.layout.token(view.layout.rows[line.row], place).text
          return value(type, text, row: line.row, place: place).map {
            view.candidate(path, $0, row: line.row, range: place..<(place + 1), score: score)
          }
        }
      }
    }
  }

  private func value(_ type: FieldType, _ text: String, row: Int, place: Int) -> Value? {
    let code = LabelKeyless.compact(text)
    switch type {
    case .percent:
      let rate = view.money.first { $0.row == row && $0.range.contains(place) && $0.number.isPercent }
      return rate.map { .decimal($0.number.value) }
    case .time: return time(row, place).map { .text($0) }
    case .bic: return Checksum.isBIC(code) ? .text(code) : nil
    case .gtin: return Checksum.isGTIN(code) ? .text(code) : nil
    default: return nil
    }
  }

  private func joined(_ stretch: Stretch, _ path: String, score: Double) -> Candidate {
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
      guard let time = time(place.row, next) else { return nil }
      return view.candidate(field.name, .text(time), row: place.row, range: next..<(next + 1), score: 1.5)
    }
  }

  /// `8:13:39 PM` as `20:13:39`; nil for what no clock shows.
  private func time(_ number: Int, _ place: Int) -> String? {
    let row = view.layout.rows[number]
    let text = view.layout.token(row, place).text.uppercased()
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ":") }
    let parts = digits.split(separator: ":").compactMap { Int($0) }
    guard digits.contains(":"), parts.count == 2 || parts.count == 3, parts[0] < 24, parts[1...].allSatisfy({ $0 < 60 })
    else { return nil }
    let after = place + 1 < row.tokens.count ? view.layout.token(row, place + 1).text.uppercased() : ""
    let half = [text.dropFirst(digits.count), after[...]].first { $0.hasPrefix("AM") || $0.hasPrefix("PM") }
    var hour = parts[0]
    if let half, hour <= 12 { hour = hour % 12 + (half.hasPrefix("PM") ? 12 : 0) }
    return ([hour] + parts[1...]).map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
