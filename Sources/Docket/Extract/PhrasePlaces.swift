/// Stretches of a document's rows that are, or may be, a phrase of one of several contracts. They are looked for once;
/// each contract then looks at these few alone.
struct PhrasePlaces {
  struct Place {
    var row: Int
    /// Places in the row.
    var range: Range<Int>
    /// The stretch's words as one key.
    var key: String
    /// Two of its words stand far apart, as across columns.
    var isApart: Bool
  }

  /// By row, from the left, the shorter before the longer.
  private(set) var all: [Place] = []
  /// Words that a phrase has at most.
  static let longest = 6
  /// In units: what a gap within one phrase is less than.
  private static let widestGap = 2.5

  init(_ layout: Layout, of phrases: KnownPhrases) {
    for row in layout.rows {
      let keys = row.tokens.map { layout.tokens[$0].key }
      let isEnding = keys.map { phrases.isEnding($0) }
      for start in keys.indices where !keys[start].isEmpty {
        var joined = ""
        var isApart = false
        for end in start..<min(keys.count, start + PhrasePlaces.longest) {
          joined += keys[end]
          guard joined.utf8.count <= phrases.longestKey else { break }
          if end > start {
            let gap = layout.token(row, end).x0 - layout.token(row, end - 1).x1
            isApart = isApart || gap > PhrasePlaces.widestGap * layout.unit
          }
          guard !keys[end].isEmpty else { continue }
          // Parts of words and what stands beside a slash are looked at where they are used.
          let mayBePart =
            end == start
            ? isEnding[start] || layout.token(row, start).text.utf8.contains(UInt8(ascii: "/"))
            : isEnding[start] && ContractPhrases.numberWords.contains(keys[end])
          guard mayBePart || phrases.contain(joined, isLenient: layout.isFromPixels) else { continue }
          all.append(Place(row: row.number, range: start..<(end + 1), key: joined, isApart: isApart))
        }
      }
    }
  }
}

/// The labels, headings and phrases of several contracts as one: whether a key is any of them.
struct KnownPhrases {
  private var all = PhraseTable<Void>()
  private var headings = PhraseTable<Void>()
  /// In bytes: no key that is longer is a phrase, however it was read.
  let longestKey: Int

  init(_ contracts: [ContractPhrases]) {
    for contract in contracts {
      let headings = contract.headings.keys + contract.notHeadings.keys
      for key in headings { self.headings[key] = [()] }
      for key in headings + contract.labels.keys + contract.phrases.keys { all[key] = [()] }
    }
    longestKey = max(
      LabelIndex.longestKey, PhraseTable<Void>.mostLettersWrong + (all.keys.map(\.utf8.count).max() ?? 0))
  }

  func contain(_ key: String, isLenient: Bool) -> Bool { all.contains(key, isLenient: isLenient) }

  /// Whether a word ends as a heading does: `Handelsrechnung`.
  func isEnding(_ key: String) -> Bool { headings.ending(of: key) != nil }
}
