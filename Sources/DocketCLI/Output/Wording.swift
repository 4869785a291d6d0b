import Glibc

/// A share in words: `97.3 %`.
enum Percent {
  static func text(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

/// A moment as RFC 3339 says it, in UTC: `2026-03-04T10:11:12Z`.
enum Moment {
  /// `2026-03-04`.
  static func day(_ seconds: Double) -> String { String(text(seconds).prefix(10)) }

  /// - Parameter seconds: since 1970.
  static func text(_ seconds: Double) -> String {
    var whole = time_t(seconds)
    var parts = tm()
    gmtime_r(&whole, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
