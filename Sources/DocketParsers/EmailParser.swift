package import Docket

/// Mail (RFC 5322 and MIME): headers and body are its own text, everything attached is a member `attachment/N`.
///
/// The body is the plain text where there is one, else its HTML as text. Mails inside are members too, and are read
/// as documents of their own. What Outlook packed into a `winmail.dat` and what S/MIME signed is unpacked.
package struct EmailParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.mail] }
  package static var version: String { "email 3 gmime \(GMimeMessage.version)" }
  package init() {}

  /// More headers than any mail needs; a bomb's are cut off.
  private static let headerLimit = 1000

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    guard let mail = EmailParser.parse(input.bytes) else {
      throw DocketError(.emailUnreadable, "The mail has no header that can be read.")
    }
    var walk = MailWalk(limits: input.settings.limits, output: output)
    var reading = try mail.body.map { body throws(DocketError) in try walk.read(body) } ?? TextReading(text: "")
    reading.headers = mail.headers(limit: EmailParser.headerLimit)
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(reading), findings: walk.attachments.findings)
  }

  /// Real mails begin with a mailbox's `From ` line, blanks, a byte order mark, or lines that are no header; GMime
  /// takes none of that.
  private static func parse(_ bytes: UnsafeRawBufferPointer) -> GMimeMessage? {
    if bytes.has([0xFF, 0xFE], at: 0) || bytes.has([0xFE, 0xFF], at: 0) {
      let text = Array(TextDecoding.decode(bytes).text.utf8)
      return text.withUnsafeBytes { parse($0) }
    }
    // GMime takes half a line end for the last part's where the mail ends with its last boundary.
    if bytes.count > 2, bytes.has(Array("--".utf8), at: bytes.count - 2) {
      return (Array(bytes) + [0x0D, 0x0A]).withUnsafeBytes { parse($0) }
    }
    let start = skipPreamble(bytes)
    if let mail = GMimeMessage(UnsafeRawBufferPointer(rebasing: bytes[start...])), !mail.headers(limit: 1).isEmpty {
      return mail
    }
    guard let header = firstHeader(in: bytes, from: start) else { return nil }
    return GMimeMessage(UnsafeRawBufferPointer(rebasing: bytes[header...]))
  }

  private static func skipPreamble(_ bytes: UnsafeRawBufferPointer) -> Int {
    var at = bytes.has([0xEF, 0xBB, 0xBF], at: 0) ? 3 : 0
    func skipBlanks() { while at < bytes.count, bytes[at] <= 0x20 { at += 1 } }
    skipBlanks()
    while at < bytes.count, bytes.has(Array("From ".utf8), at: at) || bytes.has(Array(">From ".utf8), at: at) {
      at = (bytes[at...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
      skipBlanks()
    }
    return min(at, bytes.count)
  }

  /// The offset of the first line that has a header's form, within the first 64 KiB.
  private static func firstHeader(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var at = start
    let end = min(bytes.count, start + 65_536)
    while at < end {
      let name = bytes[at..<end].prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
      if !name.isEmpty, name.endIndex < end, bytes[name.endIndex] == UInt8(ascii: ":") { return at }
      guard let lineEnd = bytes[at..<end].firstIndex(of: 0x0A) else { return nil }
      at = lineEnd + 1
    }
    return nil
  }
}
