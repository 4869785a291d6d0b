/// Where a contract's labels stand in a document.
struct LabelIndex {
  /// A label that was found.
  struct Hit {
    var field: String
    var weight: Double
    var isNegative: Bool
    var row: Int
    /// Places in the row.
    var range: Range<Int>
    var page: Int
    var x0: Double
    var x1: Double
    /// Words of the hit's segment that are not the label's.
    var extraWords: Int
    var isAtSegmentEnd: Bool
  }

  /// A label at the start of a token that also holds the value: `TOTAL:12.00`.
  struct Glued {
    var field: String
    var weight: Double
    var isNegative: Bool
  }

  private(set) var hits: [String: [Hit]] = [:]
  private(set) var byRow: [Int: [Hit]] = [:]
  private let phrases: PhraseTable<FieldLabel>
  private let isLenient: Bool
  /// What such a document calls itself.
  private let headings: PhraseTable<WeightedPhrase>
  /// In bytes, of a label with what stands within it.
  static let longestKey = 48

  init(_ contract: ContractPhrases, places: PhrasePlaces, layout: Layout) {
    phrases = contract.labels
    isLenient = layout.isFromPixels
    headings = contract.headings
    for place in places.all where !place.isApart && place.key.utf8.count <= LabelIndex.longestKey {
      find(at: place, layout)
    }
  }

  private mutating func find(at place: PhrasePlaces.Place, _ layout: Layout) {
    let row = layout.rows[place.row]
    let (start, end) = (place.range.lowerBound, place.range.upperBound - 1)
    var found = phrases.matches(place.key, isLenient: isLenient)
    if found.isEmpty, end > start { found = compounds(place.range, row, layout) }
    if found.isEmpty, end == start { found = alternatives(layout.token(row, start).text) }
    if found.isEmpty { return }
    let segment = layout.segment(of: row, at: start)
    if place.range.count < segment.range.count, isHeading(segment, row, layout) { return }
    for match in found {
      let phrase = match.meaning
      let hit = Hit(
        field: phrase.field, weight: phrase.weight * match.likeness, isNegative: phrase.isNegative,
        row: row.number, range: place.range,
        page: row.page, x0: layout.token(row, start).x0, x1: layout.token(row, end).x1,
        extraWords: segment.range.count - place.range.count,
        isAtSegmentEnd: end + 1 >= segment.range.upperBound)
      hits[phrase.field, default: []].append(hit)
      byRow[row.number, default: []].append(hit)
    }
  }

  /// What the document calls itself, whole: `Tax invoice` holds no tax.
  private func isHeading(_ segment: Layout.Segment, _ row: Layout.Row, _ layout: Layout) -> Bool {
    guard segment.range.count <= PhrasePlaces.longest else { return false }
    let key = segment.range.map { layout.token(row, $0).key }.joined()
    return headings.ending(of: key)?.utf8.count == key.utf8.count
  }

  /// `Handelsrechnung Nr.`, `Mietrechnung (387) Nr.`: German puts words together, and a code may stand between.
  private func compounds(
    _ range: Range<Int>, _ row: Layout.Row, _ layout: Layout
  ) -> [PhraseTable<FieldLabel>.Match] {
    let first = layout.token(row, range.lowerBound).key
    let word = layout.token(row, range.upperBound - 1).key
    guard ContractPhrases.numberWords.contains(word),
      range.dropFirst().dropLast().allSatisfy({ layout.token(row, $0).text.hasPrefix("(") }),
      let heading = headings.ending(of: first)
    else { return [] }
    return phrases.matches(heading + word, isLenient: isLenient)
  }

  /// `Käufer/Leistungsempfänger:` is either.
  private func alternatives(_ text: String) -> [PhraseTable<FieldLabel>.Match] {
    guard text.contains("/") else { return [] }
    let words = text.split(separator: "/").lazy.map { phrases.matches(LabelKey.of($0), isLenient: isLenient) }
    return words.first { !$0.isEmpty } ?? []
  }

  /// Labels that a token begins with, before a colon or its first digit.
  func glued(_ text: String) -> [Glued] {
    guard let cut = text.firstIndex(where: { $0 == ":" || $0 == "#" || $0.isNumber }), cut > text.startIndex else {
      return []
    }
    let key = LabelKey.of(text[..<cut])
    guard key.utf8.count >= 2 else { return [] }
    return phrases.matches(key, isLenient: isLenient).map {
      Glued(field: $0.meaning.field, weight: $0.meaning.weight * $0.likeness, isNegative: $0.meaning.isNegative)
    }
  }

  /// Whether a stretch of a row is, or begins with, a label of any field.
  func isLabel(_ row: Int, at place: Int) -> Bool {
    byRow[row]?.contains { $0.range.lowerBound == place && !$0.isNegative } ?? false
  }
}
