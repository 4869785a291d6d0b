import CLineKernel

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
    let columns = across.count
    let first = down.first
    let rows = down.last - first + 1
    let narrow = [UInt8](unsafeUninitializedCapacity: rows * columns) { narrow, count in
      picture.pixels.withUnsafeBufferPointer { pixels in
        for row in 0..<rows {
          across.resample(
            pixels.baseAddress! + (first + row) * picture.width, step: 1, from: 0,
            into: narrow.baseAddress! + row * columns, step: 1)
        }
      }
      count = rows * columns
    }
    return [UInt8](unsafeUninitializedCapacity: LineNetwork.height * columns) { small, count in
      narrow.withUnsafeBufferPointer { narrow in
        for column in 0..<columns {
          down.resample(
            narrow.baseAddress! + column, step: columns, from: first, into: small.baseAddress! + column, step: columns)
        }
      }
      count = LineNetwork.height * columns
    }
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
  /// The first of the pixels that are looked at, for each place; they may lie outside the picture.
  private var starts: [Int32] = []
  /// Where in `weights` those of each place end.
  private var ends: [Int32] = []
  private var weights: [Double] = []
  /// Pixels of the picture on this axis: what lies outside is as its edge is.
  private let limit: Int

  init(from left: Double, extent: Double, to count: Int, limit: Int) {
    let scale = extent / Double(count)
    let support = max(scale, 1)
    // The area ends at whole pixels outside the picture, as the picture does for the one who trained.
    let lowest = min(0, Int(left.rounded(.down)))
    let highest = max(limit, Int((left + extent).rounded(.up)))
    self.limit = limit
    for place in 0..<count {
      let center = left + (Double(place) + 0.5) * scale
      let first = max(lowest, Int((center - support + 0.5).rounded(.down)))
      let last = max(first + 1, min(highest, Int((center + support + 0.5).rounded(.down))))
      let begin = weights.count
      var total = 0.0
      for pixel in first..<last {
        let weight = max(0, 1 - abs((Double(pixel) + 0.5 - center) / support))
        weights.append(weight)
        total += weight
      }
      for index in begin..<weights.count { weights[index] /= total }
      starts.append(Int32(first))
      ends.append(Int32(weights.count))
    }
  }

  var count: Int { starts.count }

  /// The first and last pixel that is looked at.
  var first: Int { place(starts.min() ?? 0) }
  var last: Int {
    place((0..<count).map { starts[$0] + ends[$0] - ($0 == 0 ? 0 : ends[$0 - 1]) - 1 }.max() ?? 0)
  }

  private func place(_ pixel: Int32) -> Int { min(max(Int(pixel), 0), limit - 1) }

  /// - Parameters:
  ///   - bytes: the axis from its pixel `first` on, as far as it is looked at.
  ///   - results: `count` bytes.
  func resample(
    _ bytes: UnsafePointer<UInt8>, step: Int, from first: Int, into results: UnsafeMutablePointer<UInt8>,
    step resultStep: Int
  ) {
    line_resample(bytes, first, step, limit, starts, ends, weights, count, results, resultStep)
  }
}
