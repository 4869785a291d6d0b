/// What a workspace takes of its disk, and how long that goes well. In bytes.
package struct DiskUse: Hashable, Sendable {
  package var originals: Int
  package var readings: Int
  /// With its log and copies that were kept.
  package var store: Int
  package var free: Int
  /// What is added in a day, as the last week went; nil where nothing arrived yet.
  package var growthPerDay: Double?

  package init(originals: Int, readings: Int, store: Int, free: Int, growth: Growth, now: Double) {
    self.originals = originals
    self.readings = readings
    self.store = store
    self.free = free
    guard let first = growth.firstAt, growth.arrivedBytes > 0 else { return }
    let days = min(DiskUse.days, max(1, (now - first) / 86_400))
    // A byte that arrives takes more than a byte: what is read of it is kept too.
    let share = Double(originals + readings + store) / Double(growth.arrivedBytes)
    growthPerDay = Double(growth.recentBytes) * share / days
  }

  /// How many days the growth is taken from.
  package static let days = 7.0

  /// Until the disk is full; nil where it does not grow.
  package var daysLeft: Double? {
    guard let growthPerDay, growthPerDay >= 1 else { return nil }
    return Double(free) / growthPerDay
  }

  func write(to json: inout JSONWriter) {
    json.member("originals", originals)
    json.member("readings", readings)
    json.member("store", store)
    json.member("free", free)
    json.member("growth_per_day", growthPerDay.map { Int($0) })
    json.member("days_left", daysLeft.map { Int(min($0, 100_000)) })
  }
}
