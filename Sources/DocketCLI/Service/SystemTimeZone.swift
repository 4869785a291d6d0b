import Docket
import Glibc

/// The zone that this machine keeps: `$TZ`, or `/etc/localtime`.
struct SystemTimeZone: TimeZoneRules {
  func offset(at seconds: Int) -> Int {
    var moment = time_t(seconds)
    var parts = tm()
    localtime_r(&moment, &parts)
    return parts.tm_gmtoff
  }

  /// `2026-03-04 02:00`.
  static func text(_ seconds: Int) -> String {
    var moment = time_t(seconds)
    var parts = tm()
    localtime_r(&moment, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M", &parts)
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// RFC 3339, in UTC.
  static func stamp(_ seconds: Int) -> String {
    var moment = time_t(seconds)
    var parts = tm()
    gmtime_r(&moment, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
