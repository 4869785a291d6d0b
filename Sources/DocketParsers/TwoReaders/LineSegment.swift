import Docket

/// A run of words without a wide gap: what the line reader is given as one line.
struct LineSegment {
  /// As Tesseract found them, from left to right; their texts are empty where only the layout was asked.
  var words: [Word]
  var line: Int32
  let box: PixelBox
  /// The pieces of ink that the line finder found in it; empty where the layout is Tesseract's.
  var pieces: [Blob] = []
  /// Whether it looks written by hand.
  var isIrregular = false

  /// - Parameter words: Tesseract's that stand in it, from left to right.
  init(_ found: FoundSegment, words: [Word] = []) {
    self.words = words
    line = 0
    box = PixelBox(
      left: Double(found.box.left), top: Double(found.box.top), right: Double(found.box.right),
      bottom: Double(found.box.bottom))
    pieces = found.pieces
    isIrregular = found.isIrregular
  }

  init(_ words: [Word], bands: [Band]) {
    self.words = words
    line = words[0].line
    box = PixelBox(
      left: words.map { Double($0.x) }.min() ?? 0, top: bands.map { Double($0.top) }.min() ?? 0,
      right: words.map { Double($0.right) }.max() ?? 0, bottom: bands.map { Double($0.bottom) }.max() ?? 0)
  }

  /// From top to bottom, where a word's letters stand.
  struct Band {
    var top: Float
    var bottom: Float
  }

  /// In times the height of the line's words: what is further apart stands in another column.
  static let widestGap: Float = 1
  /// In times the same: a run that is higher climbs or falls, and is read in parts.
  static let greatestRise: Float = 1.6

  /// From top to bottom, where the ink of a word stands that reaches from one column to another.
  func band(from left: Double, to right: Double) -> Band {
    var band: Band?
    for piece in pieces {
      let middle = Double(piece.left + piece.right) / 2
      let isIn = middle >= left && middle <= right || Double(piece.left) <= left && Double(piece.right) >= right
      guard isIn else { continue }
      let top = max(Float(piece.top), Float(box.top))
      let bottom = min(Float(piece.bottom), Float(box.bottom))
      guard bottom > top else { continue }
      band = Band(top: min(band?.top ?? top, top), bottom: max(band?.bottom ?? bottom, bottom))
    }
    return band ?? Band(top: Float(box.top), bottom: Float(box.bottom))
  }

  /// Lines cut at wide gaps, in the words' order.
  static func cut(_ words: [Word]) -> [LineSegment] {
    var segments: [LineSegment] = []
    var start = 0
    while start < words.count {
      let end = words[start...].firstIndex { $0.line != words[start].line } ?? words.count
      segments += cut(line: words[start..<end].sorted { ($0.x, $0.y) < ($1.x, $1.y) })
      start = end
    }
    return segments
  }

  private static func cut(line words: [Word]) -> [LineSegment] {
    let heights = words.map(\.height).sorted()
    let height = max(heights[heights.count / 2], 4)
    let bands = bands(of: words, height: height)
    var segments: [LineSegment] = []
    var start = 0
    var (top, bottom, right): (Float, Float, Float) = (bands[0].top, bands[0].bottom, words[0].right)
    for index in words.indices.dropFirst() {
      let (word, band) = (words[index], bands[index])
      let rises = max(bottom, band.bottom) - min(top, band.top) > greatestRise * height
      if word.x - right > widestGap * height || rises {
        segments.append(LineSegment(Array(words[start..<index]), bands: Array(bands[start..<index])))
        (start, top, bottom, right) = (index, band.top, band.bottom, word.right)
      }
      (top, bottom, right) = (min(top, band.top), max(bottom, band.bottom), max(right, word.right))
    }
    segments.append(LineSegment(Array(words[start...]), bands: Array(bands[start...])))
    return segments
  }

  /// A box that is much higher than its line's has caught a speck, a rule or a stroke of its neighbours: such a word's
  /// letters stand where those of the nearest other word do.
  private static func bands(of words: [Word], height: Float) -> [Band] {
    let usual = words.filter { $0.height <= tallest * height && $0.height >= height / tallest }
    return words.map { word in
      let own = Band(top: word.y, bottom: word.bottom)
      guard word.height > tallest * height else { return own }
      let nearest = usual.min { abs($0.x - word.x) < abs($1.x - word.x) }
      guard let nearest, word.y <= nearest.y + 2, word.bottom >= nearest.bottom - 2 else { return own }
      return Band(top: nearest.y, bottom: nearest.bottom)
    }
  }

  /// In times the height of the line's words.
  private static let tallest: Float = 1.35
}
