import Docket
import Testing

@Suite struct DiskUseTests {
  private static let day = 86_400.0

  /// A disk with 8000 bytes free, and a workspace that takes 2000 for 1000 that arrived.
  private func use(recent: Int, afterDays days: Double) -> DiskUse {
    DiskUse(
      originals: 1000, readings: 600, store: 400, free: 8000,
      growth: Growth(arrivedBytes: 1000, recentBytes: recent, firstAt: 0), now: days * DiskUseTests.day)
  }

  @Test(
    "the last week says how long the disk lasts: what is kept of a byte is more than a byte",
    arguments: [
      (700, 100.0, 200.0, 40.0),
      // A workspace of two days has no week behind it, one of an hour has a day.
      (1000, 2, 1000, 8),
      (1000, 1.0 / 24, 2000, 4),
    ])
  func forecast(recent: Int, days: Double, growth: Double, left: Double) {
    let use = use(recent: recent, afterDays: days)
    #expect(use.growthPerDay == growth)
    #expect(use.daysLeft == left)
  }

  @Test("where nothing arrived, nothing is forecast")
  func still() {
    #expect(use(recent: 0, afterDays: 30).daysLeft == nil)
    let empty = DiskUse(
      originals: 0, readings: 0, store: 400, free: 8000,
      growth: Growth(arrivedBytes: 0, recentBytes: 0, firstAt: nil), now: 0)
    #expect(empty.growthPerDay == nil && empty.daysLeft == nil)
  }
}
