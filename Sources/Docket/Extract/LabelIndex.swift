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
  /// What such a document calls itself, as keys; shorter ones end many words.
  private let headings: [String]
  static let longest = 6

  init(_ contract: ContractPhrases, layout: Layout) {
    phrases = contract.labels
    isLenient = layout.isFromPixels
    headings = contract.headings.keys.filter { $0.utf8.count >= 6 }
    for row in layout.rows { find(in: row, layout) }
  }

  private mutating func find(in row: Layout.Row, _ layout: Layout) {
    let keys = row.tokens.map { layout.tokens[$0].key }
    for start in keys.indices where !keys[start].isEmpty {
      var joined = ""
      for end in start..<min(keys.count, start + LabelIndex.longest) {
        joined += keys[end]
        if end > start, layout.token(row, end).x0 - layout.token(row, end - 1).x1 > 2.5 * layout.unit { break }
        guard !keys[end].isEmpty, joined.utf8.count <= 48 else { continue }
        var found = phrases.matches(joined, isLenient: isLenient)
        if found.isEmpty, end > start { found = compounds(keys[start...end], row, layout) }
        if found.isEmpty, end == start { found = alternatives(layout.token(row, start).text) }
        if found.isEmpty { continue }
        let range = start..<(end + 1)
        let segment = layout.segment(of: row, at: start)
        if range.count < segment.range.count, isHeading(keys[segment.range]) { continue }
        for match in found {
          let phrase = match.meaning
          let hit = Hit(
            field: phrase.field, weight: phrase.weight * match.likeness, isNegative: phrase.isNegative,
            row: row.number, range: range,
            page: row.page, x0: layout.token(row, start).x0, x1: layout.token(row, end).x1,
            extraWords: segment.range.count - range.count,
            isAtSegmentEnd: end + 1 >= segment.range.upperBound)
          hits[phrase.field, default: []].append(hit)
          byRow[row.number, default: []].append(hit)
        }
      }
    }
  }

  /// What the document calls itself, whole: `Tax invoice` holds no tax.
  private func isHeading(_ keys: ArraySlice<String>) -> Bool {
    keys.count <= LabelIndex.longest && headings.contains(keys.joined())
  }

  /// `Handelsrechnung Nr.`, `Mietrechnung (387) Nr.`: German puts words together, and a code may stand between.
  private func compounds(
    _ keys: ArraySlice<String>, _ row: Layout.Row, _ layout: Layout
  ) -> [PhraseTable<FieldLabel>.Match] {
    guard let first = keys.first, let word = keys.last, ContractPhrases.numberWords.contains(word) else { return [] }
    guard keys.indices.dropFirst().dropLast().allSatisfy({ layout.token(row, $0).text.hasPrefix("(") }),
      let heading = headings.first(where: { first.hasSuffix($0) })
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
