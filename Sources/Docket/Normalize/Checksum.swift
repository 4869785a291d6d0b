/// Check digits of published number systems.
package enum Checksum {
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
}
