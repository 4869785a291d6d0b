/// A document's words in the reader's order, over the ends of lines and pages: what sentences are read from.
struct Prose {
  struct Item {
    var word: Word
    var page: Int
    /// As labels are compared; empty for marks alone.
    var key: String

    var text: String { word.text }
    var opensBracket: Bool { word.text.hasPrefix("(") || word.text.hasPrefix("[") }
    /// Ends what is said in one breath: `Inc.,`, `2017;`.
    var endsClause: Bool { word.text.last.map { ",;:".contains($0) } ?? false }
  }

  let items: [Item]
  private let places: [String: [Int]]

  /// Words beyond are not read as sentences: a limit for long documents.
  static let mostWords = 60_000

  init(_ reading: Reading) {
    var items: [Item] = []
    for page in reading.pages {
      for word in page.words where !word.text.isEmpty && items.count < Prose.mostWords {
        items.append(Item(word: word, page: page.number, key: LabelKey.of(word.text)))
      }
    }
    self.items = items
    places = Dictionary(grouping: items.indices.filter { !items[$0].key.isEmpty }) { items[$0].key }
  }

  /// Where a sentence pattern stands, in the document's order, at most `limit` times.
  func matches(_ pattern: SentencePattern, limit: Int = 12) -> [Match] {
    guard let first = pattern.anchors.first, let key = first.first?.key else { return [] }
    var found: [Match] = []
    for start in places[key] ?? [] {
      guard found.count < limit else { break }
      if let match = match(pattern, from: start) { found.append(match) }
    }
    return found
  }

  /// A pattern that was found: where its values may stand.
  struct Match {
    /// Of its first word.
    var start: Int
    var stretches: [Stretch]
  }

  struct Stretch {
    var range: Range<Int>
    /// The value ends where the stretch does, else it begins where the stretch begins.
    var isBefore: Bool
  }

  /// How many words a value may be away from the words that speak for it.
  static let reach = 40
  /// How many words may stand between two parts of a pattern.
  static let mostBetween = 60

  private func match(_ pattern: SentencePattern, from start: Int) -> Match? {
    guard var end = end(of: pattern.anchors[0], at: start) else { return nil }
    var stretches: [Stretch] = []
    if pattern.isOpenBefore { stretches.append(Stretch(range: max(0, start - Prose.reach)..<start, isBefore: true)) }
    for anchor in pattern.anchors.dropFirst() {
      let last = min(items.count, end + Prose.mostBetween)
      guard let next = (end..<last).first(where: { self.end(of: anchor, at: $0) != nil }) else { return nil }
      stretches.append(Stretch(range: end..<next, isBefore: false))
      end = self.end(of: anchor, at: next) ?? next
    }
    if pattern.isOpenBehind {
      stretches.append(Stretch(range: end..<min(items.count, end + Prose.reach), isBefore: false))
    }
    return Match(start: start, stretches: stretches)
  }

  /// Where the sentence that a place stands in begins, no further back than `reach`.
  func sentenceStart(_ place: Int, _ words: WordSets) -> Int {
    var start = place
    while start > 0, place - start < Prose.reach, !isSentenceEnd(start - 1, words) { start -= 1 }
    return start
  }

  /// A full stop that is not an abbreviation's.
  func isSentenceEnd(_ place: Int, _ words: WordSets) -> Bool {
    let item = items[place]
    return item.text.hasSuffix(".") && item.key.count > 3 && !words.has(item.key, .legalForm)
  }

  /// Whether a pattern's words begin and end within a range.
  func says(_ pattern: SentencePattern, in range: Range<Int>) -> Bool {
    guard let anchor = pattern.anchors.first, let key = anchor.first?.key else { return false }
    return range.contains { place in
      items[place].key == key && (end(of: anchor, at: place).map { $0 <= range.upperBound } ?? false)
    }
  }

  /// Behind the words of an anchor that stands at a place; nil where another word does.
  private func end(of anchor: [SentencePattern.Word], at start: Int) -> Int? {
    var place = start
    for (index, word) in anchor.enumerated() {
      while index > 0, place < items.count, items[place].key.isEmpty { place += 1 }
      guard place < items.count, items[place].key == word.key, !word.opensBracket || items[place].opensBracket else {
        return nil
      }
      place += 1
    }
    return place
  }

  func text(_ range: Range<Int>) -> String { range.map { items[$0].text }.joined(separator: " ") }

  /// A box for every line that a stretch of words stands on.
  func locators(_ range: Range<Int>) -> [Locator] {
    var boxes: [Region] = []
    for place in range {
      let (word, page) = (items[place].word, items[place].page)
      let box = Region(
        page: page, x: Double(word.x), y: Double(word.y), width: Double(word.width), height: Double(word.height))
      if let last = boxes.last, last.page == page, box.y < last.y + last.height, box.y + box.height > last.y,
        box.x >= last.x
      {
        boxes[boxes.count - 1] = last.union(box)
      } else {
        boxes.append(box)
      }
    }
    return boxes.map { .region($0) }
  }

  func confidence(_ range: Range<Int>) -> Double { range.map { Double(items[$0].word.confidence) }.min() ?? 1 }
}

/// A field's phrase: words, and `…` where the value stands; without one it follows the words.
///
/// `governed by the laws of`, `for a period of … from the date`, `… (the “Company”)`. A word that opens a bracket in
/// the phrase opens one in the document.
struct SentencePattern {
  struct Word {
    var key: String
    var opensBracket: Bool
  }

  /// Words between the places of values.
  let anchors: [[Word]]
  let isOpenBefore: Bool
  let isOpenBehind: Bool
  let weight: Double

  init(_ phrase: WeightedPhrase) {
    let parts = phrase.text.split(separator: "…", omittingEmptySubsequences: false).map(String.init)
    isOpenBefore = parts.count > 1 && parts[0].trimmed.isEmpty
    isOpenBehind = parts.count == 1 || parts[parts.count - 1].trimmed.isEmpty
    anchors = parts.map(SentencePattern.words).filter { !$0.isEmpty }
    weight = phrase.weight
  }

  private static func words(_ text: String) -> [Word] {
    text.split(separator: " ").map { Word(key: LabelKey.of($0), opensBracket: $0.hasPrefix("(")) }
      .filter { !$0.key.isEmpty }
  }
}
