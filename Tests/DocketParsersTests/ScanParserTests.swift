import Docket
import Foundation
import Testing

@testable import DocketParsers

@Suite struct ScanParserTests {
  static let expected = ["Payment", "is", "due", "within", "thirty", "days", "of", "delivery"]

  static func print() throws -> GreyPicture { try #require(try picture(of: .init(content: PDFParserTests.print))) }

  @Test("reads a picture, boxes in its pixels")
  func words() throws {
    let grey = try Self.print()
    let page = try #require(try read(pgm(grey)).output.pages.first)
    #expect(page.unit == .pixel && page.source == .ocr && page.rotation == 0)
    #expect((page.width, page.height) == (Float(grey.width), Float(grey.height)))
    #expect(page.words.map(\.text) == Self.expected)
    let first = try #require(page.words.first)
    #expect(abs(first.x - 86) < 8, "30 points are 83 pixels at 200 dpi, and the letter has a bearing")
  }

  @Test("turns a picture that lies wrong", arguments: [1, 2, 3])
  func turned(quarters: Int) throws {
    let grey = try Self.print()
    let page = try #require(try read(pgm(grey.turned(quarters: quarters))).output.pages.first)
    #expect(page.rotation == (4 - quarters) * 90)
    #expect(page.words.map(\.text) == Self.expected)
    #expect((page.width, page.height) == (Float(grey.width), Float(grey.height)))
  }

  @Test("sets straight what lies far askew, and says so", arguments: [-12.0, 9, 12])
  func askew(degrees: Double) throws {
    let lines = (0..<12).map { row in
      SamplePDF.line(["Payment is due", "within thirty", "days of delivery"][row % 3], x: 30, y: 370 - 30 * row)
    }
    let grey = try #require(try picture(of: .init(content: lines.joined())))
    let page = try #require(try read(pgm(grey.turned(degrees: degrees))).output.pages.first)
    #expect(page.findings.map(\.code) == ["page-straightened"])
    let right = page.words.count { Self.expected.contains($0.text) }
    #expect(right >= 30 && page.words.count <= 34, "\(right) of 32 words are right")
  }

  @Test("leaves alone what Tesseract takes as it lies")
  func hardlyAskew() throws {
    let page = try #require(try read(pgm(try Self.print().turned(degrees: 1.5))).output.pages.first)
    #expect(page.words.map(\.text) == Self.expected && page.findings.isEmpty)
  }

  @Test("knows columns of running text from those of a table")
  func columns() {
    func page(_ line: [String], gap: Int, isTable: Bool = false) -> [Word] {
      (0..<20).flatMap { row in
        line.enumerated().map { index, text in
          // In a table words stand below each other everywhere, in prose nowhere but at the margins.
          let shift = Float(index < gap ? 0 : 80) + (isTable ? 0 : Float(row % 4) * 12)
          return Word(
            text: text, x: Float(index) * 50 + shift, y: Float(row) * 20, width: 45, height: 12, confidence: 0.9,
            line: Int32(row))
        }
      }
    }
    let prose = ["once", "upon", "a", "time", "there", "was", "a", "king", "who", "slept"]
    #expect(ProseColumns.stand(in: page(prose, gap: 5)))
    #expect(!ProseColumns.stand(in: page(prose, gap: 5, isTable: true)))
    #expect(!ProseColumns.stand(in: page(prose, gap: 2)), "two words are no column of text")
    #expect(!ProseColumns.stand(in: Array(page(prose, gap: 5).prefix(140))), "fourteen lines are too few")
  }

  @Test("gives the same words again, and from an engine that has read others")
  func deterministic() throws {
    let bytes = pgm(try Self.print())
    let first = try read(bytes).output.pages
    let parsers = Parsers()
    for _ in 0..<2 {
      let output = Collected()
      _ = try bytes.withUnsafeBytes { try parsers.read(bytes: $0, name: "", settings: ReadSettings(), into: output) }
      #expect(output.pages == first)
    }
  }

  @Test("reads every page of a TIFF, blank ones as blank")
  func pages() throws {
    let grey = try Self.print()
    let white = GreyPicture(width: 200, height: 100) { _, row in row.update(repeating: 255) }
    let (output, summary) = try read(tiff([grey, white, grey]))
    #expect(summary.pageCount == 3)
    #expect(output.pages.map(\.number) == [1, 2, 3])
    #expect(output.pages.map(\.source) == [.ocr, .blank, .ocr])
    #expect(output.pages[0].words == output.pages[2].words)
  }

  @Test("counts a TIFF's pages against the limit")
  func tooManyPages() {
    let white = GreyPicture(width: 20, height: 20) { _, row in row.update(repeating: 255) }
    let settings = ReadSettings(limits: ReadLimits(pages: 2))
    #expect(code(reading: tiff([white, white]), settings: settings) == nil)
    #expect(code(reading: tiff([white, white, white]), settings: settings) == .tooManyPages)
  }

  @Test("refuses a picture by its header, before it is decoded")
  func bomb() {
    #expect(code(reading: Array("P5\n50000 50000\n255\n".utf8)) == .tooManyPixels)
    #expect(code(reading: tiff([], last: (50_000, 50_000))) == .tooManyPixels)
  }

  @Test("refuses a large picture behind a small one")
  func bombBehind() {
    let white = GreyPicture(width: 20, height: 20) { _, row in row.update(repeating: 255) }
    #expect(code(reading: tiff([white], last: (50_000, 50_000))) == .tooManyPixels)
  }

  @Test("says which page of a TIFF is damaged, and keeps those before it")
  func damagedPage() throws {
    let white = GreyPicture(width: 20, height: 20) { _, row in row.update(repeating: 255) }
    let (output, summary) = try read(tiff([white, white], last: (2000, 2000)))
    #expect(output.pages.map(\.number) == [1, 2])
    #expect(summary.findings.map(\.code) == ["page-damaged"])
    #expect(code(reading: tiff([], last: (2000, 2000))) == .imageDamaged)
  }

  @Test("says that a picture is damaged")
  func damaged() {
    #expect(code(reading: [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]) == .imageDamaged)
    #expect(code(reading: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]) == .imageDamaged)
  }

  @Test("names the package of a language that is not installed")
  func language() throws {
    let grey = try Self.print()
    for languages in [["qaa"], ["eng", "qaa"]] {
      let error = #expect(throws: DocketError.self) {
        try read(pgm(grey), settings: ReadSettings(languages: languages))
      }
      #expect(error?.code == .languageMissing && error?.hint.contains("tesseract-ocr-qaa") == true)
      #expect(error?.hint.contains("tesseract-ocr-eng") == false)
    }
  }

  @Test("reads how the camera was held", arguments: [(1, 1), (3, 3), (6, 6), (8, 8), (9, 1), (0, 1)])
  func orientation(tag: Int, expected: Int) {
    for isLittle in [true, false] {
      let bytes = jpegStart(orientation: UInt8(tag), isLittle: isLittle)
      #expect(bytes.withUnsafeBytes { EXIFOrientation.of($0) } == expected)
      for length in bytes.indices {
        #expect([1, expected].contains(bytes[..<length].withUnsafeBytes { EXIFOrientation.of($0) }), "cut off")
      }
    }
  }
}

/// The start of a JPEG with an EXIF block that holds nothing but an orientation.
private func jpegStart(orientation: UInt8, isLittle: Bool) -> [UInt8] {
  func order(_ bytes: [UInt8]) -> [UInt8] { isLittle ? bytes.reversed() : bytes }
  let head: [UInt8] = isLittle ? [0x49, 0x49] : [0x4D, 0x4D]
  let first: [UInt8] = order([0, 42]) + order([0, 0, 0, 8])
  let entry: [UInt8] = order([0x01, 0x12]) + order([0, 3]) + order([0, 0, 0, 1]) + order([0, orientation]) + [0, 0]
  let block = Array("Exif".utf8) + [0, 0] + head + first + order([0, 1]) + entry + order([0, 0, 0, 0])
  let start: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(block.count + 2)]
  return start + block
}

/// A binary portable greymap.
func pgm(_ picture: GreyPicture) -> [UInt8] {
  Array("P5\n\(picture.width) \(picture.height)\n255\n".utf8) + picture.pixels
}

/// An uncompressed TIFF of grey pages.
/// - Parameter last: one more page whose header promises so many pixels and whose strip holds one byte.
private func tiff(_ pages: [GreyPicture], last: (width: Int, height: Int)? = nil) -> [UInt8] {
  func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
  var sheets = pages.map { (width: $0.width, height: $0.height, pixels: $0.pixels) }
  if let last { sheets.append((last.width, last.height, [0])) }
  var out: [UInt8] = [0x49, 0x49, 42, 0] + number(8, 4)
  for (index, sheet) in sheets.enumerated() {
    let size = 2 + 8 * 12 + 4
    let strip = out.count + size
    let next = index + 1 < sheets.count ? strip + sheet.pixels.count : 0
    let entries = [
      (256, sheet.width), (257, sheet.height), (258, 8), (259, 1), (262, 1), (273, strip), (278, sheet.height),
      (279, sheet.pixels.count),
    ]
    out += number(entries.count, 2)
    for (tag, value) in entries { out += number(tag, 2) + number(4, 2) + number(1, 4) + number(value, 4) }
    out += number(next, 4) + sheet.pixels
  }
  return out
}

extension GreyPicture {
  /// Turned clockwise.
  func turned(quarters: Int) -> GreyPicture {
    guard quarters > 0 else { return self }
    let once = GreyPicture(width: height, height: width) { y, row in
      for x in 0..<height { row[x] = pixels[(height - 1 - x) * width + y] }
    }
    return once.turned(quarters: quarters - 1)
  }

  /// Turned clockwise about its middle, on a sheet of twice the size.
  func turned(degrees: Double) -> GreyPicture {
    let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
    return GreyPicture(width: width * 2, height: height * 2) { y, row in
      for x in 0..<row.count {
        let (dx, dy) = (Double(x - width), Double(y - height))
        let fromX = Int((dx * cosine + dy * sine).rounded()) + width / 2
        let fromY = Int((dy * cosine - dx * sine).rounded()) + height / 2
        let isInside = (0..<width).contains(fromX) && (0..<height).contains(fromY)
        row[x] = isInside ? pixels[fromY * width + fromX] : 255
      }
    }
  }
}
