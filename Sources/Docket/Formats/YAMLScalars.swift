/// Typed scalars: each is a text that must have a form.
extension YAMLValue {
  func whole(_ what: String = "a whole number", in range: ClosedRange<Int> = 0...Int(Int32.max)) -> Int? {
    guard let text = text(what) else { return nil }
    if let number = Int(text), range.contains(number) { return number }
    mistake("`\(text)` is not \(what) from \(range.lowerBound) to \(range.upperBound).")
    return nil
  }

  func decimal(_ what: String = "a decimal number") -> DecimalNumber? {
    guard let text = text(what) else { return nil }
    if let number = DecimalNumber(text) { return number }
    mistake("`\(text)` is not \(what), such as `0.02`.")
    return nil
  }

  /// A small number that weighs words, never an amount.
  func weight() -> Double? { decimal("a weight")?.approximate }

  func truth() -> Bool? { word(Truth.self, "`true` or `false`").map { $0 == .true } }

  /// `2%` as 0.02.
  func share() -> Double? {
    guard let text = text("a percentage") else { return nil }
    if text.hasSuffix("%"), let number = DecimalNumber(String(text.dropLast())), (0...100).contains(number.approximate)
    {
      return number.approximate / 100
    }
    mistake("`\(text)` is not a percentage from `0%` to `100%`.")
    return nil
  }

  /// `10m` in seconds. A year has 365 days.
  func seconds() -> Int? {
    guard let text = text("a duration") else { return nil }
    if let seconds = DurationWord.seconds(in: text) { return seconds }
    mistake("`\(text)` is not a duration such as `30s`, `10m`, `12h`, `30d`, `4w` or `10y`.")
    return nil
  }

  /// `10000 EUR`, or a number without a currency.
  func money() -> (amount: DecimalNumber, currency: String?)? {
    guard let text = text("an amount") else { return nil }
    let parts = text.split(separator: " ")
    if let first = parts.first, let amount = DecimalNumber(String(first)), parts.count <= 2 {
      guard parts.count == 2 else { return (amount, nil) }
      let currency = String(parts[1])
      if currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) { return (amount, currency) }
    }
    mistake("`\(text)` is not an amount such as `10000 EUR` or `12.5`.")
    return nil
  }

  func date() -> CalendarDate? {
    guard let text = text("a date") else { return nil }
    if let date = CalendarDate(iso: text) { return date }
    mistake("`\(text)` is not a date such as `2026-03-04`.")
    return nil
  }

  /// A name of ours: lower-case letters, digits, `_` and `-`.
  func name(_ what: String) -> String? {
    guard let text = text(what) else { return nil }
    if text.isName { return text }
    mistake("`\(text)` is not \(what): names are lower-case letters, digits, `_` and `-`, and begin with a letter.")
    return nil
  }

  /// `invoice` or `invoice@1`.
  func reference(_ kind: Reference.Kind, _ what: String) -> String? {
    guard let text = text(what) else { return nil }
    guard VersionedName(text) != nil else {
      mistake("`\(text)` is not \(what), such as `name` or `name@1`.")
      return nil
    }
    refer(to: text, kind)
    return text
  }

  /// The first line of every file.
  func format(_ kind: FormatKind) {
    guard let text = text("a format") else { return }
    guard text != kind.line else { return }
    if let other = FormatKind(line: text) {
      mistake("This is a \(other.rawValue) file; expected `format: \(kind.line)`.")
    } else {
      let lines = FormatKind.allCases.map(\.line)
      let near = Spelling.nearest(to: text, in: lines).map { "; did you mean `\($0)`?" } ?? "; expected `\(kind.line)`."
      mistake("`\(text)` is not a format known here\(near)")
    }
  }
}

private enum Truth: String, YAMLKey { case `true`, `false` }

/// What kind a written file is, as its first line says.
package enum FormatKind: String, CaseIterable, Sendable {
  case pipeline, contract, policy, mapping, vocabulary, words, workspace

  package var line: String { "docket/\(rawValue)/1" }

  init?(line: String) {
    guard let kind = FormatKind.allCases.first(where: { $0.line == line }) else { return nil }
    self = kind
  }

  /// What a file calls itself, nil where it does not say.
  package init?(of text: String) {
    for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("format:") {
      let rest = line.dropFirst(7).prefix { $0 != "#" }
      self.init(line: rest.split(whereSeparator: { " \"'\t".contains($0) }).first.map(String.init) ?? "")
      return
    }
    return nil
  }
}

/// `name` or `name@1`.
package struct VersionedName: Hashable, Sendable {
  package var name: String
  /// Nil: the newest.
  package var version: Int?

  package init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, String(first).isName else { return nil }
    name = String(first)
    guard parts.count == 2 else { return }
    guard let number = Int(parts[1]), number >= 1 else { return nil }
    version = number
  }
}

/// `30s 10m 12h 30d 4w 10y`.
package enum DurationWord {
  package static func seconds(in text: String) -> Int? {
    let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000]
    guard let unit = text.last, let factor = factors[unit], let number = Int(text.dropLast()), number >= 0,
      number <= 1_000_000, !text.hasPrefix("+")
    else { return nil }
    return number * factor
  }
}

extension String {
  /// Lower-case ASCII letters, digits, `_` and `-`, a letter first.
  var isName: Bool {
    guard let first = utf8.first, (97...122).contains(first) else { return false }
    return utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 45 }
  }
}
