package import Docket

/// Bytes become words. Runs inside a worker process, on one thread; one open descriptor in, pages out one by one.
///
/// A parser of a format is one file here and one line in `Parsers.swift`.
package protocol Parser {
  /// What it reads, by content: `application/pdf`.
  static var mediaTypes: Set<String> { get }
  /// Its own version and those of the libraries it calls; part of the read stage's fingerprint.
  static var version: String { get }
  init()
  /// - Throws: a `reading` error when nothing can be read; whatever was emitted before is then dropped.
  func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary
}

/// A document's bytes, mapped read-only for as long as a parser runs, and how to read them.
package struct ParserInput {
  package let bytes: UnsafeRawBufferPointer
  /// The name it came with: a last hint of its type, for messages; never a path.
  package let name: String
  package let mediaType: String
  package let settings: ReadSettings
  /// Nil at first. Else how many pages were handed on before the page after them took too long to be drawn: reading
  /// goes on with that page, without drawing it.
  package let resumesAfter: Int?
  /// Docket's own reader of lines; nil where Tesseract reads alone.
  package let lineModel: LineModel?

  package init(
    bytes: UnsafeRawBufferPointer, name: String, mediaType: String, settings: ReadSettings, resumesAfter: Int? = nil,
    lineModel: LineModel? = nil
  ) {
    self.lineModel = lineModel
    self.resumesAfter = resumesAfter
    self.bytes = bytes
    self.name = name
    self.mediaType = mediaType
    self.settings = settings
  }
}

/// Takes pages and members as they are found; throws when a limit is met or the other side is gone.
package protocol ParserOutput: AnyObject {
  func page(_ page: PageReading) throws(DocketError)
  /// - Parameter part: `attachment/2`; counted by the parser from 1.
  func member(part: PartPath, name: String, bytes: UnsafeRawBufferPointer) throws(DocketError)
  /// Draws a page. A hostile one takes for ever, and no library can be told to stop: a worker then ends itself, and
  /// the document is read anew from that page on (`ParserInput.resumesAfter`).
  func drawing<Result>(_ work: () -> Result) -> Result
}

extension ParserOutput {
  /// As long as it takes.
  package func drawing<Result>(_ work: () -> Result) -> Result { work() }
}
