import Docket
import Testing

@testable import DocketParsers

@Suite struct PDFParserTests {
  typealias Page = SamplePDF.Page
  static let greeting = SamplePDF.line("Hello world", x: 50, y: 300)
  static let print =
    SamplePDF.line("Payment is due", x: 30, y: 300) + SamplePDF.line("within thirty", x: 30, y: 250)
    + SamplePDF.line("days of delivery", x: 30, y: 200)

  @Test("gives the words of a text layer where a person sees them, by lines")
  func words() throws {
    let (output, summary) = try read(SamplePDF(Page(content: Self.print)).bytes)
    let page = try #require(output.pages.first)
    #expect(summary.pageCount == 1)
    #expect((page.width, page.height) == (300, 400))
    #expect(page.source == .layer)
    #expect(output.texts == ["Payment", "is", "due", "within", "thirty", "days", "of", "delivery"])
    #expect(page.words.map(\.line) == [0, 0, 0, 1, 1, 2, 2, 2])
    let first = try #require(page.words.first)
    #expect(abs(first.x - 30) < 3)
    #expect((70...105).contains(first.y) && first.y + first.height >= 99, "the baseline lies 100 points from the top")
  }

  @Test("counts from the crop box's corner")
  func cropBox() throws {
    let whole = try read(SamplePDF(Page(content: Self.greeting)).bytes).output
    let cropped = try read(SamplePDF(Page(content: Self.greeting, cropBox: "40 100 290 380")).bytes).output
    let (before, after) = (try #require(whole.pages.first), try #require(cropped.pages.first))
    #expect((after.width, after.height) == (250, 280))
    #expect(after.words.map(\.text) == ["Hello", "world"])
    #expect(abs((before.words[0].x - after.words[0].x) - 40) < 0.1)
    #expect(abs((before.words[0].y - after.words[0].y) - 20) < 0.1)
  }

  @Test("turns places with the page", arguments: [90, 180, 270])
  func rotation(by degrees: Int) throws {
    let flat = try #require(try read(SamplePDF(Page(content: Self.greeting)).bytes).output.pages.first?.words.first)
    let page = try #require(
      try read(SamplePDF(Page(content: Self.greeting, rotation: degrees)).bytes).output.pages.first)
    #expect((page.width, page.height) == (degrees == 180 ? (300, 400) : (400, 300)))
    let word = try #require(page.words.first { $0.text == "Hello" })
    let centre = (flat.x + flat.width / 2, flat.y + flat.height / 2)
    let expected =
      [90: (400 - centre.1, centre.0), 180: (300 - centre.0, 400 - centre.1), 270: (centre.1, 300 - centre.0)][degrees]
    let there = try #require(expected)
    #expect(abs(word.x + word.width / 2 - there.0) < 2 && abs(word.y + word.height / 2 - there.1) < 2)
  }

  @Test("says that a PDF is signed, and not that it may be")
  func signed() throws {
    func codes(_ value: String) throws -> [String] {
      let field = "/Subtype /Widget /FT /Sig /T (A) /Rect [0 0 0 0] \(value)"
      var pdf = SamplePDF(Page(content: Self.greeting, annotations: [field]))
      pdf.hasForm = true
      return try read(pdf.bytes).summary.findings.map(\.code)
    }
    let signature = "/V << /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 0 0 0] /Contents <00> >>"
    #expect(try codes(signature) == ["pdf-signed"])
    #expect(try codes("") == [], "a field that waits for a signature")
  }

  @Test("says that a blank page is blank, without OCR")
  func blank() throws {
    let page = try #require(try read(SamplePDF(Page(content: "")).bytes).output.pages.first)
    #expect(page.source == .blank && page.words.isEmpty)
  }

  @Test("reads a scanned page from its picture, in points")
  func scanned() throws {
    let scan = try #require(try picture(of: Page(content: Self.print)))
    let page = try #require(try read(SamplePDF(Page(content: "", picture: scan)).bytes).output.pages.first)
    #expect(page.source == .ocr)
    #expect(page.words.map(\.text) == ["Payment", "is", "due", "within", "thirty", "days", "of", "delivery"])
    let first = try #require(page.words.first)
    #expect(abs(first.x - 31) < 4 && abs(first.y + first.height - 105) < 6 && first.confidence < 1)
  }

  @Test("reads the picture where the layer's letters have no names, and says so")
  func badLayer() throws {
    var sample = SamplePDF(Page(content: Self.print))
    sample.unicodeMap = SamplePDF.privateUse
    let page = try #require(try read(sample.bytes).output.pages.first)
    #expect(page.source == .ocrOverBadLayer)
    #expect(page.findings.map(\.code) == ["bad-text-layer"])
    #expect(page.words.map(\.text).contains("Payment") && page.words.map(\.text).contains("delivery"))
  }

  static let note = "/Subtype /FreeText /Rect [50 100 250 130] /DA (/Helv 14 Tf 0 g)"

  @Test("reads what was filled in, where it stands")
  func filled() throws {
    let page = Page(content: Self.greeting, annotations: ["\(Self.note) /Contents (Paid in full)"])
    let read = try #require(try read(SamplePDF(page).bytes).output.pages.first)
    #expect(read.words.map(\.text) == ["Hello", "world", "Paid", "in", "full"])
    #expect(read.words.map(\.line) == [0, 0, 1, 1, 1])
    let paid = read.words[2]
    #expect((45...60).contains(paid.x) && (265...300).contains(paid.y) && paid.confidence == 1)
  }

  @Test("takes no comment for text, and repeats nothing that lies under a note")
  func notFilled() throws {
    let comment = "/Subtype /Text /Rect [50 100 70 120] /Contents (Hidden)"
    let over = "/Subtype /FreeText /Rect [40 290 290 330] /DA (/Helv 14 Tf 0 g) /Contents ()"
    let read = try read(SamplePDF(Page(content: Self.greeting, annotations: [comment, over])).bytes).output
    #expect(read.texts == ["Hello", "world"])
  }

  @Test("keeps where links lead and what comments say, where they lie; what runs a program is no link")
  func notes() throws {
    let link = "/Subtype /Link /Rect [50 100 150 130] /A << /S /URI /URI (https://mill.example/pay) >>"
    let script = "/Subtype /Link /Rect [50 10 150 30] /A << /S /URI /URI (javascript:alert\\(1\\)) >>"
    let launch = "/Subtype /Link /Rect [50 40 150 60] /A << /S /Launch /F (calc.exe) >>"
    let comment = "/Subtype /Text /Rect [200 300 220 320] /Contents (Ask Ann)"
    let page = Page(content: Self.greeting, annotations: [link, script, launch, comment])
    let read = try #require(try read(SamplePDF(page).bytes).output.pages.first)
    #expect(
      read.notes == [
        PageNote(kind: .link, text: "https://mill.example/pay", x: 50, y: 270, width: 100, height: 30),
        PageNote(kind: .comment, text: "Ask Ann", x: 200, y: 80, width: 20, height: 20),
      ])
    #expect(read.words.map(\.text) == ["Hello", "world"])
  }

  @Test("takes what was filled in on a scan as it is, not as OCR sees it")
  func filledScan() throws {
    let scan = try #require(try picture(of: Page(content: Self.print)))
    let page = Page(content: "", picture: scan, annotations: ["\(Self.note) /Contents (Paid in full)"])
    let read = try #require(try read(SamplePDF(page).bytes).output.pages.first)
    #expect(read.source == .ocr)
    #expect(read.words.filter { $0.confidence == 1 }.map(\.text) == ["Paid", "in", "full"])
    #expect(read.words.filter { $0.text == "Paid" }.count == 1)
    #expect(read.words.map(\.text).contains("Payment"))
  }

  @Test("turns a scan that lies on its side, and counts from its upright corner")
  func sideways() throws {
    let lines = [
      "Payment is due within", "thirty days of delivery", "to the account below", "Thank you for your order",
    ]
    let content = lines.enumerated().map { SamplePDF.line($1, x: 40, y: 320 - $0 * 60) }.joined()
    let scan = try #require(try picture(of: Page(content: content, rotation: 270)))
    let page = try #require(
      try read(SamplePDF(Page(content: "", mediaBox: "0 0 400 300", picture: scan)).bytes).output.pages.first)
    #expect(page.rotation == 90)
    #expect((page.width, page.height) == (300, 400))
    #expect(page.words.map(\.text).prefix(4) == ["Payment", "is", "due", "within"])
    let first = try #require(page.words.first)
    #expect(abs(first.x - 41) < 6 && abs(first.y + first.height - 85) < 8)
  }

  @Test("believes a layer of pictographs")
  func pictographs() {
    let words = ["🍄⚽🍻👑", "✓✗→", "🎨🍜🏡"].map { Word(text: $0, x: 0, y: 0, width: 1, height: 1) }
    #expect(LayerJudgement.saladShare(words) == 0)
  }

  @Test("judges each page on its own")
  func mixed() throws {
    let scan = try #require(try picture(of: Page(content: Self.print)))
    let sample = SamplePDF(Page(content: Self.print), Page(content: ""), Page(content: "", picture: scan))
    let pages = try read(sample.bytes).output.pages
    #expect(pages.map(\.source) == [.layer, .blank, .ocr])
    #expect(pages.map(\.number) == [1, 2, 3])
  }

  @Test("does not render a page of absurd size")
  func absurdSize() throws {
    let page = try #require(
      try read(SamplePDF(Page(content: "", mediaBox: "0 0 14400 14400")).bytes).output.pages.first)
    #expect(page.findings.map(\.code) == ["page-not-rendered"] && page.words.isEmpty)
  }

  @Test("names what stops it: a password, damage, too many pages")
  func refusals() {
    var locked = SamplePDF(Page(content: Self.greeting))
    locked.isEncrypted = true
    #expect(code(reading: locked.bytes) == .pdfEncrypted)
    #expect(code(reading: Array("%PDF-1.4\nnothing follows\n".utf8)) == .pdfDamaged)
    #expect(code(reading: SamplePDF().bytes) == .pdfDamaged)
    let three = SamplePDF(Page(content: ""), Page(content: ""), Page(content: ""))
    #expect(code(reading: three.bytes, settings: ReadSettings(limits: ReadLimits(pages: 2))) == .tooManyPages)
  }

  @Test("reads a file without its table of objects, and names the damage where its root is lost too")
  func truncated() throws {
    let whole = SamplePDF(Page(content: Self.greeting)).bytes
    let table = try #require(whole.indices.dropLast(4).last { whole[$0...].starts(with: Array("xref\n0".utf8)) })
    let trailer = try #require(whole.indices.last { whole[$0...].starts(with: Array("trailer".utf8)) })
    let end = try #require(whole.indices.last { whole[$0...].starts(with: Array("startxref".utf8)) })
    #expect(try read(Array(whole[..<table] + whole[trailer..<end])).output.texts == ["Hello", "world"])
    #expect(code(reading: Array(whole[..<table])) == .pdfDamaged)
  }

  @Test("ends on a page tree that holds itself", .timeLimit(.minutes(1)))
  func loop() {
    let text = """
      %PDF-1.4
      1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
      2 0 obj << /Type /Pages /Count 3 /Kids [2 0 R 2 0 R 2 0 R] >> endobj
      trailer << /Size 3 /Root 1 0 R >>
      %%EOF
      """
    #expect(code(reading: Array(text.utf8)) == .pdfDamaged)
  }

  @Test("hands out embedded files, and reads the structured original among them")
  func attachments() throws {
    let original =
      "<r:CrossIndustryInvoice xmlns:r=\"urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100\"><r:ID>7</r:ID>"
      + "</r:CrossIndustryInvoice>"
    var sample = SamplePDF(Page(content: Self.greeting))
    sample.attachments = [("a-notes.txt", Array("By hand.".utf8)), ("factur-x.xml", Array(original.utf8))]
    let (output, summary) = try read(sample.bytes)
    #expect(output.members.map(\.name) == ["a-notes.txt", "factur-x.xml"])
    #expect(output.members.map(\.part) == [PartPath("attachment/1"), PartPath("attachment/2")])
    #expect(output.members[0].bytes == Array("By hand.".utf8))
    #expect(summary.embedded.map(\.name) == ["factur-x.xml"])
    #expect(summary.embedded.first?.root.children.first?.text == "7")
  }

  @Test("counts embedded files against the limits of bytes and of parts")
  func attachmentBomb() {
    var sample = SamplePDF(Page(content: ""))
    sample.attachments = (0..<3).map { ("file-\($0)", [UInt8](repeating: 65, count: 1000)) }
    #expect(code(reading: sample.bytes) == nil)
    #expect(code(reading: sample.bytes, settings: ReadSettings(limits: ReadLimits(parts: 2))) == .tooManyParts)
    // Each `z` unpacks to four bytes: twice 200 kB out of 100 kB.
    let digits = String(repeating: "z", count: 50_000)
    sample.attachments = [("a", Array(digits.utf8)), ("b", Array(digits.utf8))]
    sample.attachmentFilter = "/ASCII85Decode"
    let settings = ReadSettings(limits: ReadLimits(bytes: 300_000))
    #expect(sample.bytes.count < 300_000)
    #expect(code(reading: sample.bytes, settings: settings) == .tooManyBytes)
  }
}
