import Docket
import DocketTesting
import DocketWorkers
import Foundation
import Testing

/// Pages that take for ever to be drawn: the document goes on without their pictures.
@Suite struct SlowPageTests {
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  private static let text = "BT /F 24 Tf 30 300 Td (Payment is due within thirty days) Tj ET\n"
  /// A shading, so many times over that drawing takes a quarter of a minute; who looks for text passes it over.
  private static let slow = "/Pattern cs /P scn\n" + String(repeating: "0 0 400 400 re f\n", count: 600)
  private static let note =
    "/Annots [ << /Type /Annot /Subtype /FreeText /Rect [30 100 200 130] /DA (/Helv 10 Tf 0 g) /Contents (Note) /F 4 >> ]"

  /// Without a table of objects: Poppler finds them all the same.
  private func pdf(_ pages: [(content: String, entries: String)]) throws -> String {
    let kids = pages.indices.map { "\(10 + $0 * 2) 0 R" }.joined(separator: " ")
    let function = "{ dup mul exch dup mul add sqrt 1440 mul sin 1 add 2 div }"
    var out = """
      %PDF-1.4
      1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
      2 0 obj << /Type /Pages /Kids [\(kids)] /Count \(pages.count) >> endobj
      3 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> endobj
      4 0 obj << /FunctionType 4 /Domain [0 1 0 1] /Range [0 1] /Length \(function.utf8.count) >>
      stream
      \(function)
      endstream
      endobj
      5 0 obj << /ShadingType 1 /ColorSpace /DeviceGray /Domain [0 1 0 1] /Matrix [400 0 0 400 0 0] /Function 4 0 R >> endobj

      """
    for (index, page) in pages.enumerated() {
      out += """
        \(10 + index * 2) 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents \(11 + index * 2) 0 R \
        /Resources << /Font << /F 3 0 R >> /Pattern << /P << /PatternType 2 /Shading 5 0 R >> >> >> \(page.entries) >> endobj
        \(11 + index * 2) 0 obj << /Length \(page.content.utf8.count) >>
        stream
        \(page.content)
        endstream
        endobj

        """
    }
    return try scratch.write(out + "trailer << /Root 1 0 R >>\n%%EOF\n", to: "slow.pdf")
  }

  private var settings: ReadSettings { ReadSettings(limits: .init(seconds: 16)) }

  @Test("a page that cannot be drawn in time is taken by its text, and those around it are read as ever")
  func withText() async throws {
    let path = try pdf([(Self.text, ""), (Self.slow + Self.text, Self.note), (Self.text, Self.note)])
    let sink = KeptReading()
    let summary = try await WorkerPool.built().read(
      ReadableFile(path: path, name: "slow.pdf"), settings: settings, into: sink)
    #expect(summary.pageCount == 3)
    #expect(sink.pages.map(\.number) == [1, 2, 3])
    #expect(sink.pages.map { $0.findings.map(\.code) } == [[], ["page-not-rendered"], []])
    let words = ["Payment", "is", "due", "within", "thirty", "days"]
    #expect(sink.pages.map { $0.words.map(\.text) } == [words, words, words + ["Note"]])
  }

  @Test("a page that cannot be drawn in time and has no text fails with its code, and the worker is replaced")
  func withoutText() async throws {
    let pool = WorkerPool.built()
    #expect(await pool.outcome(try pdf([(Self.text, ""), (Self.slow, "")]), settings: settings) == .pageTimeout)
    #expect(await pool.outcome(try scratch.write("good", to: "good.txt")) == nil)
  }
}
