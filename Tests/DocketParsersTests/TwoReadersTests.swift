import Docket
import Foundation
import Testing

@testable import DocketParsers

@Suite struct TwoReadersTests {
  static func card() throws -> [UInt8] {
    [UInt8](try Data(contentsOf: LineReaderTests.root.appending(path: "Models/reading/1/card.json")))
  }
  static func model() throws -> LineModel {
    let (weights, card) = (try LineReaderTests.weights.get(), try card())
    return LineModel(weights: { weights }, card: { card })
  }
  static func word(_ text: String, _ x: Float, y: Float = 0, width: Float = 40, height: Float = 10, line: Int32 = 0)
    -> Word
  {
    Word(text: text, x: x, y: y, width: width, height: height, confidence: 0.9, line: line)
  }

  @Test("lines are cut where a gap is wider than the words are high, and where they climb")
  func segments() {
    let words = [
      Self.word("a", 0), Self.word("b", 45), Self.word("c", 100), Self.word("d", 0, y: 20, line: 1),
      Self.word("e", 45, y: 40, line: 1),
    ]
    #expect(LineSegment.cut(words).map { $0.words.map(\.text) } == [["a", "b"], ["c"], ["d"], ["e"]])
    #expect(LineSegment.cut(words).map(\.line) == [0, 0, 1, 1])
    #expect(LineSegment.cut([]).isEmpty)
  }

  @Test("a box that caught a speck is as high as its neighbour's")
  func specks() {
    let words = [Self.word("a", 0, y: 100), Self.word("b", 45, y: 92, height: 30), Self.word("c", 90, y: 100)]
    let segments = LineSegment.cut(words)
    #expect(segments.count == 1)
    #expect(segments[0].box == PixelBox(left: 0, top: 100, right: 130, bottom: 110))
  }

  @Test("words of both readers that stand together make a place")
  func places() {
    func letters(_ text: String, from left: Double, to right: Double) -> ReadLine.Word {
      ReadLine.Word(
        letters: text.map { .init(character: $0, probability: 0.8, alternatives: [], frames: 0...0) }, left: left,
        right: right)
    }
    let segment = LineSegment.cut([Self.word("TOTAL", 0), Self.word("1O", 45, width: 20), Self.word("x", 70, width: 5)]
    )[0]
    let read = ReadLine(words: [letters("TOTAL", from: 1, to: 39), letters("10", from: 46, to: 64)], probability: 0.5)
    let places = ReadPlace.of(segment, read: read)
    #expect(places.map(\.tesseractText) == ["TOTAL", "1O", "x"])
    #expect(places.map(\.linesText) == ["TOTAL", "10", ""])
    #expect(places.map(\.isSame) == [true, false, false])
    let joined = ReadLine(words: [letters("TOTAL10", from: 1, to: 64)], probability: 0.5)
    #expect(ReadPlace.of(segment, read: joined).map(\.tesseractText) == ["TOTAL 1O", "x"])
    #expect(ReadPlace.of(segment, read: nil).map(\.linesText) == ["", "", ""])
  }

  @Test("a word carries the other reader's text and letters that the line reader hesitated over, the likeliest first")
  func variants() {
    func letter(_ character: Character, _ others: [(Character, Float)] = []) -> ReadLine.Letter {
      .init(
        character: character, probability: 0.8,
        alternatives: others.map { .init(character: $0.0, probability: $0.1) }, frames: 0...0)
    }
    let read = ReadLine.Word(
      letters: [letter("1"), letter("O", [("0", 0.2), ("Q", 0.01)])], left: 45, right: 64)
    #expect(read.variants.map(\.text) == ["10", "1Q"])
    #expect(abs(read.variants[0].probability - 0.2) < 1e-6)
    var place = ReadPlace(tesseract: [Self.word("IO", 45)], lines: [Self.word("1O", 45)])
    place.lines[0].variants = read.variants
    let ours = WordVariants(place: place, chosen: .lines, confidence: 0.25).all()
    #expect(ours.map { $0.map(\.text) } == [["IO", "10"]])
    let theirs = WordVariants(place: place, chosen: .tesseract, confidence: 0.9).all()
    #expect(theirs.map { $0.map(\.text) } == [["1O"]])
    place.lines = []
    #expect(WordVariants(place: place, chosen: .tesseract, confidence: 0.5).all() == [[]])
  }

  @Test("reads print in all three modes, and says who read it", arguments: ReadingMode.allCases)
  func modes(mode: ReadingMode) throws {
    let bytes = pgm(try ScanParserTests.print())
    let page = try #require(
      try read(bytes, settings: ReadSettings(mode: mode), lineModel: try Self.model()).output.pages.first)
    #expect(page.words.map(\.text) == ScanParserTests.expected)
    #expect(page.findings.isEmpty)
    switch mode {
    case .best: #expect(page.words.allSatisfy { $0.reader == .both && $0.confidence > 0.9 })
    case .fast: #expect(page.words.allSatisfy { $0.reader != nil })
    case .tesseract: #expect(page.words.allSatisfy { $0.reader == nil })
    }
    let alone = try #require(try read(bytes).output.pages.first)
    for (word, other) in zip(page.words, alone.words) {
      #expect(abs(word.x - other.x) < 6 && abs(word.y - other.y) < 6)
    }
  }

  @Test("both texts of each place are told when asked, and only then")
  func comparisons() throws {
    let bytes = pgm(try ScanParserTests.print())
    let (model, settings) = (try Self.model(), ReadSettings(comparesReaders: true))
    let page = try #require(try read(bytes, settings: settings, lineModel: model).output.pages.first)
    #expect(page.comparisons.compactMap(\.lines?.text) == ScanParserTests.expected)
    #expect(page.comparisons.allSatisfy { $0.chosen == .both })
    #expect(try read(bytes, lineModel: model).output.pages.first?.comparisons == [])
  }

  @Test("a page on its side is read in the quick mode, too")
  func turned() throws {
    let grey = try ScanParserTests.print().turned(quarters: 1)
    let settings = ReadSettings(mode: .fast)
    let page = try #require(try read(pgm(grey), settings: settings, lineModel: try Self.model()).output.pages.first)
    #expect(page.rotation == 270 && page.words.map(\.text) == ScanParserTests.expected)
  }

  @Test("Tesseract reads alone where weights or card are missing or damaged, and the page says so")
  func missing() throws {
    let bytes = pgm(try ScanParserTests.print())
    let (weights, card) = (try LineReaderTests.weights.get(), try Self.card())
    let models: [LineModel] = [
      LineModel(weights: { nil }, card: { card }), LineModel(weights: { weights }, card: { nil }),
      LineModel(weights: { Array(weights.dropLast(2)) }, card: { card }),
      LineModel(weights: { weights }, card: { Array("{}".utf8) }),
    ]
    let alone = try read(bytes).output.pages.first?.words
    for model in models {
      let page = try #require(try read(bytes, lineModel: model).output.pages.first)
      #expect(page.words == alone)
      #expect(page.findings.map(\.code) == ["line-reader-missing"])
    }
  }

  @Test("Tesseract reads alone what the line reader has no letters for")
  func otherLanguages() throws {
    #expect(!LineModel.languages.isSuperset(of: ["eng", "pol"]))
    let model = LineModel(
      weights: {
        Issue.record("not asked"); return nil
      }, card: { nil })
    let settings = ReadSettings(languages: ["osd"])
    let bytes = pgm(try ScanParserTests.print())
    // The data of `osd` reads no words; what matters is that the line reader was not asked.
    _ = try? read(bytes, settings: settings, lineModel: model)
  }

  @Test("a page of very many lines is read to the end, what is beyond the limit by Tesseract alone")
  func manyLines() throws {
    let two = TwoReaders(readers: try Self.model().readers(), compares: false)
    let grey = GreyPicture(width: 40, height: 40) { _, row in row.update(repeating: 255) }
    // Boxes outside the picture cost nothing.
    let words = (0..<TwoReaders.mostSegments + 5).map {
      Self.word("w\($0)", 100, y: Float(100 + 20 * $0), line: Int32($0))
    }
    let result = two.read(grey, words: words, resolution: 200)
    #expect(result.leftOut == 5)
    let text = PictureText(width: 1, height: 1, trouble: .tooManyLines(result.leftOut))
    #expect(text.findings(page: 3).map(\.code) == ["too-many-lines"])
    #expect(result.words.allSatisfy { $0.reader == .tesseract })
  }

  @Test("boxes of no sense are survived", arguments: [Float.nan, .infinity, -1e9, 1e9])
  func absurd(number: Float) throws {
    let two = TwoReaders(readers: try Self.model().readers(), compares: true)
    let grey = GreyPicture(width: 40, height: 40) { _, row in row.update(repeating: 200) }
    let words = [
      Self.word("a", number), Self.word("b", 5, y: number), Self.word("c", 5, width: number, height: number),
    ]
    #expect(two.read(grey, words: words, resolution: 200).leftOut == 0)
  }

  @Test("features are what the script that fits them takes them for")
  func features() throws {
    #expect(PlaceFeatures.likeness("10.00", "1O.00") == 0.8)
    #expect(PlaceFeatures.likeness("", "a") == 0)
    let place = ReadPlace(
      tesseract: [Self.word("1O", 0)], lines: [Self.word("10", 0)], letter: 0.5, lineScore: 0.5, tesseractScore: 0.5)
    let values = PlaceFeatures(place, on: PageKind()).values
    #expect(values.count == PlaceFeatures.names.count)
    #expect(values[1] == 0 && values[2] == 0 && abs(values[3] - 2.1972) < 1e-3)
    #expect(values[12] == 1 && values[13] == 0.5)
  }
}
