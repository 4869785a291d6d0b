package import Docket

/// The parsers there are, and which of them reads what. One worker has one of these; parsers are made when first
/// needed and kept, so that what is dear to start (an OCR engine) is started once.
package final class Parsers {
  /// Add yours here.
  package static var all: [any Parser.Type] {
    [
      TextParser.self,
      WordsParser.self,
      PDFParser.self,
      ScanParser.self,
      XMLParser.self,
      EmailParser.self,
      MailboxParser.self,
      OutlookParser.self,
      TNEFParser.self,
      CMSParser.self,
      PGPParser.self,
      CalendarParser.self,
      HTMLParser.self,
      RTFParser.self,
      TableParser.self,
      ArchiveParser.self,
      DocxParser.self,
      XlsxParser.self,
      PptxParser.self,
      OpenDocumentParser.self,
      OpenDocumentSheetParser.self,
      EncryptedOfficeParser.self,
      HOCRParser.self,
      ALTOParser.self,
      JSONTreeParser.self,
    ]
  }

  private var made: [ObjectIdentifier: any Parser] = [:]

  private let lineModel: LineModel?

  /// - Parameter lineModel: Docket's own reader of lines; without it Tesseract reads alone.
  package init(lineModel: LineModel? = nil) { self.lineModel = lineModel }

  /// Reads a document with the parser of its content's type.
  /// - Throws: `empty-file`, `unknown-format`, `too-many-bytes`, or what the parser throws.
  package func read(
    bytes: UnsafeRawBufferPointer, name: String, settings: ReadSettings, resumesAfter: Int? = nil,
    into output: any ParserOutput
  ) throws(DocketError) -> ReadingSummary {
    guard !bytes.isEmpty else { throw DocketError(.emptyFile, "The file holds no bytes.") }
    guard bytes.count <= settings.limits.bytes else {
      throw DocketError(
        .tooManyBytes, "The file has \(bytes.count) bytes; \(settings.limits.bytes) are allowed.")
    }
    let mediaType = MediaType.of(bytes, name: name)
    guard let parser = parser(for: mediaType) else {
      throw DocketError(.unknownFormat, "No parser reads `\(mediaType)`.")
    }
    let input = ParserInput(
      bytes: bytes, name: name, mediaType: mediaType, settings: settings, resumesAfter: resumesAfter,
      lineModel: lineModel)
    return try parser.read(input, into: output)
  }

  private func parser(for mediaType: String) -> (any Parser)? {
    guard let type = Parsers.all.first(where: { $0.mediaTypes.contains(mediaType) }) else { return nil }
    if let parser = made[ObjectIdentifier(type)] { return parser }
    let parser = type.init()
    made[ObjectIdentifier(type)] = parser
    return parser
  }

  /// The versions of all parsers and of the sniffing, one a line, in the list's order.
  package static var versions: [String] {
    ["media-type \(MediaType.version)"] + all.map { $0.version }
  }
}
