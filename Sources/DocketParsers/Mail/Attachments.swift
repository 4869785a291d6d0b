import Docket

/// Hands on what is attached to a message, as members `attachment/N`, and gathers what is to be said of it.
struct Attachments {
  let output: any ParserOutput
  private(set) var findings: [Finding] = []
  private var count = 0

  init(output: any ParserOutput) { self.output = output }

  mutating func hand(_ bytes: [UInt8], name: String?, mediaType: String) throws(DocketError) {
    count += 1
    let given = name.map(MailText.name) ?? ""
    let name = given.isEmpty ? MailText.name(ordinal: count, mediaType: mediaType) : given
    let place = PartPath("attachment/\(count)")
    let output = output
    let outcome: Result<Void, DocketError> = bytes.withUnsafeBytes { bytes in
      Result { () throws(DocketError) in try output.member(part: place, name: name, bytes: bytes) }
    }
    try outcome.get()
  }

  /// A message inside is handed on as the mail it was or could have been.
  mutating func hand(_ attachment: OutlookMessage.Attachment) throws(DocketError) {
    switch attachment.content {
    case .message(let message):
      let name = attachment.name.isEmpty ? message.headers.first { $0.name == "subject" }?.value : attachment.name
      let file = name.map { $0.lowercased().hasSuffix(".eml") ? $0 : "\($0).eml" }
      try hand(MailComposer.bytes(of: message), name: file, mediaType: MediaType.mail)
    case .bytes(let bytes):
      let mediaType = attachment.mediaType ?? "application/octet-stream"
      let isPicture = mediaType.hasPrefix("image/") || MediaType.isPicture(bytes)
      if attachment.isHidden, isPicture {
        return note("mail-picture-left-out", .note, "A picture of the mail's layout was left out.")
      }
      try hand(MailComposer.completed(bytes), name: attachment.name, mediaType: mediaType)
    }
  }

  /// Once for each code.
  mutating func note(_ code: String, _ level: Finding.Level, _ message: String) {
    if !findings.contains(where: { $0.code == code }) { findings.append(Finding(code, level, message)) }
  }
}

extension MediaType {
  fileprivate static func isPicture(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { MediaType.of($0).hasPrefix("image/") }
  }
}
