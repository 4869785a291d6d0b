import Docket
import Testing

@testable import DocketParsers

@Suite struct RegionTests {
  private func words(
    _ bytes: [UInt8], _ regions: [ReadRegion], lineModel: LineModel? = nil, resolution: Int = 200
  ) throws -> [[String]] {
    var settings = ReadSettings(renderResolution: resolution)
    settings.regions = regions
    let pages = try read(bytes, settings: settings, lineModel: lineModel).output.pages
    return pages.map { $0.words.map(\.text) }
  }

  @Test("a word's box alone is read again, in pixels of the page, by one reader or two", arguments: [false, true])
  func scan(isByTwo: Bool) throws {
    let bytes = pgm(try ScanParserTests.print())
    let model = isByTwo ? try TwoReadersTests.model() : nil
    let page = try #require(try read(bytes, lineModel: model).output.pages.first)
    for word in page.words where word.text.count > 2 {
      let region = ReadRegion(page: 1, x: word.x, y: word.y, width: word.width, height: word.height)
      var settings = ReadSettings()
      settings.regions = [region]
      settings.comparesReaders = isByTwo
      let part = try #require(try read(bytes, settings: settings, lineModel: model).output.pages.first)
      let again = try #require(part.words.first)
      #expect(part.comparisons.isEmpty != isByTwo)
      if let place = part.comparisons.first { #expect(abs(place.x - word.x) < 16 && abs(place.y - word.y) < 8) }
      #expect(again.text == word.text)
      #expect(abs(again.x - word.x) < 8 && abs(again.y - word.y) < 8 && abs(again.width - word.width) < 16)
    }
  }

  @Test("where only digits can stand, no letter is read")
  func digits() throws {
    let bytes = pgm(try ScanParserTests.print())
    let model = try TwoReadersTests.model()
    let page = try #require(try read(bytes, lineModel: model).output.pages.first)
    let regions = page.words.map {
      ReadRegion(page: 1, x: $0.x, y: $0.y, width: $0.width, height: $0.height, isNumber: true)
    }
    let again = try words(bytes, regions, lineModel: model)
    #expect(again.joined().allSatisfy { $0.allSatisfy { ReadRegion.numberMarks.contains($0) } })
  }

  @Test("pages without a region hold nothing, and a PDF's region is in points")
  func pdf() throws {
    let sample = SamplePDF(
      .init(content: SamplePDF.line("Nothing here", x: 40, y: 300)),
      .init(content: SamplePDF.line("Total 12.50", x: 40, y: 300)))
    // The baseline is 300 points above the bottom of 400.
    let regions = [ReadRegion(page: 2, x: 100, y: 78, width: 80, height: 26, isNumber: true)]
    #expect(try words(sample.bytes, regions) == [[], ["12.50"]])
  }

  @Test("what lies outside the page, or has no extent, holds nothing")
  func outside() throws {
    let bytes = pgm(try ScanParserTests.print())
    let odd = [
      ReadRegion(page: 1, x: 90_000, y: 5, width: 10, height: 10),
      ReadRegion(page: 1, x: 5, y: 5, width: 0, height: 10),
      ReadRegion(page: 1, x: 5, y: 5, width: 10, height: 900_000),
      ReadRegion(page: 7, x: 5, y: 5, width: 10, height: 10),
      ReadRegion(page: 1, x: .nan, y: 5, width: 10, height: 10),
    ]
    for region in odd {
      #expect(try words(bytes, [region], lineModel: try TwoReadersTests.model()).count == 1)
    }
  }

  @Test("a doubtful number gives way to a much surer one, else keeps it as what it may be")
  func settled() {
    var weak = TwoReadersTests.word("2.25", 0)
    weak.confidence = 0.3
    let surer = NumberLook.settled(weak, WordVariant(text: "22.25", probability: 0.9))
    #expect(surer.text == "22.25" && surer.confidence == 0.9)
    #expect(surer.variants.map(\.text) == ["2.25"])
    weak.confidence = 0.7
    let kept = NumberLook.settled(weak, WordVariant(text: "22.25", probability: 0.9))
    #expect(kept.text == "2.25" && kept.variants.map(\.text) == ["22.25"])
    for (text, isLooked) in [("2.25", true), ("15/05/2012", true), ("1S.50", true), ("A10", false), ("22", false)] {
      var word = TwoReadersTests.word(text, 0)
      word.confidence = 0.5
      #expect(NumberLook.isDoubtful(word) == isLooked, "\(text)")
    }
  }
}
