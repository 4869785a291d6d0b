/// PGP that stands in a text itself (RFC 9580, "ASCII armour").
enum PGPArmor {
  static func isEncrypted(_ text: String) -> Bool {
    text.drop { $0.isWhitespace }.hasPrefix("-----BEGIN PGP MESSAGE-----")
  }

  /// The text that was signed, without what surrounds it; nil where none is.
  static func signed(_ text: String) -> String? {
    guard let begin = text.range(of: "-----BEGIN PGP SIGNED MESSAGE-----\n") else { return nil }
    let lines = text[begin.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
    // Headers of the armour, then an empty line.
    guard let blank = lines.firstIndex(where: { $0.allSatisfy(\.isWhitespace) }) else { return nil }
    let end = lines.firstIndex { $0.hasPrefix("-----BEGIN PGP SIGNATURE-----") } ?? lines.endIndex
    guard blank < end else { return nil }
    let content = lines[(blank + 1)..<end].map { $0.hasPrefix("- ") ? $0.dropFirst(2) : $0 }
    return String(text[..<begin.lowerBound]) + content.joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate func range(of part: String) -> Range<String.Index>? {
    utf8.firstRange(of: part)
  }
}
