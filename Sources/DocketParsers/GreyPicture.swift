/// A picture of 8-bit grey pixels, rows without padding; 0 is black.
struct GreyPicture {
  let width: Int
  let height: Int
  private(set) var pixels: [UInt8]

  /// - Parameter fill: writes one row, counted from 0.
  init(width: Int, height: Int, fill: (Int, UnsafeMutableBufferPointer<UInt8>) -> Void) {
    self.width = width
    self.height = height
    pixels = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      for row in 0..<height {
        fill(row, UnsafeMutableBufferPointer(rebasing: buffer[(row * width)..<((row + 1) * width)]))
      }
      count = width * height
    }
  }

  /// Whether nothing is printed: fewer than one dark pixel in ten thousand, the outer tenth left out.
  var isBlank: Bool {
    var dark = 0
    var counted = 0
    for y in (height / 20)..<max(height / 20, height - height / 20) {
      for x in (width / 20)..<max(width / 20, width - width / 20) {
        counted += 1
        if pixels[y * width + x] < 140 { dark += 1 }
      }
    }
    return counted == 0 || dark * 10_000 < counted
  }
}
