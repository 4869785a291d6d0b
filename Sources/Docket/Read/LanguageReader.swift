/// Finds out in which language a scan must be read: what the first language made of the first page tells, by its
/// common words, whether another one fits better; then, and only then, the document is read again with that one.
///
/// Costs nothing where the first language is right, which is what most scans are. Languages that are stated are
/// left as they are.
package struct LanguageReader: DocumentReader {
  private let base: any DocumentReader
  private let stops: [(tesseract: String, keys: Set<String>)]
  private let words: ContentDigest
  private let installed: @Sendable () async throws(DocketError) -> [String]

  /// The setting that asks for it.
  package static let automatic = "auto"
  /// What is tried first: its letters are in all the others.
  private static let first = "eng"

  /// - Parameter installed: Tesseract's names of the languages that are there.
  package init(
    _ base: any DocumentReader, words languages: [LanguageWords],
    installed: @escaping @Sendable () async throws(DocketError) -> [String]
  ) {
    self.base = base
    self.installed = installed
    words = .joining(languages.map(\.digest))
    stops = languages.compactMap { language in
      LanguageReader.tesseractNames[language.language].map {
        ($0, Set(language.words[.stop, default: []].map { LabelKey.of($0) }.filter { $0.utf8.count >= 3 }))
      }
    }
  }

  /// ISO 639-1 to Tesseract's names, which are mostly ISO 639-2/T.
  package static let tesseractNames = [
    "da": "dan", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "nl": "nld", "pl": "pol", "pt": "por",
    "sv": "swe",
  ]

  package var fingerprint: ContentDigest {
    get async throws(DocketError) { .joining([try await base.fingerprint, ContentDigest(of: "languages 2"), words]) }
  }

  package func read(
    _ file: ReadableFile, settings: ReadSettings, into sink: any ReadingSink
  ) async throws(DocketError) -> ReadingSummary {
    guard settings.languages == [LanguageReader.automatic] else {
      return try await base.read(file, settings: settings, into: sink)
    }
    let there = try await installed()
    var settings = settings
    settings.languages = [there.contains(LanguageReader.first) ? LanguageReader.first : there.first ?? "eng"]
    let probe = LanguageProbe(sink, first: settings.languages[0], among: stops.filter { there.contains($0.tesseract) })
    do throws(DocketError) {
      let summary = try await base.read(file, settings: settings, into: probe)
      try await probe.finish()
      return summary
    } catch {
      guard let better = await probe.better else { throw error }
      settings.languages = [better]
      return try await base.read(file, settings: settings, into: sink)
    }
  }
}

/// Holds pages back until it is clear in which language they are.
private actor LanguageProbe: ReadingSink {
  private let sink: any ReadingSink
  private let first: String
  private let stops: [(tesseract: String, keys: Set<String>)]
  private var held: [PageReading] = []
  private var scanned = 0
  private var counts: [Int]
  /// Which of each language's words were seen.
  private var seen: [Set<String>]
  private var isSettled = false
  /// The language that the document must be read again with.
  private(set) var better: String?

  /// So many scanned pages are looked at.
  private static let pages = 3
  /// So many common words, of so many kinds, and so many times those of the first language, make a language. Short
  /// ones are left out: `No` stands on every form.
  private static let least = 4
  private static let kinds = 3
  private static let lead = 1.5

  init(_ sink: any ReadingSink, first: String, among stops: [(tesseract: String, keys: Set<String>)]) {
    self.sink = sink
    self.first = first
    self.stops = stops
    counts = stops.map { _ in 0 }
    seen = stops.map { _ in [] }
    isSettled = !stops.contains { $0.tesseract != first }
  }

  func page(_ page: PageReading) async throws(DocketError) {
    guard !isSettled else { return try await sink.page(page) }
    held.append(page)
    guard page.source == .ocr || page.source == .ocrOverBadLayer else {
      if held.count > LanguageProbe.pages { try await finish() }
      return
    }
    scanned += 1
    for word in page.words {
      let key = LabelKey.of(word.text)
      for (index, stop) in stops.enumerated() where stop.keys.contains(key) {
        counts[index] += 1
        seen[index].insert(key)
      }
    }
    let own = stops.firstIndex { $0.tesseract == first }.map { counts[$0] } ?? 0
    if let most = counts.max(), most >= LanguageProbe.least, Double(most) >= LanguageProbe.lead * Double(own),
      let place = counts.firstIndex(of: most), stops[place].tesseract != first,
      seen[place].count >= LanguageProbe.kinds
    {
      better = stops[place].tesseract
      throw DocketError(.interrupted, "The document is read again in another language.")
    }
    if own >= LanguageProbe.least || scanned >= LanguageProbe.pages { try await finish() }
  }

  func member(_ member: Member, bytes: [UInt8]) async throws(DocketError) {
    try await finish()
    try await sink.member(member, bytes: bytes)
  }

  /// What was held back goes on.
  func finish() async throws(DocketError) {
    isSettled = true
    let pages = held
    held = []
    for page in pages { try await sink.page(page) }
  }
}
