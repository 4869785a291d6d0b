package import Docket

/// A mailbox file (mbox): each message is a member `message/N`, a document of its own.
package struct MailboxParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.mailbox] }
  package static var version: String { "mailbox 1" }
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
      try output.member(
        part: PartPath("message/\(index + 1)"), name: "message-\(index + 1).eml",
        bytes: UnsafeRawBufferPointer(rebasing: input.bytes[head..<end]))
    }
    return ReadingSummary(mediaType: input.mediaType, content: .text(TextReading(text: "")))
  }
}
