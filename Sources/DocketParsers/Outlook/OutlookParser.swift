package import Docket

/// Messages as Outlook saves them (`.msg`): read as the mail that they are; contacts, tasks and notes as texts.
package struct OutlookParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.outlook] }
  package static var version: String { "outlook 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    guard var file = OutlookFile(input.bytes, limits: input.settings.limits) else {
      throw DocketError(.messageDamaged, "The message cannot be read.")
    }
    let message = try file.message()
    guard message.isMail || !message.content.isBlank || !message.attachments.isEmpty else {
      throw DocketError(.messageDamaged, "Nothing stands in the message.")
    }
    if message.isEncrypted { throw DocketError(.contentEncrypted, "The message is encrypted.") }
    var attachments = Attachments(output: output)
    for attachment in message.attachments { try attachments.hand(attachment) }
    if file.leftOut > 0 {
      attachments.note("mail-object-left-out", .note, "\(file.leftOut) links or objects in the message were left out.")
    }
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(message.content), findings: attachments.findings)
  }
}

/// A `winmail.dat` that came alone: what is in it. The mail around it has its headers.
package struct TNEFParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.tnef] }
  package static var version: String { "tnef 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    var reader = TNEFReader(limits: input.settings.limits)
    guard let message = try reader.message(input.bytes) else {
      throw DocketError(.messageDamaged, "Nothing of the message can be read.")
    }
    var attachments = Attachments(output: output)
    for attachment in message.attachments { try attachments.hand(attachment) }
    var content = message.content
    content.headers = []
    return ReadingSummary(
      mediaType: input.mediaType, content: .text(content), findings: attachments.findings)
  }
}
