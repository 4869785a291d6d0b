package import Docket

/// A mailbox file (mbox): each message is a member `message/N`, a document of its own.
///
/// The dialects differ in how a line of a message that begins with `From ` is told from the beginning of the next one:
/// by a `>` before it, which is taken off, or by the `Content-Length` that each message states.
package struct MailboxParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.mailbox] }
  package static var version: String { "mailbox 2" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let limit = input.settings.limits.parts
    let starts = MailboxLines.starts(in: input.bytes, limit: limit + 1)
    guard starts.count <= limit else {
      throw DocketError(.tooManyParts, "The mailbox holds more than \(limit) messages.")
    }
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : input.bytes.count
      let head = (input.bytes[start..<end].firstIndex(of: 0x0A) ?? end - 1) + 1
      let place = PartPath("message/\(index + 1)")
      let name = "message-\(index + 1).eml"
      let message = UnsafeRawBufferPointer(rebasing: input.bytes[head..<end])
      guard let unquoted = MailboxLines.unquoted(message) else {
        try output.member(part: place, name: name, bytes: message)
        continue
      }
      let outcome: Result<Void, DocketError> = unquoted.withUnsafeBytes { bytes in
        Result { () throws(DocketError) in try output.member(part: place, name: name, bytes: bytes) }
      }
      try outcome.get()
    }
    return ReadingSummary(mediaType: input.mediaType, content: .text(TextReading(text: "")))
  }
}
