import CGMime

/// Encoded words of a header (RFC 2047) that GMime does not read as they were meant.
///
/// Words that follow each other in one coding are decoded as one; where an inner one ends with padding, Base64 stops
/// there, and the rest would be lost.
enum EncodedWords {
  private struct Found {
    var range: Range<String.Index>
    var charset: Substring
    var isBase64: Bool
    var data: Substring
  }

  /// The header's raw text with such words joined; nil where nothing is to be mended.
  static func mended(_ raw: String) -> String? {
    guard raw.contains("=?") else { return nil }
    let found = words(in: raw)
    var out = ""
    var end = raw.startIndex
    var isMended = false
    var place = 0
    while place < found.count {
      let word = found[place]
      var next = place + 1
      while next < found.count, joins(found[next - 1], found[next], in: raw) { next += 1 }
      let run = found[place..<next]
      let isASCII = word.charset.lowercased() == "us-ascii"
      if isASCII || run.dropLast().contains(where: { $0.data.hasSuffix("=") && $0.isBase64 }) {
        isMended = true
        out += raw[end..<word.range.lowerBound]
        // Whoever says ASCII and writes other letters means the usual ones.
        let charset = isASCII ? "windows-1252" : String(word.charset)
        let data = word.isBase64 ? base64(run.flatMap { bytes($0.data) }) : run.map { String($0.data) }.joined()
        out += "=?\(charset)?\(word.isBase64 ? "B" : "Q")?\(data)?="
        end = found[next - 1].range.upperBound
      }
      place = next
    }
    return isMended ? out + raw[end...] : nil
  }

  private static func joins(_ word: Found, _ next: Found, in raw: String) -> Bool {
    word.isBase64 == next.isBase64 && word.charset.lowercased() == next.charset.lowercased()
      && raw[word.range.upperBound..<next.range.lowerBound].allSatisfy(\.isWhitespace)
  }

  private static func words(in raw: String) -> [Found] {
    var found: [Found] = []
    var rest = raw[...]
    while let start = rest.firstRange(of: "=?") {
      let parts = rest[start.upperBound...].split(separator: "?", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let stop = parts[2].firstRange(of: "?="), ["B", "Q"].contains(parts[1].uppercased()),
        !parts[0].isEmpty, !parts[0].contains(where: \.isWhitespace)
      else {
        rest = rest[start.upperBound...]
        continue
      }
      found.append(
        Found(
          range: start.lowerBound..<stop.upperBound, charset: parts[0], isBase64: parts[1].uppercased() == "B",
          data: parts[2][..<stop.lowerBound]))
      rest = rest[stop.upperBound...]
    }
    return found
  }

  private static func bytes(_ data: Substring) -> [UInt8] {
    var count: gsize = 0
    guard let bytes = g_base64_decode(String(data), &count) else { return [] }
    defer { g_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    guard let text = g_base64_encode(bytes, gsize(bytes.count)) else { return "" }
    defer { g_free(text) }
    return String(cString: text)
  }
}
