package import Docket

/// Plain text, also as it was meant for a printer: UTF-8, UTF-16 with a byte order mark, or else an old code page.
/// Form feeds stay: they part pages. A text that is one table of fixed columns becomes a table.
package struct TextParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.plain] }
  package static var version: String { "text 3" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let decoded = TextDecoding.decode(input.bytes, keepsReturns: true)
    let text = PrintSpool.plain(decoded.text)
    if let table = FixedWidthTable(text) {
      let starts = table.starts.map { String($0 + 1) }.joined(separator: ", ")
      return ReadingSummary(
        mediaType: input.mediaType, content: .table(TableReading(rows: table.rows)),
        findings: decoded.findings + [
          Finding("table-dialect", .note, "Columns have a fixed width and begin at \(starts); row 1 names them.")
        ])
    }
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(TextReading(text: text)), findings: decoded.findings)
  }
}

/// Bytes to text, for files that do not say what they are coded in.
enum TextDecoding {
  struct Decoded {
    var text: String
    var findings: [Finding] = []
  }

  /// - Parameter keepsReturns: line ends stay as they are, for what looks at them more closely.
  static func decode(_ bytes: UnsafeRawBufferPointer, keepsReturns: Bool = false) -> Decoded {
    var decoded =
      if bytes.has([0xEF, 0xBB, 0xBF], at: 0) {
        utf8(UnsafeRawBufferPointer(rebasing: bytes[3...]))
      } else if bytes.has([0xFF, 0xFE], at: 0) {
        utf16(bytes, low: 0)
      } else if bytes.has([0xFE, 0xFF], at: 0) {
        utf16(bytes, low: 1)
      } else {
        utf8(bytes)
      }
    if !keepsReturns { decoded.text = unixLines(decoded.text) }
    return decoded
  }

  private static func utf8(_ bytes: UnsafeRawBufferPointer) -> Decoded {
    if let text = String(validating: bytes, as: UTF8.self) { return Decoded(text: text) }
    let isDOS = isDOS(bytes)
    let text = isDOS ? Charset.decode(bytes, from: "CP850") ?? windows1252(bytes) : windows1252(bytes)
    let name = isDOS ? "code page 850" : "Windows-1252"
    return Decoded(
      text: text,
      findings: [Finding("text-coding-assumed", .note, "The text is not UTF-8; \(name) was assumed.")])
  }

  /// Whether letters with accents stand where DOS had them. In Windows-1252 those places are quotes and dashes,
  /// which stand between two letters seldom.
  private static func isDOS(_ bytes: UnsafeRawBufferPointer) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    let apostrophes: Set<UInt8> = [0x92, 0x96, 0x97, 0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E]
    var dos = 0
    var windows = 0
    let sample = bytes.prefix(1 << 20)
    for index in sample.indices.dropFirst().dropLast() where sample[index] >= 0x80 {
      guard isLetter(sample[index - 1]), isLetter(sample[index + 1]) else { continue }
      if sample[index] >= 0xC0 {
        windows += 1
      } else if sample[index] < 0xA0, !apostrophes.contains(sample[index]) {
        dos += 1
      }
    }
    return dos > windows
  }

  private static func utf16(_ bytes: UnsafeRawBufferPointer, low: Int) -> Decoded {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { at in
      UInt16(bytes[at + low]) | UInt16(bytes[at + 1 - low]) << 8
    }
    return Decoded(text: String(decoding: units, as: UTF16.self))
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
