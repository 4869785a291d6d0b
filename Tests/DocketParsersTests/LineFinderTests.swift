import Docket
import Testing

@testable import DocketParsers

/// Pages drawn by Poppler at 200 dpi: 300 by 400 points are 834 by 1112 pixels, a point is 2.78 pixels.
@Suite struct LineFinderTests {
  private static let scale = 200.0 / 72

  static func page(_ content: String, resolution: Double = 200) throws -> GreyPicture {
    try #require(try picture(of: .init(content: content), resolution: resolution))
  }

  /// A line of Helvetica with its baseline's start at a point from the bottom left.
  static func text(_ text: String, x: Double, y: Double, size: Double = 10, rise: Double = 0) -> String {
    "BT /F \(size) Tf 1 \(rise) \(-rise) 1 \(x) \(y) Tm (\(text)) Tj ET\n"
  }

  private static func found(in grey: GreyPicture, resolution: Int = 200) throws -> [FoundSegment] {
    let segments = try LineFinder.segments(in: grey, resolution: resolution).get()
    return ReadingOrder.rows(of: segments).flatMap { $0.map { segments[$0] } }
  }

  /// Whether a segment stands where a line of text was drawn: its left end and baseline, in points.
  private static func stands(_ segment: FoundSegment, x: Double, y: Double, size: Double = 10) -> Bool {
    abs(Double(segment.box.left) - x * scale) < 8
      && abs(Double(segment.box.bottom) - (400 - y) * scale) < 0.4 * size * scale
      && abs(Double(segment.box.height) - 0.8 * size * scale) < 0.25 * size * scale
  }

  @Test("finds lines and cuts them at wide gaps, in reading order")
  func plain() throws {
    let grey = try Self.page(
      Self.text("Invoice number 4711", x: 30, y: 350) + Self.text("Total", x: 30, y: 330)
        + Self.text("119,00 EUR", x: 200, y: 330) + Self.text("Thank you, goodbye.", x: 30, y: 310))
    let found = try Self.found(in: grey)
    #expect(found.count == 4)
    for (segment, (x, y)) in zip(found, [(30.0, 350.0), (30, 330), (200, 330), (30, 310)]) {
      #expect(Self.stands(segment, x: x, y: y))
    }
    #expect(found.allSatisfy { !$0.isIrregular })
    // The stop at the end belongs to the line: about two points behind the last letter.
    let alone = try Self.found(in: Self.page(Self.text("Thank you, goodbye", x: 30, y: 310)))
    #expect(found[3].box.right > alone[0].box.right + 3)
  }

  @Test("finds lines at each resolution", arguments: [100, 150, 300, 400])
  func resolutions(resolution: Int) throws {
    let lines = (0..<8).map { Self.text("Goods of several kinds, delivered", x: 30, y: 350 - Double($0) * 14) }
    let found = try Self.found(in: Self.page(lines.joined(), resolution: Double(resolution)), resolution: resolution)
    #expect(found.count == 8)
  }

  @Test("a line that climbs is one line; rows hold together across the page")
  func skewed() throws {
    let content = (0..<6).map { row in
      Self.text("Goods of several kinds and", x: 30, y: 350 - Double(row) * 20, rise: 0.03)
        + Self.text("12,50", x: 230, y: 356 - Double(row) * 20, rise: 0.03)
    }
    let segments = try LineFinder.segments(in: Self.page(content.joined()), resolution: 200).get()
    let rows = ReadingOrder.rows(of: segments)
    #expect(rows.count == 6)
    #expect(rows.allSatisfy { $0.count == 2 && segments[$0[0]].box.left < segments[$0[1]].box.left })
  }

  @Test("columns of running text are read one after the other")
  func columns() throws {
    let all = ["the", "goods", "are", "delivered", "to", "be", "sold", "at", "once"]
    let content = (0..<20).map { row in
      // Each line begins with another word: gaps between words do not stand below each other.
      let words = (all[(row * 2 % 9)...] + all[..<(row * 2 % 9)]).joined(separator: " ")
      return Self.text(words, x: 15, y: 370 - Double(row) * 12, size: 7)
        + Self.text(words, x: 160, y: 370 - Double(row) * 12, size: 7)
    }
    let found = try Self.found(in: Self.page(content.joined()))
    #expect(found.count == 40)
    #expect(found.prefix(20).allSatisfy { $0.box.left < 417 } && found.suffix(20).allSatisfy { $0.box.left > 417 })
  }

  @Test("lines that touch are parted")
  func touching() throws {
    // Tails over stems, and strokes that join both lines.
    let grey = try Self.page(
      Self.text("happy gypsy joy play", x: 30, y: 350) + Self.text("hold bell kill fold", x: 30, y: 338)
        + "0 g 60 338 1.2 18 re f 90 338 1.2 18 re f\n")
    let found = try Self.found(in: grey)
    #expect(found.count == 2)
    #expect(found.allSatisfy { Double($0.box.height) < 12 * Self.scale })
  }

  @Test("light print on dark ground is found")
  func inverted() throws {
    let grey = try Self.page(
      Self.text("Ordinary words above", x: 30, y: 350) + "0 g 25 310 250 18 re f 1 g\n"
        + Self.text("Light words on dark", x: 30, y: 315) + "0 g\n" + Self.text("Ordinary words below", x: 30, y: 290))
    let found = try Self.found(in: grey)
    #expect(found.count == 3)
    #expect(Self.stands(found[1], x: 30, y: 315))
  }

  @Test("rules and frames are left out, what stands in them is found, also where it touches")
  func frames() throws {
    let grey = try Self.page(
      "0 G 0.7 w 20 300 250 60 re S 20 330 m 270 330 l S 150 300 m 150 360 l S\n"
        + Self.text("Quantity", x: 30, y: 340) + Self.text("Price", x: 170, y: 340) + Self.text("12", x: 30, y: 310)
        + Self.text("17,50", x: 150.5, y: 310))
    let found = try Self.found(in: grey)
    #expect(found.count == 4)
    #expect(found.allSatisfy { Double($0.box.height) < 10 * Self.scale })
    #expect(Self.stands(found[0], x: 30, y: 340) && Self.stands(found[1], x: 170, y: 340))
  }

  @Test("broken print is put together: letters of dots make one line, not several")
  func dots() throws {
    let whole = try Self.page(
      Self.text("MATRIX PRINT 4711", x: 30, y: 350, size: 14) + Self.text("SECOND LINE", x: 30, y: 320, size: 14))
    let broken = GreyPicture(width: whole.width, height: whole.height) { row, out in
      for x in 0..<out.count { out[x] = row % 6 < 2 ? 255 : whole.pixels[row * whole.width + x] }
    }
    let found = try Self.found(in: broken)
    #expect(found.count == 2)
    #expect(found.allSatisfy { Double($0.box.height) > 8 * Self.scale })
  }

  @Test("faint print on shaded paper is found as dark print is")
  func faint() throws {
    let dark = try Self.page(Self.text("Goods of several kinds", x: 30, y: 350) + Self.text("delivered", x: 30, y: 50))
    let faint = GreyPicture(width: dark.width, height: dark.height) { row, out in
      // Paper from 240 at the top to 140 at the bottom, print 45 darker.
      for x in 0..<out.count {
        out[x] = UInt8(240 - 100 * row / dark.height - (255 - Int(dark.pixels[row * dark.width + x])) * 45 / 255)
      }
    }
    let (one, other) = (try Self.found(in: dark), try Self.found(in: faint))
    #expect(one.count == 2 && other.count == 2)
    for (a, b) in zip(one, other) {
      #expect(abs(a.box.left - b.box.left) <= 2 && abs(a.box.right - b.box.right) <= 2)
      #expect(abs(a.box.top - b.box.top) <= 2 && abs(a.box.bottom - b.box.bottom) <= 2)
    }
  }

  @Test("specks are no lines, and do not widen any")
  func specks() throws {
    let clean = try Self.page(Self.text("Goods of several kinds", x: 30, y: 350))
    var numbers = Numbers(seed: 7)
    var pixels = clean.pixels
    for _ in 0..<900 {
      let place = Int(numbers.next() % UInt64(pixels.count - clean.width - 2))
      for offset in [0, 1, clean.width] { pixels[place + offset] = 0 }
    }
    let dirty = GreyPicture(width: clean.width, height: clean.height) { row, out in
      for x in 0..<out.count { out[x] = pixels[row * clean.width + x] }
    }
    let (one, other) = (try Self.found(in: clean), try Self.found(in: dirty))
    #expect(one.count == 1)
    #expect(other.contains { abs($0.box.left - one[0].box.left) < 24 && abs($0.box.right - one[0].box.right) < 24 })
    #expect(other.count <= 3)
  }

  @Test("what is written by hand is marked: its letters stand on no line")
  func scribble() throws {
    var content = Self.text("Printed words of a form", x: 30, y: 350) + "0 G 1.2 w\n"
    for (index, (low, high)) in [(0, 9), (3, 14), (-4, 10), (6, 16), (1, 18), (-6, 9), (4, 15), (-2, 12)].enumerated() {
      let x = 40 + 9 * index
      content +=
        "\(x) \(250 + low) m \(x + 2) \(250 + high) l \(x + 5) \(250 + low + 2) l \(x + 6) \(250 + high - 1) l S\n"
    }
    let found = try Self.found(in: Self.page(content))
    #expect(found.first?.isIrregular == false)
    #expect(found.dropFirst().contains { $0.isIrregular })
  }

  @Test("a page without lines says so; too much dirt ends quickly")
  func extremes() throws {
    let white = GreyPicture(width: 300, height: 300) { _, row in row.update(repeating: 255) }
    #expect(LineFinder.segments(in: white, resolution: 200) == .failure(.noLines))
    let small = GreyPicture(width: 3, height: 3) { _, row in row.update(repeating: 0) }
    #expect(LineFinder.segments(in: small, resolution: 200) == .failure(.noLines))
    // Every third pixel of every third row: 444,000 pieces.
    let dirt = GreyPicture(width: 2000, height: 2000) { y, row in
      for x in 0..<row.count { row[x] = y % 3 == 0 && x % 3 == 0 ? 0 : 255 }
    }
    #expect(LineFinder.segments(in: dirt, resolution: 200) == .failure(.tooMuch))
  }

  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 17
    }
  }
}

@Suite struct InkTests {
  @Test("ink that touches at corners hangs together, other ink does not", arguments: [1, 7, 8, 9, 16, 17])
  func pieces(width: Int) throws {
    let rows = ["#.", ".#", "..", "#."]
    let grey = GreyPicture(width: width + 2, height: rows.count) { row, out in
      out.update(repeating: 255)
      for (x, mark) in rows[row].enumerated() where mark == "#" { out[width + x] = 0 }
    }
    let ink = try #require(InkRuns(grey, resolution: 200))
    let blobs = try #require(Blobs(ink)).all
    let left = Int32(width)
    #expect(
      blobs == [
        Blob(left: left, top: 0, right: left + 2, bottom: 2, ink: 2, runs: 2),
        Blob(left: left, top: 3, right: left + 1, bottom: 4, ink: 1, runs: 1),
      ])
  }

  @Test("runs are those of a plain comparison", arguments: [8, 31, 64, 101])
  func runs(width: Int) throws {
    var state: UInt32 = 12345
    let pixels = (0..<width * 40).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return state >> 28 < 6 ? 20 : 230
    }
    let grey = GreyPicture(width: width, height: 40) { row, out in
      for x in 0..<width { out[x] = pixels[row * width + x] }
    }
    let ink = try #require(InkRuns(grey, resolution: 200))
    for row in 0..<40 {
      var expected = [Bool](repeating: false, count: width)
      for x in 0..<width { expected[x] = pixels[row * width + x] == 20 }
      var given = [Bool](repeating: false, count: width)
      for run in ink.runs[Int(ink.starts[row])..<Int(ink.starts[row + 1])] {
        for x in run.left..<run.right { given[Int(x)] = true }
      }
      #expect(given == expected)
      #expect(ink.count(row: row, from: 0, to: Int32(width)) == expected.count { $0 })
    }
  }
}

@Suite struct LineLayoutTests {
  @Test("Tesseract's words go to the segment they stand in; those that stand in none are segments of their own")
  func words() throws {
    let grey = try ScanParserTests.print()
    let found = try #require(LineLayout.segments(in: grey, resolution: 200))
    #expect(found.count == 3 && found.allSatisfy { $0.words.isEmpty })
    let box = found[1].box
    let words = [
      // A tall box that reaches from the second line into the first.
      Word(
        text: "within", x: Float(box.left), y: Float(box.top) - 60, width: 100,
        height: Float(box.bottom - box.top) + 60,
        confidence: 0.9),
      Word(text: "missed", x: 500, y: 900, width: 100, height: 30, confidence: 0.9),
    ]
    let both = try #require(LineLayout.segments(in: grey, resolution: 200, words: words))
    #expect(both.map { $0.words.map(\.text) } == [[], ["within"], [], ["missed"]])
    #expect(both.map(\.line) == [0, 1, 2, 3])
    #expect(both[1].box == box)
    #expect(LineLayout.missed(both) > 0.5 && LineLayout.missed([both[1], both[3]]) == 0 && LineLayout.missed([]) == 0)
  }

  @Test("columns that were not understood are left to Tesseract")
  func unclearColumns() throws {
    let (short, long) = ("the goods are to be", "the goods are to be sold at once for cash")
    let content = (0..<24).map { row in
      let y = 370 - Double(row) * 12
      return row < 12
        ? LineFinderTests.text(short, x: 15, y: y, size: 7) + LineFinderTests.text(long, x: 100, y: y, size: 7)
        : LineFinderTests.text(long, x: 15, y: y, size: 7) + LineFinderTests.text(short, x: 175, y: y, size: 7)
    }
    let page = try LineFinderTests.page(content.joined())
    #expect(LineLayout.segments(in: page, resolution: 200)?.isEmpty == nil)
    let rows = try LineFinderTests.page(content.prefix(6).joined())
    #expect(LineLayout.segments(in: rows, resolution: 200)?.count == 12)
  }

  @Test("words have the extent of their ink from top to bottom")
  func bands() throws {
    let grey = try ScanParserTests.print()
    let segment = try #require(LineLayout.segments(in: grey, resolution: 200)?.first)
    // `Payment` has a tail and a capital, `is` has neither.
    let whole = segment.band(from: segment.box.left, to: segment.box.right)
    let last = segment.band(from: segment.box.right - 40, to: segment.box.right)
    #expect(whole.bottom - whole.top > 50 && last.bottom < whole.bottom - 5)
    let outside = segment.band(from: -50, to: -10)
    #expect(outside.top == Float(segment.box.top) && outside.bottom == Float(segment.box.bottom))
  }

  @Test("what looks written by hand is read with little confidence, and the page says so")
  func handwriting() throws {
    let grey = try ScanParserTests.print()
    var layout = try #require(LineLayout.segments(in: grey, resolution: 200))
    let two = TwoReaders(readers: try TwoReadersTests.model().readers(), compares: false)
    let printed = two.read(grey, layout: layout) { $0.map { _ in [] } }
    layout[0].isIrregular = true
    let irregular = two.read(grey, layout: layout) { $0.map { _ in [] } }
    #expect(printed.handwritten == 0 && irregular.handwritten == 1)
    #expect(irregular.words.map(\.text) == printed.words.map(\.text))
    #expect(printed.words.allSatisfy { $0.confidence > 0.5 })
    #expect(irregular.words.allSatisfy { ($0.confidence <= 0.3) == ($0.line == 0) })
    var text = PictureText(width: 1, height: 1)
    text.handwritten = 2
    #expect(text.findings(page: 1).map(\.code) == ["handwriting"])
    text.handwritten = 0
    text.trouble = .unsureLines
    #expect(text.findings(page: 1).map(\.code) == ["lines-unsure"])
  }
}
