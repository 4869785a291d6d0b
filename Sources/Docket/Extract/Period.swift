/// A length of time as sentences have it: `two (2) years`, `18 months`, `one-year`.
struct Period {
  /// ISO 8601: `P2Y`, `P18M`.
  var text: String
  var range: Range<Int>

  private static let units: [(kind: LanguageWords.Kind, letter: String)] = [
    (.day, "D"), (.week, "W"), (.month, "M"), (.year, "Y"),
  ]

  /// The period that begins at a place, nil where none does.
  static func read(_ prose: Prose, at place: Int, in range: Range<Int>, _ words: WordSets) -> Period? {
    let text = prose.items[place].text
    guard !prose.items[place].opensBracket else { return nil }
    // `two-year`, `18-month`: number and unit in one word.
    if let dash = text.firstIndex(where: { "-–".contains($0) }) {
      if let number = number(text[..<dash], words),
        let unit = unit(LabelKey.of(text[text.index(after: dash)...]), words)
      {
        return Period(text: "P\(number)\(unit)", range: place..<(place + 1))
      }
    }
    guard var number = number(text[...], words) else { return nil }
    var next = place + 1
    // `twenty four`: what is said in words may be two of them.
    if next < range.upperBound, let more = Period.number(prose.items[next].text[...], words), Int(number) != nil,
      Int(text) == nil, let tens = Int(number), let ones = Int(more), tens >= 20, tens % 10 == 0, ones < 10, ones > 0,
      !prose.items[next].opensBracket
    {
      number = String(tens + ones)
      next += 1
    }
    // `two (2)`: the same once more, in digits, which count.
    if next < range.upperBound, prose.items[next].opensBracket,
      let digits = Period.number(prose.items[next].text.dropFirst().prefix { $0 != ")" }, words)
    {
      number = digits
      next += 1
    }
    // `full`, `calendar`, `consecutive` may stand between.
    for end in next..<min(range.upperBound, next + 2) {
      if let unit = unit(prose.items[end].key, words) {
        return Period(text: "P\(number)\(unit)", range: place..<(end + 1))
      }
    }
    return nil
  }

  /// `18`, `eighteen` as digits.
  private static func number(_ text: Substring, _ words: WordSets) -> String? {
    let body = text.prefix { $0 != "(" && $0 != "," }
    if let number = Int(body), number > 0, body.count <= 4 { return String(number) }
    return words.numbers[LabelKey.of(body)].map { String($0) }
  }

  private static func unit(_ key: String, _ words: WordSets) -> String? {
    units.first { words.has(key, $0.kind) }?.letter
  }
}
