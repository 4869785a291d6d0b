import Docket
import Glibc
import Synchronization

/// The clocks that a folder is looked at with: the day's, which may jump, and one that only goes forward.
package final class FolderClocks: Sendable {
  private let day: @Sendable () -> Double
  /// Seconds, from any beginning.
  package let steady: @Sendable () -> Double
  /// By how much the two differed when last asked.
  private let offset = Mutex<Double?>(nil)

  /// A step of the day's clock by more than this many seconds is a jump.
  private static let jump = 0.5

  /// - Parameter day: seconds since 1970.
  package init(
    day: @escaping @Sendable () -> Double = FolderClocks.systemDay,
    steady: @escaping @Sendable () -> Double = FolderClocks.systemSteady
  ) {
    self.day = day
    self.steady = steady
  }

  /// The day's clock; nil where it has jumped since it was last asked.
  func trustedDay() -> Double? {
    let (day, steady) = (day(), steady())
    return offset.withLock { offset in
      let before = offset
      offset = day - steady
      guard let before else { return day }
      return abs(day - steady - before) > FolderClocks.jump ? nil : day
    }
  }

  package static let systemDay: @Sendable () -> Double = { seconds(CLOCK_REALTIME) }
  package static let systemSteady: @Sendable () -> Double = { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The local day: `2026-03-04`.
  static func today() -> String {
    var moment = time(nil)
    var parts = tm()
    localtime_r(&moment, &parts)
    let date = CalendarDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    return date?.description ?? "undated"
  }
}
