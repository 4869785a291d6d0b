import Docket
import Testing

@Suite struct LanguageReaderTests {
  /// Reads one scanned page; what is on it depends on the language that it is read with.
  private actor Scanner: DocumentReader {
    let texts: [String: String]
    let source: PageReading.Source
    private(set) var asked: [[String]] = []
    init(_ texts: [String: String], source: PageReading.Source = .ocr) {
      self.texts = texts
      self.source = source
    }

    var fingerprint: ContentDigest { ContentDigest(of: "scanner") }

    func read(
      _ file: ReadableFile, settings: ReadSettings, into sink: any ReadingSink
    ) async throws(DocketError) -> ReadingSummary {
      asked.append(settings.languages)
      let words = (texts[settings.languages[0]] ?? "").split(separator: " ").enumerated().map { place, text in
        Word(text: String(text), x: 10 * Float(place), y: 10, width: 9, height: 10, confidence: 0.9)
      }
      try await sink.page(
        PageReading(number: 1, width: 600, height: 800, unit: .pixel, source: source, words: words))
      return ReadingSummary(mediaType: "image/png", pageCount: 1)
    }
  }

  private actor Pages: ReadingSink {
    private(set) var texts: [String] = []
    func page(_ page: PageReading) { texts.append(page.words.map(\.text).joined(separator: " ")) }
    func member(_ member: Member, bytes: [UInt8]) {}
  }

  private func read(
    _ scanner: Scanner, languages: [String] = ["auto"], installed: [String] = ["deu", "eng"]
  ) async throws -> [String] {
    let words = [("de", ["und", "der", "für", "mit", "bitte"]), ("en", ["and", "the", "for", "with", "please"])].map {
      LanguageWords(language: $0.0, words: [.stop: $0.1], months: [:], digest: ContentDigest(of: $0.0))
    }
    let reader = LanguageReader(scanner, words: words) { () throws(DocketError) in installed }
    let pages = Pages()
    _ = try await reader.read(
      ReadableFile(path: "/a", name: "a.png"), settings: ReadSettings(languages: languages), into: pages)
    return await pages.texts
  }

  @Test("a scan in another language is read again in that one, and handed on once")
  func again() async throws {
    let scanner = Scanner(["eng": "bitte der und mit Gruben", "deu": "bitte der und mit Grüßen"])
    #expect(try await read(scanner) == ["bitte der und mit Grüßen"])
    #expect(await scanner.asked == [["eng"], ["deu"]])
  }

  @Test("a scan in the first language, and a text layer, are read once")
  func once() async throws {
    let scanner = Scanner(["eng": "please the and with for"])
    #expect(try await read(scanner) == ["please the and with for"])
    #expect(await scanner.asked == [["eng"]])
    let layer = Scanner(["eng": "bitte der und mit für"], source: .layer)
    #expect(try await read(layer).count == 1)
    #expect(await layer.asked == [["eng"]])
  }

  @Test("languages that are stated, or not installed, are not second-guessed")
  func stated() async throws {
    let scanner = Scanner(["eng": "bitte der und mit für"])
    _ = try await read(scanner, languages: ["eng"])
    _ = try await read(scanner, installed: ["eng"])
    #expect(await scanner.asked == [["eng"], ["eng"]])
  }
}
