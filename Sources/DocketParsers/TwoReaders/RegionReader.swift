import Docket

/// Reads parts of a page again, each by itself and large enough for both readers.
struct RegionReader {
  let engine: TesseractEngine
  /// Nil where Tesseract reads alone.
  let two: TwoReaders?
  /// Dots per inch.
  let resolution: Int

  /// So high a line is drawn, if it is lower: Tesseract reads small print badly.
  private static let height = 48.0
  private static let greatestScale = 4.0
  /// Of the region's height, left around it.
  private static let margin = 0.4

  /// - Parameter box: in pixels of the picture, which lies upright.
  /// - Returns: words, and what each reader read, in pixels of the picture, from left to right.
  func read(_ picture: LeptonicaPicture, box: PixelBox, isNumber: Bool) -> TwoReaders.Result {
    let height = box.bottom - box.top
    let width = box.right - box.left
    guard box.left.isFinite, box.top.isFinite, width.isFinite, height.isFinite, height >= 2, width >= 2 else {
      return TwoReaders.Result()
    }
    let scale = min(max(RegionReader.height / height, 1), RegionReader.greatestScale)
    let margin = RegionReader.margin * height
    let around = PixelBox(
      left: box.left - margin, top: box.top - margin, right: box.right + margin, bottom: box.bottom + margin)
    guard let part = picture.part(around, scale: scale), let grey = part.picture.grey(), !grey.isBlank else {
      return TwoReaders.Result()
    }
    let inner = PixelBox(
      left: (box.left - part.left) * scale, top: (box.top - part.top) * scale,
      right: (box.right - part.left) * scale, bottom: (box.bottom - part.top) * scale)
    let characters = isNumber ? ReadRegion.numberMarks : nil
    let dots = Int((Double(resolution) * scale).rounded())
    func recognize(_ boxes: [PixelBox]) -> [[Word]] {
      engine.words(in: grey, boxes: boxes, resolution: dots, only: characters)
    }
    var result = two?.read(grey, box: inner, only: characters, recognize: recognize) ?? TwoReaders.Result()
    if two == nil { result.words = recognize([inner]).flatMap { $0 } }
    let (left, top) = (Float(part.left), Float(part.top))
    for index in result.words.indices {
      result.words[index] = result.words[index].scaled(by: Float(1 / scale))
      result.words[index].x += left
      result.words[index].y += top
    }
    for index in result.comparisons.indices {
      result.comparisons[index] = result.comparisons[index].scaled(by: Float(1 / scale))
      result.comparisons[index].x += left
      result.comparisons[index].y += top
    }
    return result
  }
}
