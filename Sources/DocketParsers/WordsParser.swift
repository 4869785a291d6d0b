package import Docket
import Foundation

/// Words from outside, as `docket text --format json` writes them (`docket/text/1`): for people with an OCR of their
/// own, and for measuring extraction apart from reading.
package struct WordsParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.words] }
  package static var version: String { "words 3" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let file = try WordsParser.decode(input.bytes)
    guard file.outcome == nil || file.outcome == "ok" else {
      throw DocketError(.textDamaged, "The file tells of a document that could not be read.")
    }
    let pages = file.pages ?? []
    guard pages.count <= input.settings.limits.pages else {
      throw DocketError(.tooManyPages, "The file has \(pages.count) pages; \(input.settings.limits.pages) are allowed.")
    }
    for (index, page) in pages.enumerated() { try output.page(WordsParser.page(page, number: index + 1)) }
    if let text = file.text, pages.isEmpty {
      let headers = (file.headers ?? []).map { TextReading.Header(name: $0.name, value: $0.value) }
      return ReadingSummary(
        mediaType: input.mediaType, content: .text(TextReading(headers: headers, text: text)))
    }
    return ReadingSummary(mediaType: input.mediaType, pageCount: pages.count)
  }

  private static func decode(_ bytes: UnsafeRawBufferPointer) throws(DocketError) -> WordsFile {
    do {
      return try JSONDecoder().decode(WordsFile.self, from: Data(bytes))
    } catch {
      throw DocketError(
        .textDamaged, "The file is not the JSON that `docket/text/1` asks for.", cause: String(describing: error))
    }
  }

  private static func page(_ page: WordsFile.Page, number: Int) throws(DocketError) -> PageReading {
    guard page.page ?? number == number else {
      throw DocketError(.textDamaged, "Page \(number) calls itself page \(page.page ?? 0).")
    }
    let rotation = page.rotation ?? 0
    guard [0, 90, 180, 270].contains(rotation), isSize(page.width), isSize(page.height) else {
      throw DocketError(.textDamaged, "Page \(number) has a size or a rotation that no page has.")
    }
    var words: [Word] = []
    words.reserveCapacity(page.words.count)
    for word in page.words {
      guard word.box.count == 4, word.box.allSatisfy(isPlace) else {
        throw DocketError(.textDamaged, "Page \(number) has a word whose box is not `[x, y, width, height]`.")
      }
      words.append(word.word)
    }
    return PageReading(
      number: number, width: page.width, height: page.height, unit: page.unit == "pt" ? .point : .pixel,
      rotation: rotation, source: words.isEmpty ? .blank : .given, words: words)
  }

  private static func isSize(_ size: Float) -> Bool { size > 0 && size < 1e6 }
  private static func isPlace(_ place: Float) -> Bool { place > -1e6 && place < 1e6 }
}

/// The JSON of `docket/text/1`. Keys that are not named here are let pass.
private struct WordsFile: Decodable {
  var outcome: String?
  var pages: [Page]?
  var text: String?
  var headers: [Header]?

  struct Header: Decodable {
    var name: String
    var value: String
  }

  struct Page: Decodable {
    var page: Int?
    var width: Float
    var height: Float
    var unit: String?
    var rotation: Int?
    var words: [GivenWord]
  }

  struct GivenWord: Decodable {
    var text: String
    var box: [Float]
    var confidence: Float?
    var line: Int32?
    /// One that is not known says nothing.
    var read_by: String?
    /// What else may stand there.
    var or: [Variant]?
  }

  struct Variant: Decodable {
    var text: String
    var confidence: Float
  }
}

extension WordsFile.GivenWord {
  /// Its box has four sides.
  var word: Word {
    func probability(_ value: Float) -> Float { min(1, max(0, value)) }
    var word = Word(
      text: text, x: box[0], y: box[1], width: box[2], height: box[3], confidence: probability(confidence ?? 1),
      line: line ?? 0, reader: read_by.flatMap(WordReader.init(word:)))
    word.variants = (or ?? []).prefix(WordVariant.most).map {
      WordVariant(text: $0.text, probability: probability($0.confidence))
    }
    return word
  }
}
