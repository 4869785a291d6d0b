package import Docket

/// Mail (RFC 5322 and MIME): headers and body are its own text, everything attached is a member `attachment/N`.
///
/// The body is the plain text where there is one, else its HTML as text. Mails inside are members too, and are read
/// as documents of their own.
package struct EmailParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.mail] }
  package static var version: String { "email 1 gmime \(GMimeMessage.version)" }
  package init() {}

  /// More headers than any mail needs; a bomb's are cut off.
  private static let headerLimit = 1000

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    guard let mail = EmailParser.parse(input.bytes) else {
      throw DocketError(.emailUnreadable, "The mail has no header that can be read.")
    }
    var walk = MailWalk(limits: input.settings.limits, output: output)
    let text = try mail.body.map { body throws(DocketError) in try walk.read(body) } ?? ""
    let reading = TextReading(headers: mail.headers(limit: EmailParser.headerLimit), text: text)
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(reading), findings: walk.findings)
  }

  /// Real mails begin with a mailbox's `From ` line, blanks, a byte order mark, or lines that are no header; GMime
  /// takes none of that.
  private static func parse(_ bytes: UnsafeRawBufferPointer) -> GMimeMessage? {
    if bytes.has([0xFF, 0xFE], at: 0) || bytes.has([0xFE, 0xFF], at: 0) {
      let text = Array(TextDecoding.decode(bytes).text.utf8)
      return text.withUnsafeBytes { parse($0) }
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

/// Goes through a mail's parts in order: hands on members, gathers the body.
private struct MailWalk {
  let limits: ReadLimits
  let output: any ParserOutput
  private(set) var findings: [Finding] = []
  private var parts = 0
  private var members = 0
  private var textBytes = 0

  /// Deeper than any mail program nests; each level costs stack.
  private static let deepest = 64

  init(limits: ReadLimits, output: any ParserOutput) {
    self.limits = limits
    self.output = output
  }

  /// The body's text.
  mutating func read(_ body: MailPart) throws(DocketError) -> String {
    // A mail that is nothing but a text is read as one, whatever it is called.
    if body.isText, body.disposition != "attachment", isBodyType(body.mediaType) {
      if body.name != nil { try member(body) }
      return try text(of: body)
    }
    return try text(in: body, isWanted: true, isRelated: false, depth: 0)
  }

  private func isBodyType(_ mediaType: String) -> Bool {
    ["text/plain", "text/html", "text/enriched", "text/richtext"].contains(mediaType)
  }

  /// Emits the members inside a part.
  /// - Parameter isWanted: whether its text belongs to the body; an alternative that was not chosen is looked
  ///   through for members alone.
  private mutating func text(
    in part: MailPart, isWanted: Bool, isRelated: Bool, depth: Int
  ) throws(DocketError) -> String {
    parts += 1
    guard parts <= limits.parts else {
      throw DocketError(.tooManyParts, "The mail has more than \(limits.parts) parts.")
    }
    guard depth < MailWalk.deepest else {
      throw DocketError(.tooDeep, "The mail's parts lie inside one another deeper than \(MailWalk.deepest).")
    }
    if part.isMultipart { return try text(inMultipart: part, isWanted: isWanted, depth: depth) }
    let mediaType = part.mediaType
    if part.isText, part.name == nil, part.disposition != "attachment", isBodyType(mediaType) {
      return isWanted ? try text(of: part) : ""
    }
    if isRelated, part.name == nil, part.hasContentID, mediaType.hasPrefix("image/") {
      note("mail-picture-left-out", .note, "A nameless picture of the mail's layout was left out.")
      return ""
    }
    try member(part)
    return ""
  }

  private mutating func text(
    inMultipart part: MailPart, isWanted: Bool, depth: Int
  ) throws(DocketError) -> String {
    let children = part.children
    switch part.mediaType {
    case "multipart/alternative":
      return try text(inAlternatives: children, isWanted: isWanted, depth: depth)
    case "multipart/signed":
      note("mail-signed", .note, "The mail is signed; the signature was not checked.")
    case "multipart/encrypted":
      note("mail-encrypted", .warning, "The mail is encrypted; its content cannot be read.")
    default: break
    }
    let isRelated = part.mediaType == "multipart/related"
    var texts: [String] = []
    for child in children {
      if child.mediaType.hasSuffix("-signature"), part.mediaType == "multipart/signed" { continue }
      let text = try text(in: child, isWanted: isWanted, isRelated: isRelated, depth: depth + 1)
      if !text.isEmpty { texts.append(text) }
    }
    return texts.joined(separator: "\n")
  }

  /// The same content in several forms: the first plain text that says something, else the last form that does.
  private mutating func text(
    inAlternatives children: [MailPart], isWanted: Bool, depth: Int
  ) throws(DocketError) -> String {
    var plain: String?
    var last = ""
    for child in children {
      let text = try text(in: child, isWanted: isWanted && plain == nil, isRelated: false, depth: depth + 1)
      guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { continue }
      if child.mediaType == "text/plain" { plain = plain ?? text }
      last = text
    }
    return plain ?? last
  }

  private mutating func text(of part: MailPart) throws(DocketError) -> String {
    let raw = part.text
    textBytes += raw.utf8.count
    guard textBytes <= limits.bytes else {
      throw DocketError(.tooManyBytes, "The mail's text unpacks to more than \(limits.bytes) bytes.")
    }
    let text = TextDecoding.unixLines(raw)
    return part.mediaType == "text/plain" ? text : HTMLText.plain(text)
  }

  private mutating func member(_ part: MailPart) throws(DocketError) {
    members += 1
    let mediaType = part.isMessage ? MediaType.mail : part.mediaType
    if mediaType.hasSuffix("pkcs7-mime") {
      note("mail-smime", .warning, "The mail is signed or encrypted by S/MIME; its content is kept as a member.")
    }
    let name = part.name.map(MailText.name) ?? MailText.name(ordinal: members, mediaType: mediaType)
    let place = PartPath("attachment/\(members)")
    let output = output
    let outcome: Result<Void, DocketError> = part.bytes.withUnsafeBytes { bytes in
      Result { () throws(DocketError) in try output.member(part: place, name: name, bytes: bytes) }
    }
    try outcome.get()
  }

  private mutating func note(_ code: String, _ level: Finding.Level, _ message: String) {
    if !findings.contains(where: { $0.code == code }) { findings.append(Finding(code, level, message)) }
  }
}
