package import Docket

/// Rich text (RTF) as text: paragraphs as lines, cells of a row divided by tabs.
package struct RTFParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.rtf] }
  package static var version: String { "rtf 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    ReadingSummary(mediaType: input.mediaType, content: .text(RTFText(Array(input.bytes)).reading))
  }
}
