/// Letters of several lines that touch are parted, and what stands out of its line is cut to it.
struct LineMending {
  private var chains: [LineChain]
  private let sizes: LetterSizes
  private let ink: InkRuns

  /// More that are too high are a picture.
  private static let most = 2000

  static func mended(_ chains: [LineChain], sizes: LetterSizes, ink: InkRuns) -> [LineChain] {
    var mending = LineMending(chains: chains, sizes: sizes, ink: ink)
    mending.partTouchingLines()
    mending.partTallLetters()
    return mending.chains.filter { !$0.letters.isEmpty }
  }

  /// Two lines that touch in many places look like one of large print: between them there is hardly any ink.
  private mutating func partTouchingLines() {
    for place in chains.indices {
      let letters = chains[place].letters
      let height = chains[place].usualHeight
      guard let first = letters.first, letters.count >= 4 || first.width > 4 * height,
        height * 10 >= 15 * sizes.height(at: first)
      else { continue }
      let box = letters.dropFirst().reduce(into: first) { $0.include($1) }
      guard box.width > 4 * height, box.height < 2 * height else { continue }
      let rows = (box.top..<box.bottom).map { ink.count(row: Int($0), from: box.left, to: box.right) }
      let middle = rows.count / 3..<rows.count * 2 / 3
      guard let valley = middle.min(by: { (rows[$0], $0) < (rows[$1], $1) }),
        let above = rows[..<valley].max(), let below = rows[valley...].max(),
        rows[valley] * 6 < min(above, below)
      else { continue }
      let cut = box.top + Int32(valley)
      let parts = letters.map { $0.cut(at: [cut]) }
      chains[place] = LineChain(parts.flatMap { $0.filter { $0.middle < cut } })
      chains.append(LineChain(parts.flatMap { $0.filter { $0.middle >= cut } }))
    }
  }

  private mutating func partTallLetters() {
    var tall: [(blob: Blob, chain: Int)] = []
    for place in chains.indices {
      let letters = chains[place].letters
      let height = chains[place].usualHeight
      // Of a few letters it cannot be told which is too high: there print of this block decides.
      let limit = letters.count >= 4 ? height * 145 / 100 : min(height * 145, sizes.height(at: letters[0]) * 160) / 100
      guard letters.contains(where: { $0.height > limit }) else { continue }
      tall += letters.filter { $0.height > limit }.map { ($0, place) }
      guard tall.count <= LineMending.most else { return }
    }
    guard !tall.isEmpty else { return }
    var regular = chains
    for (blob, place) in tall { regular[place].letters.removeAll { $0 == blob } }
    let boxes = regular.map { chain in chain.letters.first.map { chain.letters.reduce(into: $0) { $0.include($1) } } }
    chains = regular
    for (blob, place) in tall {
      var bands: [(chain: Int, band: LineBand)] = []
      for (other, box) in boxes.enumerated() {
        guard let box, box.top < blob.bottom, box.bottom > blob.top else { continue }
        let reach = 5 * regular[other].usualHeight / 2
        guard box.left <= blob.right + reach, box.right >= blob.left - reach,
          let band = regular[other].band(at: blob, within: reach),
          band.height * 10 <= blob.height * 8, band.top + band.height / 3 >= blob.top,
          band.bottom - band.height / 3 <= blob.bottom
        else { continue }
        bands.append((other, band))
      }
      bands.sort { ($0.band.top, $0.chain) < ($1.band.top, $1.chain) }
      // Of bands that overlap, two pieces of one line, the first stays.
      var distinct: [(chain: Int, band: LineBand)] = []
      for band in bands {
        if let last = distinct.last, band.band.top < last.band.bottom - last.band.height / 3 { continue }
        distinct.append(band)
      }
      guard !distinct.isEmpty else {
        chains[place].insert(blob)
        continue
      }
      let cuts = zip(distinct, distinct.dropFirst()).map { ($0.0.band.bottom + $0.1.band.top) / 2 }
      for (part, line) in zip(blob.cut(at: cuts), distinct) {
        var part = part
        part.top = max(part.top, line.band.top - line.band.height / 4)
        part.bottom = min(part.bottom, line.band.bottom + line.band.height / 4)
        // A bracket or a rule beside a line is none of its letters.
        if part.bottom - part.top >= line.band.height / 3 { chains[line.chain].insert(part) }
      }
    }
  }
}

/// Where the letters of a line stand, from top to bottom.
struct LineBand {
  var top: Int32
  var bottom: Int32
  var height: Int32 { bottom - top }
}

extension LineChain {
  /// The height that four in five of its letters do not exceed: that of a capital.
  var usualHeight: Int32 {
    let heights = letters.map(\.height).sorted()
    return heights.isEmpty ? 0 : heights[min(heights.count - 1, heights.count * 4 / 5)]
  }

  /// Where the nearest letters stand; nil where the next one is further away than some pixels.
  func band(at blob: Blob, within reach: Int32) -> LineBand? {
    guard !letters.isEmpty else { return nil }
    let place = letters.partitioned { $0.left >= blob.left }
    let near = letters[max(0, place - 3)..<min(letters.count, place + 3)].filter {
      $0.left - blob.right <= reach && blob.left - $0.right <= reach
    }
    guard let top = near.map(\.top).min(), let bottom = near.map(\.bottom).max() else { return nil }
    return LineBand(top: top, bottom: bottom)
  }

  mutating func insert(_ blob: Blob) {
    letters.insert(blob, at: letters.partitioned { ($0.left, $0.top) >= (blob.left, blob.top) })
  }
}

extension Array {
  /// The first place from which on all elements are as said; they must be parted so.
  func partitioned(by isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Blob {
  /// The parts above, between and below some rows.
  fileprivate func cut(at rows: [Int32]) -> [Blob] {
    let ends = [top] + rows.map { min(max($0, top), bottom) } + [bottom]
    return zip(ends, ends.dropFirst()).map { from, to in
      var part = self
      (part.top, part.bottom) = (from, to)
      part.ink = ink * max(0, to - from) / max(1, height)
      part.runs = max(1, runs * max(0, to - from) / max(1, height))
      return part
    }
  }
}

extension InkRuns {
  /// Pixels of ink of a row between two columns.
  func count(row: Int, from left: Int32, to right: Int32) -> Int {
    var count = 0
    for run in runs[Int(starts[row])..<Int(starts[row + 1])] where run.right > left && run.left < right {
      count += Int(min(run.right, right) - max(run.left, left))
    }
    return count
  }
}
