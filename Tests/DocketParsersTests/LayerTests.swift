import CPoppler
import Docket
import Testing

@testable import DocketParsers

@Suite struct LayerTests {
  /// Characters of 10 by 10 points side by side; controls of direction have no box.
  private func layer(_ text: String, missing: Int = 0) -> WordAssembly {
    let scalars = text.unicodeScalars.filter { !(0x202A...0x202E).contains($0.value) }
    let boxes = scalars.indices.dropLast(missing).enumerated().map { index, _ in
      PopplerRectangle(x1: Double(index) * 10, y1: 0, x2: Double(index) * 10 + 10, y2: 10)
    }
    return Array(text.utf8).withUnsafeBufferPointer { bytes in
      boxes.withUnsafeBufferPointer { WordAssembly(text: bytes, boxes: $0) }
    }
  }

  @Test("skips controls of direction, which have no box")
  func direction() {
    let made = layer("ab \u{202B}\u{05D0}\u{05D1}\u{202C} cd")
    #expect(made.isPaired)
    #expect(made.words.map(\.text) == ["ab", "\u{05D0}\u{05D1}", "cd"])
    #expect(made.words.map(\.x) == [0, 30, 60])
  }

  @Test("does not believe boxes that do not pair with the characters")
  func unpaired() {
    let made = layer("amount due", missing: 1)
    #expect(!made.isPaired)
    guard case .bad = LayerJudgement.of(made, pictureShare: { 0 }) else {
      Issue.record("judged good")
      return
    }
  }

  @Test("splits at wide gaps without a blank")
  func gaps() {
    let boxes = [0.0, 10, 40, 50].map { PopplerRectangle(x1: $0, y1: 0, x2: $0 + 10, y2: 10) }
    let made = Array("abcd".utf8).withUnsafeBufferPointer { bytes in
      boxes.withUnsafeBufferPointer { WordAssembly(text: bytes, boxes: $0) }
    }
    #expect(made.words.map(\.text) == ["ab", "cd"])
    #expect(made.words.map(\.width) == [20, 20])
  }

  @Test("a line's end and the next line's beginning are two words without a blank too, letters set upright are one")
  func lines() {
    func words(_ text: String, _ places: [(x: Double, y: Double)]) -> [String] {
      let boxes = places.map { PopplerRectangle(x1: $0.x, y1: $0.y, x2: $0.x + 8, y2: $0.y + 10) }
      return Array(text.utf8).withUnsafeBufferPointer { bytes in
        boxes.withUnsafeBufferPointer { WordAssembly(text: bytes, boxes: $0).words.map(\.text) }
      }
    }
    #expect(words("abcd", [(100, 0), (108, 0), (20, 14), (28, 14)]) == ["ab", "cd"])
    #expect(words("abc", [(10, 30), (10, 20), (10, 10)]) == ["abc"])
  }

  @Test("is good where words are words, also under a picture")
  func good() {
    let prose = String(repeating: "The buyer pays 12.50 EUR on 2024-03-01, no. A-17/b. ", count: 4)
    #expect(LayerJudgement.of(layer(prose), pictureShare: { 1 }) == .good)
  }

  @Test("is bad where symbols stand for letters")
  func salad() {
    let noise = String(repeating: "^~{x }]<\\ ~|^` ", count: 10)
    #expect(LayerJudgement.of(layer(noise), pictureShare: { 0 }) == .bad("its words are not words"))
  }

  @Test("is missing where hardly a word lies over a picture, and good without the picture")
  func missing() {
    #expect(LayerJudgement.of(layer("page 3"), pictureShare: { 0.9 }) == .missing)
    #expect(LayerJudgement.of(layer("page 3"), pictureShare: { 0 }) == .good)
    #expect(LayerJudgement.of(layer(" \n "), pictureShare: { 0 }) == .missing)
  }
}
