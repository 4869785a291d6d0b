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
  private let phrases: [String: [(field: String, weight: Double, isNegative: Bool)]]
  static let longest = 6

  /// Words that say that a number follows.
  static let numberWords = ["NO", "NR", "NUMBER", "NUMMER", "NUM", "NUMERO"]

  /// - Parameter headings: what such a document calls itself: with a number word behind it the label of its number.
  init(fields: [Field], headings: [WeightedPhrase] = [], layout: Layout) {
    var phrases: [String: [(field: String, weight: Double, isNegative: Bool)]] = [:]
    for field in fields {
      for (isNegative, lists) in [(false, field.labels), (true, field.notLabels)] {
        for phrase in lists.values.joined() {
          let key = LabelKey.of(phrase.text)
          guard !key.isEmpty else { continue }
          // Two languages may share a word: the heavier counts.
          if let known = phrases[key, default: []].firstIndex(where: {
            $0.field == field.name && $0.isNegative == isNegative
          }) {
            phrases[key]![known].weight = max(phrases[key]![known].weight, phrase.weight)
          } else {
            phrases[key, default: []].append((field.name, phrase.weight, isNegative))
          }
        }
      }
    }
    if let number = fields.first(where: { $0.type == .id && $0.required }) {
      for heading in headings {
        for word in LabelIndex.numberWords {
          let key = LabelKey.of(heading.text) + word
          if phrases[key] == nil { phrases[key] = [(number.name, 0.95 * min(1, heading.weight), false)] }
        }
      }
    }
    self.phrases = phrases
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
        let found = phrases[joined] ?? (end == start ? alternatives(layout.token(row, start).text) : [])
        if found.isEmpty { continue }
        let range = start..<(end + 1)
        let segment = layout.segment(of: row, at: start)
        for phrase in found {
          let hit = Hit(
            field: phrase.field, weight: phrase.weight, isNegative: phrase.isNegative, row: row.number, range: range,
            page: row.page, x0: layout.token(row, start).x0, x1: layout.token(row, end).x1,
            extraWords: segment.range.count - range.count,
            isAtSegmentEnd: end + 1 >= segment.range.upperBound)
          hits[phrase.field, default: []].append(hit)
          byRow[row.number, default: []].append(hit)
        }
      }
    }
  }

  /// `Käufer/Leistungsempfänger:` is either.
  private func alternatives(_ text: String) -> [(field: String, weight: Double, isNegative: Bool)] {
    guard text.contains("/") else { return [] }
    return text.split(separator: "/").compactMap { phrases[LabelKey.of($0)] }.first ?? []
  }

  /// Labels that a token begins with, before a colon or its first digit.
  func glued(_ text: String) -> [Glued] {
    guard let cut = text.firstIndex(where: { $0 == ":" || $0 == "#" || $0.isNumber }), cut > text.startIndex else {
      return []
    }
    let key = LabelKey.of(text[..<cut])
    guard key.utf8.count >= 2, let found = phrases[key] else { return [] }
    return found.map { Glued(field: $0.field, weight: $0.weight, isNegative: $0.isNegative) }
  }

  /// Whether a stretch of a row is, or begins with, a label of any field.
  func isLabel(_ row: Int, at place: Int) -> Bool {
    byRow[row]?.contains { $0.range.lowerBound == place && !$0.isNegative } ?? false
  }
}
