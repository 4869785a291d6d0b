/// Values as a person types them: strict, so that a slip is refused while typing, and never guessed at.
package enum TypedValue {
  /// The value of what was typed, or why it is none.
  ///
  /// Dates are ISO (`2026-03-04`) or day first with a month of four or fewer unambiguous digits refused;
  /// numbers take a dot or a comma before the last one or two digits (`1536.50`, `1.536,50`).
  package static func parse(_ typed: String, as type: FieldType) -> Result<Value, Refusal> {
    let text = typed.trimmed
    guard !text.isEmpty else { return .failure(Refusal("a value is missing; m says that it is not on the document")) }
    guard text.unicodeScalars.count <= 1000 else { return .failure(Refusal("longer than 1000 characters")) }
    switch type {
    case .date:
      return date(text)
    case .money, .decimal, .quantity, .percent:
      guard let number = decimal(text) else { return .failure(Refusal("not a number such as 1536.50")) }
      return .success(.decimal(number))
    case .integer:
      guard let number = DecimalNumber(text), number.scale == 0 else { return .failure(Refusal("not a whole number")) }
      return .success(.decimal(number))
    case .duration:
      let code = text.uppercased()
      guard isDuration(code) else { return .failure(Refusal("not a length of time such as P2Y, P18M or P30D")) }
      return .success(.text(code))
    case .boolean:
      switch text.lowercased() {
      case "true", "yes", "y": return .success(.boolean(true))
      case "false", "no", "n": return .success(.boolean(false))
      default: return .failure(Refusal("not yes or no"))
      }
    case .currency:
      let code = text.uppercased()
      guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else {
        return .failure(Refusal("not a currency of three letters such as EUR"))
      }
      return .success(.text(code))
    case .iban:
      let code = text.filter { !$0.isWhitespace }.uppercased()
      guard Checksum.isIBAN(code) else { return .failure(Refusal("its check digits do not fit")) }
      return .success(.text(code))
    default:
      return .success(.text(text))
    }
  }

  /// Why what was typed is no value; a clause for the prompt.
  package struct Refusal: Error, Hashable, Sendable {
    package var reason: String
    init(_ reason: String) { self.reason = reason }
  }

  /// ISO 8601 in years, months, weeks and days: `P1Y6M`.
  private static func isDuration(_ code: String) -> Bool {
    guard code.hasPrefix("P"), code.count > 2 else { return false }
    var units = "YMWD"[...]
    var rest = code.dropFirst()
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard !digits.isEmpty, let unit = rest.first, let place = units.firstIndex(of: unit) else { return false }
      units = units[units.index(after: place)...]
      rest = rest.dropFirst()
    }
    return true
  }

  private static func date(_ text: String) -> Result<Value, Refusal> {
    if let date = CalendarDate(iso: text) { return .success(.date(date)) }
    let parts = text.split { !$0.isNumber }.map(String.init)
    guard parts.count == 3, let first = Int(parts[0]), let second = Int(parts[1]), let year = Int(parts[2]),
      parts[2].count == 4
    else { return .failure(Refusal("not a date such as 2026-03-04")) }
    let dayFirst = CalendarDate(year: year, month: second, day: first)
    let monthFirst = CalendarDate(year: year, month: first, day: second)
    switch (dayFirst, monthFirst) {
    case (let date?, nil), (nil, let date?): return .success(.date(date))
    case (let date?, let other?) where date == other: return .success(.date(date))
    case (nil, nil): return .failure(Refusal("the calendar has no such day"))
    default: return .failure(Refusal("day or month first? type it as 2026-03-04"))
    }
  }

  /// The last dot or comma with one or two digits behind it is the decimal point; others group thousands.
  static func decimal(_ text: String) -> DecimalNumber? {
    let marks = text.filter { !$0.isWhitespace && $0 != "'" }
    guard let last = marks.lastIndex(where: { $0 == "." || $0 == "," }) else { return DecimalNumber(String(marks)) }
    let fraction = marks[marks.index(after: last)...]
    let whole = marks[..<last]
    let groups = whole.split(whereSeparator: { $0 == "." || $0 == "," })
    let isGrouped = groups.dropFirst().allSatisfy { $0.count == 3 }
    guard isGrouped else { return nil }
    let digits = groups.joined()
    if fraction.count == 3, groups.count >= 1, !whole.isEmpty, whole != "0", whole != "-0" {
      // `1.536` may be a thousand or a fraction: only a second mark of another kind settles it.
      guard let other = whole.last(where: { $0 == "." || $0 == "," }) else { return nil }
      return other == marks[last] ? DecimalNumber(digits + fraction) : DecimalNumber("\(digits).\(fraction)")
    }
    return DecimalNumber("\(digits.isEmpty ? "0" : digits).\(fraction)")
  }
}

extension String {
  /// Without blanks at either end.
  package var trimmed: String {
    let tail = drop(while: \.isWhitespace)
    guard let end = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(tail[...end])
  }
}
