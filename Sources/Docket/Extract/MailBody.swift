/// What of a mail's text its writer says: without what is quoted, without signatures. A mail that forwards another one
/// and adds little says what that one says.
struct MailBody {
  /// Scalars of the text, counted from 0, in order; never empty where the text is not.
  private(set) var ranges: [Range<Int>] = []
  /// Of a forwarded mail: its own headers, `from`, `date`, `subject`, and where their values stand.
  private(set) var forwarded: [String: (value: String, range: Range<Int>)] = [:]

  private let scalars: [Unicode.Scalar]
  private let words: WordSets
  private var lines: [Range<Int>] = []
  private var keys: [String] = []

  /// Fewer words of one's own than this, and what is forwarded below them is meant.
  private static let fewWords = 25
  /// A mail within a mail is looked for no deeper.
  private static let deepest = 8
  /// A signature is short; what follows a closing at greater length is more of the text.
  private static let longestSignature = 14
  private static let longestAttribution = 200

  init(_ text: TextReading, words: WordSets) {
    scalars = Array(text.text.unicodeScalars)
    self.words = words
    var start = 0
    for index in 0...scalars.count where index == scalars.count || scalars[index] == "\n" {
      if index > start || index < scalars.count { lines.append(start..<index) }
      start = index + 1
    }
    keys = lines.map { LabelKey.of(string($0)) }
    let subject = text.headers.first { $0.name == "subject" }?.value ?? ""
    let prefix = subject.split(separator: ":", maxSplits: 1).first.map { LabelKey.of($0) } ?? ""
    read(from: 0, isForward: words.has(prefix, .forwardPrefix), depth: 0)
    ranges = MailBody.joined(ranges)
    if ranges.allSatisfy({ wordCount($0) == 0 }), !scalars.isEmpty { ranges = [0..<scalars.count] }
  }

  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.reduce(into: []) { joined, range in
      if let last = joined.last, last.upperBound == range.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<range.upperBound
      } else {
        joined.append(range)
      }
    }
  }

  /// Reads a message's body from a line on, up to the mail that it quotes or forwards.
  private mutating func read(from first: Int, isForward: Bool, depth: Int) {
    var own: [Int] = []
    var nested: (line: Int, isForward: Bool)?
    var line = first
    while line < lines.count {
      if isQuoted(line) {
        line += 1
      } else if let below = attribution(at: line) {
        if !isQuoted(below) { break }
        line = below
      } else if let found = divider(at: line) {
        nested = found
        break
      } else {
        own.append(line)
        line += 1
      }
    }
    let kept = withoutSignature(own)
    ranges += kept.map { lines[$0].lowerBound..<min(lines[$0].upperBound + 1, scalars.count) }
    guard let nested, nested.isForward || isForward, depth < MailBody.deepest,
      kept.reduce(0, { $0 + wordCount(lines[$1]) }) < MailBody.fewWords
    else { return }
    let body = headers(from: nested.line)
    read(from: body, isForward: true, depth: depth + 1)
  }

  private func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  private func wordCount(_ range: Range<Int>) -> Int {
    scalars[range].split { $0.properties.isWhitespace }.count
  }

  private func first(of line: Int) -> Unicode.Scalar? {
    scalars[lines[line]].first { !$0.properties.isWhitespace }
  }

  private func isQuoted(_ line: Int) -> Bool { first(of: line) == ">" }

  private func isBlank(_ line: Int) -> Bool { first(of: line) == nil }

  /// `On 3 May 2026, Ann Lee wrote:`, over up to three lines; the line of the quoted text below it.
  private func attribution(at line: Int) -> Int? {
    var text = ""
    for end in line..<min(line + 3, lines.count) {
      if isBlank(end) { return nil }
      text += " " + string(lines[end])
      guard text.unicodeScalars.count < MailBody.longestAttribution else { return nil }
      guard text.trimmed.hasSuffix(":") else { continue }
      let keys = text.split { $0.isWhitespace || $0 == ":" }.map { LabelKey.of($0) }
      guard words.contains(keys, .wrote), text.contains("@") || text.contains(where: \.isNumber) || keys.count < 6
      else { return nil }
      return lines.indices.first { $0 > end && !isBlank($0) }
    }
    return nil
  }

  /// `-----Original Message-----`, or the headers that some programs put alone.
  private func divider(at line: Int) -> (line: Int, isForward: Bool)? {
    let mark = first(of: line)
    if mark == "-" || mark == "_" || mark == "*" || mark == "=" {
      if words.has(keys[line], .forwardedMessage) { return (line + 1, true) }
      if words.has(keys[line], .originalMessage) { return (line + 1, false) }
    }
    return isHeaderBlock(at: line) ? (line, false) : nil
  }

  /// From, and two more headers within the next lines.
  private func isHeaderBlock(at line: Int) -> Bool {
    guard header(at: line)?.name == "from" else { return false }
    return (line..<min(line + 7, lines.count)).compactMap { header(at: $0)?.name }.count >= 3
  }

  private static let kinds: [(kind: LanguageWords.Kind, name: String)] = [
    (.mailFrom, "from"), (.mailDate, "date"), (.mailTo, "to"), (.mailSubject, "subject"),
  ]

  private func header(at line: Int) -> (name: String, range: Range<Int>)? {
    let range = lines[line]
    guard let colon = scalars[range].firstIndex(of: ":"), colon - range.lowerBound <= 24 else { return nil }
    let key = LabelKey.of(string(range.lowerBound..<colon))
    guard let kind = MailBody.kinds.first(where: { words.has(key, $0.kind) }) else { return nil }
    let from = scalars[(colon + 1)..<range.upperBound].firstIndex { !$0.properties.isWhitespace && $0 != "*" }
    return (kind.name, (from ?? range.upperBound)..<range.upperBound)
  }

  /// Takes a nested mail's headers; gives the line behind them.
  private mutating func headers(from first: Int) -> Int {
    var line = first
    var blanks = 0
    forwarded = [:]
    while line < lines.count {
      if let header = header(at: line) {
        if forwarded[header.name] == nil { forwarded[header.name] = (string(header.range).trimmed, header.range) }
      } else if isBlank(line) {
        if !forwarded.isEmpty { return line + 1 }
        blanks += 1
        if blanks > 2 { return line }
      } else if forwarded.isEmpty || !scalars[lines[line].lowerBound].properties.isWhitespace {
        // A header that no language's words hold, else the text.
        guard !forwarded.isEmpty, string(lines[line]).prefix(16).contains(":") else { return line }
      }
      line += 1
    }
    return line
  }

  /// Up to `-- `, or up to a closing with a few lines below it.
  private func withoutSignature(_ own: [Int]) -> [Int] {
    for (place, line) in own.enumerated() {
      let text = string(lines[line])
      if text == "-- " || text == "--" || text.hasPrefix("-- \r") { return Array(own[..<place]) }
    }
    let filled = own.filter { !isBlank($0) }
    for (place, line) in filled.enumerated().dropFirst().reversed()
    where filled.count - place <= MailBody.longestSignature && words.has(keys[line], .closing) {
      return own.filter { $0 < line }
    }
    return own
  }
}
