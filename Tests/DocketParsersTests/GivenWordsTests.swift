import Docket
import Testing

@testable import DocketParsers

@Suite struct GivenWordsTests {
  static let page = PageReading(
    number: 1, width: 600, height: 800, unit: .pixel, source: .ocr,
    words: [
      Word(text: "Größe", x: 10, y: 20, width: 50, height: 12, confidence: 0.93, line: 0),
      Word(text: "<1&2>", x: 70, y: 20, width: 40, height: 12, confidence: 0.5, line: 0),
      Word(text: "\"x\"", x: 10, y: 40, width: 30, height: 12, confidence: 1, line: 1),
    ])
  static let blank = PageReading(number: 2, width: 600, height: 800, unit: .pixel, source: .blank)

  @Test("hOCR that was written gives the same words again")
  func hocr() throws {
    let (output, summary) = try read(Array(HOCRPage.document([Self.page, Self.blank], name: "a&b.png").utf8))
    #expect(summary.mediaType == "text/vnd.hocr+html" && summary.pageCount == 2)
    #expect(output.pages.first?.words == Self.page.words)
    #expect(output.pages.map(\.source) == [.given, .blank])
    #expect(output.pages.allSatisfy { $0.width == 600 && $0.height == 800 && $0.unit == .pixel })
  }

  @Test("ALTO that was written gives the same words again, in points too")
  func alto() throws {
    let (output, summary) = try read(Array(ALTOPage.document([Self.page, Self.blank], name: "a.png").utf8))
    #expect(summary.mediaType == "application/alto+xml")
    #expect(output.pages.first?.words == Self.page.words)
    #expect(output.pages.map(\.source) == [.given, .blank])
    var points = Self.page
    points.unit = .point
    let again = try #require(try read(Array(ALTOPage.document([points], name: "a.pdf").utf8)).output.pages.first)
    #expect(again.unit == .point && again.width == 600)
    #expect(again.quantised.words.map(\.x) == points.words.map(\.x))
  }

  @Test("`docket/text/1` that was written gives the same words again, and who read them")
  func words() throws {
    var marked = Self.page
    for (index, reader) in [WordReader.both, .lines, .tesseract].enumerated() { marked.words[index].reader = reader }
    for page in [Self.page, marked] {
      let line = TextLine(file: "a.png", digest: nil, content: .pages([page]))
      #expect(try read(Array(line.json.utf8)).output.pages.first?.words == page.words)
    }
    let unknown = TextLine(file: "a.png", digest: nil, content: .pages([marked])).json.replacing(
      "lines", with: "martian")
    #expect(try read(Array(unknown.utf8)).output.pages.first?.words.map(\.reader) == [.both, nil, .tesseract])
  }

  @Test("hOCR of other programs: HTML, lines without words, words in elements of their own")
  func otherHOCR() throws {
    let text = """
      <!DOCTYPE html><html><head><meta name=ocr-system content=x></head><body><div class="ocr_page other" \
      title='image "a.png"; bbox 0 0 300 200'><p class=ocr_par><span class="ocrx_line" title="bbox 5 10 100 30">two \
      words</span><span class="ocr_line" title="bbox 5 40 100 60"><span class="ocrx_word" \
      title="bbox 5 40 50 60; x_wconf 87"><strong>bold</strong></span><br></span></div></body></html>
      """
    let page = try #require(try read(Array(text.utf8)).output.pages.first)
    #expect(page.words.map(\.text) == ["two words", "bold"])
    #expect(page.words.map(\.line) == [0, 1])
    #expect(page.words.last?.confidence == 0.87)
    #expect((page.width, page.height) == (300, 200))
  }

  @Test("ALTO 2 in tenths of a millimetre, with a hyphen and no page size")
  func otherALTO() throws {
    let text = """
      <?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v2#"><Description><MeasurementUnit>mm10\
      </MeasurementUnit></Description><Layout><Page ID="P1"><PrintSpace HPOS="0" VPOS="0" WIDTH="2540" HEIGHT="2540">\
      <TextBlock><TextLine><String CONTENT="wo" HPOS="254" VPOS="127" WIDTH="254" HEIGHT="127" WC="0.5"/>\
      <HYP CONTENT="-"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>
      """
    let page = try #require(try read(Array(text.utf8)).output.pages.first)
    #expect(page.unit == .point && page.quantised.width == 720)
    let word = try #require(page.quantised.words.first)
    #expect((word.text, word.x, word.y, word.width, word.confidence) == ("wo-", 72, 36, 72, 0.5))
  }

  @Test("boxes that lie nowhere and too many pages are refused")
  func refused() {
    let far = "<alto><Layout><Page WIDTH=\"9\" HEIGHT=\"9\"><String CONTENT=\"a\" HPOS=\"1e9\"/></Page></Layout></alto>"
    #expect(code(reading: Array("<?xml version=\"1.0\"?>\(far)".utf8)) == .textDamaged)
    let settings = ReadSettings(limits: ReadLimits(pages: 1))
    let two = Array(HOCRPage.document([Self.page, Self.blank], name: "").utf8)
    #expect(code(reading: two, settings: settings) == .tooManyPages)
  }
}
