/// Changes values as a mapping says, and notes what is lost: never in silence, and never quoting the value.
struct ValueMapping {
  let mapping: String
  let vocabularies: [String: Vocabulary]
  private(set) var findings: [Finding] = []

  init(mapping: String, vocabularies: [String: Vocabulary]) {
    self.mapping = mapping
    self.vocabularies = vocabularies
  }

  /// - Parameter read: the values at a path.
  mutating func value(_ wanted: MappedValue, _ name: String, _ read: (String) -> [Value]) -> Value? {
    let target = Target(name: name, field: wanted.from.first?.text)
    var values = wanted.constant.map { [Value.text($0)] } ?? wanted.from.flatMap { read($0.text) }
    if let split = wanted.split {
      values = values.flatMap { self.parts(of: $0.canonical, at: split, wanted.part, target) }
    }
    if let by = wanted.by { values = values.compactMap { word($0, by, wanted.code, target) } }
    if let factor = wanted.times { values = values.compactMap { product($0, factor, target) } }
    if let form = wanted.form { values = values.compactMap { formed($0, form, target) } }
    if wanted.first != nil || wanted.last != nil { values = values.map { cut($0, wanted, target) } }
    if let join = wanted.join, !values.isEmpty {
      return .text(values.map(\.canonical).joined(separator: join))
    }
    if values.count > 1 { note("is one value; the contract's field has several, of which the first is given", target) }
    if let value = values.first { return value }
    return wanted.fallback.flatMap { text in wanted.form.map { formed(.text(text), $0, target) } ?? .text(text) }
  }

  private struct Target {
    var name: String
    var field: String?
  }

  /// Once a field, however many rows have it.
  private mutating func note(_ what: String, _ target: Target, level: Finding.Level = .note) {
    let finding = Finding(
      level == .note ? "mapping-lossy" : "mapping-failed", level, "`\(target.name)` of `\(mapping)` \(what).",
      field: target.field)
    if !findings.contains(finding) { findings.append(finding) }
  }

  private mutating func parts(of text: String, at separator: String, _ part: Int?, _ target: Target) -> [Value] {
    let parts = text.pieces(at: separator)
    guard let part else { return parts.map { .text($0) } }
    guard part <= parts.count else {
      note("has no part \(part)", target, level: .warning)
      return []
    }
    if parts.count > 1 { note("leaves out the other parts", target) }
    return [.text(parts[part - 1])]
  }

  private mutating func word(
    _ value: Value, _ by: PlacedText, _ code: PlacedText?, _ target: Target
  ) -> Value? {
    let text = value.canonical
    let entry = vocabularies[by.text]?.values.first { entry in
      entry.name == text || entry.labels.inOrder.contains { $0.text.lowercased() == text.lowercased() }
    }
    guard let entry, let word = code.map({ entry.codes[$0.text] }) ?? entry.name else {
      note("has a value that `\(by.text)` has no word for; it is left out", target, level: .warning)
      return nil
    }
    return .text(word)
  }

  private mutating func product(_ value: Value, _ factor: DecimalNumber, _ target: Target) -> Value? {
    guard let number = value.number, let product = number.multiplied(by: factor) else {
      note("has a value that cannot be multiplied; it is left out", target, level: .warning)
      return nil
    }
    return .decimal(product.withoutZeros)
  }

  private mutating func formed(_ value: Value, _ form: MappedValue.Form, _ target: Target) -> Value? {
    switch form {
    case .text: return .text(value.canonical)
    case .upper, .lower:
      let text = value.canonical
      let changed = form == .upper ? text.uppercased() : text.lowercased()
      if changed != text { note("does not keep which letters are capitals", target) }
      return .text(changed)
    case .decimal, .integer:
      guard let number = value.number else {
        note("has a value that is no number; it is left out", target, level: .warning)
        return nil
      }
      guard form == .integer else { return .decimal(number) }
      let whole = number.rounded(to: 0)
      if whole != number { note("loses what stands after the point", target) }
      return .decimal(whole)
    case .date, .dateBasic, .datetime, .epoch: return moment(value, form, target)
    }
  }

  private mutating func moment(_ value: Value, _ form: MappedValue.Form, _ target: Target) -> Value? {
    guard let moment = Moment(value) else {
      note("has a value that is no day; it is left out", target, level: .warning)
      return nil
    }
    switch form {
    case .datetime: return .text(moment.text)
    case .epoch: return .decimal(DecimalNumber(units: moment.epoch, scale: 0))
    default:
      if moment.seconds != 0 { note("loses the time of day", target) }
      return .text(form == .date ? moment.day.description : String(moment.day.description.filter { $0 != "-" }))
    }
  }

  private mutating func cut(_ value: Value, _ wanted: MappedValue, _ target: Target) -> Value {
    let text = value.canonical
    let kept = wanted.first.map { text.prefix($0) } ?? text.suffix(wanted.last ?? .max)
    if kept.count < text.count { note("is cut", target) }
    return .text(String(kept))
  }
}

/// A day, and a time of it where there is one: `2026-03-04`, `2026-03-04T10:20:30+01:00`.
private struct Moment {
  var day: CalendarDate
  /// Of the day, as written.
  var seconds: Int64
  /// East of Greenwich; none is Greenwich.
  var offset: Int64
  var text: String

  init?(_ value: Value) {
    if case .date(let day) = value {
      self.init(day: day, seconds: 0, offset: 0, text: "\(day)T00:00:00")
      return
    }
    guard case .text(let text) = value, let day = CalendarDate(iso: String(text.prefix(10))) else { return nil }
    guard text.count > 10 else {
      self.init(day: day, seconds: 0, offset: 0, text: "\(day)T00:00:00")
      return
    }
    let rest = text.dropFirst(11)
    let clock = rest.prefix { $0.isNumber || $0 == ":" }.split(separator: ":").compactMap { Int64($0) }
    guard (2...3).contains(clock.count), clock[0] < 24, clock[1] < 60, (clock.count == 2 ? 0 : clock[2]) <= 60 else {
      return nil
    }
    let zone = rest.drop { $0.isNumber || $0 == ":" || $0 == "." }
    let digits = zone.dropFirst().filter(\.isNumber).compactMap { Int64(String($0)) }
    var offset: Int64 = 0
    if let sign = zone.first, sign == "+" || sign == "-", digits.count == 4 {
      offset = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60
      if sign == "-" { offset = -offset }
    }
    self.init(
      day: day, seconds: clock[0] * 3600 + clock[1] * 60 + (clock.count == 3 ? clock[2] : 0), offset: offset, text: text
    )
  }

  private init(day: CalendarDate, seconds: Int64, offset: Int64, text: String) {
    self.day = day
    self.seconds = seconds
    self.offset = offset
    self.text = text
  }

  /// Seconds since 1970, in Greenwich.
  var epoch: Int64 { Int64(day.daysSince1970) * 86_400 + seconds - offset }
}

extension CalendarDate {
  /// By the rule of Howard Hinnant's `days_from_civil`: years begin in March.
  fileprivate var daysSince1970: Int {
    let year = month <= 2 ? self.year - 1 : self.year
    let era = year / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}

extension Value {
  fileprivate var number: DecimalNumber? {
    switch self {
    case .decimal(let number): number
    case .text(let text): DecimalNumber(text)
    default: nil
    }
  }
}

extension DecimalNumber {
  /// `153652.00` as `153652`.
  fileprivate var withoutZeros: DecimalNumber {
    var (units, scale) = (units, scale)
    while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
    return DecimalNumber(units: units, scale: scale)
  }
}

extension String {
  /// Between separators of any length, without blanks around.
  fileprivate func pieces(at separator: String) -> [String] {
    var pieces: [String] = []
    var current = ""
    var rest = self[...]
    while let letter = rest.first {
      if rest.hasPrefix(separator) {
        pieces.append(current)
        current = ""
        rest = rest.dropFirst(separator.count)
      } else {
        current.append(letter)
        rest = rest.dropFirst()
      }
    }
    return (pieces + [current]).map { piece in
      String(piece.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
  }
}
