/// Lengths of time in words and digits, as ISO 8601 has them: `two (2) years` is `P2Y`, `18 Monate` is `P18M`.
extension PrintedForms {
  /// Longer ones are amounts or years of the calendar.
  private static let longest = 1200
  /// Kinds of units, with the letters that stand for them, the longest unit first.
  private static let units: [(kind: LanguageWords.Kind, letter: String)] = [
    (.year, "Y"), (.month, "M"), (.week, "W"), (.day, "D"),
  ]

  func duration(_ row: Int, _ place: Int, _ end: Int) -> (Value, count: Int)? {
    guard let first = length(row, place, end) else { return nil }
    let next = place + first.count
    // `1 year and 6 months`: another unit, shorter than the first.
    for gap in 0...1 where next + gap < end {
      guard let second = length(row, next + gap, end), second.unit > first.unit else { continue }
      let text = "P\(first.text)\(second.text)"
      if !text.contains("W") { return (.text(text), next + gap + second.count - place) }
    }
    return (.text("P\(first.text)"), first.count)
  }

  /// A number with its unit: `24 months`, `24-month`, `two (2) years`, `thirty (30) calendar days`.
  private func length(_ row: Int, _ place: Int, _ end: Int) -> (text: String, unit: Int, count: Int)? {
    guard let number = number(row, place) else { return nil }
    if let unit = unit(gluedTo: row, place) { return ("\(number)\(PrintedForms.units[unit].letter)", unit, 1) }
    var next = place + 1
    var counted = number
    if next < end, let again = self.number(row, next), token(row, next).hasPrefix("(") {
      counted = again
      next += 1
    }
    for gap in 0...1 where next + gap < end {
      let key = view.keys[row][next + gap]
      guard let unit = PrintedForms.units.firstIndex(where: { view.words.has(key, $0.kind) }) else { continue }
      return ("\(counted)\(PrintedForms.units[unit].letter)", unit, next + gap + 1 - place)
    }
    return nil
  }

  private func token(_ row: Int, _ place: Int) -> String { view.layout.token(view.layout.rows[row], place).text }

  private func number(_ row: Int, _ place: Int) -> Int? {
    let text = token(row, place).drop { $0 == "(" }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    if digits.isEmpty { return view.words.numbers[view.keys[row][place]] }
    guard let number = Int(digits), (1...PrintedForms.longest).contains(number) else { return nil }
    let rest = text.dropFirst(digits.count)
    return rest.allSatisfy { !$0.isNumber && $0 != "." && $0 != "," } || rest == "," || rest == "." ? number : nil
  }

  /// `24-month`, `12M`… where unit and number are one word.
  private func unit(gluedTo row: Int, _ place: Int) -> Int? {
    let text = token(row, place)
    guard text.first?.isNumber == true else { return nil }
    let letters = LabelKey.of(text.drop { !$0.isLetter })
    return letters.isEmpty ? nil : PrintedForms.units.firstIndex { view.words.has(letters, $0.kind) }
  }
}
