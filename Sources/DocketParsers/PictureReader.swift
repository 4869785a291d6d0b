import Docket

/// Reads pictures of pages, scanned or rendered, by OCR; one that lies on its side, upside down or far askew is turned.
final class PictureReader {
  let engines = TesseractEngines()

  /// - Parameters:
  ///   - resolution: dots per inch.
  ///   - lineModel: Docket's own reader of lines; nil where Tesseract reads alone.
  /// - Throws: `ocr-language-missing`, `image-damaged`.
  func read(
    _ picture: LeptonicaPicture, resolution: Int, settings: ReadSettings, lineModel: LineModel?
  ) throws(DocketError) -> PictureText {
    let isKnown = LineModel.languages.isSuperset(of: settings.languages)
    guard settings.mode != .tesseract, isKnown, let lineModel else {
      return try upright(picture, resolution: resolution, settings: settings)
    }
    let readers: LineReaders
    do throws(DocketError) {
      readers = try lineModel.readers()
    } catch {
      var text = try upright(picture, resolution: resolution, settings: settings)
      if !text.isBlank { text.trouble = .noModel }
      return text
    }
    let two = TwoReaders(readers: readers, compares: settings.comparesReaders)
    if settings.mode == .fast, let text = try quickly(picture, resolution: resolution, settings: settings, two) {
      return text
    }
    let text = try upright(picture, resolution: resolution, settings: settings)
    return try surer(two.read(text, resolution: resolution), in: text.grey, resolution: resolution, settings, two)
  }

  /// What Tesseract reads, the picture turned as it must be.
  private func upright(
    _ picture: LeptonicaPicture, resolution: Int, settings: ReadSettings
  ) throws(DocketError) -> PictureText {
    let text = try read(picture, quarters: 0, resolution: resolution, settings: settings)
    guard !text.isBlank else { return text }
    return try turned(picture, instead: text, resolution: resolution, settings: settings) ?? text
  }

  /// Read as it lies, Tesseract asked where words stand and for what the line reader is not sure of; nil where that
  /// is not to be trusted, because the picture may lie wrong.
  private func quickly(
    _ picture: LeptonicaPicture, resolution: Int, settings: ReadSettings, _ two: TwoReaders
  ) throws(DocketError) -> PictureText? {
    var text = try unread(picture)
    guard text.grey != nil else { return text }
    let engine = try engines.engine(for: settings.languages)
    let looks = PictureReader.looked.contains(settings.segmentation)
    if looks, let found = two.find(text, resolution: resolution, engine) {
      text = found
    } else {
      text = two.read(text, resolution: resolution, segmentation: settings.segmentation, engine)
      if settings.segmentation == PictureReader.oneBlock, ProseColumns.stand(in: text.words) {
        text = two.read(text, resolution: resolution, segmentation: PictureReader.anyBlocks, engine)
      }
      if looks, text.trouble == nil { text.trouble = .unsureLines }
    }
    if text.legibility < PictureReader.trusted {
      let (quarters, isDecided) = picture.orientation()
      guard isDecided, quarters == 0 else { return nil }
    }
    if text.legibility < PictureReader.legible, let degrees = picture.skew(), abs(degrees) >= PictureReader.skewTaken {
      return nil
    }
    text = try surer(text, in: text.grey, resolution: resolution, settings, two)
    text.grey = nil
    return text
  }

  /// Quickly read pages of less are read again with care, unless their letters' shapes say that they lie upright.
  private static let trusted: Float = 0.6

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
  /// Tesseract's modes for whole pages: what they ask for our line finder gives, too.
  private static let looked: Set<Int> = [3, 4, 6]
  /// Tesseract's mode that looks for columns.
  private static let anyBlocks = 3
  /// Pages read as well as this lie well enough.
  private static let legible: Float = 0.95
  /// In degrees: up to here Tesseract reads lines that rise or fall as well as level ones.
  private static let skewTaken: Float = 3

  /// A page of which nothing is read yet; without its picture where nothing is printed on it.
  private func unread(_ picture: LeptonicaPicture) throws(DocketError) -> PictureText {
    guard let grey = picture.grey() else { throw DocketError(.imageDamaged, "The picture cannot be decoded.") }
    var text = PictureText(width: grey.width, height: grey.height)
    text.isBlank = grey.isBlank || grey.width < 8 || grey.height < 8
    if !text.isBlank { text.grey = grey }
    return text
  }

  private func words(
    in picture: LeptonicaPicture, resolution: Int, settings: ReadSettings
  ) throws(DocketError) -> PictureText {
    var text = try unread(picture)
    guard let grey = text.grey else { return text }
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

extension TwoReaders {
  /// What both make of a picture that Tesseract has read.
  fileprivate func read(_ text: PictureText, resolution: Int) -> PictureText {
    guard let grey = text.grey, !text.isBlank else { return text }
    return text.with(read(grey, words: text.words, resolution: resolution))
  }

  /// Lines by our own finder; nil where it is unsure.
  fileprivate func find(_ text: PictureText, resolution: Int, _ engine: TesseractEngine) -> PictureText? {
    guard let grey = text.grey, let layout = LineLayout.segments(in: grey, resolution: resolution) else { return nil }
    var text = text.with(
      read(grey, layout: layout) { engine.words(in: grey, boxes: $0, resolution: resolution) })
    text.grey = grey
    return text
  }

  fileprivate func read(
    _ text: PictureText, resolution: Int, segmentation: Int, _ engine: TesseractEngine
  ) -> PictureText {
    guard let grey = text.grey else { return text }
    let layout = engine.layout(of: grey, resolution: resolution, segmentation: segmentation)
    var text = text.with(
      read(grey, layout: LineSegment.cut(layout)) { engine.words(in: grey, boxes: $0, resolution: resolution) })
    text.grey = grey
    return text
  }
}

extension PictureText {
  fileprivate func with(_ result: TwoReaders.Result) -> PictureText {
    var text = self
    (text.words, text.comparisons, text.handwritten) = (result.words, result.comparisons, result.handwritten)
    if result.leftOut > 0 { text.trouble = .tooManyLines(result.leftOut) }
    text.grey = nil
    return text
  }
}
