import Docket

/// Where lines stand on a page, by our own line finder.
enum LineLayout {
  /// Segments in reading order, each with those of Tesseract's words that stand in it; what Tesseract alone found are
  /// segments of their own. Nil where the finder is unsure.
  static func segments(in picture: GreyPicture, resolution: Int, words: [Word] = []) -> [LineSegment]? {
    guard case .success(let found) = LineFinder.segments(in: picture, resolution: resolution) else { return nil }
    let (held, left) = parted(words, by: found)
    let own = LineSegment.cut(left)
    let all = found + own.map { FoundSegment($0) }
    let rows = ReadingOrder.rows(of: all)
    guard !ReadingOrder.mixesColumns(rows, of: all) else { return nil }
    var segments: [LineSegment] = []
    for (line, row) in rows.enumerated() {
      for place in row {
        var segment = place < found.count ? LineSegment(found[place], words: held[place]) : own[place - found.count]
        segment.line = Int32(line)
        for word in segment.words.indices { segment.words[word].line = Int32(line) }
        segments.append(segment)
      }
    }
    return segments
  }

  /// How much of the lines holds no word, by width, 0 to 1; of those of several letters, as specks are not.
  static func missed(_ segments: [LineSegment]) -> Double {
    let lines = segments.filter { $0.pieces.count >= 3 }
    let all = lines.reduce(0) { $0 + $1.box.right - $1.box.left }
    let empty = lines.filter(\.words.isEmpty).reduce(0) { $0 + $1.box.right - $1.box.left }
    return all > 0 ? empty / all : 0
  }

  /// Words by the segment in which the most of each stands, and those that stand in none.
  private static func parted(_ words: [Word], by found: [FoundSegment]) -> (held: [[Word]], left: [Word]) {
    var held = [[Word]](repeating: [], count: found.count)
    var left: [Word] = []
    let order = found.indices.sorted { (found[$0].box.top, $0) < (found[$1].box.top, $1) }
    let highest = Float(found.map(\.box.height).max() ?? 0)
    for word in words {
      var best: (place: Int, share: Float)?
      // Only what begins above the word's end and not too far above its top may hold it.
      var rank = order.partitioned { Float(found[$0].box.top) >= word.y - highest }
      while rank < order.count, Float(found[order[rank]].box.top) < word.bottom {
        let box = found[order[rank]].box
        let across = min(word.right, Float(box.right)) - max(word.x, Float(box.left))
        let down = min(word.bottom, Float(box.bottom)) - max(word.y, Float(box.top))
        let share = across * down
        if across > 0, down * 2 > min(word.height, Float(box.height)), across * 2 > min(word.width, Float(box.width)),
          share > best?.share ?? 0
        {
          best = (order[rank], share)
        }
        rank += 1
      }
      if let best { held[best.place].append(word) } else { left.append(word) }
    }
    return (held.map { $0.sorted { ($0.x, $0.y) < ($1.x, $1.y) } }, left)
  }
}

extension FoundSegment {
  /// As Tesseract found it.
  fileprivate init(_ segment: LineSegment) {
    func pixel(_ place: Double) -> Int32 { Int32(min(max(place.isFinite ? place : 0, -1e6), 1e6)) }
    let box = Blob(
      left: pixel(segment.box.left), top: pixel(segment.box.top), right: pixel(segment.box.right),
      bottom: pixel(segment.box.bottom))
    let pieces = segment.words.map {
      Blob(
        left: pixel(Double($0.x)), top: pixel(Double($0.y)), right: pixel(Double($0.right)),
        bottom: pixel(Double($0.bottom)))
    }
    self.init(pieces: pieces, box: box, height: max(1, box.height))
  }
}
