/// When something is due: `minute hour day month weekday`, as crontab(5) writes it.
///
///     0 2 * * 1-5        at two in the morning from Monday to Friday
///
/// Fields take `*`, numbers, ranges, lists and steps; months and weekdays their English names too; Sunday is 0 or 7.
/// Where both day and weekday are restricted, either suffices. Words: `@hourly @daily @weekly @monthly @yearly`.
package struct CronLine: Hashable, Sendable, CustomStringConvertible {
  package let description: String
  let minutes: Set<Int>
  let hours: Set<Int>
  let days: Set<Int>
  let months: Set<Int>
  /// 0 is Sunday.
  let weekdays: Set<Int>
  /// Day or weekday was left open, so that both must fit.
  let isEitherOpen: Bool

  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
  static let words = [
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
  ]

  /// What is wrong with a line, in words.
  package struct Mistake: Error, Hashable, Sendable { package let message: String }

  /// - Throws: a `Mistake`, also for lines that never come due, such as `0 0 31 2 *`.
  package init(_ text: String) throws(Mistake) {
    let plain = CronLine.words[text.lowercased()] ?? text
    let fields = plain.split(whereSeparator: { $0 == " " || $0 == "\t" }).map { $0.lowercased() }
    guard fields.count == 5 else {
      throw Mistake(message: "A cron line has five fields: minute, hour, day, month, weekday.")
    }
    description = text
    minutes = try CronLine.field(fields[0], "minute", 0...59)
    hours = try CronLine.field(fields[1], "hour", 0...23)
    days = try CronLine.field(fields[2], "day", 1...31)
    months = try CronLine.field(fields[3], "month", 1...12, names: CronLine.monthNames, first: 1)
    weekdays = Set(try CronLine.field(fields[4], "weekday", 0...7, names: CronLine.dayNames, first: 0).map { $0 % 7 })
    isEitherOpen = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let exists = months.contains { month in days.contains { $0 <= lengths[month - 1] } }
    guard exists || !isEitherOpen else { throw Mistake(message: "There is no such day in these months.") }
  }

  /// Whether it is due in a minute, as far as the wall says.
  func matches(_ minute: LocalMinute) -> Bool {
    minutes.contains(minute.minute) && hours.contains(minute.hour) && matchesDay(minute)
  }

  func matchesDay(_ minute: LocalMinute) -> Bool {
    guard months.contains(minute.month) else { return false }
    let (day, weekday) = (days.contains(minute.day), weekdays.contains(minute.weekday))
    return isEitherOpen ? day && weekday : day || weekday
  }

  private static func field(
    _ text: String, _ what: String, _ range: ClosedRange<Int>, names: [String] = [], first: Int = 0
  ) throws(Mistake) -> Set<Int> {
    func number(_ word: Substring) throws(Mistake) -> Int {
      if let index = names.firstIndex(of: String(word)) { return index + first }
      guard word.allSatisfy(\.isASCII), let number = Int(word), range.contains(number), !word.hasPrefix("+") else {
        throw Mistake(message: "`\(word)` is no \(what) from \(range.lowerBound) to \(range.upperBound).")
      }
      return number
    }
    var found: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
      guard pieces.count <= 2, let span = pieces.first else {
        throw Mistake(message: "`\(part)` is no \(what).")
      }
      var step = 1
      if pieces.count == 2 {
        guard let value = Int(pieces[1]), value > 0, value <= range.upperBound else {
          throw Mistake(message: "`\(part)`: a step is a whole number from 1.")
        }
        step = value
      }
      let ends = span.split(separator: "-", omittingEmptySubsequences: false)
      var (low, high) = (range.lowerBound, range.upperBound)
      if span != "*" {
        guard ends.count <= 2, pieces.count == 1 || ends.count == 2 else {
          throw Mistake(message: "`\(part)` is no \(what): a step needs `*` or a range.")
        }
        low = try number(ends[0])
        high = ends.count == 2 ? try number(ends[1]) : low
        guard low <= high else { throw Mistake(message: "`\(part)` runs backwards.") }
      }
      found.formUnion(stride(from: low, through: high, by: step))
    }
    return found
  }
}

/// A minute as a wall shows it, in the Gregorian calendar.
package struct LocalMinute: Hashable, Sendable {
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  /// 0 is Sunday.
  package let weekday: Int

  /// - Parameter wall: minutes since 1970 began on this wall, had its clock never been put forward or back.
  package init(wall: Int) {
    let days = Int((Double(wall) / 1440).rounded(.down))
    let rest = wall - days * 1440
    (hour, minute) = (rest / 60, rest % 60)
    // 1 January 1970 was a Thursday.
    weekday = ((days + 4) % 7 + 7) % 7
    // Years that begin in March, so that the leap day comes last: "days from civil", the other way round.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * ofYear + 2) / 153
    day = ofYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  }
}

/// How far a wall's clock is from Greenwich: a time zone, handed in, as the domain has none.
package protocol TimeZoneRules: Sendable {
  /// Seconds east of Greenwich at a moment.
  /// - Parameter seconds: since 1970.
  func offset(at seconds: Int) -> Int
}
