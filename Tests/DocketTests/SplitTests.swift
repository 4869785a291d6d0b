import Docket
import Testing

@testable import Docket

/// A model that is sure or unsure of every page alike.
enum SampleBoundaries {
  static func model(bias: Double, weights: String = "{}") throws -> BoundaryModel {
    try BoundaryModel(card: #"{"bias": \#(bias), "weights": \#(weights), "thresholds": {"ask": 0.15, "cut": 0.9}}"#)
  }
}

@Suite struct SplitTests {
  private let words = SplittingWords([
    LanguageWords(
      language: "en",
      words: [.page: ["page"], .pageOf: ["of"], .heading: ["invoice", "purchase order"], .ending: ["total"]],
      months: [:], digest: ContentDigest(of: "en"))
  ])

  /// Lines of words from top to bottom.
  private func page(_ number: Int, _ lines: String..., width: Float = 600) -> PageReading {
    let words = lines.enumerated().flatMap { row, line in
      line.split(separator: " ").enumerated().map { place, word in
        Word(text: String(word), x: 40 + 60 * Float(place), y: 40 + 40 * Float(row), width: 50, height: 12)
      }
    }
    return PageReading(number: number, width: width, height: 800, unit: .point, source: .layer, words: words)
  }

  private func signs(_ before: PageReading, _ page: PageReading) -> [BoundarySign: Double] {
    BoundarySign.between(
      PageFace(before, words: words), PageFace(page, words: words), next: nil, isApart: false)
  }

  private func run(_ pages: [PageReading], _ model: BoundaryModel, part: Bool = false) async throws -> Splitting {
    var context = Context(digest: ContentDigest(of: "bundle"), name: "scan.pdf")
    context.isPart = part
    let reading = Reading(mediaType: "application/pdf", content: .pages(pages))
    return try await SplitStage(model: model).run(reading, in: context)
  }

  @Test(
    "reads page numbers as people print them",
    arguments: [
      ("Page 2 of 3", 2, 3), ("Page: 2 of 3", 2, 3), ("PAGE 2/3", 2, 3), ("Page No. 2", 2, nil), ("2 of 3", 2, 3),
      ("Page:2", 2, nil),
    ] as [(String, Int, Int?)])
  func numbers(text: String, number: Int, total: Int?) {
    let face = PageFace(page(1, text, "Some words that follow here"), words: words)
    #expect(face.number?.number == number && face.number?.total == total)
  }

  @Test("a number of pages smaller than the page's own is none")
  func impossibleNumber() {
    #expect(PageFace(page(1, "Page 7 of 3"), words: words).number == nil)
  }

  @Test("a page that follows by its number is told from one that begins to count anew")
  func numbering() {
    let second = signs(page(1, "Invoice 4711", "Page 1 of 2"), page(2, "Invoice 4711", "Page 2 of 2"))
    #expect(second[.numberFollows] == 1 && second[.unfinished] == 1 && second[.numberRestarts] == nil)
    let third = signs(page(2, "Invoice 4711", "Page 2 of 2"), page(3, "Purchase order 99", "Page 1 of 4"))
    #expect(third[.numberRestarts] == 1 && third[.lastBefore] == 1 && third[.newHeading] == 1)
  }

  @Test("numbers, dates and the sheet's size are compared")
  func contents() {
    let other = signs(
      page(1, "Invoice 471100", "12/03/2024", "Total 10.00"),
      page(2, "Invoice 998877", "01/04/2024", "goods", "Total 5.00", width: 420))
    #expect(other[.otherCodes] == 1 && other[.newDate] == 1 && other[.sizeChanges] == 1)
    #expect(other[.closingBefore] != nil)
    let same = signs(page(1, "Contract 471100", "12/03/2024"), page(2, "Contract 471100", "12/03/2024"))
    #expect(same[.sameCodes] == 1 && same[.sameDate] == 1 && same[.newDate] == nil)
  }

  @Test("blank pages stay with what is before them, and every page is in exactly one part")
  func blanks() async throws {
    let pages = [page(1, "first document"), page(2), page(3, "second document"), page(4)]
    let splitting = try await run(pages, try SampleBoundaries.model(bias: 10))
    #expect(splitting.parts.map(\.path?.text) == ["pages/1-2", "pages/3-4"])
    #expect(splitting.boundaries.map(\.page) == [3])
    #expect(splitting.boundaries[0].signs[.blankBetween] == 1)
  }

  @Test("between its thresholds a person is asked, and nothing is cut")
  func doubt() async throws {
    let pages = [page(1, "first document"), page(2, "second document")]
    let splitting = try await run(pages, try SampleBoundaries.model(bias: 0))
    #expect(splitting.parts == [Part(.whole)])
    #expect(splitting.doubts(in: splitting.parts[0]).map(\.doubt.doubtfulPage) == [2])
    #expect(try await run(pages, try SampleBoundaries.model(bias: -10)).doubts(in: Part(.whole)).isEmpty)
  }

  @Test("a part is asked about, never cut again by itself")
  func parts() async throws {
    let pages = [page(3, "first document"), page(4, "second document")]
    let splitting = try await run(pages, try SampleBoundaries.model(bias: 10), part: true)
    #expect(splitting.parts == [Part(.whole)] && splitting.doubts(in: Part(.whole)).map(\.page) == [4])
  }

  @Test("a part's path says its pages, however deep it lies, and its name the part")
  func paths() {
    #expect(PartPath("pages/3-5").pages == 3...5)
    #expect(PartPath("attachment/1/pages/3-5/pages/4-5").pages == 4...5)
    #expect(PartPath("attachment/2").pages == nil && PartPath("pages/5-3").pages == nil)
    #expect(Part(.pages(3...5)).name(of: "scan.pdf") == "scan (pages 3-5).pdf")
    #expect(
      Part.pages(from: 3, through: 9, starts: [7, 5]).compactMap(\.path?.text) == [
        "pages/3-4", "pages/5-6", "pages/7-9",
      ])
  }

  @Test("a part's pages keep the numbers they have in the file")
  func pageNumbers() {
    let reading = Reading(mediaType: "application/pdf", content: .pages([page(1, "a"), page(2, "b"), page(3, "c")]))
    #expect(reading.part(at: PartPath("pages/2-3")).pages.map(\.number) == [2, 3])
    #expect(reading.part(at: PartPath("attachment/1")).pages.count == 3)
  }
}
