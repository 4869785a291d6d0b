/// What is so of a candidate and around it, hashed.
extension FeatureReader {
  /// What a mark says; the numbers are part of what was learned and never change their meaning.
  private enum Group: UInt8 {
    case shape = 1, tokenCount, word, firstWord, lastWord, firstPair, lastPair, lineCount, lastCharacter, tokenShape
    case left = 20, leftPlace, leftPair, leftSegment, leftNothing
    case right = 30, rightPlace
    case above = 40, aboveFarther, aboveSegment, below, belowSegment
    case row = 50, rowBefore, rowAfter, endBefore, startAfter, startBefore, seams
    case height = 60, width, cell, fromTop, fromBottom, page, fromLastPage, segment
    case label = 70, otherLabel, labelPlace, producer
  }

  func marks(of candidate: Candidate, _ lines: [Line], _ weight: LabelEvidence.Weight) -> [UInt32] {
    var marks: [UInt32] = []
    marks.reserveCapacity(120)
    func add(_ group: Group, _ first: UInt32, _ second: UInt32 = 0) {
      marks.append(hash.of(group.rawValue, first, second))
    }
    addOwn(candidate, lines, add)
    addRow(lines[0], lines[lines.count - 1], add)
    addColumn(lines[0], lines[lines.count - 1], add)
    addPosition(lines[0], add)
    add(.label, UInt32(weight.supporting * 5))
    add(.otherLabel, UInt32(weight.opposing * 5))
    if let label = weight.label { add(.labelPlace, label.row == lines[0].row ? 1 : 2) }
    add(.producer, hash.of(candidate.producer.prefix { $0 != " " }))
    return marks
  }

  private typealias Add = (Group, UInt32, UInt32) -> Void

  private func addOwn(_ candidate: Candidate, _ lines: [Line], _ add: Add) {
    let own = lines.flatMap { line in line.range.map { words[line.row][$0] } }
    let ownShapes = lines.flatMap { line in line.range.map { shapes[line.row][$0] } }
    add(.shape, ownShapes.prefix(6).reduce(0) { hash.of(0, $0, $1) }, 0)
    add(.tokenCount, UInt32(min(8, own.count)), 0)
    add(.lineCount, UInt32(lines.count), 0)
    if let last = candidate.raw.unicodeScalars.last { add(.lastCharacter, last.value, 0) }
    for shape in ownShapes { add(.tokenShape, shape, 0) }
    for word in own { add(.word, word, 0) }
    add(.firstWord, own[0], 0)
    add(.lastWord, own[own.count - 1], 0)
    if own.count > 1 {
      add(.firstPair, own[0], own[1])
      add(.lastPair, own[own.count - 2], own[own.count - 1])
    }
  }

  private func addRow(_ first: Line, _ last: Line, _ add: Add) {
    let before = words[first.row][..<first.range.lowerBound].suffix(5)
    for word in before { add(.left, word, 0) }
    for (index, word) in before.reversed().prefix(3).enumerated() { add(.leftPlace, word, UInt32(index + 1)) }
    if before.count > 1 { add(.leftPair, before[before.endIndex - 2], before[before.endIndex - 1]) }
    if before.isEmpty { add(.leftNothing, 1, 0) }
    let row = view.layout.rows[first.row]
    let segment = row.segments.firstIndex { $0.range.contains(first.range.lowerBound) } ?? 0
    if segment > 0 { add(.leftSegment, whole(first.row, row.segments[segment - 1].range), 0) }
    add(.segment, UInt32(min(5, segment)), UInt32(min(5, row.segments.count)))
    let after = words[last.row][last.range.upperBound...].prefix(3)
    for word in after { add(.right, word, 0) }
    if let word = after.first { add(.rightPlace, word, 0) }
    for word in words[first.row].prefix(12) { add(.row, word, 0) }
  }

  private func addColumn(_ first: Line, _ last: Line, _ add: Add) {
    let rows = view.layout.rows
    if first.row > 0, rows[first.row - 1].page == rows[first.row].page {
      let before = words[first.row - 1]
      for word in before.prefix(12) { add(.rowBefore, word, 0) }
      if let word = before.last {
        add(.endBefore, word, 0)
        add(.seams, word, words[first.row][first.range.lowerBound])
      }
      if let word = before.first { add(.startBefore, word, 0) }
    }
    if last.row + 1 < rows.count, rows[last.row + 1].page == rows[last.row].page {
      let after = words[last.row + 1]
      for word in after.prefix(12) { add(.rowAfter, word, 0) }
      if let word = after.first {
        add(.startAfter, word, 0)
        add(.seams, words[last.row][last.range.upperBound - 1], word)
      }
    }
    for (index, segment) in neighbours(of: first, step: -1, count: 2).enumerated() {
      for word in words[segment.row][segment.range].prefix(6) { add(index == 0 ? .above : .aboveFarther, word, 0) }
      if index == 0 { add(.aboveSegment, whole(segment.row, segment.range), 0) }
    }
    for segment in neighbours(of: last, step: 1, count: 1) {
      for word in words[segment.row][segment.range].prefix(6) { add(.below, word, 0) }
      add(.belowSegment, whole(segment.row, segment.range), 0)
    }
  }

  /// How far above and below neighbours of a column are looked for, in rows.
  private static let reach = 6

  /// The nearest stretches of words above or below that overlap from left to right.
  func neighbours(of line: Line, step: Int, count: Int) -> [Line] {
    let rows = view.layout.rows
    let row = rows[line.row]
    let x0 = view.layout.token(row, line.range.lowerBound).x0
    let x1 = view.layout.token(row, line.range.upperBound - 1).x1
    var found: [Line] = []
    var number = line.row + step
    while rows.indices.contains(number), abs(number - line.row) <= FeatureReader.reach, found.count < count,
      rows[number].page == row.page
    {
      let best = rows[number].segments.max { overlap($0, x0, x1) < overlap($1, x0, x1) }
      if let best, overlap(best, x0, x1) > 0 { found.append((number, best.range)) }
      number += step
    }
    return found
  }

  private func overlap(_ segment: Layout.Segment, _ x0: Double, _ x1: Double) -> Double {
    min(segment.x1, x1) - max(segment.x0, x0)
  }

  private func whole(_ row: Int, _ range: Range<Int>) -> UInt32 {
    hash.of(range.lazy.map { view.keys[row][$0] }, limit: 40)
  }

  private func addPosition(_ line: Line, _ add: Add) {
    let row = view.layout.rows[line.row]
    let height = min(0.999, max(0, view.layout.height(of: row)))
    let pageWidth = view.layout.pageSizes[row.page]?.width ?? 0
    let x = pageWidth > 0 ? min(0.999, max(0, view.layout.token(row, line.range.lowerBound).x0 / pageWidth)) : 0
    add(.height, UInt32(height * 10), 0)
    add(.width, UInt32(x * 8), 0)
    add(.cell, UInt32(x * 4) + 1, UInt32(height * 6) + 1)
    add(.fromTop, UInt32(min(20, line.row)), 0)
    add(.fromBottom, UInt32(min(20, view.layout.rows.count - 1 - line.row)), 0)
    add(.page, UInt32(min(5, max(0, row.page - firstPage))), 0)
    add(.fromLastPage, UInt32(min(5, max(0, lastPage - row.page))), 0)
  }
}
