/// A run of words in one line without a wide gap, as its ink stands.
struct FoundSegment: Equatable {
  /// The letters and marks, from left to right.
  var pieces: [Blob]
  /// Of its letters; specks and strokes that stand out of the line are not in it.
  var box: Blob
  /// Of a capital, in pixels.
  var height: Int32
  /// Its letters stand on no common line and are of all heights: written by hand, or dirt.
  var isIrregular = false

  init(pieces: [Blob], box: Blob, height: Int32) {
    (self.pieces, self.box, self.height) = (pieces, box, height)
  }

  /// In times the height of a capital: what is further apart stands in another column.
  static let widestGap: Float = 1.2
  /// In times the same: a run that is higher climbs or falls, and is read in parts.
  static let greatestRise: Float = 1.75
  /// In times the same: words may be parted at wider gaps.
  static let wordGap: Float = 0.25

  static func cut(_ line: FoundLine) -> [FoundSegment] {
    let pieces = (line.letters + line.marks).sorted { ($0.left, $0.top) < ($1.left, $1.top) }
    let marks = Set(line.marks.map { PieceKey($0) })
    var segments: [FoundSegment] = []
    var start = 0
    var right = pieces[0].right
    var (top, bottom) = (Int32.max, Int32.min)
    let height = Float(line.height)
    for (place, piece) in pieces.enumerated() {
      let gap = Float(piece.left - right)
      let isMark = marks.contains(PieceKey(piece))
      let rise = Float(max(bottom, piece.bottom) - min(top, piece.top))
      let rises = !isMark && bottom > top && rise > greatestRise * height && gap > wordGap * height
      if place > start, gap > widestGap * height || rises {
        segments += [FoundSegment(pieces[start..<place], marks: marks, height: line.height)].compactMap { $0 }
        (start, right, top, bottom) = (place, piece.right, .max, .min)
      }
      right = max(right, piece.right)
      if !isMark, Float(piece.height) < 1.5 * height {
        (top, bottom) = (min(top, piece.top), max(bottom, piece.bottom))
      }
    }
    return segments + [FoundSegment(pieces[start...], marks: marks, height: line.height)].compactMap { $0 }
  }

  /// Whether it may be print: a rule in pieces, or a speck, is not.
  func isPlausible(_ sizes: LetterSizes) -> Bool {
    let usual = sizes.height(at: box)
    if pieces.count <= 3, box.height * 10 < usual * 6, box.width < 2 * usual { return false }
    if pieces.count == 1 { return box.width < 40 * box.height }
    // Dashes may be all there is in their block: there the page's letters decide.
    let letter = max(usual, sizes.usual)
    return !pieces.allSatisfy { $0.height * 10 < usual * 4 || ($0.width * 2 > 3 * $0.height && $0.height * 2 < letter) }
  }

  private struct PieceKey: Hashable {
    let left: Int32
    let top: Int32
    init(_ blob: Blob) { (left, top) = (blob.left, blob.top) }
  }

  private init?(_ pieces: ArraySlice<Blob>, marks: Set<PieceKey>, height: Int32) {
    let letters = pieces.filter { !marks.contains(PieceKey($0)) }
    guard !letters.isEmpty else { return nil }
    let top = FoundSegment.median(letters.map(\.top))
    let bottom = FoundSegment.median(letters.map(\.bottom))
    self.pieces = Array(pieces)
    self.height = height
    box = Blob(left: .max, top: .max, right: .min, bottom: .min)
    // Accents stand above and tails below; what stands out further is of another line.
    let (highest, lowest) = (top - height * 7 / 10, bottom + height / 2)
    for piece in pieces {
      box.left = min(box.left, piece.left)
      box.right = max(box.right, piece.right)
      box.top = min(box.top, max(piece.top, highest))
      box.bottom = max(box.bottom, min(piece.bottom, lowest))
    }
    isIrregular = FoundSegment.isIrregular(letters, height: height)
  }

  private static func median(_ values: [Int32]) -> Int32 { values.sorted()[values.count / 2] }

  /// Printed letters stand on one line, but for tails; those of a hand do not.
  private static func isIrregular(_ letters: [Blob], height: Int32) -> Bool {
    guard letters.count >= 5 else { return false }
    let bottoms = letters.map(\.bottom).sorted()
    let slack = max(1, height / 6)
    var (most, start) = (0, 0)
    for (end, bottom) in bottoms.enumerated() {
      while bottoms[start] < bottom - slack { start += 1 }
      most = max(most, end - start + 1)
    }
    return most * 5 < letters.count * 2
  }
}
