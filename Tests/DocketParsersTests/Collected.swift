import Docket

@testable import DocketParsers

/// Keeps what a parser hands out.
final class Collected: ParserOutput {
  private(set) var pages: [PageReading] = []
  private(set) var members: [(part: PartPath, name: String, bytes: [UInt8])] = []

  func page(_ page: PageReading) throws(DocketError) { pages.append(page) }
  func member(part: PartPath, name: String, bytes: UnsafeRawBufferPointer) throws(DocketError) {
    members.append((part, name, Array(bytes)))
  }

  var texts: [String] { pages.flatMap(\.words).map(\.text) }
}

/// Reads bytes as a worker does: by their content, with the parser that takes it.
func read(
  _ bytes: [UInt8], name: String = "sample", settings: ReadSettings = ReadSettings(),
  lineModel: LineModel? = nil
) throws(DocketError) -> (output: Collected, summary: ReadingSummary) {
  let output = Collected()
  let outcome: Result<ReadingSummary, DocketError> = bytes.withUnsafeBytes { raw in
    Result { () throws(DocketError) in
      try Parsers(lineModel: lineModel).read(bytes: raw, name: name, settings: settings, into: output)
    }
  }
  return (output, try outcome.get())
}

/// The code that reading ends with; nil where it ends well.
func code(reading bytes: [UInt8], settings: ReadSettings = ReadSettings()) -> ErrorCode? {
  do {
    _ = try read(bytes, settings: settings)
    return nil
  } catch {
    return error.code
  }
}

/// A picture of one PDF page.
func picture(of page: SamplePDF.Page, resolution: Double = 200) throws -> GreyPicture? {
  let bytes = SamplePDF(page).bytes
  return try bytes.withUnsafeBytes { raw in
    try PopplerDocument(bytes: raw).page(1)?.rendered(resolution: resolution)
  }
}

/// What was read as a text; empty where it was something else.
func text(of summary: ReadingSummary) -> TextReading {
  guard case .text(let text)? = summary.content else { return TextReading(text: "") }
  return text
}
