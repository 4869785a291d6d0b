package import Docket

/// Plain text: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.
package struct TextParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.plain] }
  package static var version: String { "text 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let decoded = TextDecoding.decode(input.bytes)
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(TextReading(text: decoded.text)), findings: decoded.findings)
  }
}

/// Bytes to text, for files that do not say what they are coded in.
enum TextDecoding {
  struct Decoded {
    var text: String
    var findings: [Finding] = []
  }

  static func decode(_ bytes: UnsafeRawBufferPointer) -> Decoded {
    if bytes.has([0xEF, 0xBB, 0xBF], at: 0) { return utf8(UnsafeRawBufferPointer(rebasing: bytes[3...])) }
    if bytes.has([0xFF, 0xFE], at: 0) { return utf16(bytes, low: 0) }
    if bytes.has([0xFE, 0xFF], at: 0) { return utf16(bytes, low: 1) }
    return utf8(bytes)
  }

  private static func utf8(_ bytes: UnsafeRawBufferPointer) -> Decoded {
    if let text = String(validating: bytes, as: UTF8.self) { return Decoded(text: unixLines(text)) }
    return Decoded(
      text: unixLines(windows1252(bytes)),
      findings: [Finding("text-coding-assumed", .note, "The text is not UTF-8; Windows-1252 was assumed.")])
  }

  private static func utf16(_ bytes: UnsafeRawBufferPointer, low: Int) -> Decoded {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { at in
      UInt16(bytes[at + low]) | UInt16(bytes[at + 1 - low]) << 8
    }
    return Decoded(text: unixLines(String(decoding: units, as: UTF16.self)))
  }

  /// Windows-1252's own characters in 0x80...0x9F; the rest is Latin-1.
  private static let upper: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
    0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  static func windows1252(_ bytes: UnsafeRawBufferPointer) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      let value = (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt32(byte)
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return String(text)
  }

  /// Line ends become `\n`; NUL characters, which no text means, are left out.
  static func unixLines(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x0D || $0 == 0 }) else { return text }
    var out = [UInt8]()
    out.reserveCapacity(text.utf8.count)
    var previous: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case 0: break
      case 0x0D: out.append(0x0A)
      case 0x0A where previous == 0x0D: break
      default: out.append(byte)
      }
      previous = byte
    }
    return String(decoding: out, as: UTF8.self)
  }
}
