import CLeptonica
import Docket

/// Owns a picture decoded by Leptonica.
final class LeptonicaPicture {
  private var pix: UnsafeMutablePointer<Pix>?

  private init?(_ pix: UnsafeMutablePointer<Pix>?) {
    guard let pix else { return nil }
    self.pix = pix
  }

  deinit { pixDestroy(&pix) }

  /// A picture of grey pixels; nil where memory fails.
  init?(_ grey: GreyPicture) {
    guard let pix = pixCreate(Int32(grey.width), Int32(grey.height), 8), let data = pixGetData(pix) else { return nil }
    self.pix = pix
    let wordsPerLine = Int(pixGetWpl(pix))
    grey.pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<grey.height {
        // Pixels lie in 32-bit words, the first in the most significant byte.
        let line = data + y * wordsPerLine
        for x in 0..<grey.width { line[x >> 2] |= UInt32(pixels[y * grey.width + x]) << UInt32(24 - 8 * (x & 3)) }
      }
    }
  }

  /// Messages on standard error would say what the document holds.
  static func beSilent() { setMsgSeverity(l_int32(L_SEVERITY_NONE)) }

  static var version: String {
    guard let text = getLeptonicaVersion() else { return "" }
    defer { lept_free(text) }
    return String(cString: text)
  }

  /// Width and height as the header says, without decoding; nil where no decoder knows the bytes.
  static func size(of bytes: UnsafeRawBufferPointer) -> (width: Int, height: Int)? {
    var (width, height): (Int32, Int32) = (0, 0)
    guard
      pixReadHeaderMem(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, nil, &width, &height, nil, nil, nil) == 0
    else { return nil }
    return (Int(width), Int(height))
  }

  /// A TIFF page's width and height, pages counted from 1; nil where there is no such page.
  static func size(ofPage number: Int, inTIFF bytes: UnsafeRawBufferPointer) -> (width: Int, height: Int)? {
    var (width, height): (Int32, Int32) = (0, 0)
    guard
      readHeaderMemTiff(
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, Int32(number - 1), &width, &height, nil,
        nil, nil, nil, nil) == 0
    else { return nil }
    return (Int(width), Int(height))
  }

  /// The first picture in the bytes.
  static func decoded(_ bytes: UnsafeRawBufferPointer) -> LeptonicaPicture? {
    LeptonicaPicture(pixReadMem(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }

  /// A TIFF's next picture; `offset` is 0 at first and 0 again after the last.
  static func nextPage(ofTIFF bytes: UnsafeRawBufferPointer, offset: inout Int) -> LeptonicaPicture? {
    LeptonicaPicture(
      pixReadMemFromMultipageTiff(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &offset))
  }

  var width: Int { Int(pixGetWidth(pix)) }
  var height: Int { Int(pixGetHeight(pix)) }

  /// Dots per inch as tagged, 0 for none. Tags lie: see `plausibleResolution`.
  var taggedResolution: Int { Int(pixGetXRes(pix)) }

  /// Turned clockwise by quarters.
  func turned(quarters: Int) -> LeptonicaPicture? {
    quarters % 4 == 0 ? self : LeptonicaPicture(pixRotateOrth(pix, Int32(quarters % 4)))
  }

  /// Mirrored left to right.
  /// A part of the picture, drawn larger, and where its upper left corner lies; nil where it lies outside.
  func part(_ box: PixelBox, scale: Double) -> (picture: LeptonicaPicture, left: Double, top: Double)? {
    let (width, height) = (Double(self.width), Double(self.height))
    let (left, top) = (min(max(0, box.left.rounded(.down)), width), min(max(0, box.top.rounded(.down)), height))
    let right = min(max(left, box.right.rounded(.up)), width)
    let bottom = min(max(top, box.bottom.rounded(.up)), height)
    guard right - left >= 2, bottom - top >= 2,
      let area = boxCreate(Int32(left), Int32(top), Int32(right - left), Int32(bottom - top))
    else { return nil }
    var rectangle: UnsafeMutablePointer<Box>? = area
    defer { boxDestroy(&rectangle) }
    guard let cut = LeptonicaPicture(pixClipRectangle(pix, area, nil)) else { return nil }
    guard scale != 1 else { return (cut, left, top) }
    guard let larger = LeptonicaPicture(pixScale(cut.pix, Float(scale), Float(scale))) else { return nil }
    return (larger, left, top)
  }

  func mirrored() -> LeptonicaPicture? { LeptonicaPicture(pixFlipLR(nil, pix)) }

  /// Black and white; nil where memory fails.
  private func bitonal() -> LeptonicaPicture? {
    guard let grey = pixConvertTo8(pix, 0) else { return nil }
    var held: UnsafeMutablePointer<Pix>? = grey
    defer { pixDestroy(&held) }
    return LeptonicaPicture(pixThresholdToBinary(grey, 130))
  }

  /// By how many degrees its lines must be turned clockwise to lie level, at most 15; nil where undecided.
  func skew() -> Float? {
    guard let binary = bitonal() else { return nil }
    var (degrees, confidence): (Float, Float) = (0, 0)
    // Swept on a quarter of the size in steps of a degree, then halved down to a twentieth on half of the size.
    guard pixFindSkewSweepAndSearch(binary.pix, &degrees, &confidence, 4, 2, 15, 1, 0.05) == 0, confidence >= 2 else {
      return nil
    }
    return degrees
  }

  /// Turned clockwise by degrees, on a larger sheet that cuts nothing off.
  func turned(degrees: Float) -> LeptonicaPicture? {
    guard let grey = pixConvertTo8(pix, 0) else { return nil }
    var held: UnsafeMutablePointer<Pix>? = grey
    defer { pixDestroy(&held) }
    return LeptonicaPicture(
      pixRotate(
        grey, degrees * .pi / 180, Int32(L_ROTATE_AREA_MAP), Int32(L_BRING_IN_WHITE), Int32(width), Int32(height)))
  }

  /// Which way is up, from the shapes of Latin letters; 0 where undecided. Quarters to turn clockwise.
  func orientation() -> (quarters: Int, isDecided: Bool) {
    guard let binary = bitonal() else { return (0, false) }
    var (up, left): (Float, Float) = (0, 0)
    guard pixOrientDetect(binary.pix, &up, &left, 0, 0) == 0 else { return (0, false) }
    var orientation: Int32 = 0
    makeOrientDecision(up, left, 0, 0, &orientation, 0)
    switch orientation {
    case 1: return (0, true)
    case 2: return (1, true)
    case 3: return (2, true)
    case 4: return (3, true)
    default: return (0, false)
    }
  }

  /// 8-bit grey, colours blended over white.
  func grey() -> GreyPicture? {
    guard let opaque = pixRemoveAlpha(pix) else { return nil }
    var heldOpaque: UnsafeMutablePointer<Pix>? = opaque
    defer { pixDestroy(&heldOpaque) }
    guard let grey = pixConvertTo8(opaque, 0), let data = pixGetData(grey) else { return nil }
    var held: UnsafeMutablePointer<Pix>? = grey
    defer { pixDestroy(&held) }
    let wordsPerLine = Int(pixGetWpl(grey))
    return GreyPicture(width: width, height: height) { row, out in
      // Pixels lie in 32-bit words, the first in the most significant byte.
      let line = data + row * wordsPerLine
      for x in 0..<out.count { out[x] = UInt8(truncatingIfNeeded: line[x >> 2] >> UInt32(24 - 8 * (x & 3))) }
    }
  }
}
