package import Docket

/// Office documents with a password: the ZIP lies encrypted in a compound file.
package struct EncryptedOfficeParser: Parser {
  package static let mediaTypes: Set<String> = ["application/x-ooxml-encrypted"]
  package static var version: String { "office-encrypted 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    throw OfficePackage.encrypted
  }
}
