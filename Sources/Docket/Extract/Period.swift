/// A length of time in words and digits, in a sentence or behind a label: `two (2) years`, `18 Monate`, `one-year`,
/// `24-month`, `1 year and 6 months`.
struct Period {
  /// ISO 8601: `P2Y`, `P18M`, `P1Y6M`.
  var text: String
  /// Words that it takes.
  var count: Int

  /// Longer ones are amounts or years of the calendar.
  private static let longest = 1200
  /// Kinds of units, with the letters that stand for them, the longest unit first.
  private static let units: [(kind: LanguageWords.Kind, letter: String)] = [
    (.year, "Y"), (.month, "M"), (.week, "W"), (.day, "D"),
  ]
  /// `full`, `calendar`, `and` may stand between two parts.
  private static let mostBetween = 1

  /// The period that a stretch of words begins with, nil where none does.
  static func read(_ stretch: some RandomAccessCollection<String>, _ words: WordSets) -> Period? {
    let texts = Array(stretch.prefix(12))
    guard let first = length(texts[...], words) else { return nil }
    let rest = texts.dropFirst(first.count)
    // Another unit, shorter than the first.
    for gap in 0...mostBetween where gap < rest.count {
      guard let second = length(rest.dropFirst(gap), words), second.unit > first.unit else { continue }
      let text = "P\(first.text)\(second.text)"
      if !text.contains("W") { return Period(text: text, count: first.count + gap + second.count) }
    }
    return Period(text: "P\(first.text)", count: first.count)
  }

  /// A number with its unit.
  private static func length(_ texts: ArraySlice<String>, _ words: WordSets) -> (text: String, unit: Int, count: Int)? {
    guard let first = texts.first, !first.hasPrefix("("), !first.hasPrefix("[") else { return nil }
    if let glued = glued(first, words) { return ("\(glued.number)\(units[glued.unit].letter)", glued.unit, 1) }
    guard var number = number(first, words) else { return nil }
    var rest = texts.dropFirst()
    // `twenty four`: what is said in words may be two of them.
    if number >= 20, number % 10 == 0, first.allSatisfy({ !$0.isNumber }), let next = rest.first,
      let ones = Period.number(next, words), (1..<10).contains(ones), next.allSatisfy({ !$0.isNumber })
    {
      number += ones
      rest = rest.dropFirst()
    }
    // `two (2)`: the same once more, in digits, which count.
    if let next = rest.first, next.hasPrefix("(") || next.hasPrefix("["),
      let again = Period.number(String(next.dropFirst().prefix { !")]".contains($0) }), words)
    {
      number = again
      rest = rest.dropFirst()
    }
    for gap in 0...mostBetween where gap < rest.count {
      guard let unit = unit(rest[rest.startIndex + gap], words) else { continue }
      return ("\(number)\(units[unit].letter)", unit, rest.startIndex + gap + 1 - texts.startIndex)
    }
    return nil
  }

  /// `two-year`, `24-month`, `12M`: number and unit are one word.
  private static func glued(_ text: String, _ words: WordSets) -> (number: Int, unit: Int)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let parts =
      digits.isEmpty
      ? text.split(maxSplits: 1, whereSeparator: { "-–".contains($0) }) : [digits, text.dropFirst(digits.count)]
    guard parts.count == 2, let number = number(String(parts[0]), words), let unit = unit(String(parts[1]), words)
    else { return nil }
    return (number, unit)
  }

  /// `18`, `eighteen` as a number.
  private static func number(_ text: String, _ words: WordSets) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    // `two(2)`
    if digits.isEmpty { return words.numbers[LabelKey.of(text.prefix { $0 != "(" })] }
    guard let number = Int(digits), (1...longest).contains(number) else { return nil }
    return [")", ",", "."].contains(text.dropFirst(digits.count)) || digits.count == text.count ? number : nil
  }

  private static func unit(_ text: String, _ words: WordSets) -> Int? {
    let key = LabelKey.of(text)
    return key.isEmpty ? nil : units.firstIndex { words.has(key, $0.kind) }
  }
}
