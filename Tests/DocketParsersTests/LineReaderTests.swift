import Docket
import Foundation
import Testing

@testable import DocketParsers

/// The reader against what PyTorch makes of the same lines: `make train-reader` writes both.
@Suite struct LineReaderTests {
  struct Fixture: Decodable {
    struct Line: Decodable {
      let width: Int
      let height: Int
      let pixels: Data
      let box: [Double]
      let columns: Int
      let input: Data
      let logits: Data
      let text: String

      var picture: GreyPicture {
        let pixels = Array(self.pixels)
        return GreyPicture(width: width, height: height) { row, buffer in
          for column in 0..<width { buffer[column] = pixels[row * width + column] }
        }
      }
      var pixelBox: PixelBox { PixelBox(left: box[0], top: box[1], right: box[2], bottom: box[3]) }
    }

    let lines: [Line]
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let weights = Result {
    [UInt8](try Data(contentsOf: root.appending(path: "Models/reader/1/weights.bin")))
  }
  static let lines = Result {
    let file = root.appending(path: "Tests/DocketParsersTests/Fixtures/reader-lines.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file)).lines
  }

  static func reader() throws -> LineReader { try LineReader(weights: weights.get()) }

  @Test("brings a line to the form that the network was trained on")
  func pictures() throws {
    for line in try Self.lines.get() {
      let picture = try #require(LinePicture(line.picture, box: line.pixelBox))
      #expect((picture.map.rows, picture.map.columns) == (32, line.columns), "\(line.text)")
      let differences = zip(picture.map.values, line.input).map { abs($0 * 255 - Float($1)) }
      let far = differences.filter { $0 > 4 }.count
      #expect(far == 0, "\(line.text): \(far) of \(differences.count) pixels, by \(differences.max() ?? 0)")
    }
  }

  @Test("gives the numbers that PyTorch gives, as far as whole numbers can")
  func logits() throws {
    let network = try Self.reader().network
    for line in try Self.lines.get() {
      let input = FeatureMap(
        rows: 32, columns: line.columns, channels: 1, values: line.input.map { Float($0) / 255 })
      let logits = try #require(network.logits(of: [input]).first)
      let expected = line.logits.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
      #expect(expected.count == line.columns / 4 * network.classes)
      let differences = expected.indices.map { place in
        let (frame, number) = (place / network.classes, place % network.classes)
        return abs(logits[frame * network.paddedClasses + number] - expected[place])
      }
      // Logits reach from -44 to 17. Measured: .0215 at most, .0019 in the mean.
      #expect(differences.max() ?? 1 < 0.03, "\(line.text)")
      #expect(differences.reduce(0, +) / Float(differences.count) < 0.0025, "\(line.text)")
    }
  }

  @Test("reads what PyTorch reads, words where they stand")
  func texts() throws {
    let reader = try Self.reader()
    for line in try Self.lines.get() {
      let read = try #require(reader.lines(in: line.picture, boxes: [line.pixelBox])[0])
      #expect(read.text == line.text)
      #expect(read.words.count == line.text.split(separator: " ").count)
      let first = try #require(read.words.first)
      let last = try #require(read.words.last)
      let slack = (line.box[3] - line.box[1]) / 4
      #expect(abs(first.left - line.box[0]) < slack && abs(last.right - line.box[2]) < slack, "\(line.text)")
      for (left, right) in zip(read.words, read.words.dropFirst()) { #expect(left.right < right.left) }
    }
  }

  @Test("gives each line the same bits alone and among others")
  func batches() throws {
    let reader = try Self.reader()
    let line = try #require(try Self.lines.get().first)
    let whole = line.pixelBox
    var half = whole
    half.right = (whole.left + whole.right) / 2
    let alone = [whole, half].map { reader.lines(in: line.picture, boxes: [$0])[0] }
    #expect(
      reader.lines(in: line.picture, boxes: [half, whole, half, whole]) == [alone[1], alone[0], alone[1], alone[0]])
  }

  @Test("says how sure it is, and what else a letter may be")
  func probabilities() throws {
    let reader = try Self.reader()
    let line = try #require(try Self.lines.get().first)
    let read = try #require(reader.lines(in: line.picture, boxes: [line.pixelBox])[0])
    #expect(read.probability > 0.2 && read.probability <= 1)
    for letter in read.words.flatMap(\.letters) {
      #expect(
        letter.probability <= 1 && letter.probability + letter.alternatives.map(\.probability).reduce(0, +) < 1.001)
      #expect(letter.alternatives.allSatisfy { $0.character != letter.character })
    }
  }

  @Test("has nothing to say of boxes without extent or outside, and survives absurd ones")
  func absurd() throws {
    let reader = try Self.reader()
    let grey = GreyPicture(width: 50, height: 20) { _, row in row.update(repeating: 255) }
    let nothing = [
      PixelBox(left: 5, top: 5, right: 5, bottom: 15), PixelBox(left: 60, top: 0, right: 80, bottom: 20),
      PixelBox(left: .nan, top: 0, right: 10, bottom: 10), PixelBox(left: 0, top: 0, right: 10, bottom: .infinity),
    ]
    #expect(reader.lines(in: grey, boxes: nothing) == [nil, nil, nil, nil])
    let wide = PixelBox(left: -1e6, top: -5, right: .infinity, bottom: 25)
    let blank = PixelBox(left: 0, top: 0, right: 50, bottom: 20)
    #expect(reader.lines(in: grey, boxes: [wide, blank]).map { $0?.text ?? "" } == ["", ""])
  }

  @Test("refuses weights that are cut, damaged or of another kind", arguments: [0, 11, 500, 100_000])
  func damaged(kept: Int) throws {
    let bytes = try Self.weights.get()
    #expect(throws: DocketError.self) { try LineReader(weights: Array(bytes.prefix(kept))) }
    var changed = bytes
    changed[kept % 8] ^= 0xFF
    #expect(throws: DocketError.self) { try LineReader(weights: changed) }
    #expect(throws: DocketError.self) { try LineReader(weights: bytes + [0, 0]) }
  }
}
