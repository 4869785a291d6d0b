import Docket

/// Reads lines of print: where they stand in a picture it is told, what they say it finds out.
///
/// Deterministic: the same picture and boxes give the same letters and probabilities on every processor, however many
/// lines are read at once.
struct LineReader {
  /// Lines that go through the network together.
  static let batch = 16

  let network: LineNetwork

  /// - Parameter weights: the bytes of the weights' file.
  /// - Throws: `model-damaged`.
  init(weights: [UInt8]) throws(DocketError) {
    network = try LineWeights.network(from: weights)
  }

  /// What stands in each box, in the boxes' order; nil for a box that holds nothing: no extent, outside the picture.
  ///
  /// - Parameter only: the characters that can stand there; nil for all.
  func lines(in picture: GreyPicture, boxes: [PixelBox], only characters: String? = nil) -> [ReadLine?] {
    let barred = characters.map { network.classes(besides: $0) } ?? []
    let pictures = boxes.map { LinePicture(picture, box: $0) }
    var lines = [ReadLine?](repeating: nil, count: boxes.count)
    let order = pictures.indices.filter { pictures[$0] != nil }.sorted {
      (columns(pictures[$1]), $0) < (columns(pictures[$0]), $1)
    }
    for start in stride(from: 0, to: order.count, by: LineReader.batch) {
      let part = order[start..<min(start + LineReader.batch, order.count)]
      let logits = network.logits(of: part.compactMap { pictures[$0]?.map })
      for (index, logits) in zip(part, logits) {
        guard let picture = pictures[index] else { continue }
        let logits = network.barring(barred, from: logits)
        let path = LinePath(logits: logits, of: network)
        lines[index] = ReadLine(words: LineReader.words(path.letters, picture), probability: path.probability)
      }
    }
    return lines
  }

  private func columns(_ picture: LinePicture?) -> Int { picture?.map.columns ?? 0 }

  /// Letters between spaces, each word as wide as the ink between the spaces' middles.
  private static func words(_ letters: [ReadLine.Letter], _ picture: LinePicture) -> [ReadLine.Word] {
    let runs = letters.split { $0.character == " " }
    var words: [ReadLine.Word] = []
    for (index, run) in runs.enumerated() {
      guard let first = run.first, let last = run.last else { continue }
      let before = index == 0 ? 0 : middle(runs[index - 1].last, first)
      let after = index + 1 == runs.count ? picture.map.columns : middle(last, runs[index + 1].first)
      let ink = inkColumns(picture, before..<max(before + 1, after))
      words.append(
        ReadLine.Word(
          letters: Array(run), left: picture.left + Double(ink.lowerBound) * picture.pixelsPerColumn,
          right: picture.left + Double(ink.upperBound) * picture.pixelsPerColumn))
    }
    return words
  }

  /// The column half way between two letters.
  private static func middle(_ left: ReadLine.Letter?, _ right: ReadLine.Letter?) -> Int {
    guard let left, let right else { return 0 }
    return (left.frames.upperBound + right.frames.lowerBound + 1) * LineNetwork.frameColumns / 2
  }

  /// From the first to the last column with clear ink; all of them where there is none.
  private static func inkColumns(_ picture: LinePicture, _ columns: Range<Int>) -> Range<Int> {
    let map = picture.map
    let columns = columns.clamped(to: 0..<map.columns)
    let dark = columns.filter { column in
      (0..<map.rows).contains { map.values[$0 * map.columns + column] > 0.5 }
    }
    guard let first = dark.first, let last = dark.last else { return columns }
    return first..<last + 1
  }
}
