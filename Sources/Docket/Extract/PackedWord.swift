/// Words that forms print without blanks between: `03/24/20-03/30/20`, `NAME=Anna`.
enum PackedWord {
  /// Where to cut, by scalars; empty where a word is one.
  static func parts(of text: String) -> [Range<Int>] {
    let scalars = Array(text.unicodeScalars)
    guard (5...80).contains(scalars.count) else { return [] }
    if let cut = equals(scalars) { return [0..<(cut + 1), (cut + 1)..<scalars.count] }
    if let cut = betweenDates(scalars) { return [0..<cut, cut..<(cut + 1), (cut + 1)..<scalars.count] }
    return []
  }

  /// One `=` behind a word of letters: what stands behind it is the value.
  private static func equals(_ scalars: [Unicode.Scalar]) -> Int? {
    guard let cut = scalars.firstIndex(of: "="), cut > 1, cut < scalars.count - 1,
      scalars[..<cut].allSatisfy({ $0.properties.isAlphabetic })
    else { return nil }
    return scalars[(cut + 1)...].contains("=") ? nil : cut
  }

  /// The dash between two dates with slashes or dots.
  private static func betweenDates(_ scalars: [Unicode.Scalar]) -> Int? {
    let dashes = scalars.indices.filter { scalars[$0] == "-" || scalars[$0] == "–" }
    guard dashes.count == 1, let cut = dashes.first, isDate(scalars[..<cut]), isDate(scalars[(cut + 1)...]) else {
      return nil
    }
    return cut
  }

  private static func isDate(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let parts = scalars.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "." }
    return parts.count == 3
      && parts.allSatisfy { (1...4).contains($0.count) && $0.allSatisfy { ("0"..."9").contains($0) } }
  }
}
