package import Docket

/// Files signed or encrypted by CMS (`.p7m`): what was signed becomes a member; the signature is not checked.
package struct CMSParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.cms] }
  package static var version: String { "cms 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    switch CMSContent(Array(input.bytes)) {
    case .encrypted: throw DocketError(.contentEncrypted, "The file is encrypted.")
    case .detached: throw DocketError(.signatureAlone, "The file is a signature alone.")
    case .other: throw DocketError(.unknownFormat, "The file is CMS, but neither signed nor encrypted, or damaged.")
    case .signed(let content):
      guard content.count <= input.settings.limits.bytes else {
        throw DocketError(.tooManyBytes, "What was signed has more than \(input.settings.limits.bytes) bytes.")
      }
      // `invoice.xml.p7m` holds `invoice.xml`.
      let isNamed = input.name.lowercased().hasSuffix(".p7m") && input.name.utf8.count > 4
      let name = isNamed ? String(input.name.dropLast(4)) : "content"
      let outcome: Result<Void, DocketError> = MailComposer.completed(content).withUnsafeBytes { bytes in
        Result { () throws(DocketError) in try output.member(part: PartPath("content/1"), name: name, bytes: bytes) }
      }
      try outcome.get()
      return ReadingSummary(
        mediaType: input.mediaType, content: .text(TextReading(text: "")),
        findings: [Finding("file-signed", .note, "The file is signed; the signature was not checked.")])
    }
  }
}

/// Texts encrypted by PGP: nobody here has the key.
package struct PGPParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.pgp] }
  package static var version: String { "pgp 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    throw DocketError(.contentEncrypted, "The file is encrypted by PGP.")
  }
}
