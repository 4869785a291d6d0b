package import Docket

/// What the payloads of frames say. Pages and summaries are coded as they are stored; see `ReadingCoding`.
package enum Message {
  /// Raised with every change of the frames; a pool refuses a worker of another version.
  package static let version: UInt32 = 4

  /// A request to read the document whose descriptor comes with the frame.
  package struct Request: Hashable, Sendable {
    package var name: String
    package var settings: ReadSettings
    /// How many pages are known already; the next one is not to be drawn. Nil where the document is read at first.
    package var resumesAfter: Int?
    package init(name: String, settings: ReadSettings, resumesAfter: Int? = nil) {
      self.name = name
      self.settings = settings
      self.resumesAfter = resumesAfter
    }
  }

  package static func encode(_ request: Request) -> [UInt8] {
    var out = ByteWriter()
    out.put(request.name)
    out.put(request.settings.languages) { $0.put($1) }
    let limits = request.settings.limits
    for number in [
      request.settings.segmentation, request.settings.renderResolution, limits.seconds, limits.pages, limits.bytes,
      limits.pixelsPerPage, limits.parts, limits.depth, request.resumesAfter ?? -1,
      ReadingMode.allCases.firstIndex(of: request.settings.mode) ?? 0, request.settings.comparesReaders ? 1 : 0,
    ] { out.put(Int64(number)) }
    out.put(request.settings.regions) { out, region in
      for number in [region.page, region.rotation, region.isNumber ? 1 : 0] { out.put(Int32(clamping: number)) }
      for side in [region.x, region.y, region.width, region.height] { out.put(side.bitPattern) }
    }
    return out.bytes
  }

  private static func takeRegions(from input: inout ByteReader) throws(DocketError) -> [ReadRegion] {
    let regions = try input.takeList(smallest: 28) { input throws(DocketError) in
      let numbers = try input.take(column: 3, of: Int32.self)
      let sides = try input.take(column: 4, of: UInt32.self).map { Float(bitPattern: $0) }
      guard sides.allSatisfy({ abs($0) < 1e6 }) else { throw ByteReader.damaged("a region lies on no page") }
      return ReadRegion(
        page: Int(numbers[0]), x: sides[0], y: sides[1], width: sides[2], height: sides[3], rotation: Int(numbers[1]),
        isNumber: numbers[2] != 0)
    }
    guard regions.count <= ReadRegion.most else { throw ByteReader.damaged("more regions than are read of a page") }
    return regions
  }

  package static func decodeRequest(_ payload: [UInt8]) throws(DocketError) -> Request {
    var input = ByteReader(payload)
    let name = try input.takeText()
    let languages = try input.takeList(smallest: 4) { input throws(DocketError) in try input.takeText() }
    let numbers = try input.take(column: 11, of: Int64.self).map { Int($0) }
    let regions = try takeRegions(from: &input)
    try input.finish()
    guard ReadingMode.allCases.indices.contains(numbers[9]) else {
      throw ByteReader.damaged("a request's mode of reading is unknown")
    }
    let limits = ReadLimits(
      seconds: numbers[2], pages: numbers[3], bytes: numbers[4], pixelsPerPage: numbers[5], parts: numbers[6],
      depth: numbers[7])
    var settings = ReadSettings(
      languages: languages, segmentation: numbers[0], renderResolution: numbers[1],
      mode: ReadingMode.allCases[numbers[9]], comparesReaders: numbers[10] != 0, limits: limits)
    settings.regions = regions
    return Request(name: name, settings: settings, resumesAfter: numbers[8] < 0 ? nil : numbers[8])
  }

  /// The head of a member; its bytes follow in `memberBytes` frames.
  package struct MemberHead: Hashable, Sendable {
    package var part: PartPath
    package var name: String
    package var byteCount: Int
    package init(part: PartPath, name: String, byteCount: Int) {
      self.part = part
      self.name = name
      self.byteCount = byteCount
    }
  }

  package static func encode(_ head: MemberHead) -> [UInt8] {
    var out = ByteWriter()
    out.put(head.part.text)
    out.put(head.name)
    out.put(UInt64(head.byteCount))
    return out.bytes
  }

  package static func decodeMemberHead(_ payload: [UInt8]) throws(DocketError) -> MemberHead {
    var input = ByteReader(payload)
    let part = PartPath(try input.takeText())
    let name = try input.takeText()
    let count = Int(clamping: try input.take(UInt64.self))
    try input.finish()
    return MemberHead(part: part, name: name, byteCount: count)
  }

  /// The end of a document that was read, with what it cost.
  package static func encodeDone(_ summary: ReadingSummary, cpuSeconds: Double, peakKiB: Int) -> [UInt8] {
    var out = ByteWriter()
    out.put(UInt64(max(0, cpuSeconds) * 1e6))
    out.put(UInt64(max(0, peakKiB)))
    out.put(ReadingCoding.encode(summary, members: []))
    return out.bytes
  }

  package static func decodeDone(_ payload: [UInt8]) throws(DocketError) -> (summary: ReadingSummary, peakKiB: Int) {
    var input = ByteReader(payload)
    let microseconds = try input.take(UInt64.self)
    let peak = Int(clamping: try input.take(UInt64.self))
    var summary = try ReadingCoding.decodeSummary(input.take(raw: input.remaining)).summary
    summary.cpuSeconds = Double(microseconds) / 1e6
    return (summary, peak)
  }

  package static func encode(_ error: DocketError) -> [UInt8] {
    var out = ByteWriter()
    for text in [error.code.id, error.sentence, error.hint, error.cause ?? ""] { out.put(text) }
    return out.bytes
  }

  /// What a worker says may end on a terminal: control characters are replaced, length is bounded.
  package static func decodeError(_ payload: [UInt8]) throws(DocketError) -> DocketError {
    var input = ByteReader(payload)
    let id = try input.takeText()
    let sentence = tamed(try input.takeText())
    let hint = tamed(try input.takeText())
    let cause = tamed(try input.takeText())
    try input.finish()
    guard let code = ErrorCatalog.code(id) else {
      throw DocketError(.workerCrashed, "The reading program failed with a code that does not exist.")
    }
    return DocketError(code, sentence, hint: hint, cause: cause.isEmpty ? nil : cause, stage: "read")
  }

  private static func tamed(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(1000).map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  /// What a worker is: the versions that its readings depend on, and a JSON object for people.
  package struct Description: Hashable, Sendable {
    package var versions: [String]
    package var json: String
    package init(versions: [String], json: String) {
      self.versions = versions
      self.json = json
    }
  }

  package static func encode(_ description: Description) -> [UInt8] {
    var out = ByteWriter()
    out.put(description.versions) { $0.put($1) }
    out.put(description.json)
    return out.bytes
  }

  package static func decodeDescription(_ payload: [UInt8]) throws(DocketError) -> Description {
    var input = ByteReader(payload)
    let versions = try input.takeList(smallest: 4) { input throws(DocketError) in try input.takeText() }
    let json = try input.takeText()
    try input.finish()
    return Description(versions: versions, json: json)
  }
}
