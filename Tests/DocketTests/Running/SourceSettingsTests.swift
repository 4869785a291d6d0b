import Docket
import DocketTesting
import Synchronization
import Testing

/// What a pipeline says of a source holds for what comes from it.
@Suite struct SourceSettingsTests {
  /// Keeps the settings that it was asked to read with.
  private final class NotingReader: DocumentReader {
    let fingerprint = ContentDigest(of: "noting 1")
    let settings = Mutex<[ReadSettings]>([])

    func read(
      _ file: ReadableFile, settings: ReadSettings, into sink: any ReadingSink
    ) async throws(DocketError) -> ReadingSummary {
      self.settings.withLock { $0.append(settings) }
      return ReadingSummary(
        mediaType: "text/plain", content: .text(TextReading(headers: [], text: "thing 1")), pageCount: 0)
    }
  }

  @Test("how its pictures are read: another way is another reading, and another combination")
  func ocr() async throws {
    let reader = NotingReader()
    let blobs = try MemoryBlobs()
    func desk(_ mode: ReadingMode?) -> WorkDesk {
      var file = SamplePipeline.file(sources: ["inbox", "post"])
      file.sources[0].ocr = mode
      return WorkDesk(
        file: file, pipeline: SamplePipeline.pipeline(to: []), reader: reader, blobs: blobs, settings: ReadSettings())
    }
    func document(_ source: String) -> Document {
      Document(
        id: DocumentID(hex: "01"), arrival: 1, digest: ContentDigest(of: "x"), byteCount: 1, name: "a.jpg",
        source: source, pipeline: "office", arrivedAt: 0)
    }
    for (mode, source) in [(nil, "inbox"), (ReadingMode.fast, "inbox"), (.fast, "post"), (.fast, "inbox")] {
      _ = try await desk(mode).work(document(source))
    }
    #expect(reader.settings.withLock { $0.map(\.mode) } == [.best, .fast], "the others were read before")
    let combinations = [try await desk(nil).combination, try await desk(.fast).combination]
    #expect(combinations[0] != combinations[1])
  }
}
