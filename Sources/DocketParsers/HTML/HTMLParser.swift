import CGMime
package import Docket

/// A page of HTML as text. Its layout is not computed: what a table shows side by side is divided by tabs.
package struct HTMLParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.html] }
  package static var version: String { "html 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let decoded = HTMLParser.decode(input.bytes)
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(TextReading(text: HTMLText.plain(decoded.text))),
      findings: decoded.findings)
  }

  /// In the coding that its `meta` element names, where it is not UTF-8 or UTF-16.
  private static func decode(_ bytes: UnsafeRawBufferPointer) -> TextDecoding.Decoded {
    let hasMark = bytes.has([0xFF, 0xFE], at: 0) || bytes.has([0xFE, 0xFF], at: 0)
    if !hasMark, String(validating: bytes, as: UTF8.self) == nil, let name = charset(bytes),
      let text = convert(bytes, from: name)
    {
      return TextDecoding.Decoded(text: TextDecoding.unixLines(text))
    }
    return TextDecoding.decode(bytes)
  }

  private static func charset(_ bytes: UnsafeRawBufferPointer) -> String? {
    let start = bytes.prefix(2048).map(\.loweredASCII)
    guard let at = start.firstRange(of: "charset=") else { return nil }
    let name = start[at.upperBound...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
      .prefix { $0.isNameByte && $0 < 0x80 }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }

  private static func convert(_ bytes: UnsafeRawBufferPointer, from charset: String) -> String? {
    var count: gsize = 0
    guard
      let text = g_convert_with_fallback(
        bytes.bindMemory(to: CChar.self).baseAddress, gssize(bytes.count), "UTF-8", charset, "\u{FFFD}", nil, &count,
        nil)
    else { return nil }
    defer { g_free(text) }
    return String(decoding: UnsafeRawBufferPointer(start: text, count: Int(count)), as: UTF8.self)
  }
}
