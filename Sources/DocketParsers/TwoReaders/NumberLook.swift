import Docket

/// Numbers that were read with doubt are read again, each by itself, larger, as nothing but a number.
///
/// What the second look says takes the place of what was read where it is much surer; else it is one more thing that
/// may stand there.
struct NumberLook {
  let reader: RegionReader

  /// Of a word's confidence.
  private static let doubt: Float = 0.8
  /// Of a page: where more numbers are doubtful, another look helps no more.
  private static let most = 24
  /// Below this another look is no evidence.
  private static let leastBelief: Float = 0.5
  /// From here on it takes the place of what was read with less than `weak`.
  private static let strong: Float = 0.85
  private static let weak: Float = 0.6

  /// Whether any is doubtful: most pages have none, and are not drawn for it.
  static func isWorth(_ words: [Word]) -> Bool { words.contains(where: isDoubtful) }

  func improve(_ words: inout [Word], in picture: LeptonicaPicture) {
    let doubtful = words.indices.filter { NumberLook.isDoubtful(words[$0]) }
    for index in doubtful.prefix(NumberLook.most) {
      let word = words[index]
      let box = PixelBox(
        left: Double(word.x), top: Double(word.y), right: Double(word.right), bottom: Double(word.bottom))
      let seen = reader.read(picture, box: box, isNumber: true).words
      let text = seen.map(\.text).joined()
      let belief = seen.map(\.confidence).min() ?? 0
      guard text != word.text, text.contains(where: \.isNumber), belief >= NumberLook.leastBelief else { continue }
      words[index] = NumberLook.settled(word, WordVariant(text: text, probability: belief))
    }
  }

  /// Digits for the most part; a letter among them may be one misread.
  static func isDoubtful(_ word: Word) -> Bool {
    guard word.confidence < doubt, word.text.utf8.count >= 3 else { return false }
    let digits = word.text.count(where: \.isNumber)
    let letters = word.text.count(where: \.isLetter)
    return digits * 2 >= word.text.count && letters * 4 <= word.text.count
  }

  static func settled(_ word: Word, _ seen: WordVariant) -> Word {
    var word = word
    var others = word.variants.filter { $0.text != seen.text }
    if seen.probability >= strong, word.confidence < weak {
      others.append(WordVariant(text: word.text, probability: min(word.confidence, 1 - seen.probability)))
      (word.text, word.confidence, word.reader) = (seen.text, seen.probability, .lines)
    } else {
      others.append(seen)
    }
    word.variants = Array(
      others.sorted { ($1.probability, $0.text) < ($0.probability, $1.text) }.prefix(WordVariant.most))
    return word
  }
}
