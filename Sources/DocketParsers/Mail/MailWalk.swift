import Docket

/// Goes through a mail's parts in order: hands on members, gathers the body.
struct MailWalk {
  let limits: ReadLimits
  private(set) var attachments: Attachments
  private var parts = 0
  private var textBytes = 0
  /// Of a message that Outlook packed beside the body.
  private var packed = TextReading(text: "")

  /// Deeper than any mail program nests; each level costs stack.
  private static let deepest = 64

  init(limits: ReadLimits, output: any ParserOutput) {
    self.limits = limits
    attachments = Attachments(output: output)
  }

  /// The body's text and tables.
  /// - Throws: `content-encrypted` where the body itself is.
  mutating func read(_ body: MailPart) throws(DocketError) -> TextReading {
    var text = try ownText(of: body)
    if PGPArmor.isEncrypted(text.text) { throw DocketError(.contentEncrypted, "The mail's text is encrypted by PGP.") }
    if let signed = PGPArmor.signed(text.text) {
      attachments.note("mail-signed", .note, "The mail is signed; the signature was not checked.")
      text = TextReading(text: signed)
    }
    return text.isBlank ? packed : text
  }

  private mutating func ownText(of body: MailPart) throws(DocketError) -> TextReading {
    // A mail that is nothing but a text is read as one, whatever it is called.
    if body.isText, body.disposition != "attachment", isBodyType(body.mediaType) {
      if body.name != nil { try member(body) }
      return try text(of: body)
    }
    if MailWalk.isSealed(body) { return try text(inSealed: body, depth: 0) }
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
  ) throws(DocketError) -> TextReading {
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
      return isWanted ? try text(of: part) : TextReading(text: "")
    }
    // Nobody reads a signature, and nothing here checks it.
    if mediaType.hasSuffix("-signature") {
      attachments.note("mail-signed", .note, "The mail is signed; the signature was not checked.")
      return TextReading(text: "")
    }
    if isRelated, part.name == nil, part.hasContentID, mediaType.hasPrefix("image/") {
      attachments.note("mail-picture-left-out", .note, "A picture of the mail's layout was left out.")
      return TextReading(text: "")
    }
    try member(part)
    return TextReading(text: "")
  }

  private mutating func text(
    inMultipart part: MailPart, isWanted: Bool, depth: Int
  ) throws(DocketError) -> TextReading {
    let children = part.children
    switch part.mediaType {
    case "multipart/alternative":
      return try text(inAlternatives: children, isWanted: isWanted, depth: depth)
    case "multipart/signed":
      attachments.note("mail-signed", .note, "The mail is signed; the signature was not checked.")
    case "multipart/encrypted":
      throw DocketError(.contentEncrypted, "The mail is encrypted by PGP.")
    case "multipart/report":
      attachments.note("mail-report", .note, "The mail reports what became of another one.")
    default: break
    }
    let isRelated = part.mediaType == "multipart/related"
    var whole = TextReading(text: "")
    for child in children {
      let isReport = part.mediaType == "multipart/report" && MailWalk.reports.contains(child.mediaType)
      let text =
        isReport
        ? TextReading(text: try report(child))
        : try text(in: child, isWanted: isWanted, isRelated: isRelated, depth: depth + 1)
      whole.append(text)
    }
    return whole
  }

  /// What a report says in words for machines; people read them too.
  private static let reports: Set<String> = [
    "message/delivery-status", "message/global-delivery-status", "message/disposition-notification",
    "message/feedback-report", "text/rfc822-headers", "message/rfc822-headers",
  ]

  private mutating func report(_ part: MailPart) throws(DocketError) -> String {
    try counted(part.isText ? part.text : part.bytes.withUnsafeBytes { TextDecoding.decode($0).text })
  }

  /// The same content in several forms: the first plain text, unless it is a stopgap for a fuller form; else the last.
  private mutating func text(
    inAlternatives children: [MailPart], isWanted: Bool, depth: Int
  ) throws(DocketError) -> TextReading {
    var plain: TextReading?
    var last = TextReading(text: "")
    for child in children {
      let text = try text(in: child, isWanted: isWanted, isRelated: false, depth: depth + 1)
      guard !text.isBlank else { continue }
      if child.mediaType == "text/plain" { plain = plain ?? text }
      last = text
    }
    guard let plain else { return last }
    return MailWalk.isStopgap(plain, for: last) ? last : plain
  }

  /// Programs that write mails for others put a sentence or two beside their HTML, or its tables flattened.
  private static func isStopgap(_ plain: TextReading, for other: TextReading) -> Bool {
    let hasItems = other.tables.contains { table in table.rows.count { $0.count { !$0.isEmpty } >= 3 } >= 2 }
    return hasItems || plain.text.utf8.count * 3 < other.text.utf8.count
  }

  private mutating func text(of part: MailPart) throws(DocketError) -> TextReading {
    let text = try counted(part.text)
    return part.mediaType == "text/plain" ? TextReading(text: text) : HTMLText.read(text)
  }

  private mutating func counted(_ raw: String) throws(DocketError) -> String {
    textBytes += raw.utf8.count
    guard textBytes <= limits.bytes else {
      throw DocketError(.tooManyBytes, "The mail's text unpacks to more than \(limits.bytes) bytes.")
    }
    return TextDecoding.unixLines(raw)
  }

  private mutating func member(_ part: MailPart) throws(DocketError) {
    let mediaType = part.isMessage ? MediaType.mail : part.mediaType
    if ["application/ms-tnef", MediaType.tnef].contains(mediaType) || part.name?.lowercased() == "winmail.dat",
      try unpack(part)
    {
      return
    }
    try attachments.hand(part.bytes, name: part.name, mediaType: mediaType)
  }

  /// Outlook's packing is no document: what is in it belongs to the mail.
  private mutating func unpack(_ part: MailPart) throws(DocketError) -> Bool {
    var reader = TNEFReader(limits: limits)
    let unpacked: Result<OutlookMessage?, DocketError> = part.bytes.withUnsafeBytes { bytes in
      Result { () throws(DocketError) in try reader.message(bytes) }
    }
    guard let message = try unpacked.get() else { return false }
    attachments.note("mail-unpacked", .note, "What Outlook packed into a `winmail.dat` was unpacked.")
    for attachment in message.attachments { try attachments.hand(attachment) }
    if packed.isBlank { packed = message.content }
    return true
  }
}

// S/MIME

extension MailWalk {
  private static func isSealed(_ part: MailPart) -> Bool {
    part.mediaType.hasSuffix("pkcs7-mime") || part.name?.lowercased().hasSuffix(".p7m") == true
  }

  /// The body of a mail that is signed and sealed in one: the signed part stands inside as mail of its own.
  private mutating func text(inSealed part: MailPart, depth: Int) throws(DocketError) -> TextReading {
    parts += 1
    guard depth < limits.depth, parts <= limits.parts else {
      throw DocketError(.tooDeep, "Signatures lie in one another deeper than \(limits.depth).")
    }
    switch CMSContent(part.bytes) {
    case .encrypted: throw DocketError(.contentEncrypted, "The mail is encrypted by S/MIME.")
    case .signed(let content):
      attachments.note("mail-signed", .note, "The mail is signed; the signature was not checked.")
      guard let inner = content.withUnsafeBytes({ GMimeMessage($0) }), let body = inner.body else {
        try attachments.hand(content, name: nil, mediaType: "application/octet-stream")
        return TextReading(text: "")
      }
      if MailWalk.isSealed(body) { return try text(inSealed: body, depth: depth + 1) }
      return try ownText(of: body)
    case .detached, .other:
      try member(part)
      return TextReading(text: "")
    }
  }
}

extension TextReading {
  var isBlank: Bool { text.unicodeScalars.allSatisfy { $0.properties.isWhitespace } }

  /// Adds another text below this one.
  mutating func append(_ other: TextReading) {
    guard !other.text.isEmpty else { return }
    if !text.isEmpty { text += "\n" }
    let shift = text.unicodeScalars.count
    text += other.text
    tables += other.tables.map { table in
      TextTable(rows: table.rows.map { $0.map { $0.lowerBound + shift..<$0.upperBound + shift } })
    }
  }
}
