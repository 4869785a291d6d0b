/// A header's date, RFC 5322: `Mon, 2 Sep 2002 14:05:11 -0400`; also as old programs write it:
/// `Mon Sep  2 14:05:11 EDT 2002`, `2-Sep-02 14:05`, `Mon, Sep 2 2002 2:05 PM`, `2002-09-02 14:05:11`.
enum MailDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// RFC 3339, in the zone that the header names; nil where it cannot be understood.
  static func iso(_ text: String) -> String? {
    let words = words(of: text)
    guard let (date, used) = date(words), let at = words.indices.first(where: { clock(words[$0]) != nil }),
      !used.contains(at), var clock = clock(words[at])
    else { return nil }
    let behind = words[(at + 1)...].enumerated().filter { !used.contains(at + 1 + $0.offset) }.map(\.element)
    let rest = clock.rest.isEmpty ? behind : [clock.rest]
    let half = rest.first.map { $0.uppercased() }
    if half == "PM", clock.hour < 12 { clock.hour += 12 }
    if half == "AM", clock.hour == 12 { clock.hour = 0 }
    let zone = zone((half == "AM" || half == "PM" ? Array(rest.dropFirst()) : rest).first)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(date)T\(two(clock.hour)):\(two(clock.minute)):\(two(clock.second))\(zone)"
  }

  /// Parted at blanks, commas, and the dashes or the `T` within a date.
  private static func words(of text: String) -> [String] {
    text.split { " ,".contains($0) }.flatMap { word -> [String] in
      let parts = word.split(separator: "-", maxSplits: 2)
      guard parts.count == 3, word.first?.isNumber == true else { return [String(word)] }
      return (parts[..<2] + parts[2].split(separator: "T", maxSplits: 1)).map(String.init)
    }
  }

  /// A date among words, and the words' places.
  private static func date(_ words: [String]) -> (date: CalendarDate, used: Set<Int>)? {
    guard let at = words.firstIndex(where: { months.contains($0.prefix(3).lowercased()) }),
      let month = months.firstIndex(of: words[at].prefix(3).lowercased())
    else { return isoDate(words) }
    func number(_ place: Int) -> Int? { words.indices.contains(place) ? Int(words[place]) : nil }
    let dayPlace = number(at - 1) != nil ? at - 1 : at + 1
    // Behind the month, the day or the clock: the first number that is no zone.
    let yearPlace = words.indices.first { place in
      place > at && place != dayPlace && words[place].first?.isNumber == true && number(place) != nil
    }
    guard let day = number(dayPlace), let yearPlace, var year = number(yearPlace) else { return nil }
    if year < 50 { year += 2000 } else if year < 1000 { year += 1900 }
    return CalendarDate(year: year, month: month + 1, day: day).map { ($0, [at, dayPlace, yearPlace]) }
  }

  private static func isoDate(_ words: [String]) -> (date: CalendarDate, used: Set<Int>)? {
    guard let at = words.firstIndex(where: { $0.count == 4 && Int($0) != nil }), at + 2 < words.count,
      let year = Int(words[at]), let month = Int(words[at + 1]), let day = Int(words[at + 2])
    else { return nil }
    return CalendarDate(year: year, month: month, day: day).map { ($0, [at, at + 1, at + 2]) }
  }

  /// `14:05:11`, `14.05`, and what is written to it without a blank: `+02:00`, `PM`.
  private static func clock(_ word: String) -> (hour: Int, minute: Int, second: Int, rest: String)? {
    let digits = word.prefix { $0.isNumber || $0 == ":" || $0 == "." }
    let parts = digits.split(whereSeparator: { $0 == ":" || $0 == "." }).map { Int($0) ?? -1 }
    guard parts.count >= 2, (0...23).contains(parts[0]), (0...59).contains(parts[1]) else { return nil }
    let second = parts.count > 2 && (0...60).contains(parts[2]) ? parts[2] : 0
    return (parts[0], parts[1], second, String(word.dropFirst(digits.count)))
  }

  private static let american = [
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
  ]
  private static let universal: Set<String> = ["Z", "GMT", "UT", "UTC"]

  /// `+02:00`, `Z`; empty where nobody knows: RFC 5322 takes an unknown name as `-0000`.
  private static func zone(_ word: String?) -> String {
    guard var name = word?.uppercased().trimming("\"()") else { return "Z" }
    if universal.contains(name) { return "Z" }
    if let hours = american[name] { return "-0\(-hours):00" }
    for prefix in ["GMT", "UTC"] where name.hasPrefix(prefix) { name = String(name.dropFirst(3)) }
    // `-0000`: the time is given without saying where.
    if name == "-0000" { return "" }
    guard let sign = name.first, sign == "+" || sign == "-" else { return "" }
    let digits = name.dropFirst().filter { $0 != ":" }
    guard (3...4).contains(digits.count), let number = Int(digits), number / 100 <= 23, number % 100 < 60 else {
      return ""
    }
    let padded = digits.count == 3 ? "0" + digits : String(digits)
    return "\(sign)\(padded.prefix(2)):\(padded.suffix(2))"
  }
}

extension String {
  fileprivate func trimming(_ marks: String) -> String {
    String(drop { marks.contains($0) }.reversed().drop { marks.contains($0) }.reversed())
  }
}
