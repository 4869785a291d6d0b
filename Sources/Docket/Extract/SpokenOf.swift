/// What a sentence speaks of: the document itself, or another one of its kind that it names.
struct SpokenOf {
  private let prose: Prose
  private let words: WordSets
  /// Last words of what such documents call themselves.
  private let kinds: Set<String>

  /// A title stands among the first words: `Confidentiality Agreement dated …`.
  private static let title = 40
  private static let reach = 16
  /// Words between `this` and what it points to: `this Mutual Non-Disclosure and Confidentiality Agreement`.
  private static let longestName = 7

  init(_ prose: Prose, _ contract: Contract, _ words: WordSets) {
    self.prose = prose
    self.words = words
    kinds = Set(
      contract.headings.inOrder.compactMap { $0.text.split(separator: " ").last.map { LabelKey.of($0) } })
  }

  /// Whether the words before a place are another document's name: `the Employment Agreement dated …`, while
  /// `this Agreement is dated …` and `the Agreement` speak of the document itself.
  func isAnother(before place: Int) -> Bool {
    let start = max(prose.sentenceStart(place, words), place - SpokenOf.reach)
    for at in (start..<place).reversed() {
      let item = prose.items[at]
      if words.has(item.key, .own) { return false }
      guard kinds.contains(item.key), !isQuoted(at) else { continue }
      if at < SpokenOf.title { return false }
      let name = max(start, at - SpokenOf.longestName)..<at
      return !name.contains { words.has(prose.items[$0].key, .own) } && isNamed(at)
    }
    return false
  }

  /// `(the “Agreement”)` says how the document calls itself.
  private func isQuoted(_ place: Int) -> Bool {
    let item = prose.items[place]
    return item.opensBracket || item.text.contains { "“”\"„»«".contains($0) }
      || place > 0 && prose.items[place - 1].opensBracket
  }

  /// `Employment Agreement`, `prior agreement`; `the Agreement` is this one.
  private func isNamed(_ place: Int) -> Bool {
    guard place > 0 else { return false }
    return !words.has(prose.items[place - 1].key, .stop)
  }
}
