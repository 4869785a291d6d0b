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
  private let phrases: PhraseTable<Label>
  static let longest = 6

  /// A phrase that speaks for a field, or against it.
  private struct Label {
    var field: String
    var weight: Double
    var isNegative: Bool
  }

  /// What such a document calls itself, as keys.
  private let headings: [String]

  /// Words that say that a number follows.
  static let numberWords = ["NO", "NR", "NUMBER", "NUMMER", "NUM", "NUMERO"]

  /// - Parameter headings: what such a document calls itself: with a number word behind it the label of its number.
  init(fields: [Field], headings: [WeightedPhrase] = [], layout: Layout) {
    var phrases = PhraseTable<Label>(isLenient: layout.isFromPixels)
    for field in fields {
      for (isNegative, lists) in [(false, field.labels), (true, field.notLabels)] {
        for phrase in lists.inOrder {
          let key = LabelKey.of(phrase.text)
          guard !key.isEmpty else { continue }
          // Two languages may share a word: the heavier counts.
          let known = phrases[key].firstIndex { $0.field == field.name && $0.isNegative == isNegative }
          if let known {
            phrases[key][known].weight = max(phrases[key][known].weight, phrase.weight)
          } else {
            phrases[key].append(Label(field: field.name, weight: phrase.weight, isNegative: isNegative))
          }
        }
      }
    }
    if let number = fields.first(where: { $0.type == .id && $0.required }) {
      for heading in headings {
        for word in LabelIndex.numberWords {
          let key = LabelKey.of(heading.text) + word
          if phrases[key].isEmpty {
            phrases[key] = [Label(field: number.name, weight: 0.95 * min(1, heading.weight), isNegative: false)]
          }
        }
      }
    }
    self.phrases = phrases
    // Shorter ones end many words.
    self.headings = headings.map { LabelKey.of($0.text) }.filter { $0.utf8.count >= 6 }
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
        var found = phrases.matches(joined)
        if found.isEmpty { found = compounds(Array(keys[start...end]), row, start, layout) }
        if found.isEmpty, end == start { found = alternatives(layout.token(row, start).text) }
        if found.isEmpty { continue }
        let range = start..<(end + 1)
        let segment = layout.segment(of: row, at: start)
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

  /// `Handelsrechnung Nr.`, `Mietrechnung (387) Nr.`: German puts words together, and a code may stand between.
  private func compounds(
    _ keys: [String], _ row: Layout.Row, _ start: Int, _ layout: Layout
  ) -> [PhraseTable<Label>.Match] {
    guard keys.count > 1, let word = keys.last, LabelIndex.numberWords.contains(word) else { return [] }
    let between = keys.indices.dropFirst().dropLast()
    guard between.allSatisfy({ layout.token(row, start + $0).text.hasPrefix("(") }),
      let heading = headings.first(where: { keys[0].hasSuffix($0) })
    else { return [] }
    return phrases.matches(heading + word)
  }

  /// `Käufer/Leistungsempfänger:` is either.
  private func alternatives(_ text: String) -> [PhraseTable<Label>.Match] {
    guard text.contains("/") else { return [] }
    return text.split(separator: "/").map { phrases.matches(LabelKey.of($0)) }.first { !$0.isEmpty } ?? []
  }

  /// Labels that a token begins with, before a colon or its first digit.
  func glued(_ text: String) -> [Glued] {
    guard let cut = text.firstIndex(where: { $0 == ":" || $0 == "#" || $0.isNumber }), cut > text.startIndex else {
      return []
    }
    let key = LabelKey.of(text[..<cut])
    guard key.utf8.count >= 2 else { return [] }
    return phrases.matches(key).map {
      Glued(field: $0.meaning.field, weight: $0.meaning.weight * $0.likeness, isNegative: $0.meaning.isNegative)
    }
  }

  /// Whether a stretch of a row is, or begins with, a label of any field.
  func isLabel(_ row: Int, at place: Int) -> Bool {
    byRow[row]?.contains { $0.range.lowerBound == place && !$0.isNegative } ?? false
  }
}
