/// A number as printed.
struct PrintedNumber {
  var value: DecimalNumber
  var hasDecimals: Bool
  var hasCurrency: Bool
  var isPercent: Bool
  var isGlued: Bool
  /// Put together, or its decimal mark put back, where OCR cut or lost it.
  var isMended = false
}

/// Reads numbers in a document's own style.
struct NumberScanner {
  /// Whether the comma is the decimal mark: decided by what the document writes most.
  let isCommaDecimal: Bool

  init(_ tokens: [Token]) {
    var commas = 0
    var points = 0
    for token in tokens {
      let bytes = Array(token.text.utf8)
      guard bytes.count >= 4 else { continue }
      let isDigit = NumberScanner.isDigit
      for index in 1..<(bytes.count - 2) where bytes[index] == 0x2C || bytes[index] == 0x2E {
        guard isDigit(bytes[index - 1]), isDigit(bytes[index + 1]), isDigit(bytes[index + 2]) else { continue }
        let isLast =
          index + 3 == bytes.count
          || !(isDigit(bytes[index + 3]) || bytes[index + 3] == 0x2E || bytes[index + 3] == 0x2C)
        if isLast { if bytes[index] == 0x2C { commas += 1 } else { points += 1 } }
      }
    }
    isCommaDecimal = commas > points
  }

  static let currencySigns: [(sign: String, code: String)] = [
    ("€", "EUR"), ("EUR", "EUR"), ("£", "GBP"), ("GBP", "GBP"), ("US$", "USD"), ("USD", "USD"), ("RM", "MYR"),
    ("MYR", "MYR"), ("CHF", "CHF"), ("S$", "SGD"), ("SGD", "SGD"), ("AUD", "AUD"), ("CAD", "CAD"), ("JPY", "JPY"),
    ("¥", "JPY"), ("SEK", "SEK"), ("NOK", "NOK"), ("DKK", "DKK"), ("PLN", "PLN"), ("$", "USD"), ("INR", "INR"),
    ("₹", "INR"), ("RS.", "INR"), ("RS", "INR"),
  ]

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func sign(atStartOf text: Substring) -> String? {
    guard let first = text.utf8.first, !isDigit(first) else { return nil }
    let upper = text.uppercased()
    return currencySigns.first { upper.hasPrefix($0.sign) }?.sign
  }

  private static func sign(atEndOf text: Substring) -> String? {
    guard let last = text.utf8.last, !isDigit(last) else { return nil }
    let upper = text.uppercased()
    return currencySigns.first { upper.hasSuffix($0.sign) }?.sign
  }

  /// A number in one token: `1.234,56`, `RM34.80`, `€12,00`, `-12.00`, `12.00-`, `(12.00)`, `19%`.
  func number(_ text: String) -> PrintedNumber? {
    guard text.utf8.contains(where: NumberScanner.isDigit) else { return nil }
    var body = text[...]
    var isNegative = false
    var hasCurrency = false
    var isGlued = false
    // `Total:12.00`, but no time of day.
    if let colon = body.lastIndex(where: { $0 == ":" || $0 == "=" }), !body[..<colon].contains(where: \.isNumber) {
      body = body[body.index(after: colon)...]
    }
    if body.hasPrefix("("), body.hasSuffix(")") {
      isNegative = true
      body = body.dropFirst().dropLast()
    }
    body = body.droppingMarks()
    for _ in 0..<3 {
      if let first = body.first, "-–−+*".contains(first) {
        isNegative = isNegative || (first != "+" && first != "*")
        body = body.dropFirst()
      }
      if let sign = NumberScanner.sign(atStartOf: body) {
        hasCurrency = true
        body = body.dropFirst(sign.count)
      }
    }
    if let first = body.first, first == "." || first == ",", body.count > 3 { body = body.dropFirst() }
    var isPercent = false
    for _ in 0..<3 {
      if let last = body.last, "-–−".contains(last) {
        isNegative = true
        body = body.dropLast()
      }
      if body.hasSuffix("%") {
        isPercent = true
        body = body.dropLast()
      }
      if let last = body.last, "*,.;".contains(last) { body = body.dropLast() }
      if let sign = NumberScanner.sign(atEndOf: body) {
        hasCurrency = true
        body = body.dropLast(sign.count)
      }
    }
    while let first = body.first, first.isLetter, body.count > 1, body.dropFirst().contains(where: \.isNumber) {
      guard body.prefix(4).contains(where: \.isNumber) else { return nil }
      isGlued = true
      body = body.dropFirst()
    }
    guard let first = body.first, first.isNumber, let (value, hasDecimals) = plain(body) else { return nil }
    return PrintedNumber(
      value: isNegative ? value.negated : value, hasDecimals: hasDecimals, hasCurrency: hasCurrency,
      isPercent: isPercent, isGlued: isGlued)
  }

  /// `14. 65`, `170 .00`: an amount that OCR cut in two at its mark.
  func cutNumber(at place: Int, _ row: Layout.Row, _ layout: Layout) -> PrintedNumber? {
    guard place + 1 < row.tokens.count else { return nil }
    let (first, second) = (layout.token(row, place), layout.token(row, place + 1))
    let endsInNumber = first.text.last.map { $0.isNumber || $0 == "." || $0 == "," } == true
    guard second.x0 - first.x1 < 1.2 * layout.unit, endsInNumber else { return nil }
    let isMarkFirst = second.text.count == 3 && second.text.first.map { ".,".contains($0) } == true
    let isMarkLast = second.text.count == 2 && first.text.last.map { ".,".contains($0) } == true
    guard isMarkFirst != isMarkLast, second.text.suffix(2).allSatisfy({ $0.isASCII && $0.isNumber }),
      first.text.contains(where: \.isNumber), var whole = number(first.text + second.text), whole.hasDecimals
    else { return nil }
    whole.isMended = true
    return whole
  }

  /// Digits with marks: the last mark is the decimal one where one or two digits follow it, or where the document's
  /// style says so.
  private func plain(_ text: Substring) -> (DecimalNumber, Bool)? {
    var digits = ""
    var marks: [(mark: Character, place: Int)] = []
    for character in text {
      switch character {
      case "0"..."9": digits.append(character)
      case ".", ",", "'", "’", "\u{202F}", "\u{A0}":
        if marks.last?.place == digits.count { return nil }
        marks.append((character, digits.count))
      default: return nil
      }
    }
    guard !digits.isEmpty, digits.count <= 15 else { return nil }
    guard let last = marks.last else { return DecimalNumber(digits).map { ($0, false) } }
    let behind = digits.count - last.place
    let isMark = last.mark == "." || last.mark == ","
    let isAlone = marks.filter { $0.mark == last.mark }.count == 1
    let groups = zip(marks, marks.dropFirst().map(\.place) + [digits.count]).map { $1 - $0.place }
    let isDecimal: Bool
    if !isMark || !isAlone {
      isDecimal = false
    } else if behind == 3, marks.count == 1, last.place <= 3 {
      isDecimal = (last.mark == ",") == isCommaDecimal && digits.hasPrefix("0")
    } else {
      isDecimal = behind >= 1 && behind <= 4 && (behind != 3 || marks.count > 1)
    }
    if isDecimal {
      guard groups.dropLast().allSatisfy({ $0 == 3 }) else { return nil }
      let whole = digits.prefix(last.place)
      guard let value = DecimalNumber("\(whole.isEmpty ? "0" : whole).\(digits.suffix(behind))") else { return nil }
      return (value, true)
    }
    guard groups.allSatisfy({ $0 == 3 }), marks[0].place <= 3 else { return nil }
    return DecimalNumber(digits).map { ($0, false) }
  }
}

extension Substring {
  /// Without quotes and brackets at either end: what OCR makes of edges and rules.
  fileprivate func droppingMarks() -> Substring {
    var body = self
    while let first = body.first, "\"'“”‘’`|_[]{}()~".contains(first) { body = body.dropFirst() }
    while let last = body.last, "\"'“”‘’`|_[]{}()~".contains(last) { body = body.dropLast() }
    return body
  }
}
