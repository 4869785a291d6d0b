package import Docket

/// A page of HTML as text with its tables. Its layout is not computed, and nothing is fetched.
package struct HTMLParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.html] }
  package static var version: String { "html 2" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let decoded = HTMLParser.decode(input.bytes)
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(HTMLText.read(decoded.text)), findings: decoded.findings)
  }

  /// In the coding that its `meta` element names, where it is not UTF-8 or UTF-16.
  private static func decode(_ bytes: UnsafeRawBufferPointer) -> TextDecoding.Decoded {
    let hasMark = bytes.has([0xFF, 0xFE], at: 0) || bytes.has([0xFE, 0xFF], at: 0)
    if !hasMark, String(validating: bytes, as: UTF8.self) == nil, let name = charset(bytes),
      let text = Charset.decode(bytes, from: name)
    {
      return TextDecoding.Decoded(text: TextDecoding.unixLines(text))
    }
    return TextDecoding.decode(bytes)
  }

  private static func charset(_ bytes: UnsafeRawBufferPointer) -> String? {
    let start = bytes.prefix(4096).map(\.loweredASCII)
    guard let at = start.firstRange(of: "charset=") else { return nil }
    let name = start[at.upperBound...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
      .prefix { $0.isNameByte && $0 < 0x80 }
    guard !name.isEmpty else { return nil }
    let text = String(decoding: name, as: UTF8.self)
    // As browsers take it, and as those who write it mean: https://encoding.spec.whatwg.org/#names-and-labels
    return ["iso-8859-1", "latin1", "us-ascii", "ascii"].contains(text) ? "CP1252" : text
  }
}
