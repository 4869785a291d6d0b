import Docket
import Foundation
import Testing

/// Cron lines against the calendar and against clocks that are put forward and back.
@Suite struct CronLineTests {
  private struct Zone: TimeZoneRules {
    let zone: TimeZone
    init(_ name: String) throws { zone = try #require(TimeZone(identifier: name)) }
    func offset(at seconds: Int) -> Int { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))) }

    private func format(_ pattern: String) -> DateFormatter {
      let format = DateFormatter()
      format.locale = Locale(identifier: "en_US_POSIX")
      format.timeZone = zone
      format.dateFormat = pattern
      return format
    }
    func seconds(_ text: String) throws -> Int {
      Int(try #require(format("yyyy-MM-dd HH:mm").date(from: text)).timeIntervalSince1970)
    }
    func text(_ seconds: Int?) -> String {
      seconds.map { format("yyyy-MM-dd HH:mm xx").string(from: Date(timeIntervalSince1970: Double($0))) } ?? "never"
    }
  }

  /// The next so many times after a moment.
  private func times(_ line: String, after text: String, in name: String, count: Int = 1) throws -> [String] {
    let (cron, zone) = (try CronLine(line), try Zone(name))
    var found: [String] = []
    var from = try zone.seconds(text)
    for _ in 0..<count {
      guard let next = cron.next(after: from, in: zone) else { return found + ["never"] }
      found.append(zone.text(next))
      from = next
    }
    return found
  }

  @Test(
    "finds the next time",
    arguments: [
      ("0 2 * * 1-5", "2026-11-27 02:00", "2026-11-30 02:00 +0000"),
      ("*/15 * * * *", "2026-01-01 00:14", "2026-01-01 00:15 +0000"),
      ("5-50/15,59 8 * * *", "2026-01-01 08:35", "2026-01-01 08:50 +0000"),
      ("30 4 1,15 * 5", "2026-01-02 05:00", "2026-01-09 04:30 +0000"),
      ("30 4 1,15 * 5", "2026-01-09 05:00", "2026-01-15 04:30 +0000"),
      ("0 0 29 2 *", "2026-01-01 00:00", "2028-02-29 00:00 +0000"),
      ("0 0 29 2 *", "2096-03-01 00:00", "2104-02-29 00:00 +0000"),
      ("0 12 31 * *", "2026-03-31 12:00", "2026-05-31 12:00 +0000"),
      ("0 0 * feb mon", "2026-12-24 00:00", "2027-02-01 00:00 +0000"),
      ("0 0 * * 7", "2026-11-28 12:00", "2026-11-29 00:00 +0000"),
      ("59 23 31 12 *", "2026-12-31 23:59", "2027-12-31 23:59 +0000"),
      ("@monthly", "2026-01-31 00:00", "2026-02-01 00:00 +0000"),
    ])
  func next(line: String, after: String, expected: String) throws {
    #expect(try times(line, after: after, in: "GMT") == [expected])
  }

  @Test("a time that is skipped when clocks go forward is due right after the skip, once")
  func forward() throws {
    #expect(
      try times("30 2 * * *", after: "2026-03-28 12:00", in: "Europe/Berlin", count: 2)
        == ["2026-03-29 03:00 +0200", "2026-03-30 02:30 +0200"])
    #expect(
      try times("0,15,30,45 2 * * *", after: "2026-03-28 12:00", in: "Europe/Berlin", count: 2)
        == ["2026-03-29 03:00 +0200", "2026-03-30 02:00 +0200"])
    #expect(try times("0 3 * * *", after: "2026-03-28 12:00", in: "Europe/Berlin") == ["2026-03-29 03:00 +0200"])
    #expect(
      try times("0 0 * * 0", after: "2018-11-03 12:00", in: "America/Sao_Paulo") == ["2018-11-04 01:00 -0200"],
      "midnight itself is skipped")
    #expect(
      try times("15 2 * * *", after: "2026-10-03 12:00", in: "Australia/Lord_Howe", count: 2)
        == ["2026-10-04 02:30 +1100", "2026-10-05 02:15 +1100"], "half an hour is skipped")
  }

  @Test("a time that comes twice when clocks go back is due the first time only")
  func back() throws {
    #expect(
      try times("30 2 * * *", after: "2026-10-24 12:00", in: "Europe/Berlin", count: 2)
        == ["2026-10-25 02:30 +0200", "2026-10-26 02:30 +0100"])
    #expect(
      try times("0 1 * * *", after: "2026-10-31 12:00", in: "America/New_York", count: 2)
        == ["2026-11-01 01:00 -0400", "2026-11-02 01:00 -0500"])
  }

  @Test("what is due every hour comes as often as real hours do")
  func hourly() throws {
    #expect(
      try times("30 * * * *", after: "2026-10-25 00:45", in: "Europe/Berlin", count: 4)
        == [
          "2026-10-25 01:30 +0200", "2026-10-25 02:30 +0200", "2026-10-25 02:30 +0100", "2026-10-25 03:30 +0100",
        ])
    #expect(
      try times("30 * * * *", after: "2026-03-29 01:00", in: "Europe/Berlin", count: 2)
        == ["2026-03-29 01:30 +0100", "2026-03-29 03:30 +0200"])
  }

  @Test("agrees with a plain search over every minute of a year", arguments: ["Europe/Berlin", "America/St_Johns"])
  func everyMinute(name: String) throws {
    let zone = try Zone(name)
    let (start, end) = (try zone.seconds("2026-01-01 00:00"), try zone.seconds("2026-12-31 23:59"))
    let cron = try CronLine("17 5,18 * 3,10,11 1-6/2")
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone.zone
    var plain: [Int] = []
    for seconds in stride(from: start + 60, through: end, by: 60) where (seconds / 60) % 60 % 30 == 17 % 30 {
      let parts = calendar.dateComponents(
        [.month, .weekday, .hour, .minute], from: Date(timeIntervalSince1970: Double(seconds)))
      guard parts.minute == 17, [5, 18].contains(parts.hour), [3, 10, 11].contains(parts.month) else { continue }
      if [2, 4, 6].contains(parts.weekday) { plain.append(seconds) }
    }
    var found: [Int] = []
    var from = start
    while let next = cron.next(after: from, in: zone), next <= end {
      found.append(next)
      from = next
    }
    #expect(found == plain && !plain.isEmpty)
    #expect(cron.last(before: end, in: zone) == plain.last)
  }

  @Test(
    "says the same to systemd",
    arguments: [
      ("0 2 * * 1-5", ["Mon,Tue,Wed,Thu,Fri *-*-* 02:00:00"]), ("*/30 * * * *", ["*-*-* *:00,30:00"]),
      ("30 4 1,15 3 5", ["*-03-01,15 04:30:00", "Fri *-03-* 04:30:00"]), ("@weekly", ["Sun *-*-* 00:00:00"]),
    ])
  func calendarEvents(line: String, events: [String]) throws {
    #expect(try CronLine(line).calendarEvents == events)
  }

  @Test(
    "says what is wrong",
    arguments: [
      "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "a * * * *", "5-1 * * * *",
      "*/0 * * * *", "1/5 * * * *", "1,,2 * * * *", "+1 * * * *", "0 0 31 2 *", "0 0 31 4,6 *", "* * * * * *", "@never",
    ])
  func mistakes(line: String) {
    #expect(throws: CronLine.Mistake.self) { try CronLine(line) }
  }

  @Test("a day that never comes is due where a weekday does")
  func either() throws {
    #expect(try times("0 0 31 2 1", after: "2026-02-03 00:00", in: "GMT") == ["2026-02-09 00:00 +0000"])
  }
}
