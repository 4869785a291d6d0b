/// Reads a document's bytes. The real one is a pool of worker processes; tests have scripted ones.
///
/// Nothing hostile is parsed on this side: a reader hands on words, and children's bytes to be stored.
package protocol DocumentReader: Sendable {
  /// Versions of the parsers, the C libraries and the OCR data: part of the read stage's fingerprint.
  var fingerprint: ContentDigest { get async throws(DocketError) }

  /// - Parameters:
  ///   - file: where the bytes lie; opened here and passed on as a descriptor.
  ///   - pages: called for every page in order, so that 10,000 pages need no more memory than one.
  ///   - members: called with each child's bytes as they are found; returns once they are durable or dropped.
  func read(
    _ file: ReadableFile, settings: ReadSettings, into sink: any ReadingSink
  ) async throws(DocketError) -> ReadingSummary
}

/// A file to be read, by a path that the main process may open.
package struct ReadableFile: Hashable, Sendable {
  package var path: String
  /// The name it came with; for messages and as a last hint of its type.
  package var name: String
  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}

/// Takes what a reader finds, as it is found.
package protocol ReadingSink: Sendable {
  func page(_ page: PageReading) async throws(DocketError)
  /// A child's bytes, whole; readers keep to `limits.bytes`.
  func member(_ member: Member, bytes: [UInt8]) async throws(DocketError)
}

/// What is left of a reading once its pages and members are handed on.
package struct ReadingSummary: Hashable, Sendable {
  package var mediaType: String
  /// Nil for paged documents, whose pages went to the sink.
  package var content: Reading.Content?
  package var embedded: [EmbeddedTree]
  package var pageCount: Int
  package var findings: [Finding]
  /// Of the worker, in seconds.
  package var cpuSeconds: Double

  package init(
    mediaType: String, content: Reading.Content? = nil, embedded: [EmbeddedTree] = [], pageCount: Int = 0,
    findings: [Finding] = [], cpuSeconds: Double = 0
  ) {
    self.mediaType = mediaType
    self.content = content
    self.embedded = embedded
    self.pageCount = pageCount
    self.findings = findings
    self.cpuSeconds = cpuSeconds
  }
}

/// How to read; part of the read stage's fingerprint.
package struct ReadSettings: Hashable, Sendable {
  /// Tesseract's names: `eng`, `deu`.
  package var languages: [String]
  /// Tesseract's page segmentation mode for scans.
  package var segmentation: Int
  /// Dots per inch at which pages without a good text layer are rendered.
  package var renderResolution: Int
  package var mode: ReadingMode
  /// Whether pages say what each of two readers read.
  package var comparesReaders: Bool
  package var limits: ReadLimits
  /// What alone is read, of pages that were read before; all pages as a whole where there are none.
  package var regions: [ReadRegion] = []

  package init(
    languages: [String] = ["eng"], segmentation: Int = 6, renderResolution: Int = 200, mode: ReadingMode = .best,
    comparesReaders: Bool = false, limits: ReadLimits = .init()
  ) {
    self.languages = languages
    self.segmentation = segmentation
    self.renderResolution = renderResolution
    self.mode = mode
    self.comparesReaders = comparesReaders
    self.limits = limits
  }

  /// Nil where pages are read as a whole.
  package func regions(ofPage number: Int) -> [ReadRegion]? {
    regions.isEmpty ? nil : regions.filter { $0.page == number }
  }
}

/// A pipeline's `limits:`; each has its error code.
package struct ReadLimits: Hashable, Sendable {
  package var seconds: Int
  package var pages: Int
  /// Of the file, and of all that it unpacks to.
  package var bytes: Int
  package var pixelsPerPage: Int
  package var parts: Int
  package var depth: Int

  package init(
    seconds: Int = 120, pages: Int = 2000, bytes: Int = 200_000_000, pixelsPerPage: Int = 100_000_000,
    parts: Int = 10_000, depth: Int = 8
  ) {
    self.seconds = seconds
    self.pages = pages
    self.bytes = bytes
    self.pixelsPerPage = pixelsPerPage
    self.parts = parts
    self.depth = depth
  }
}
