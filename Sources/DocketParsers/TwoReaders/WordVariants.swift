import Docket

/// What else a place may say: the other reader's words, and letters that the line reader hesitated over.
struct WordVariants {
  let place: ReadPlace
  let chosen: WordReader
  /// That the chosen words are right, 0 to 1.
  let confidence: Float

  /// How often, of places that the chosen reader read wrongly, the other one is right.
  private static let otherIsRight: Float = 0.4
  private static let leastProbability: Float = 0.02
  /// Fewer letters are no evidence of anything, longer words are names and not decided by one letter.
  private static let lengths = 2...40

  /// Of the chosen words, one list each; empty lists where both read the same and the line reader was sure.
  func all() -> [[WordVariant]] {
    let words = chosen == .lines ? place.lines : place.tesseract
    var variants = hesitations(of: words)
    let others = chosen == .lines ? place.tesseract : place.lines
    if chosen != .both, others.count == words.count {
      for (index, other) in others.enumerated() where other.text != words[index].text {
        variants[index].append(
          WordVariant(text: other.text, probability: (1 - confidence) * WordVariants.otherIsRight))
      }
    }
    return zip(words, variants).map { WordVariants.likeliest($1, of: $0) }
  }

  /// The line reader's words carry what their letters may be.
  private func hesitations(of words: [Word]) -> [[WordVariant]] {
    guard chosen != .tesseract, place.lines.count == words.count else { return words.map { _ in [] } }
    return place.lines.map(\.variants)
  }

  private static func likeliest(_ variants: [WordVariant], of word: Word) -> [WordVariant] {
    guard lengths.contains(word.text.count) else { return [] }
    var best: [WordVariant] = []
    for variant in variants.sorted(by: { ($1.probability, $0.text) < ($0.probability, $1.text) })
    where variant.probability >= leastProbability && !best.contains(where: { $0.text == variant.text }) {
      guard best.count < WordVariant.most else { break }
      best.append(variant)
    }
    return best
  }
}

extension ReadLine.Word {
  /// The word with one letter changed for what it may be as well, and how probable each is.
  var variants: [WordVariant] {
    var variants: [WordVariant] = []
    for (index, letter) in letters.enumerated() {
      for other in letter.alternatives where letter.probability > 0 {
        var characters = letters.map(\.character)
        characters[index] = other.character
        variants.append(
          WordVariant(text: String(characters), probability: probability * other.probability / letter.probability))
      }
    }
    return variants
  }
}
