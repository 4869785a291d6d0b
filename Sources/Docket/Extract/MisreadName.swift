/// Names whose letters OCR took for digits: `5/8` for `S/B`, `D1STRIBUTION`.
enum MisreadName {
  private static let lookalikes: [Character: Character] = [
    "0": "O", "1": "I", "5": "S", "6": "G", "8": "B", "$": "S",
  ]

  /// A legal form that was read as digits, in letters; nil where the word has none or is none.
  static func form(_ word: String, among forms: Set<String>) -> String? {
    let letters = String(word.map { lookalikes[$0] ?? $0 })
    return letters != word && forms.contains(LabelKey.of(letters)) ? letters : nil
  }

  /// Initials with dots between (`D.1.Y.`), or a word of letters with one digit among them, in letters; nil for any
  /// other.
  static func word(_ word: String) -> String? {
    if let initials = initials(word) { return initials }
    let characters = Array(word)
    guard characters.count(where: \.isLetter) >= 4, let place = characters.firstIndex(where: { $0.isNumber }),
      place > 0, place + 1 < characters.count, characters[place - 1].isLetter, characters[place + 1].isLetter,
      characters.count(where: \.isNumber) == 1, let letter = lookalikes[characters[place]]
    else { return nil }
    let isLower = characters[place + 1].isLowercase
    return String(characters[..<place]) + (isLower ? letter.lowercased() : String(letter))
      + String(characters[(place + 1)...])
  }

  private static func initials(_ word: String) -> String? {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).dropLast(word.hasSuffix(".") ? 1 : 0)
    guard parts.count >= 3, parts.allSatisfy({ $0.count == 1 }), parts.count(where: { $0.first!.isLetter }) >= 2 else {
      return nil
    }
    let letters = String(word.map { $0 == "¥" ? "Y" : lookalikes[$0] ?? $0 })
    return letters == word ? nil : letters
  }

  /// A postcode of five digits with one of them read as a letter; nil for any other word.
  static func postcode(_ word: String) -> String? {
    let mark = word.last.map { ",.".contains($0) } == true ? String(word.suffix(1)) : ""
    let body = Array(word.dropLast(mark.count))
    let digits: [Character: Character] = ["O": "0", "o": "0", "I": "1", "l": "1", "Z": "2", "S": "5", "B": "8"]
    guard body.count == 5, body.count(where: { $0.isASCII && $0.isNumber }) == 4,
      let place = body.firstIndex(where: { !$0.isNumber }), let digit = digits[body[place]]
    else { return nil }
    return String(body[..<place]) + String(digit) + String(body[(place + 1)...]) + mark
  }
}
