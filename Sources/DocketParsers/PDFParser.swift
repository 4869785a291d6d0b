import CPoppler
package import Docket

/// PDF: each page judged on its own; embedded files are members, e-invoices among them are read at once.
package final class PDFParser: Parser {
  package static let mediaTypes: Set<String> = [MediaType.pdf]
  package static var version: String {
    "pdf 4 poppler \(poppler_get_version().map { String(cString: $0) } ?? "") tesseract \(TesseractEngine.version) \(TwoReaders.version)"
  }

  private let pictures = PictureReader()
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let document = try PopplerDocument(bytes: input.bytes)
    let pageCount = document.pageCount
    guard pageCount > 0 else { throw DocketError(.pdfDamaged, "The PDF has no pages.") }
    guard pageCount <= input.settings.limits.pages else {
      throw DocketError(
        .tooManyPages, "The PDF has \(pageCount) pages; \(input.settings.limits.pages) are allowed.")
    }
    var summary = ReadingSummary(mediaType: MediaType.pdf, pageCount: pageCount)
    var opened = 0
    for number in 1...pageCount {
      guard let page = document.page(number) else {
        summary.findings.append(Finding("page-damaged", .warning, "Page \(number) cannot be opened."))
        if let known = input.resumesAfter, number <= known { continue }
        try output.page(PageReading(number: number, width: 0, height: 0, unit: .point, source: .blank))
        continue
      }
      opened += 1
      if let known = input.resumesAfter, number <= known { continue }
      let drawing = Drawing(output: output, isAllowed: input.resumesAfter != number - 1)
      try output.page(try reading(of: page, number: number, input, drawing))
    }
    guard opened > 0 else { throw DocketError(.pdfDamaged, "No page of the PDF can be opened.") }
    // What a signature covers always stands in the open: it can lie in no packed stream.
    if document.hasSignatureField, input.bytes.firstRange(of: "/ByteRange") != nil {
      summary.findings.append(
        Finding("pdf-signed", .note, "The PDF carries a signature, which was not verified."))
    }
    try attachments(of: document, input: input, into: output, summary: &summary)
    return summary
  }

  /// Whether and how a page may be drawn.
  private struct Drawing {
    let output: any ParserOutput
    /// False for the page that took too long.
    let isAllowed: Bool

    func callAsFunction<Result>(_ work: () -> Result?) -> Result? { isAllowed ? output.drawing(work) : nil }
  }

  private func reading(
    of page: PopplerPage, number: Int, _ input: ParserInput, _ drawing: Drawing
  ) throws(DocketError) -> PageReading {
    let (width, height) = page.size
    var reading = PageReading(
      number: number, width: Float(width), height: Float(height), unit: .point, source: .layer)
    if let regions = input.settings.regions(ofPage: number) {
      let found = try again(page, regions: regions, input, drawing)
      (reading.words, reading.comparisons) = (found.words, found.comparisons)
      reading.source = reading.words.isEmpty ? .blank : .ocr
      return reading
    }
    reading.notes = page.notes
    let layer = page.characters { WordAssembly(text: $0, boxes: $1) }
    let judgement = LayerJudgement.of(layer) { page.pictureShare }
    switch judgement {
    case .good:
      reading.words = layer?.words ?? []
      let onTop = drawing { AnnotationText.words(on: page, beside: reading.words) }
      reading.words += onTop ?? []
      if onTop == nil {
        let reason = drawing.isAllowed ? "is too large to be rendered" : "takes too long to be drawn"
        reading.findings.append(PDFParser.notDrawn(number, reason))
      }
    case .missing:
      try recognize(page, input, drawing, into: &reading, instead: layer)
    case .bad(let reason):
      reading.findings.append(
        Finding("bad-text-layer", .note, "The text layer of page \(number) was not used: \(reason)."))
      try recognize(page, input, drawing, into: &reading, instead: layer)
      if reading.source == .ocr { reading.source = .ocrOverBadLayer }
    }
    return reading
  }

  /// Some regions of a page, drawn at twice the resolution of pages.
  private func again(
    _ page: PopplerPage, regions: [ReadRegion], _ input: ParserInput, _ drawing: Drawing
  ) throws(DocketError) -> TwoReaders.Result {
    guard !regions.isEmpty else { return TwoReaders.Result() }
    let (width, height) = page.size
    let settings = input.settings
    let wished = Double(2 * settings.renderResolution)
    let most = 72 * (Double(settings.limits.pixelsPerPage) / max(1, Double(width) * Double(height))).squareRoot()
    let resolution = min(wished, most)
    guard let grey = drawing({ page.rendered(resolution: resolution) }), let picture = LeptonicaPicture(grey) else {
      return TwoReaders.Result()
    }
    return try pictures.read(
      picture, regions: regions, scale: resolution / 72, resolution: Int(resolution), settings: settings,
      lineModel: input.lineModel)
  }

  private static func notDrawn(_ number: Int, _ reason: String) -> Finding {
    Finding("page-not-rendered", .warning, "Page \(number) \(reason).")
  }

  /// Renders the page and reads the picture; what a poor layer has stays where OCR finds nothing.
  private func recognize(
    _ page: PopplerPage, _ input: ParserInput, _ drawing: Drawing, into reading: inout PageReading,
    instead layer: WordAssembly?
  ) throws(DocketError) {
    reading.words = layer?.words ?? []
    reading.source = reading.words.isEmpty ? .blank : .layer
    guard drawing.isAllowed else {
      throw DocketError(
        .pageTimeout, "Page \(reading.number) takes too long to be drawn, and has no good text of its own.")
    }
    let settings = input.settings
    let resolution = Double(settings.renderResolution)
    let pixels = Double(reading.width) * Double(reading.height) * resolution * resolution / (72 * 72)
    guard pixels <= Double(settings.limits.pixelsPerPage),
      let grey = drawing({ page.rendered(resolution: resolution) }), let picture = LeptonicaPicture(grey)
    else {
      reading.findings.append(PDFParser.notDrawn(reading.number, "is too large to be rendered"))
      return
    }
    guard !grey.isBlank else { return }
    let text = try pictures.read(
      picture, resolution: settings.renderResolution, settings: settings, lineModel: input.lineModel)
    let scale = Float(72 / resolution)
    var words = text.words.map { $0.scaled(by: scale) }
    // Places of fields are those of the page as it lies.
    let liesAsItIs = text.quarters == 0 && text.straightened == 0
    let fields = liesAsItIs ? drawing { AnnotationText.words(on: page, beside: []) } ?? [] : []
    words = AnnotationText.merge(fields, over: words)
    guard !words.isEmpty || reading.words.isEmpty else { return }
    reading.words = words
    reading.source = .ocr
    reading.rotation = text.quarters * 90
    reading.findings += text.findings(page: reading.number)
    reading.comparisons = text.comparisons.map { $0.scaled(by: scale) }
    if text.quarters % 2 == 1 { (reading.width, reading.height) = (reading.height, reading.width) }
    if text.straightened != 0 {
      (reading.width, reading.height) = (Float(text.width) * scale, Float(text.height) * scale)
    }
  }

  private func attachments(
    of document: PopplerDocument, input: ParserInput, into output: any ParserOutput, summary: inout ReadingSummary
  ) throws(DocketError) {
    var left = input.settings.limits.bytes
    for (index, attachment) in document.attachments(limit: left).enumerated() {
      guard index < input.settings.limits.parts else {
        throw DocketError(.tooManyParts, "The PDF holds more than \(input.settings.limits.parts) files.")
      }
      guard let bytes = attachment.bytes, bytes.count <= left else {
        throw DocketError(.tooManyBytes, "The files in the PDF are larger than \(input.settings.limits.bytes) bytes.")
      }
      left -= bytes.count
      let part = PartPath("attachment/\(index + 1)")
      let name = attachment.name.isEmpty ? "attachment-\(index + 1)" : attachment.name
      if let root = bytes.withUnsafeBytes({ XMLParser.structuredOriginal(in: $0) }) {
        summary.embedded.append(EmbeddedTree(name: name, part: part, root: root))
      }
      let outcome: Result<Void, DocketError> = bytes.withUnsafeBytes { raw in
        Result { () throws(DocketError) in try output.member(part: part, name: name, bytes: raw) }
      }
      try outcome.get()
    }
  }
}

extension Word {
  /// The same word in another unit of length.
  func scaled(by factor: Float) -> Word {
    var word = self
    (word.x, word.y) = (x * factor, y * factor)
    (word.width, word.height) = (width * factor, height * factor)
    return word
  }
}

extension ReadingComparison {
  /// The same in another unit of length.
  func scaled(by factor: Float) -> ReadingComparison {
    ReadingComparison(
      tesseract: tesseract, lines: lines, chosen: chosen, confidence: confidence, x: x * factor, y: y * factor,
      width: width * factor, height: height * factor)
  }
}
