/// Dates whose digits OCR misread: letters among them, months and days that no calendar has.
enum MisreadDate {
  private static let lookalikes: [Character: Character] = [
    "O": "0", "o": "0", "D": "0", "Q": "0", "U": "0", "I": "1", "l": "1", "i": "1", "|": "1", "!": "1", "Z": "2",
    "z": "2", "S": "5", "s": "5", "$": "5", "G": "6", "b": "6", "T": "7", "B": "8", "g": "9", "a": "0", "A": "4",
  ]

  /// The three groups of digits that a word most likely shows; nil where it does not look like a date.
  static func digits(of text: String) -> [String]? {
    var body = text[...]
    if let colon = body.lastIndex(of: ":"), body[..<colon].contains(where: \.isLetter) {
      body = body[body.index(after: colon)...]
    }
    while let first = body.first, !first.isNumber, lookalikes[first] == nil { body = body.dropFirst() }
    while let last = body.last, !last.isNumber, lookalikes[last] == nil { body = body.dropLast() }
    guard let mark = body.first(where: { "/-.".contains($0) }) else { return nil }
    let groups = body.split(separator: mark, omittingEmptySubsequences: false)
    // Four of its digits at least were read as digits.
    guard groups.count == 3, body.filter(\.isNumber).count >= 4 else { return nil }
    var parts: [String] = []
    for group in groups {
      let digits = group.compactMap { $0.isASCII && $0.isNumber ? $0 : lookalikes[$0] }
      guard digits.count == group.count else { return nil }
      parts.append(String(digits))
    }
    return mended(parts)
  }

  /// Two groups of two, then a year; or a year first.
  private static func mended(_ parts: [String]) -> [String]? {
    let counts = parts.map(\.count)
    if counts == [4, 2, 2] { return [year(parts[0]), upTo(1, parts[1]), upTo(3, parts[2])] }
    guard counts[0] == 2, counts[1] == 2, counts[2] == 2 || counts[2] == 4 else { return nil }
    let isYear = counts[2] == 4
    return [upTo(3, parts[0]), upTo(3, parts[1]), isYear ? year(parts[2]) : parts[2]]
  }

  /// A first digit above `most` was another one: 6, 8 and 9 look like 0, 7 and 4 like 1.
  private static func upTo(_ most: Int, _ digits: String) -> String {
    guard let first = digits.first?.wholeNumberValue, first > most else { return digits }
    return ([6, 8, 9, 5].contains(first) ? "0" : "1") + digits.dropFirst()
  }

  /// `14 Mar 2048` is of 2018: a 4 looks like a 1, and nobody dates what he sends so far ahead.
  static func inReach(_ date: PrintedDate) -> PrintedDate {
    func nearer(_ day: CalendarDate) -> CalendarDate? {
      day.year >= 2040 ? CalendarDate(year: day.year - 30, month: day.month, day: day.day) : day
    }
    guard date.date.year >= 2040, let day = nearer(date.date) else { return date }
    var mended = date
    mended.date = day
    mended.other = date.other.flatMap(nearer)
    mended.isMended = true
    return mended
  }

  /// Years of post begin with 19 or 20, and are not far ahead.
  private static func year(_ digits: String) -> String {
    if digits.hasPrefix("19") { return digits }
    return "20" + upTo(3, String(digits.suffix(2)))
  }
}
