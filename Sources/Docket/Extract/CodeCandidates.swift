/// Numbers that check themselves, and codes from closed lists: IBAN, tax id, currency, e-mail.
struct CodeCandidates {
  let view: DocumentView
  let blocks: AddressBlocks

  func candidates(_ field: Field) -> [Candidate] {
    switch field.type {
    case .iban: ibans(field)
    case .currency: currencies(field)
    case .email: emails(field)
    default: []
    }
  }

  private func ibans(_ field: Field) -> [Candidate] {
    var found: [Candidate] = []
    for row in view.layout.rows {
      for start in row.tokens.indices {
        let first = LabelKeyless.compact(CodeCandidates.behindColon(view.layout.token(row, start).text))
        guard first.utf8.count >= 2, first.prefix(2).allSatisfy(\.isLetter),
          first.dropFirst(2).prefix(2).allSatisfy(\.isNumber)
        else { continue }
        var joined = ""
        for end in start..<min(row.tokens.count, start + 10) {
          joined += end == start ? first : LabelKeyless.compact(view.layout.token(row, end).text)
          guard joined.utf8.count <= 34 else { break }
          if Checksum.isIBAN(joined), !Checksum.isTooShort(joined) {
            found.append(
              view.candidate(
                field.name, .text(joined), row: row.number, range: start..<(end + 1),
                score: 4 - 0.3 * Double(found.count)))
            break
          }
        }
      }
    }
    return found.isEmpty ? labelledIBANs(field) : found
  }

  /// What stands behind the label and has the form, though its check digits do not fit: misread, or misprinted.
  private func labelledIBANs(_ field: Field) -> [Candidate] {
    var found: [Candidate] = []
    for row in view.layout.rows {
      guard let label = row.tokens.indices.first(where: { view.keys[row.number][$0].hasSuffix("IBAN") }) else {
        continue
      }
      for start in (label + 1)..<max(label + 1, min(row.tokens.count, label + 4)) {
        let first = LabelKeyless.compact(view.layout.token(row, start).text)
        guard first.count >= 4, first.prefix(2).allSatisfy(\.isLetter),
          first.dropFirst(2).prefix(2).allSatisfy(\.isNumber)
        else { continue }
        var joined = first
        var end = start + 1
        while end < row.tokens.count, joined.count < 34 {
          let next = LabelKeyless.compact(view.layout.token(row, end).text)
          guard !next.isEmpty, next.count <= 4, next.contains(where: \.isNumber) else { break }
          joined += next
          end += 1
        }
        guard (15...34).contains(joined.count) else { continue }
        found.append(
          view.candidate(
            field.name, .text(joined), row: row.number, range: start..<end, score: 1.2,
            findings: [
              Finding("iban-checksum", .warning, "The check digits of `\(field.name)` do not fit.", field: field.name)
            ]))
        break
      }
    }
    return found
  }

  private static func behindColon(_ text: String) -> Substring {
    guard let colon = text.lastIndex(of: ":") else { return text[...] }
    let tail = text[text.index(after: colon)...]
    return tail.isEmpty ? text[...] : tail
  }

  private func currencies(_ field: Field) -> [Candidate] {
    var counts: [String: (count: Int, row: Int, place: Int)] = [:]
    for row in view.layout.rows {
      for place in row.tokens.indices {
        guard let code = CodeCandidates.currency(in: view.layout.token(row, place).text) else { continue }
        let known = counts[code]
        counts[code] = ((known?.count ?? 0) + 1, known?.row ?? row.number, known?.place ?? place)
      }
    }
    // Equally frequent ones in the order of the page.
    return counts.sorted { ($0.value.row, $0.value.place) < ($1.value.row, $1.value.place) }.map { code, found in
      view.candidate(
        field.name, .text(code), row: found.row, range: found.place..<(found.place + 1),
        score: 1.5 + 0.5 * Double(min(6, found.count)))
    }
  }

  private static func currency(in text: String) -> String? {
    // Most words have letters alone, or digits and marks alone.
    let isWord = text.utf8.allSatisfy { (65...90).contains($0 & 0xDF) }
    if isWord, text.utf8.count > 3 { return nil }
    if !isWord, text.utf8.allSatisfy({ $0 < 65 && $0 != UInt8(ascii: "$") }) { return nil }
    let text = text.uppercased()
    if isWord { return NumberScanner.currencySigns.first { $0.sign == text }?.code }
    let hasDigits = text.utf8.contains { (48...57).contains($0) }
    let letters = text.filter(\.isLetter)
    let codes = hasDigits ? [] : text.split { !$0.isLetter }.filter { $0.utf8.count == 3 }
    return NumberScanner.currencySigns.first { sign in
      if text == sign.sign { return true }
      guard hasDigits else {
        // `(€)`, `Amount($)`, but no `$/B`, where OCR read a letter so.
        return !sign.sign.first!.isLetter && text.contains(sign.sign)
          && (text.contains("(\(sign.sign)") || letters.isEmpty)
          || codes.contains(Substring(sign.sign))
      }
      // `Rs40`, but no `24hrs`.
      return (text.hasPrefix(sign.sign) || text.hasSuffix(sign.sign)) && letters == sign.sign.filter(\.isLetter)
    }?.code
  }

  private func emails(_ field: Field) -> [Candidate] {
    each { row, place, text in
      guard let address = CodeCandidates.address(in: text) else { return nil }
      let weight = view.evidence.weight(field.name, row: view.layout.rows[row], range: place..<(place + 1))
      return view.candidate(
        field.name, .text(address), row: row, range: place..<(place + 1),
        score: 1 + 2 * weight.supporting - 2 * weight.opposing)
    }
  }

  /// `<Ann@Example.org>,` as `ann@example.org`; nil where there is no address.
  static func address(in text: String) -> String? {
    guard let at = text.firstIndex(of: "@"), at > text.startIndex, text[at...].dropFirst().contains(".") else {
      return nil
    }
    let address = text.split { "<>()[],;:".contains($0) }.first { $0.contains("@") }.map(String.init) ?? text
    return address.lowercased()
  }

  private func each(_ body: (Int, Int, String) -> Candidate?) -> [Candidate] {
    view.layout.rows.flatMap { row in
      row.tokens.indices.compactMap { body(row.number, $0, view.layout.token(row, $0).text) }
    }
  }

  // Whose a tax id is

  func taxIDs(_ path: String, role: Field.Role) -> [Candidate] {
    var found: [Candidate] = []
    for row in view.layout.rows {
      for start in row.tokens.indices {
        guard let (text, range, certainty) = taxID(in: row, at: start) else { continue }
        let isRecipients = isRecipients(row, start)
        var score = certainty - 0.25 * Double(found.count)
        switch role {
        case .issuer: if isRecipients { score -= 3.5 }
        case .recipient: score += isRecipients ? 0.5 : -4
        }
        found.append(view.candidate(path, .text(text), row: row.number, range: range, score: score))
      }
    }
    return found
  }

  /// By the words before it, the label of the part of the page, or the recipient's block.
  func isRecipients(_ row: Layout.Row, _ place: Int) -> Bool {
    let x = view.layout.token(row, place).x0
    if let owner = blocks.sections.owner(row: row.number, x: x), !owner.isNegative {
      return blocks.sections.parties.contains { $0.name == owner.field && $0.role == .recipient }
    }
    let before = view.keys[row.number][max(0, place - 4)..<place]
    if before.contains(where: { view.words.has($0, .customer) }) { return true }
    return blocks.recipient?.holds(row.number, near: 3, x: x) ?? false
  }

  /// A VAT number by its country's form, or a tax number behind its label.
  private func taxID(in row: Layout.Row, at start: Int) -> (String, Range<Int>, Double)? {
    let text = String(CodeCandidates.behindColon(view.layout.token(row, start).text))
    var joined = LabelKeyless.compact(text)
    var end = start + 1
    while TaxID.mayBegin(joined), joined.utf8.count <= 14 {
      if TaxID.isVATNumber(joined) { return (joined, start..<end, TaxID.hasValidCheckDigit(joined) ? 3 : 2) }
      guard end < min(row.tokens.count, start + 6) else { break }
      joined += LabelKeyless.compact(view.layout.token(row, end).text)
      end += 1
    }
    // `12/345/67890`: a German tax number.
    let parts = text.split(separator: "/")
    let digits = text.filter(\.isNumber).count
    if parts.count == 3 || parts.count == 4, (10...13).contains(digits),
      parts.allSatisfy({ $0.allSatisfy(\.isNumber) }),
      parts[0].count <= 3
    {
      return (text, start..<(start + 1), 1)
    }
    return labelledTaxID(in: row, at: start)
  }

  /// Digits behind a label such as `Steuer-Nr`, whatever their form.
  private func labelledTaxID(in row: Layout.Row, at start: Int) -> (String, Range<Int>, Double)? {
    let token = view.layout.token(row, start)
    guard (8...15).contains(token.digitCount), token.letterCount <= 3 else { return nil }
    let keys = view.keys[row.number]
    for end in stride(from: start - 1, through: max(0, start - 3), by: -1) where !keys[end].isEmpty {
      let isLabel = (0...min(3, end)).contains { view.words.has(keys[(end - $0)...end].joined(), .taxID) }
      if isLabel { return (IDCandidates.trimmed(token.text), start..<(start + 1), 1.5) }
    }
    return nil
  }
}

/// VAT numbers by country. Source: the forms published for VIES.
enum TaxID {
  /// Digits (`9`), letters (`A`), either (`X`) behind the country's letters.
  private static let forms: [String: [String]] = [
    "AT": ["U99999999"], "BE": ["9999999999"], "DE": ["999999999"], "DK": ["99999999"], "ES": ["X9999999X"],
    "FI": ["99999999"], "FR": ["XX999999999"], "GB": ["999999999", "999999999999"], "IE": ["9X99999A", "9999999AA"],
    "IT": ["99999999999"], "LU": ["99999999"], "NL": ["999999999B99"], "PL": ["9999999999"], "PT": ["999999999"],
    "SE": ["999999999999"], "CHE": ["999999999", "999999999MWST", "999999999TVA"], "CZ": ["99999999", "999999999"],
  ]

  /// Whether a VAT number begins so: with a country's letters, or the first of them.
  static func mayBegin(_ code: String) -> Bool {
    code.utf8.count < 2 || forms[String(code.prefix(2))] != nil || code.hasPrefix("CH")
  }

  static func isVATNumber(_ code: String) -> Bool {
    let country = code.hasPrefix("CHE") ? "CHE" : String(code.prefix(2))
    guard let forms = forms[country] else { return false }
    let body = code.dropFirst(country.count)
    return forms.contains { form in
      form.count == body.count
        && zip(form, body).allSatisfy { pattern, character in
          switch pattern {
          case "9": character.isNumber
          case "X": character.isNumber || character.isLetter
          case "A": character.isLetter
          default: character == pattern
          }
        }
    }
  }

  /// The check digit of German (ISO 7064 mod 11, 10), Italian (Luhn) and Belgian (97) numbers; others count as valid.
  static func hasValidCheckDigit(_ code: String) -> Bool {
    let digits = code.utf8.compactMap { (48...57).contains($0) ? Int($0) - 48 : nil }
    switch code.prefix(2) {
    case "DE":
      guard digits.count == 9 else { return false }
      var product = 10
      for digit in digits.dropLast() {
        let sum = (digit + product) % 10
        product = 2 * (sum == 0 ? 10 : sum) % 11
      }
      return (11 - product) % 10 == digits[8]
    case "IT":
      let sum = digits.reversed().enumerated().reduce(0) { sum, item in
        let doubled = item.offset % 2 == 1 ? item.element * 2 : item.element
        return sum + (doubled > 9 ? doubled - 9 : doubled)
      }
      return sum % 10 == 0
    case "BE":
      guard digits.count == 10 else { return false }
      let number = digits.reduce(0) { $0 * 10 + $1 }
      return 97 - number / 100 % 97 == number % 100
    default: return true
    }
  }
}
