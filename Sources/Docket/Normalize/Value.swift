/// A normalised value. Which case a field has follows from its contract type.
package enum Value: Hashable, Sendable {
  /// Text, ids, categories, codes, currencies, IBANs, tax ids, e-mail addresses: as canonical text.
  case text(String)
  case date(CalendarDate)
  /// Amounts, quantities, percentages, integers.
  case decimal(DecimalNumber)
  case boolean(Bool)

  /// As records and files show it: ISO dates, decimal strings with a dot.
  package var canonical: String {
    switch self {
    case .text(let text): text
    case .date(let date): date.description
    case .decimal(let number): number.description
    case .boolean(let truth): truth ? "true" : "false"
    }
  }
}

/// A day of the Gregorian calendar, without a clock or a zone.
package struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Nil where the calendar has no such day. Years 1 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.days(in: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// From `2026-03-04`; nil for any other form.
  package init?(iso text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package var description: String {
    func pad(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
  }

  package static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }
}

/// An exact decimal number: `units` divided by ten to the power `scale`. Equal by value: 1.50 is 1.5.
package struct DecimalNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let units: Int64
  /// Digits after the point, 0 to 9.
  package let scale: Int

  package init(units: Int64, scale: Int) {
    self.units = units
    self.scale = scale
  }

  /// From `-1234.50`: a sign, digits, at most one dot. Nil for anything else or more than 18 digits.
  package init?(_ text: String) {
    var units: Int64 = 0
    var scale = 0
    var digits = 0
    var negative = false
    var afterPoint = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x2D where index == 0: negative = true
      case 0x2E where !afterPoint: afterPoint = true
      case 0x30...0x39:
        digits += 1
        guard digits <= 18 else { return nil }
        if afterPoint { scale += 1 }
        units = units * 10 + Int64(byte - 0x30)
      default: return nil
      }
    }
    guard digits > 0, scale <= 9 else { return nil }
    self.init(units: negative ? -units : units, scale: scale)
  }

  package static let zero = DecimalNumber(units: 0, scale: 0)
  private static let powers: [Int64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  ]

  /// The same value with `scale` digits after the point, nil where it does not fit.
  private func units(at scale: Int) -> Int64? {
    let (product, overflow) = units.multipliedReportingOverflow(by: DecimalNumber.powers[scale - self.scale])
    return overflow ? nil : product
  }

  private static func aligned(_ a: DecimalNumber, _ b: DecimalNumber) -> (Int64, Int64, Int)? {
    let scale = max(a.scale, b.scale)
    guard let left = a.units(at: scale), let right = b.units(at: scale) else { return nil }
    return (left, right, scale)
  }

  /// Nil on overflow.
  package func adding(_ other: DecimalNumber) -> DecimalNumber? {
    guard let (left, right, scale) = DecimalNumber.aligned(self, other) else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : DecimalNumber(units: sum, scale: scale)
  }

  package var negated: DecimalNumber { DecimalNumber(units: -units, scale: scale) }
  package var magnitude: DecimalNumber { DecimalNumber(units: abs(units), scale: scale) }
  package var isZero: Bool { units == 0 }
  package var isNegative: Bool { units < 0 }

  /// For scores and tolerances, never for amounts.
  package var approximate: Double { Double(units) / Double(DecimalNumber.powers[scale]) }

  /// Rounded half away from zero to `scale` digits (only fewer digits are rounded; more are not added).
  package func rounded(to digits: Int) -> DecimalNumber {
    guard digits < scale else { return self }
    let divisor = DecimalNumber.powers[scale - digits]
    let half = units >= 0 ? divisor / 2 : -(divisor / 2)
    return DecimalNumber(units: (units + half) / divisor, scale: digits)
  }

  /// Nil on overflow or where the product would need more than nine digits after the point that are not zero.
  package func multiplied(by other: DecimalNumber) -> DecimalNumber? {
    let (product, overflow) = units.multipliedReportingOverflow(by: other.units)
    guard !overflow else { return nil }
    var result = (units: product, scale: scale + other.scale)
    while result.scale > 9 {
      result = ((result.units + (result.units >= 0 ? 5 : -5)) / 10, result.scale - 1)
    }
    return DecimalNumber(units: result.units, scale: result.scale)
  }

  package static func == (a: DecimalNumber, b: DecimalNumber) -> Bool {
    let (x, y) = (a.reduced, b.reduced)
    return x.units == y.units && x.scale == y.scale
  }

  package func hash(into hasher: inout Hasher) {
    let value = reduced
    hasher.combine(value.units)
    hasher.combine(value.scale)
  }

  package static func < (a: DecimalNumber, b: DecimalNumber) -> Bool {
    guard let (left, right, _) = aligned(a, b) else { return a.approximate < b.approximate }
    return left < right
  }

  private var reduced: (units: Int64, scale: Int) {
    var (units, scale) = (units, scale)
    while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
    return (units, scale)
  }

  /// With as many digits after the point as `scale` says: `1536.50`.
  package var description: String {
    let digits = String(units.magnitude)
    guard scale > 0 else { return (units < 0 ? "-" : "") + digits }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return "\(units < 0 ? "-" : "")\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }
}
