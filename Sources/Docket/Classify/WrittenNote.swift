/// A plain text that came alone and was written to somebody in its writer's own words: no form, no list, no answer in
/// a discussion. It asks for something politely and speaks of what a contract's records are about.
struct WrittenNote {
  private let keys: [String]
  /// How much it reads like something that is asked of somebody.
  private let politeness: Double
  /// What its length, its links and its numbers say against it.
  private let against: Double

  private static let prior = -2.2
  private static let asking = 0.8
  private static let greeting = 0.4
  private static let mostOfPoliteness = 2.4
  private static let word = 0.9
  private static let mostOfWords = 3.5
  /// A note has a few lines; the longer a text, the more of any words stand in it.
  private static let usualLength = 45.0
  private static let perLength = 1.3
  private static let mostForBrevity = 0.9
  private static let longest = 1_000
  private static let link = 0.8
  private static let quotedLine = 1.0
  /// Tables and statements are full of numbers.
  private static let usualNumbers = 0.08
  private static let perNumbers = 8.0
  private static let longestPhrase = 4
  /// `Priority: high`: so many lines of that kind are a form.
  private static let formLines = 3
  private static let longestLabel = 24

  /// Nil for what is no plain text, has headers or columns, is long, or is a form.
  init?(_ reading: Reading, words: WordSets) {
    guard case .text(let text) = reading.content, reading.mediaType == "text/plain", reading.firstRow == nil,
      text.headers.isEmpty, text.tables.isEmpty
    else { return nil }
    let parts = text.text.split(maxSplits: WrittenNote.longest, whereSeparator: \.isWhitespace)
    guard !parts.isEmpty, parts.count <= WrittenNote.longest else { return nil }
    let lines = text.text.split(whereSeparator: \.isNewline)
    guard lines.count(where: WrittenNote.isOfForm) < WrittenNote.formLines else { return nil }
    keys = parts.map { LabelKey.of($0) }
    let asked = WrittenNote.found(keys) { words.has($0, .asking) }.count
    let greeted = WrittenNote.found(keys) { words.has($0, .greeting) || words.has($0, .closing) }.count
    politeness = min(
      WrittenNote.mostOfPoliteness, WrittenNote.asking * Double(asked) + WrittenNote.greeting * Double(greeted))
    let length = WrittenNote.perLength * Elementary.log(Double(keys.count + 1) / WrittenNote.usualLength)
    let numbers = Double(parts.count { $0.contains(where: \.isNumber) }) / Double(parts.count)
    let links = parts.count { $0.contains("://") || $0.hasPrefix("www.") }
    let quoted = lines.count { $0.first { !$0.isWhitespace } == ">" }
    against =
      max(-WrittenNote.mostForBrevity, length) + WrittenNote.link * Double(links)
      + WrittenNote.quotedLine * Double(quoted)
      + WrittenNote.perNumbers * max(0, numbers - WrittenNote.usualNumbers)
  }

  private static func isOfForm(_ line: Substring) -> Bool {
    guard let colon = line.prefix(longestLabel).firstIndex(of: ":") else { return false }
    return line[line.index(after: colon)...].contains { !$0.isWhitespace && $0 != "/" }
  }

  /// What speaks for one of a contract's records, as a logit against "unknown", and by which of its words.
  ///
  /// - Returns: nil where nobody writes such a record in his own words.
  func evidence(_ phrases: ContractPhrases) -> (value: Double, names: [String])? {
    guard !phrases.written.isEmpty else { return nil }
    var weights: [(text: String, weight: Double)] = []
    for key in WrittenNote.found(keys, where: { !phrases.written[$0].isEmpty }) {
      if let best = phrases.written[key].max(by: { $0.weight < $1.weight }) { weights.append((best.text, best.weight)) }
    }
    guard !weights.isEmpty || politeness > 0 else { return nil }
    let words = min(WrittenNote.mostOfWords, WrittenNote.word * weights.reduce(0) { $0 + $1.weight })
    return (WrittenNote.prior + politeness + words - against, weights.map(\.text))
  }

  /// Phrases that stand in the text, each once, none within another, the longest first.
  private static func found(_ keys: [String], where isKnown: (String) -> Bool) -> [String] {
    var found: [String] = []
    var start = 0
    while start < keys.count {
      let ends = (start + 1...min(keys.count, start + longestPhrase)).reversed()
      let end = keys[start].isEmpty ? nil : ends.first { isKnown(keys[start..<$0].joined()) }
      if let end {
        let key = keys[start..<end].joined()
        if !found.contains(key) { found.append(key) }
      }
      start = end ?? start + 1
    }
    return found
  }
}
