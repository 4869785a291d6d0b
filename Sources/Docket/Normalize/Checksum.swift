/// Check digits of published number systems.
package enum Checksum {
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
