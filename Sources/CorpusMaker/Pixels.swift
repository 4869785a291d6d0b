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

  /// What encodes pictures, with its version.
  static var library: String {
    guard let version = getLeptonicaVersion() else { return "" }
    defer { lept_free(version) }
    return String(cString: version)
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

  /// Turned clockwise by a quarter.
  var turned: Pixels {
    var turned = Pixels(width: height, height: width)
    for y in 0..<height {
      for x in 0..<width { turned.values[x * height + height - 1 - y] = values[y * width + x] }
    }
    return turned
  }

  enum Format { case jpeg, png, tiff, gif, webp, jp2 }

  /// Written by Leptonica; several pages only as TIFF.
  static func write(_ pages: [Pixels], to path: String, as format: Format, resolution: Int) {
    for (number, page) in pages.enumerated() {
      var pix = page.pix(resolution: resolution)
      defer { pixDestroy(&pix) }
      switch format {
      case .jpeg: pixWriteJpeg(path, pix, 75, 0)
      case .png: pixWritePng(path, pix, 0)
      case .gif: pixWrite(path, pix, Int32(IFF_GIF))
      case .webp: pixWrite(path, pix, Int32(IFF_WEBP))
      case .jp2: pixWrite(path, pix, Int32(IFF_JP2))
      case .tiff:
        var bits = pixThresholdToBinary(pix, 128)
        pixWriteTiff(path, bits, Int32(IFF_TIFF_G4), number == 0 ? "w" : "a")
        pixDestroy(&bits)
      }
    }
  }

  /// Black or white, packed as fax machines do (ITU-T T.6).
  func packedForFax() -> (bytes: [UInt8], isBlackOne: Bool) {
    var grey = pix(resolution: 150)
    defer { pixDestroy(&grey) }
    var bits = pixThresholdToBinary(grey, 128)
    defer { pixDestroy(&bits) }
    var packed: UnsafeMutablePointer<L_COMP_DATA>?
    guard pixGenerateCIData(bits, Int32(L_G4_ENCODE), 0, 0, &packed) == 0, let data = packed else { return ([], false) }
    defer { l_CIDataDestroy(&packed) }
    let bytes = UnsafeBufferPointer(start: data.pointee.datacomp, count: data.pointee.nbytescomp)
    return (Array(bytes), data.pointee.minisblack != 0)
  }

  private func pix(resolution: Int) -> UnsafeMutablePointer<Pix>? {
    let pix = pixCreate(Int32(width), Int32(height), 8)
    pixSetResolution(pix, Int32(resolution), Int32(resolution))
    for y in 0..<height {
      for x in 0..<width { pixSetPixel(pix, Int32(x), Int32(y), UInt32(values[y * width + x])) }
    }
    return pix
  }
}
