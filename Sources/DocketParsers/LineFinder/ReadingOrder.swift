import Docket

/// Puts segments in rows across the page, and columns of running text one after the other.
enum ReadingOrder {
  /// The places of segments, row by row from top to bottom, each row from left to right.
  static func rows(of segments: [FoundSegment]) -> [[Int]] {
    let rows = rows(of: segments, slope: slope(of: segments))
    let words = rows.enumerated().flatMap { number, row in row.flatMap { segments[$0].words(line: Int32(number)) } }
    let gutters = ProseColumns.gutters(of: words)
    return gutters.isEmpty ? rows : parted(rows, of: segments, at: gutters)
  }

  /// Whether running text that stands side by side is read in turns all the same: its columns were not understood.
  static func mixesColumns(_ rows: [[Int]], of segments: [FoundSegment]) -> Bool {
    let text = rows.enumerated().flatMap { number, row in
      row.filter { segments[$0].words(line: 0).count >= wordsOfText }.map { (row: number, box: segments[$0].box) }
    }
    let mixed = text.indices.count { place in
      let one = text[place]
      return text[max(0, place - 6)..<min(text.count, place + 7)].contains { other in
        abs(one.row - other.row) <= 3 && (one.box.right < other.box.left || other.box.right < one.box.left)
          && min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top) > one.box.height / 3
      }
    }
    return mixed >= 16 && mixed * 10 >= text.count
  }

  /// What stands in tables and forms is shorter.
  private static let wordsOfText = 5

  /// By how much lines fall, in pixels a pixel: the middle one of those that are long.
  private static func slope(of segments: [FoundSegment]) -> Float {
    let slopes = segments.compactMap { segment -> Float? in
      let count = segment.pieces.count / 3
      guard count >= 4 else { return nil }
      func middle(_ part: ArraySlice<Blob>) -> (x: Float, y: Float) {
        let bottoms = part.map(\.bottom).sorted()
        return (Float(part.reduce(0) { $0 + Int($1.left) }) / Float(part.count), Float(bottoms[bottoms.count / 2]))
      }
      let (first, last) = (middle(segment.pieces.prefix(count)), middle(segment.pieces.suffix(count)))
      return last.x - first.x > 4 * Float(segment.height) ? (last.y - first.y) / (last.x - first.x) : nil
    }.sorted()
    return slopes.count < 5 ? 0 : slopes[slopes.count / 2]
  }

  /// From top to bottom, each from left to right.
  private static func rows(of segments: [FoundSegment], slope: Float) -> [[Int]] {
    struct Row {
      var places: [Int] = []
      var middle: Float
      var height: Float
    }
    func middle(_ segment: FoundSegment) -> Float {
      Float(segment.box.top + segment.box.bottom) / 2 - slope * Float(segment.box.left + segment.box.right) / 2
    }
    let order = segments.indices.sorted { (middle(segments[$0]), $0) < (middle(segments[$1]), $1) }
    var rows: [Row] = []
    for place in order {
      let segment = segments[place]
      let (own, height) = (middle(segment), Float(segment.box.height))
      var best: (row: Int, distance: Float)?
      for row in rows.indices.suffix(6) {
        let distance = abs(own - rows[row].middle)
        // Those of one row stand beside each other.
        guard distance < 0.5 * min(max(height, rows[row].height), 1.5 * min(height, rows[row].height)),
          !rows[row].places.contains(where: {
            min(segments[$0].box.right, segment.box.right) - max(segments[$0].box.left, segment.box.left)
              > segment.height / 2
          })
        else { continue }
        if best == nil || distance < best!.distance { best = (row, distance) }
      }
      if let best {
        let count = Float(rows[best.row].places.count)
        rows[best.row].middle += (own - rows[best.row].middle) / (count + 1)
        rows[best.row].height += (height - rows[best.row].height) / (count + 1)
        rows[best.row].places.append(place)
      } else {
        rows.append(Row(places: [place], middle: own, height: height))
      }
    }
    return rows.sorted { ($0.middle, $0.places[0]) < ($1.middle, $1.places[0]) }.map {
      $0.places.sorted { (segments[$0].box.left, $0) < (segments[$1].box.left, $1) }
    }
  }

  /// The rows of each column, down to the next row that goes across.
  private static func parted(_ rows: [[Int]], of segments: [FoundSegment], at gutters: [Int32]) -> [[Int]] {
    var parted: [[Int]] = []
    var columns = [[[Int]]](repeating: [], count: gutters.count + 1)
    for row in rows {
      let crosses = row.contains { place in
        gutters.contains { $0 > segments[place].box.left && $0 < segments[place].box.right }
      }
      if crosses {
        parted += columns.joined()
        columns = columns.map { _ in [] }
        parted.append(row)
        continue
      }
      for column in columns.indices {
        let part = row.filter { place in gutters.count { $0 <= segments[place].box.left } == column }
        if !part.isEmpty { columns[column].append(part) }
      }
    }
    return parted + columns.joined()
  }
}

extension FoundSegment {
  /// Where its words stand, as far as gaps tell, without texts.
  func words(line: Int32) -> [Word] {
    var words: [Word] = []
    var (left, right) = (pieces[0].left, pieces[0].right)
    func add() {
      let (width, height) = (Float(right - left), Float(box.height))
      words.append(Word(text: "", x: Float(left), y: Float(box.top), width: width, height: height, line: line))
    }
    for piece in pieces.dropFirst() {
      if Float(piece.left - right) > FoundSegment.wordGap * Float(height) {
        add()
        (left, right) = (piece.left, piece.right)
      }
      right = max(right, piece.right)
    }
    add()
    return words
  }
}
