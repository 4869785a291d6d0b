/// Check digits of published number systems.
package enum Checksum {
  /// Whether a code's check digits fit; nil for one that has none that are known.
  package static func holds(_ code: String, for type: FieldType) -> Bool? {
    switch type {
    case .iban: isIBAN(code)
    case .gtin: isGTIN(code)
    case .taxID: TaxID.isVATNumber(code) ? TaxID.hasValidCheckDigit(code) : nil
    default: nil
    }
  }

  /// Characters of an IBAN by country, of those that are met most. Source: the SWIFT registry.
  private static let ibanLengths: [Substring: Int] = [
    "AT": 20, "BE": 16, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "IE": 22,
    "IT": 27, "LI": 21, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24,
  ]

  /// Shorter than its country's IBANs are: one in a hundred beginnings passes the check by chance.
  package static func isTooShort(_ iban: String) -> Bool {
    ibanLengths[iban.prefix(2)].map { iban.utf8.count < $0 } ?? false
  }

  /// ISO 13616: two letters, two digits, up to 30 letters and digits, modulo 97. No blanks, capitals.
  package static func isIBAN(_ code: String) -> Bool {
    let bytes = Array(code.utf8)
    guard (15...34).contains(bytes.count), bytes[..<2].allSatisfy({ (65...90).contains($0) }),
      bytes[2..<4].allSatisfy({ (48...57).contains($0) })
    else { return false }
    var remainder = 0
    for byte in bytes[4...] + bytes[..<4] {
      switch byte {
      case 48...57: remainder = (remainder * 10 + Int(byte) - 48) % 97
      case 65...90: remainder = (remainder * 100 + Int(byte) - 55) % 97
      default: return false
      }
    }
    return remainder == 1
  }

  /// ISO 9362: four letters of a bank, two of a country, two letters or digits of a place, three more of a branch.
  package static func isBIC(_ code: String) -> Bool {
    let bytes = Array(code.utf8)
    return (bytes.count == 8 || bytes.count == 11) && bytes[..<6].allSatisfy { (65...90).contains($0) }
      && bytes[6...].allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
  }

  /// GS1: 8, 12, 13 or 14 digits, weighted 3 and 1 from the right, a multiple of ten.
  package static func isGTIN(_ code: String) -> Bool {
    let digits = code.utf8.map { Int($0) - 48 }
    guard [8, 12, 13, 14].contains(digits.count), digits.allSatisfy({ (0...9).contains($0) }) else { return false }
    let sum = digits.reversed().enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 1 ? 3 : 1) }
    return sum % 10 == 0
  }
}
