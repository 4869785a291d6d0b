import Docket

/// What a page's picture says, once it lies upright and level.
struct PictureText {
  /// In pixels of the upright picture.
  var words: [Word] = []
  var width: Int
  var height: Int
  /// By how many quarters it was turned clockwise to be upright.
  var quarters = 0
  /// By how many degrees it was turned clockwise besides, to lie level; 0 where Tesseract takes it as it lies.
  var straightened: Float = 0
  /// Nothing is printed: nothing was looked for.
  var isBlank = false

  /// Says that the page was set straight, where it was: its places are those of the straight page.
  func finding(page number: Int) -> Finding? {
    guard straightened != 0 else { return nil }
    return Finding(
      "page-straightened", .note,
      "Page \(number) lay askew by \(Int(abs(straightened).rounded())) degrees; places are those of the page set straight."
    )
  }

  /// The mean confidence of its longer words, 0 where there is hardly any: how well it lay when it was read.
  var legibility: Float {
    let long = words.filter { $0.text.unicodeScalars.count >= 3 }
    guard long.count >= 3 else { return 0 }
    return long.reduce(0) { $0 + $1.confidence } / Float(long.count)
  }
}

/// Reads pictures of pages, scanned or rendered, by OCR; one that lies on its side, upside down or far askew is turned.
final class PictureReader {
  private let engines = TesseractEngines()

  /// - Parameter resolution: dots per inch.
  /// - Throws: `ocr-language-missing`, `image-damaged`.
  func read(
    _ picture: LeptonicaPicture, resolution: Int, settings: ReadSettings
  ) throws(DocketError) -> PictureText {
    let text = try read(picture, quarters: 0, resolution: resolution, settings: settings)
    guard !text.isBlank else { return text }
    return try turned(picture, instead: text, resolution: resolution, settings: settings) ?? text
  }

  private func read(
    _ picture: LeptonicaPicture, quarters: Int, resolution: Int, settings: ReadSettings
  ) throws(DocketError) -> PictureText {
    var text = try words(in: picture, resolution: resolution, settings: settings)
    text.quarters = quarters
    guard !text.isBlank, text.legibility < PictureReader.legible, let degrees = picture.skew(),
      abs(degrees) >= PictureReader.skewTaken, let level = picture.turned(degrees: degrees)
    else { return text }
    var other = try words(in: level, resolution: resolution, settings: settings)
    guard other.legibility > text.legibility else { return text }
    (other.quarters, other.straightened) = (quarters, degrees)
    return other
  }

  /// Tesseract's mode that reads straight across the page, which keeps rows of tables and forms together.
  private static let oneBlock = 6
  /// Tesseract's mode that looks for columns.
  private static let anyBlocks = 3
  /// Pages read as well as this lie well enough.
  private static let legible: Float = 0.95
  /// In degrees: up to here Tesseract reads lines that rise or fall as well as level ones.
  private static let skewTaken: Float = 3

  private func words(
    in picture: LeptonicaPicture, resolution: Int, settings: ReadSettings
  ) throws(DocketError) -> PictureText {
    guard let grey = picture.grey() else { throw DocketError(.imageDamaged, "The picture cannot be decoded.") }
    var text = PictureText(width: grey.width, height: grey.height)
    guard !grey.isBlank, grey.width >= 8, grey.height >= 8 else {
      text.isBlank = true
      return text
    }
    let engine = try engines.engine(for: settings.languages)
    text.words = engine.words(in: grey, resolution: resolution, segmentation: settings.segmentation)
    if settings.segmentation == PictureReader.oneBlock, ProseColumns.stand(in: text.words) {
      text.words = engine.words(in: grey, resolution: resolution, segmentation: PictureReader.anyBlocks)
    }
    return text
  }

  /// Reads the picture again, turned, where little could be read and its letters' shapes say that it lies wrong.
  private func turned(
    _ picture: LeptonicaPicture, instead text: PictureText, resolution: Int, settings: ReadSettings
  ) throws(DocketError) -> PictureText? {
    guard text.legibility < 0.6 else { return nil }
    let (quarters, isDecided) = picture.orientation()
    var tries = isDecided ? [quarters] : []
    if !isDecided, picture.width > picture.height || text.legibility < 0.35 { tries = [1, 3, 2] }
    var best: PictureText?
    for quarters in tries where quarters != 0 {
      guard let turned = picture.turned(quarters: quarters) else { continue }
      let other = try read(turned, quarters: quarters, resolution: resolution, settings: settings)
      // What is illegible any way round stays as it lay.
      if other.legibility >= 0.5, other.legibility > (best ?? text).legibility + 0.15 { best = other }
    }
    return best
  }
}
