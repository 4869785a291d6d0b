import Docket
import Foundation

/// How a cell's number is shown: a date, a time, a share, an amount. From the codes of Office Open XML, 18.8.30.
struct SheetFormat: Hashable {
  enum Kind: Hashable { case general, number, percent, date, time, dateTime }

  var kind: Kind
  /// Places behind the mark.
  var decimals = 0
  /// `€`, `EUR`: what stands beside the number.
  var currency = ""

  static let general = SheetFormat(kind: .general)

  /// - Parameter code: `#,##0.00 "€"`, `yyyy\-mm\-dd`; its first section counts, that of positive numbers.
  init(code: String) {
    var letters = ""
    var currency = ""
    var isQuoted = false
    var isEscaped = false
    var bracket: String?
    section: for character in code {
      if isEscaped {
        isEscaped = false
        if SheetFormat.signs.contains(character) { currency = String(character) }
        continue
      }
      if let inner = bracket {
        if character == "]" {
          currency = SheetFormat.currency(inBracket: inner) ?? currency
          // `[h]`, `[mm]`: hours beyond a day.
          if !inner.isEmpty, inner.lowercased().allSatisfy({ "hms".contains($0) }) { letters += inner.lowercased() }
          bracket = nil
        } else {
          bracket = inner + String(character)
        }
        continue
      }
      switch character {
      case "\"": isQuoted.toggle()
      case _ where isQuoted: if !character.isWhitespace { currency += String(character) }
      case "\\", "_", "*": isEscaped = true
      case "[": bracket = ""
      case ";": break section
      default:
        if SheetFormat.signs.contains(character) { currency = String(character) }
        letters += character.lowercased()
      }
    }
    self.init(letters: letters, currency: currency)
  }

  private static let signs: Set<Character> = ["€", "$", "£", "¥", "₹"]

  /// `$€-407`, `$EUR`: the sign before the locale.
  private static func currency(inBracket inner: String) -> String? {
    guard inner.hasPrefix("$") else { return nil }
    let sign = inner.dropFirst().prefix { $0 != "-" }
    return sign.isEmpty ? nil : String(sign)
  }

  private init(letters: String, currency: String) {
    let mark = letters.firstIndex(of: ".")
    decimals = mark.map { letters[letters.index(after: $0)...].prefix { "0#?".contains($0) }.count } ?? 0
    self.currency = currency.count <= 4 ? currency : ""
    let isTimed = letters.contains("h") || letters.contains("s")
    if letters.isEmpty || letters.contains("general") || letters == "@" {
      kind = .general
    } else if letters.contains("%") {
      kind = .percent
    } else if letters.contains("y") || letters.contains("d") || letters.contains("m") && !isTimed {
      kind = isTimed ? .dateTime : .date
    } else if isTimed {
      kind = .time
    } else {
      kind = letters.contains(where: { "0#?".contains($0) }) ? .number : .general
    }
    if kind == .date || kind == .dateTime || kind == .time || kind == .general { self.currency = "" }
  }

  private init(kind: Kind) { self.kind = kind }

  /// One of the formats that files name by number alone.
  init(builtIn number: Int) {
    switch number {
    case 1, 3, 37, 38: self.init(code: "0")
    case 2, 4, 39, 40, 43, 44, 7, 8: self.init(code: "0.00")
    case 5, 6, 41, 42: self.init(code: "0")
    case 9: self.init(code: "0%")
    case 10: self.init(code: "0.00%")
    case 14...17, 27...31, 36, 50...58: self.init(code: "yyyy-mm-dd")
    case 18...21, 32...35, 45...47: self.init(code: "hh:mm:ss")
    case 22: self.init(code: "yyyy-mm-dd hh:mm")
    default: self = .general
    }
  }

  /// A stored number as text that means the same everywhere: `1234.50 €`, `2025-10-13`, `19 %`.
  /// - Parameter startsIn1904: whether days count from 1904, as on old Macintosh computers.
  func text(_ number: Double, startsIn1904: Bool) -> String {
    guard number.isFinite else { return "" }
    switch kind {
    case .general: return SheetFormat.plain(number)
    case .number: return SheetFormat.fixed(number, decimals) + (currency.isEmpty ? "" : " \(currency)")
    case .percent: return SheetFormat.fixed(number * 100, decimals) + " %"
    case .date, .dateTime, .time:
      return SheetFormat.moment(number, kind, startsIn1904: startsIn1904) ?? SheetFormat.plain(number)
    }
  }

  /// As short as it goes; three places would be read as thousands, so there are four.
  static func plain(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    guard abs(number) < 1e15 else { return String(number) }
    var text = fixed(number, 10)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    let places = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    return places == 3 || places == 1 ? text + "0" : text
  }

  static func fixed(_ number: Double, _ decimals: Int) -> String {
    let places = min(decimals, 10)
    // Of two equally near ones the larger, as spreadsheets show it: 2.675 is stored a little lower.
    let nudged = number + (number < 0 ? -1 : 1) * abs(number) * 1e-15
    let text = String(format: "%.*f", places == 3 ? 4 : places, nudged)
    return text.hasPrefix("-") && !text.contains(where: { ("1"..."9").contains($0) }) ? String(text.dropFirst()) : text
  }

  private static func moment(_ number: Double, _ kind: Kind, startsIn1904: Bool) -> String? {
    guard number >= 0, number < 2_958_466 else { return nil }
    var days = Int(number)
    var seconds = Int(((number - Double(days)) * 86_400).rounded())
    if seconds >= 86_400 { (days, seconds) = (days + 1, 0) }
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    let time = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))" + (seconds % 60 == 0 ? "" : ":\(two(seconds % 60))")
    if kind == .time { return days == 0 ? time : "\(days * 24 + seconds / 3600):\(two(seconds / 60 % 60))" }
    // 1900 is taken for a leap year: before its 1st of March days count from another start.
    let unix = startsIn1904 ? days - 24_107 : days - (days < 60 ? 25_568 : 25_569)
    let date = day(unix)
    return kind == .date || seconds == 0 ? date : "\(date) \(time)"
  }

  /// - Parameter unix: days since 1970. Source: Hinnant, chrono-compatible low-level date algorithms.
  private static func day(_ unix: Int) -> String {
    let shifted = unix + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let number = month < 10 ? month + 3 : month - 9
    return String(
      format: "%04d-%02d-%02d", year + era * 400 + (number <= 2 ? 1 : 0), number, ofYear - (153 * month + 2) / 5 + 1)
  }
}
