import Docket
import Testing

@Suite struct PageQualityTests {
  /// Twenty words of one line each, the reader as sure of each as said.
  private func page(
    _ confidences: [Float], height: Float = 20, x: Float = 50, source: PageReading.Source = .ocr,
    findings: [Finding] = []
  ) -> PageReading {
    let words = confidences.enumerated().map { row, confidence in
      Word(
        text: "letters", x: x, y: 50 + 40 * Float(row), width: 90, height: height, confidence: confidence,
        line: Int32(row))
    }
    return PageReading(
      number: 1, width: 800, height: 1200, unit: .pixel, source: source, words: words, findings: findings)
  }

  private func many(_ confidence: Float) -> [Float] { Array(repeating: confidence, count: 20) }

  @Test("a page that was read well is good, and so is a blank one and a text layer")
  func good() {
    #expect(page(many(0.95)).quality == PageQuality(grade: .good, causes: []))
    #expect(page([], source: .blank).quality.grade == .good)
    #expect(page(many(0.1), source: .layer).quality.grade == .good)
  }

  @Test(
    "the reader's own doubt grades a page",
    arguments: [(0.7, PageQuality.Grade.fair), (0.5, .poor), (0.2, .unreadable)] as [(Float, PageQuality.Grade)])
  func confidence(mean: Float, grade: PageQuality.Grade) {
    #expect(page(many(mean)).quality == PageQuality(grade: grade, causes: [.lowConfidence]))
  }

  @Test("causes are named")
  func causes() {
    #expect(page(many(0.95), height: 7).quality.causes == [.lowResolution])
    #expect(page(many(0.95), x: 0).quality.causes == [.cutEdges])
    #expect(page([0.9]).quality.causes == [.noWords])
    let straightened = Finding("page-straightened", .note, "Page 1 lay askew.")
    #expect(page(many(0.95), findings: [straightened]).quality.causes == [.skewed])
    #expect(page(many(0.95), source: .ocrOverBadLayer).quality == PageQuality(grade: .fair, causes: [.badTextLayer]))
    let damaged = page([], source: .blank, findings: [Finding("page-damaged", .warning, "Page 1 cannot be opened.")])
    #expect(damaged.quality == PageQuality(grade: .poor, causes: [.damaged]))
    #expect(page(many(0.95).dropLast(6) + Array(repeating: 0.4, count: 6)).quality.causes.contains(.patchy))
  }

  /// Rows of words on a sheet; `rise` says by how much a row climbs over the sheet's width.
  private func sheet(width: Float, columns: [Float], rise: (Int) -> Float = { _ in 0 }) -> PageReading {
    let words = (0..<14).flatMap { row in
      columns.map { x in
        Word(
          text: "letters", x: x, y: 50 + 60 * Float(row) + rise(row) * x / width, width: 70, height: 20,
          confidence: 0.97, line: Int32(row))
      }
    }
    return PageReading(number: 1, width: width, height: 1000, unit: .pixel, source: .ocr, words: words)
  }

  @Test("lines that fan out, and two pages side by side, are told")
  func shapes() {
    let columns: [Float] = [60, 160, 260, 360, 460, 560, 660]
    #expect(sheet(width: 800, columns: columns).quality.causes == [])
    #expect(sheet(width: 800, columns: columns) { 8 * Float($0) - 50 }.quality.causes.contains(.perspective))
    let spread: [Float] = [60, 160, 260, 360, 820, 920, 1020, 1120]
    #expect(sheet(width: 1400, columns: spread).quality == PageQuality(grade: .fair, causes: [.twoPages]))
    #expect(sheet(width: 1400, columns: [60, 160, 260, 360, 440, 540, 640, 740]).quality.grade == .good)
    #expect(sheet(width: 950, columns: [60, 160, 260, 620, 720, 820]).quality.grade == .good, "columns of one page")
  }

  @Test("a document is as good as its worst page")
  func worst() {
    let reading = Reading(mediaType: "image/tiff", content: .pages([page(many(0.95)), page(many(0.5))]))
    #expect(reading.quality == PageQuality(grade: .poor, causes: [.lowConfidence]))
  }
}
