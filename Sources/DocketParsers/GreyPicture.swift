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

  /// Whether nothing is printed: fewer than one pixel in ten thousand is clearly darker than the paper, the outer
  /// tenth left out. Thermal print may be faint: what counts is the difference.
  var isBlank: Bool {
    var counts = [Int](repeating: 0, count: 256)
    var counted = 0
    for y in (height / 20)..<max(height / 20, height - height / 20) {
      for x in (width / 20)..<max(width / 20, width - width / 20) {
        counts[Int(pixels[y * width + x])] += 1
        counted += 1
      }
    }
    var paper = 255
    var lighter = counts[255]
    while paper > 0, lighter * 4 < counted {
      paper -= 1
      lighter += counts[paper]
    }
    let dark = counts[..<max(0, paper - GreyPicture.inkContrast)].reduce(0, +)
    return counted == 0 || dark * 10_000 < counted
  }

  /// In steps of 256 from paper to ink.
  private static let inkContrast = 40
}
