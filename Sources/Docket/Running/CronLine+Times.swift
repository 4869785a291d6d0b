/// When a line is due, in a time zone whose clocks may be put forward or back.
///
/// A time that is skipped when clocks go forward is due right after the skip; a time that comes twice when they go back
/// is due the first time only. Lines for every hour are due as often as real hours come.
extension CronLine {
  /// Some 40 years: a leap day that is a Monday, and then some.
  private static let longestSearch = 15_000 * 86_400
  /// No clock is put forward or back by more.
  private static let longestShift = 180

  /// The first moment after `seconds` at which it is due, in seconds since 1970, a whole minute; nil if none is near.
  package func next(after seconds: Int, in zone: any TimeZoneRules) -> Int? {
    var moment = (seconds / 60 + 1) * 60
    let end = moment + CronLine.longestSearch
    while moment < end {
      let offset = zone.offset(at: moment)
      let local = LocalMinute(wall: (moment + offset) / 60)
      if isDue(at: moment, local, in: zone) { return moment }
      moment += step(from: moment, local, offset, in: zone)
    }
    return nil
  }

  /// The last moment at or before `seconds` at which it was due; nil if there was none in five years.
  package func last(before seconds: Int, in zone: any TimeZoneRules) -> Int? {
    for days in [1, 8, 32, 367, 1830] {
      var found: Int?
      var from = seconds - days * 86_400
      while let next = next(after: from, in: zone), next <= seconds {
        found = next
        from = next
      }
      if let found { return found }
    }
    return nil
  }

  /// Seconds to the next moment that is worth asking about: what cannot fit is passed over, unless a clock is put
  /// forward or back in it.
  private func step(from moment: Int, _ local: LocalMinute, _ offset: Int, in zone: any TimeZoneRules) -> Int {
    let far: Int
    if !matchesDay(local) {
      far = 1440 - local.hour * 60 - local.minute
    } else if !hours.contains(local.hour) {
      far = 60 - local.minute
    } else {
      return 60
    }
    return zone.offset(at: moment + far * 60) == offset ? far * 60 : 60
  }

  private func isDue(at moment: Int, _ local: LocalMinute, in zone: any TimeZoneRules) -> Bool {
    // A line for every hour means no time of day.
    if hours.count == 24 { return matches(local) }
    let wall = (moment + zone.offset(at: moment)) / 60
    let before = (moment - 60 + zone.offset(at: moment - 60)) / 60
    // Clocks went forward just now: what would have been due in between is due.
    if wall - before > 1, wall - before <= CronLine.longestShift {
      return (before + 1...wall).contains { matches(LocalMinute(wall: $0)) }
    }
    guard matches(local) else { return false }
    // Clocks went back: this wall showed the same a while ago.
    let back = zone.offset(at: moment - CronLine.longestShift * 60) - zone.offset(at: moment)
    return back <= 0 || zone.offset(at: moment - back) - zone.offset(at: moment) != back
  }
}
