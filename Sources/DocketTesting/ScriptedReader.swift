package import Docket
import Foundation

/// Reads files that say themselves what is to happen, in this process:
///
///     thing 4711            a text, which `SamplePipeline` makes a record of
///     mail maria@example.org
///     attach thing 4712     a member; what follows are its bytes, and may begin with `attach` again
///     pages 3               three pages of one word
///     fail pdf-damaged      throws this code
package struct ScriptedReader: DocumentReader {
  package let fingerprint = ContentDigest(of: "scripted 1")
  package init() {}

  package func read(
    _ file: ReadableFile, settings: ReadSettings, into sink: any ReadingSink
  ) async throws(DocketError) -> ReadingSummary {
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw DocketError(.fileSystem, "The original is gone.")
    }
    var headers: [TextReading.Header] = []
    var members = 0
    var pages = 0
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "mail": headers.append(.init(name: "from", value: words[1]))
      case "attach":
        members += 1
        let bytes = Array(words[1].utf8)
        let member = Member(
          part: PartPath("attachment/\(members)"), name: "part\(members).txt", digest: ContentDigest(of: bytes),
          byteCount: bytes.count)
        try await sink.member(member, bytes: bytes)
      case "pages": pages = Int(words[1]) ?? 0
      case "fail": throw DocketError(ErrorCatalog.code(words[1]) ?? .unexpected, "The script says so.")
      default: break
      }
    }
    for number in 0..<pages {
      let word = Word(text: "word\(number + 1)", x: 10, y: 10, width: 40, height: 10)
      try await sink.page(
        PageReading(number: number + 1, width: 600, height: 800, unit: .point, source: .layer, words: [word]))
    }
    let text = TextReading(headers: headers, text: String(decoding: data, as: UTF8.self))
    return ReadingSummary(
      mediaType: headers.isEmpty ? "text/plain" : "message/rfc822", content: pages > 0 ? nil : .text(text),
      pageCount: pages)
  }
}

/// Reads nothing: every document meets the same error.
package struct FailingReader: DocumentReader {
  package let fingerprint = ContentDigest(of: "failing 1")
  private let error: DocketError
  package init(_ error: DocketError) { self.error = error }

  package func read(
    _ file: ReadableFile, settings: ReadSettings, into sink: any ReadingSink
  ) async throws(DocketError) -> ReadingSummary {
    throw error
  }
}
