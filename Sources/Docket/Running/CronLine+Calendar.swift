extension CronLine {
  /// The same as systemd.time(7) writes it, for `OnCalendar=`: one, or two where a day or a weekday suffices.
  package var calendarEvents: [String] {
    let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let weekday = weekdays.count == 7 ? "" : weekdays.sorted().map { names[$0] }.joined(separator: ",") + " "
    let day = CronLine.list(days, of: 31)
    let month = CronLine.list(months, of: 12)
    let time = "\(CronLine.list(hours, of: 24)):\(CronLine.list(minutes, of: 60)):00"
    if isEitherOpen { return ["\(weekday)*-\(month)-\(day) \(time)"] }
    return ["*-\(month)-\(day) \(time)", "\(weekday)*-\(month)-* \(time)"]
  }

  /// The five fields as crontab(5) takes them, also of a word such as `@daily`.
  package var fields: String { CronLine.words[description.lowercased()] ?? description }

  private static func list(_ numbers: Set<Int>, of count: Int) -> String {
    if numbers.count == count { return "*" }
    return numbers.sorted().map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ",")
  }
}
