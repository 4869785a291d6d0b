package import Docket

/// Pictures: JPEG, PNG, TIFF with one page or many, and whatever else Leptonica decodes.
package final class ScanParser: Parser {
  package static let mediaTypes: Set<String> = [
    MediaType.jpeg, MediaType.png, MediaType.tiff, MediaType.jp2, MediaType.heic, MediaType.avif, "image/gif",
    "image/webp", "image/bmp", "image/x-ms-bmp",
    "image/x-portable-bitmap", "image/x-portable-graymap", "image/x-portable-pixmap",
  ]
  package static var version: String {
    "scan 7 leptonica \(LeptonicaPicture.version) libheif \(HeifPicture.version) tesseract \(TesseractEngine.version) \(TwoReaders.version)"
  }

  private let pictures = PictureReader()
  package init() { LeptonicaPicture.beSilent() }

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let isHeif = input.mediaType == MediaType.heic || input.mediaType == MediaType.avif
    guard let size = isHeif ? HeifPicture.size(of: input.bytes) : LeptonicaPicture.size(of: input.bytes) else {
      throw ScanParser.damaged
    }
    try hold(size, to: input.settings.limits)
    var summary = ReadingSummary(mediaType: input.mediaType)
    if input.mediaType == MediaType.tiff {
      try readTIFF(input, into: output, summary: &summary)
    } else if isHeif {
      guard let grey = HeifPicture.decoded(input.bytes), let picture = LeptonicaPicture(grey) else {
        throw ScanParser.damaged
      }
      try output.page(try reading(of: picture, number: 1, input))
      summary.pageCount = 1
    } else {
      guard let picture = LeptonicaPicture.decoded(input.bytes) else { throw ScanParser.damaged }
      let upright = picture.upright(exif: EXIFOrientation.of(input.bytes))
      try output.page(try reading(of: upright, number: 1, input))
      summary.pageCount = 1
    }
    return summary
  }

  private static let damaged = DocketError(.imageDamaged, "The picture cannot be decoded.")

  private func hold(_ size: (width: Int, height: Int), to limits: ReadLimits) throws(DocketError) {
    let (pixels, overflow) = size.width.multipliedReportingOverflow(by: size.height)
    guard !overflow, pixels <= limits.pixelsPerPage else {
      throw DocketError(
        .tooManyPixels, "The picture has \(size.width) by \(size.height) pixels; \(limits.pixelsPerPage) are allowed.")
    }
  }

  private func readTIFF(
    _ input: ParserInput, into output: any ParserOutput, summary: inout ReadingSummary
  ) throws(DocketError) {
    var offset = 0
    var number = 0
    repeat {
      // A small first page may stand before one that fills the memory.
      if let size = LeptonicaPicture.size(ofPage: number + 1, inTIFF: input.bytes) {
        try hold(size, to: input.settings.limits)
      }
      guard let picture = LeptonicaPicture.nextPage(ofTIFF: input.bytes, offset: &offset) else {
        summary.findings.append(
          Finding("page-damaged", .warning, "Page \(number + 1) cannot be decoded; what follows it was not read."))
        break
      }
      number += 1
      guard number <= input.settings.limits.pages else {
        throw DocketError(.tooManyPages, "The picture file has more than \(input.settings.limits.pages) pages.")
      }
      try output.page(try reading(of: picture, number: number, input))
    } while offset != 0
    guard number > 0 else { throw ScanParser.damaged }
    summary.pageCount = number
  }

  private func reading(
    of picture: LeptonicaPicture, number: Int, _ input: ParserInput
  ) throws(DocketError) -> PageReading {
    if let regions = input.settings.regions(ofPage: number) {
      let found = try pictures.read(
        picture, regions: regions, scale: 1, resolution: Resolution.plausible(for: picture),
        settings: input.settings, lineModel: input.lineModel)
      var reading = PageReading(
        number: number, width: Float(picture.width), height: Float(picture.height), unit: .pixel,
        source: found.words.isEmpty ? .blank : .ocr, words: found.words)
      reading.comparisons = found.comparisons
      return reading
    }
    let text = try pictures.read(
      picture, resolution: Resolution.plausible(for: picture), settings: input.settings, lineModel: input.lineModel)
    var reading = PageReading(
      number: number, width: Float(text.width), height: Float(text.height), unit: .pixel,
      rotation: text.quarters * 90, source: text.isBlank ? .blank : .ocr, words: text.words)
    reading.findings += text.findings(page: number)
    reading.comparisons = text.comparisons
    return reading
  }
}

/// Dots per inch that may be believed.
enum Resolution {
  /// The tag where the page it implies is between a ticket and a poster; else what makes an A4 page of the picture.
  static func plausible(for picture: LeptonicaPicture) -> Int {
    let tagged = picture.taggedResolution
    let longer = max(picture.width, picture.height)
    if tagged >= 70, tagged <= 1200, (3...25).contains(longer / tagged) { return tagged }
    return max(70, min(600, longer * 10 / 117))
  }
}
