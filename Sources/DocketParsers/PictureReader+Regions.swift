import Docket

/// Parts of a page that are read again.
extension PictureReader {
  /// What stands in some regions of a page, in its unit; a line of words a region.
  ///
  /// - Parameter scale: pixels a unit.
  func read(
    _ picture: LeptonicaPicture, regions: [ReadRegion], scale: Double, resolution: Int, settings: ReadSettings,
    lineModel: LineModel?
  ) throws(DocketError) -> TwoReaders.Result {
    let engine = try engines.engine(for: settings.languages)
    let isKnown = settings.mode != .tesseract && LineModel.languages.isSuperset(of: settings.languages)
    let readers = isKnown ? try? lineModel?.readers() : nil
    let reader = RegionReader(
      engine: engine, two: readers.map { TwoReaders(readers: $0, compares: settings.comparesReaders) },
      resolution: resolution)
    var result = TwoReaders.Result()
    var turned: [Int: LeptonicaPicture] = [0: picture]
    for (line, region) in regions.enumerated() {
      let quarters = region.rotation / 90 & 3
      guard let upright = turned[quarters] ?? picture.turned(quarters: quarters) else { continue }
      turned[quarters] = upright
      let box = PixelBox(
        left: Double(region.x) * scale, top: Double(region.y) * scale,
        right: Double(region.x + region.width) * scale, bottom: Double(region.y + region.height) * scale)
      let found = reader.read(upright, box: box, isNumber: region.isNumber)
      result.words += found.words.map { word in
        var word = word.scaled(by: Float(1 / scale))
        word.line = Int32(line)
        return word
      }
      result.comparisons += found.comparisons.map { $0.scaled(by: Float(1 / scale)) }
    }
    return result
  }

  /// A page's words, its doubtful numbers looked at again.
  ///
  /// - Parameter grey: the picture in whose pixels the words' boxes are.
  func surer(
    _ text: PictureText, in grey: GreyPicture?, resolution: Int, _ settings: ReadSettings, _ two: TwoReaders
  ) throws(DocketError) -> PictureText {
    guard NumberLook.isWorth(text.words), let picture = grey.flatMap(LeptonicaPicture.init) else { return text }
    var text = text
    let engine = try engines.engine(for: settings.languages)
    NumberLook(reader: RegionReader(engine: engine, two: two, resolution: resolution)).improve(&text.words, in: picture)
    return text
  }
}
