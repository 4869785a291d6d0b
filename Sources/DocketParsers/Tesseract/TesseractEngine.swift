import CTesseract
import Docket

/// Owns an OCR engine of Tesseract, kept for a worker's life: starting one costs a tenth of a second.
///
/// Deterministic: the LSTM engine has no state that one page leaves to the next.
final class TesseractEngine {
  private let handle: OpaquePointer
  let languages: [String]

  /// - Throws: `ocr-language-missing`.
  init(languages: [String]) throws(DocketError) {
    guard let handle = TessBaseAPICreate() else {
      throw DocketError(.unexpected, "Tesseract cannot be started.")
    }
    TessBaseAPISetVariable(handle, "debug_file", "/dev/null")
    let isReady = TessBaseAPIInit2(handle, nil, languages.joined(separator: "+"), OEM_LSTM_ONLY) == 0
    // Where one of several is there, Tesseract goes on with that one and says nothing.
    let loaded = isReady ? TesseractEngine.loaded(handle) : []
    let missing = languages.filter { !loaded.contains($0) }
    guard missing.isEmpty else {
      TessBaseAPIDelete(handle)
      let packages = missing.map { "tesseract-ocr-\($0)" }.joined(separator: " ")
      throw DocketError(
        .languageMissing, "Tesseract has no data for `\(missing.joined(separator: "+"))`.",
        hint: "Install it with `apt-get install \(packages)`.")
    }
    self.handle = handle
    self.languages = languages
  }

  deinit {
    TessBaseAPIEnd(handle)
    TessBaseAPIDelete(handle)
  }

  private static func loaded(_ handle: OpaquePointer) -> [String] {
    guard let names = TessBaseAPIGetLoadedLanguagesAsVector(handle) else { return [] }
    defer { TessDeleteTextArray(names) }
    var loaded: [String] = []
    var next = names
    while let name = next.pointee {
      loaded.append(String(cString: name))
      next += 1
    }
    return loaded
  }

  static var version: String { TessVersion().map { String(cString: $0) } ?? "" }

  /// The words of an upright picture, boxes in its pixels, top to bottom as Tesseract orders them.
  func words(in picture: GreyPicture, resolution: Int, segmentation: Int) -> [Word] {
    TessBaseAPISetPageSegMode(handle, TessPageSegMode(rawValue: UInt32(segmentation)))
    defer { TessBaseAPIClear(handle) }
    return picture.pixels.withUnsafeBufferPointer { pixels in
      show(pixels, of: picture, resolution: resolution)
      guard TessBaseAPIRecognize(handle, nil) == 0, let results = TessBaseAPIGetIterator(handle) else { return [] }
      defer { TessResultIteratorDelete(results) }
      return TesseractEngine.words(of: results)
    }
  }

  /// Where words stand, without their texts: the same boxes and lines, for a fifth of the time.
  func layout(of picture: GreyPicture, resolution: Int, segmentation: Int) -> [Word] {
    TessBaseAPISetPageSegMode(handle, TessPageSegMode(rawValue: UInt32(segmentation)))
    defer { TessBaseAPIClear(handle) }
    return picture.pixels.withUnsafeBufferPointer { pixels in
      show(pixels, of: picture, resolution: resolution)
      guard let place = TessBaseAPIAnalyseLayout(handle) else { return [] }
      defer { TessPageIteratorDelete(place) }
      var words: [Word] = []
      var line: Int32 = -1
      repeat {
        if TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE) != 0 { line += 1 }
        if let box = TesseractEngine.box(at: place) {
          words.append(Word(text: "", x: box.x, y: box.y, width: box.width, height: box.height, line: max(0, line)))
        }
      } while TessPageIteratorNext(place, RIL_WORD) != 0
      return words
    }
  }

  /// The words in each of some boxes, taken as one line each.
  ///
  /// - Parameter only: the characters that can stand there; nil for all.
  func words(
    in picture: GreyPicture, boxes: [PixelBox], resolution: Int, only characters: String? = nil
  ) -> [[Word]] {
    guard !boxes.isEmpty else { return [] }
    TessBaseAPISetPageSegMode(handle, PSM_SINGLE_LINE)
    if let characters { TessBaseAPISetVariable(handle, "tessedit_char_whitelist", characters) }
    defer {
      if characters != nil { TessBaseAPISetVariable(handle, "tessedit_char_whitelist", "") }
      TessBaseAPIClear(handle)
    }
    return picture.pixels.withUnsafeBufferPointer { pixels in
      show(pixels, of: picture, resolution: resolution)
      return boxes.map { box in
        // Letters that touch the edge are read badly.
        let margin = max(2, (box.bottom - box.top) * 0.15)
        let (left, top) = (max(0, Int(box.left - margin)), max(0, Int(box.top - margin)))
        let right = min(picture.width, Int(box.right + margin) + 1)
        let bottom = min(picture.height, Int(box.bottom + margin) + 1)
        guard right - left >= 8, bottom - top >= 8 else { return [] }
        TessBaseAPISetRectangle(handle, Int32(left), Int32(top), Int32(right - left), Int32(bottom - top))
        guard TessBaseAPIRecognize(handle, nil) == 0, let results = TessBaseAPIGetIterator(handle) else { return [] }
        defer { TessResultIteratorDelete(results) }
        return TesseractEngine.words(of: results)
      }
    }
  }

  private func show(_ pixels: UnsafeBufferPointer<UInt8>, of picture: GreyPicture, resolution: Int) {
    TessBaseAPISetImage(
      handle, pixels.baseAddress, Int32(picture.width), Int32(picture.height), 1, Int32(picture.width))
    TessBaseAPISetSourceResolution(handle, Int32(resolution))
  }

  private static func box(at place: OpaquePointer?) -> (x: Float, y: Float, width: Float, height: Float)? {
    var (left, top, right, bottom): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard TessPageIteratorBoundingBox(place, RIL_WORD, &left, &top, &right, &bottom) != 0 else { return nil }
    return (Float(left), Float(top), Float(right - left), Float(bottom - top))
  }

  private static func words(of results: OpaquePointer) -> [Word] {
    let place = TessResultIteratorGetPageIterator(results)
    var words: [Word] = []
    var line: Int32 = -1
    repeat {
      if TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE) != 0 { line += 1 }
      guard let text = TessResultIteratorGetUTF8Text(results, RIL_WORD) else { continue }
      defer { TessDeleteText(text) }
      let string = String(cString: text)
      guard string.contains(where: { !$0.isWhitespace }) else { continue }
      guard let box = box(at: place) else { continue }
      words.append(
        Word(
          text: string, x: box.x, y: box.y, width: box.width, height: box.height,
          confidence: max(0, min(1, TessResultIteratorConfidence(results, RIL_WORD) / 100)), line: max(0, line)))
    } while TessResultIteratorNext(results, RIL_WORD) != 0
    return words
  }
}

/// The engines of a worker, one a set of languages.
final class TesseractEngines {
  private var engines: [[String]: TesseractEngine] = [:]

  func engine(for languages: [String]) throws(DocketError) -> TesseractEngine {
    if let engine = engines[languages] { return engine }
    let engine = try TesseractEngine(languages: languages)
    engines[languages] = engine
    return engine
  }
}
