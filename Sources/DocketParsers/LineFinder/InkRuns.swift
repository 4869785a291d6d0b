/// The ink of a picture: in each row the stretches that are darker than the threshold.
struct InkRuns {
  struct Run {
    var row: Int32
    var left: Int32
    /// Not in it.
    var right: Int32
  }

  private(set) var runs: [Run] = []
  /// Of each row, and one more: its first in `runs`.
  private(set) var starts: [Int32] = []
  let width: Int
  let height: Int

  /// More is dirt or a picture: no page of print has as many.
  static let mostRuns = 4_000_000

  /// Nil where there are more than `mostRuns`.
  init?(_ picture: GreyPicture, resolution: Int) {
    width = picture.width
    height = picture.height
    let threshold = InkThreshold(picture, resolution: resolution)
    let cells = (width + InkThreshold.cell - 1) / InkThreshold.cell
    // One more row of thresholds than pixels: the last word of the last row may reach beyond its cells.
    var limits = [UInt8](repeating: 0, count: cells + 1)
    runs.reserveCapacity(width * height / 16)
    starts.reserveCapacity(height + 1)
    for y in 0..<height {
      starts.append(Int32(runs.count))
      if y % 4 == 0 { limits.withUnsafeMutableBufferPointer { threshold.row(y, into: $0.baseAddress!) } }
      picture.pixels.withUnsafeBufferPointer { pixels in
        limits.withUnsafeBufferPointer { limits in
          scan(UnsafeBufferPointer(rebasing: pixels[y * width..<(y + 1) * width]), limits, row: Int32(y))
        }
      }
      if runs.count > InkRuns.mostRuns { return nil }
    }
    starts.append(Int32(runs.count))
  }

  init(runs: [Run], width: Int, height: Int) {
    self.runs = runs
    self.width = width
    self.height = height
    starts = [Int32](repeating: 0, count: height + 1)
    for run in runs { starts[Int(run.row) + 1] += 1 }
    for row in 0..<height { starts[row + 1] += starts[row] }
  }

  /// Eight pixels at once: paper, the most of a page, costs one comparison.
  private mutating func scan(_ line: UnsafeBufferPointer<UInt8>, _ limits: UnsafeBufferPointer<UInt8>, row: Int32) {
    let raw = UnsafeRawPointer(line.baseAddress!)
    var open: Int32 = -1
    var x = 0
    while x < width {
      var pixels = UInt64.max
      if x + 8 <= width {
        pixels = raw.loadUnaligned(fromByteOffset: x, as: UInt64.self)
      } else {
        for place in x..<width {
          let shift = UInt64(8 * (place - x))
          pixels = pixels & ~(0xFF << shift) | UInt64(line[place]) << shift
        }
      }
      // Bit 7 of each byte: whether the pixel is less than the limit.
      var dark = InkRuns.less(pixels, UInt64(limits[x / 8]) &* 0x0101_0101_0101_0101)
      if dark == 0 {
        if open >= 0 {
          runs.append(Run(row: row, left: open, right: Int32(truncatingIfNeeded: x)))
          open = -1
        }
      } else if dark != InkRuns.tops || open < 0 {
        var from = 0
        while from < 8 {
          if open < 0 {
            guard dark != 0 else { break }
            from = dark.trailingZeroBitCount >> 3
            open = Int32(truncatingIfNeeded: x + from)
          }
          let light = ~dark & InkRuns.tops & (UInt64.max << UInt64(8 * from))
          guard light != 0 else { break }
          from = light.trailingZeroBitCount >> 3
          runs.append(Run(row: row, left: open, right: Int32(truncatingIfNeeded: x + from)))
          open = -1
          dark &= UInt64.max << UInt64(8 * from)
        }
      }
      x += 8
    }
    if open >= 0 { runs.append(Run(row: row, left: open, right: Int32(truncatingIfNeeded: width))) }
  }

  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Bit 7 of each byte of `a` that is less than that of `b`.
  private static func less(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let difference = ((a | tops) &- (b & ~tops)) ^ ((a ^ ~b) & tops)
    return ((~a & b) | (~(a ^ b) & difference)) & tops
  }
}
