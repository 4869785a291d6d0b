import CLeptonica

/// A grey picture, and what scanners, telephones and fax machines do to it.
struct Pixels {
  let width: Int
  let height: Int
  var values: [UInt8]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    values = [UInt8](repeating: 255, count: width * height)
  }

  /// Grain, and paper that is not quite white.
  mutating func scan(_ random: inout SeededGenerator) {
    for index in values.indices {
      let noise = Int(random.next() & 15) - 8
      values[index] = UInt8(min(255, max(0, Int(values[index]) * 235 / 255 + 8 + noise)))
    }
  }

  /// Light that falls off to one side.
  mutating func photograph(_ random: inout SeededGenerator) {
    let side = random.chance(50)
    for y in 0..<height {
      for x in 0..<width {
        let light = 180 + 75 * (side ? x : width - x) / width
        let noise = Int(random.next() & 7) - 4
        values[y * width + x] = UInt8(min(255, max(0, Int(values[y * width + x]) * light / 255 + noise)))
      }
    }
  }

  /// Black or white, with specks.
  mutating func fax(_ random: inout SeededGenerator) {
    for index in values.indices {
      let isSpeck = random.next() % 4000 == 0
      values[index] = (values[index] < 150) != isSpeck ? 0 : 255
    }
  }

  enum Format { case jpeg, png, tiff }

  /// Written by Leptonica; several pages only as TIFF.
  static func write(_ pages: [Pixels], to path: String, as format: Format, resolution: Int) {
    for (number, page) in pages.enumerated() {
      var pix = pixCreate(Int32(page.width), Int32(page.height), 8)
      defer { pixDestroy(&pix) }
      pixSetResolution(pix, Int32(resolution), Int32(resolution))
      for y in 0..<page.height {
        for x in 0..<page.width { pixSetPixel(pix, Int32(x), Int32(y), UInt32(page.values[y * page.width + x])) }
      }
      switch format {
      case .jpeg: pixWriteJpeg(path, pix, 75, 0)
      case .png: pixWritePng(path, pix, 0)
      case .tiff:
        var bits = pixThresholdToBinary(pix, 128)
        pixWriteTiff(path, bits, Int32(IFF_TIFF_G4), number == 0 ? "w" : "a")
        pixDestroy(&bits)
      }
    }
  }
}
