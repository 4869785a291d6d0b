/// A line of print in the form the network sees: 32 rows, upright, 0 paper and 1 ink.
///
/// Training/reader/damage.py (`normalise`) makes the same of a picture and a box.
struct LinePicture {
  /// Of the line's box, added on each side, as a part of its height.
  static let margin = 0.12
  /// By which a line is widened: narrow letters then have a frame of their own.
  static let stretch = 1.15
  static let columns = 8...2400

  let map: FeatureMap
  /// The part of the whole picture that the columns show, in its pixels: the left end, and pixels a column.
  let left: Double
  let pixelsPerColumn: Double

  /// Nil for a box without extent, or outside the picture.
  ///
  /// - Parameter box: in pixels of the picture; it may reach beyond it.
  init?(_ picture: GreyPicture, box: PixelBox) {
    let height = box.bottom - box.top
    // Of a box that reaches far beyond the picture only a margin of paper is of use.
    var box = box
    box.left = max(box.left, -height)
    box.right = min(box.right, Double(picture.width) + height)
    guard height >= 2, box.right - box.left >= 1, height < 4096, box.right > 0, box.bottom > 0,
      box.left < Double(picture.width), box.top < Double(picture.height)
    else { return nil }
    let margin = LinePicture.margin * height
    let (left, width) = (box.left - margin, box.right - box.left + 2 * margin)
    let wished = width * Double(LineNetwork.height) / (height + 2 * margin) * LinePicture.stretch
    let columns = Int(min(max(wished.rounded(.toNearestOrEven), 8), 2400))
    let across = Resampling(from: left, extent: width, to: columns, limit: picture.width)
    let down = Resampling(
      from: box.top - margin, extent: height + 2 * margin, to: LineNetwork.height, limit: picture.height)
    let grey = LinePicture.resampled(picture, across, down)
    let padded = (columns + 3) / 4 * 4
    let ink = LinePicture.ink(grey)
    var values = [Float](repeating: 0, count: LineNetwork.height * padded)
    for row in 0..<LineNetwork.height {
      values.replaceSubrange(row * padded..<row * padded + columns, with: ink[row * columns..<(row + 1) * columns])
    }
    map = FeatureMap(rows: LineNetwork.height, columns: padded, channels: 1, values: values)
    self.left = left
    pixelsPerColumn = width / Double(columns)
  }

  /// The picture's part in few rows and columns: first across, then down, rounded to bytes in between.
  private static func resampled(_ picture: GreyPicture, _ across: Resampling, _ down: Resampling) -> [UInt8] {
    let columns = across.spans.count
    let first = down.first
    let rows = first...down.last
    var narrow = [UInt8](repeating: 0, count: rows.count * columns)
    for row in rows {
      let start = row * picture.width
      for (column, span) in across.spans.enumerated() {
        var sum = 0.0
        for (offset, weight) in span.weights.enumerated() {
          sum += weight * Double(picture.pixels[start + across.place(span.start + offset)])
        }
        narrow[(row - first) * columns + column] = UInt8(min(max(sum + 0.5, 0), 255))
      }
    }
    var small = [UInt8](repeating: 0, count: LineNetwork.height * columns)
    for (row, span) in down.spans.enumerated() {
      for column in 0..<columns {
        var sum = 0.0
        for (offset, weight) in span.weights.enumerated() {
          sum += weight * Double(narrow[(down.place(span.start + offset) - first) * columns + column])
        }
        small[row * columns + column] = UInt8(min(max(sum + 0.5, 0), 255))
      }
    }
    return small
  }

  /// How dark each pixel is between the line's paper (the 90th percentile) and its darkest (the 1st), in 255ths; a line
  /// more dark than light is turned over.
  private static func ink(_ grey: [UInt8]) -> [Float] {
    let print = Histogram(grey)
    let middle = print.percentile(50)
    let isDark = middle - print.percentile(2) < print.percentile(98) - middle
    let grey = isDark ? grey.map { 255 - $0 } : grey
    let upright = isDark ? Histogram(grey) : print
    let (paper, dark) = (upright.percentile(90), upright.percentile(1))
    let range = Float(max(paper - dark, 24))
    return grey.map { value in
      let ink = Float(paper - Int(value)) / range
      return (min(max(ink, 0), 1) * 255 + 0.5).rounded(.down) / 255
    }
  }
}

/// A box in pixels of a picture, the right and lower ends not in it.
struct PixelBox: Equatable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
}

private struct Histogram {
  /// How many values are no greater.
  private var totals = [Int](repeating: 0, count: 256)

  init(_ values: [UInt8]) {
    for value in values { totals[Int(value)] += 1 }
    for value in 1..<256 { totals[value] += totals[value - 1] }
  }

  /// The least value that as many per cent do not exceed.
  func percentile(_ share: Int) -> Int {
    totals.firstIndex { $0 * 100 >= totals[255] * share } ?? 255
  }
}

/// How an axis is resampled: with a triangle as wide as the scale, so that nothing is skipped.
private struct Resampling {
  /// Weights of neighbouring pixels, the first of which is `start`.
  struct Span {
    let start: Int
    let weights: [Double]
  }

  let spans: [Span]
  /// Pixels of the picture on this axis: what lies outside is as its edge is.
  let limit: Int

  init(from left: Double, extent: Double, to count: Int, limit: Int) {
    let scale = extent / Double(count)
    let support = max(scale, 1)
    // The area ends at whole pixels outside the picture, as the picture does for the one who trained.
    let lowest = min(0, Int(left.rounded(.down)))
    let highest = max(limit, Int((left + extent).rounded(.up)))
    spans = (0..<count).map { place in
      let center = left + (Double(place) + 0.5) * scale
      let first = max(lowest, Int((center - support + 0.5).rounded(.down)))
      let last = min(highest, Int((center + support + 0.5).rounded(.down)))
      let weights = (first..<max(last, first + 1)).map { max(0, 1 - abs((Double($0) + 0.5 - center) / support)) }
      let total = weights.reduce(0, +)
      return Span(start: first, weights: weights.map { $0 / total })
    }
    self.limit = limit
  }

  func place(_ pixel: Int) -> Int { min(max(pixel, 0), limit - 1) }

  /// The first and last pixel that is looked at.
  var first: Int { place(spans.map(\.start).min() ?? 0) }
  var last: Int { place(spans.map { $0.start + $0.weights.count - 1 }.max() ?? 0) }
}
