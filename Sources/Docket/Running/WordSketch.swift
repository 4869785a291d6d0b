/// What a document says, as a few numbers: two documents with most words in common have most of them in common.
///
/// MinHash over pairs of neighbouring words, and apart from that over the numbers alone: next month's bill has the
/// words of this one's, but other numbers; a second scan of it has both. Source: Broder, "On the resemblance and
/// containment of documents".
package struct WordSketch: Hashable, Sendable {
  /// The least hashes of word pairs, and of numbers; no numbers where the document has hardly any.
  package let words: [UInt32]
  package let numbers: [UInt32]

  private static let wordHashes = 64
  private static let numberHashes = 32
  /// Fewer say too little.
  private static let leastWords = 20
  private static let leastNumbers = 4
  /// More change nothing.
  private static let mostWords = 20_000
  private static let bandWidth = 4

  /// Nil for a document of a few words.
  package init?(_ texts: some Sequence<String>) {
    let keys = texts.lazy.flatMap { $0.split(whereSeparator: \.isWhitespace) }.map { WordSketch.key($0) }
      .filter { !$0.isEmpty }.prefix(WordSketch.mostWords)
    let list = Array(keys)
    guard list.count >= WordSketch.leastWords else { return nil }
    words = WordSketch.least(zip(list, list.dropFirst()).map { "\($0) \($1)" }, count: WordSketch.wordHashes)
    let figures = Set(list.filter { $0.count { $0.isNumber } >= 2 })
    numbers = figures.count < WordSketch.leastNumbers ? [] : WordSketch.least(figures, count: WordSketch.numberHashes)
  }

  /// Letters and digits alone, without case.
  private static func key(_ word: Substring) -> String { word.lowercased().filter { $0.isLetter || $0.isNumber } }

  private static func least(_ items: some Sequence<String>, count: Int) -> [UInt32] {
    var least = [UInt32](repeating: .max, count: count)
    for item in items {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in item.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      var state = hash
      for place in 0..<count {
        // SplitMix64: as many independent hashes as are asked for.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        least[place] = min(least[place], UInt32(truncatingIfNeeded: mixed >> 32))
      }
    }
    return least
  }

  /// The share of words and numbers that two documents have in common, 0 to 1: the lower of both.
  package func likeness(to other: WordSketch) -> Double {
    let words = WordSketch.share(words, other.words)
    guard !numbers.isEmpty, !other.numbers.isEmpty else { return words }
    return min(words, WordSketch.share(numbers, other.numbers))
  }

  private static func share(_ a: [UInt32], _ b: [UInt32]) -> Double {
    guard a.count == b.count, !a.isEmpty else { return 0 }
    return Double(zip(a, b).count { $0 == $1 }) / Double(a.count)
  }

  /// Two documents of which one of these is equal may be alike; others are not.
  package var bands: [UInt32] {
    stride(from: 0, to: words.count, by: WordSketch.bandWidth).map { start in
      words[start..<min(words.count, start + WordSketch.bandWidth)].reduce(2_166_136_261) {
        ($0 ^ $1) &* 16_777_619
      }
    }
  }

  /// Hexadecimal digits, eight a hash, and a colon before those of numbers.
  package var text: String {
    func hex(_ hashes: [UInt32]) -> String {
      hashes.map { hash in
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
      }.joined()
    }
    return "\(hex(words)):\(hex(numbers))"
  }

  package init?(text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    func hashes(_ part: Substring) -> [UInt32] {
      stride(from: 0, to: part.utf8.count, by: 8).compactMap { UInt32(part.dropFirst($0).prefix(8), radix: 16) }
    }
    words = hashes(parts[0])
    numbers = hashes(parts[1])
  }
}
