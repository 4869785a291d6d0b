import Docket
import DocketTesting
import DocketWorkers
import Foundation
import Synchronization
import Testing

/// Keeps what a reader finds.
final class KeptReading: ReadingSink {
  private let kept = Mutex<(pages: [PageReading], members: [(Member, [UInt8])])>(([], []))
  var pages: [PageReading] { kept.withLock { $0.pages } }
  var members: [(Member, [UInt8])] { kept.withLock { $0.members } }
  func page(_ page: PageReading) { kept.withLock { $0.pages.append(page) } }
  func member(_ member: Member, bytes: [UInt8]) { kept.withLock { $0.members.append((member, bytes)) } }
}

extension WorkerPool {
  /// A pool of this checkout's reader.
  static func built(_ arguments: [String] = [], workers: Int = 1, memoryBytes: Int = 3 << 30) -> WorkerPool {
    WorkerPool(
      ReaderProgram(path: BuiltProgram("docket-reader").path, arguments: arguments),
      policy: .init(workers: workers, memoryBytes: memoryBytes))
  }

  /// The code of the error that reading ends with, nil for none.
  func outcome(_ path: String, settings: ReadSettings = .init()) async -> ErrorCode? {
    do {
      _ = try await read(ReadableFile(path: path, name: "x"), settings: settings, into: KeptReading())
      return nil
    } catch {
      return error.code
    }
  }
}

@Suite struct WorkerPoolTests {
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  @Test("reads a document in another process")
  func reads() async throws {
    let pool = WorkerPool.built()
    let path = try scratch.write("Grüße\r\n", to: "a.txt")
    let summary = try await pool.read(ReadableFile(path: path, name: "a.txt"), settings: .init(), into: KeptReading())
    #expect(summary.mediaType == "text/plain")
    #expect(summary.content == .text(TextReading(text: "Grüße\n")))
    #expect(summary.cpuSeconds >= 0)
  }

  @Test("streams pages as they were given, quantised")
  func pages() async throws {
    let words = (0..<3).map {
      "{\"text\": \"w\($0)\", \"box\": [\($0).128, 2, 3, 4], \"confidence\": 0.5, \"line\": \($0)}"
    }
    let page = "\"width\": 100, \"height\": 200, \"unit\": \"px\", \"words\": [\(words.joined(separator: ","))]"
    let pages = (1...40).map { "{\"page\": \($0), \(page)}" }.joined(separator: ",")
    let path = try scratch.write("{\"schema\": \"docket/text/1\", \"pages\": [\(pages)]}", to: "a.json")
    let sink = KeptReading()
    let summary = try await WorkerPool.built().read(
      ReadableFile(path: path, name: "a.json"), settings: .init(), into: sink)
    #expect(summary.pageCount == 40)
    #expect(sink.pages.map(\.number) == Array(1...40))
    #expect(sink.pages[7].words[2] == Word(text: "w2", x: 2.13, y: 2, width: 3, height: 4, confidence: 0.5, line: 2))
    #expect(sink.pages == sink.pages.map(\.quantised))
  }

  @Test("an unknown format, an empty file, a folder and a missing file are errors of the document")
  func refusals() async throws {
    let pool = WorkerPool.built()
    #expect(await pool.outcome(try scratch.write("", to: "empty")) == .emptyFile)
    let program = scratch.path("program")
    try Data([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]).write(to: URL(filePath: program))
    #expect(await pool.outcome(program) == .unknownFormat)
    #expect(await pool.outcome(scratch.root) == .badInput)
    #expect(await pool.outcome(scratch.path("none")) == .fileSystem)
    var small = ReadSettings()
    small.limits.bytes = 3
    #expect(await pool.outcome(try scratch.write("four", to: "four"), settings: small) == .tooManyBytes)
  }

  @Test("a program that is not there or does not start is said to be missing")
  func missingProgram() async throws {
    let path = try scratch.write("x", to: "a.txt")
    for program in [scratch.path("none"), "/bin/true"] {
      #expect(await WorkerPool(ReaderProgram(path: program)).outcome(path) == .readerMissing)
    }
  }

  @Test("says what it is, the same way every time")
  func fingerprint() async throws {
    let description = try await WorkerPool.built().description()
    #expect(description.versions.contains { $0.hasPrefix("media-type") })
    #expect(description.json.contains("\"seccomp\""))
    #expect(try await WorkerPool.built().fingerprint == WorkerPool.built().fingerprint)
  }

  @Test("twenty documents at once through three workers give what one worker gives")
  func parallel() async throws {
    let pool = WorkerPool.built(workers: 3)
    let paths = try (0..<20).map { try scratch.write("document \($0)", to: "\($0).txt") }
    let texts = try await withThrowingTaskGroup(of: (Int, Reading.Content?).self) { group in
      for (index, path) in paths.enumerated() {
        group.addTask {
          let file = ReadableFile(path: path, name: "x")
          return (index, try await pool.read(file, settings: .init(), into: KeptReading()).content)
        }
      }
      return try await group.reduce(into: [Int: Reading.Content?]()) { $0[$1.0] = $1.1 }
    }
    for index in 0..<20 { #expect(texts[index] == .text(TextReading(text: "document \(index)"))) }
  }

  @Test("descriptors and processes do not add up")
  func leaks() async throws {
    let path = try scratch.write("x", to: "a.txt")
    func descriptors() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }
    func run() async {
      let pool = WorkerPool(
        ReaderProgram(path: BuiltProgram("docket-reader").path), policy: .init(workers: 1, documentsPerProcess: 5))
      for _ in 0..<12 { #expect(await pool.outcome(path) == nil) }
    }
    await run()
    let before = descriptors()
    for _ in 0..<4 { await run() }
    // Other suites run beside this one.
    #expect(descriptors() < before + 12)
  }

  @Test("pictures are read in all modes, and by Tesseract alone where the line reader's files are damaged or missing")
  func models() async throws {
    let scan = "\(BuiltProgram.root)/Corpus/receipts/receipt-en-0/document.jpg"
    func pages(_ models: String, _ mode: ReadingMode) async throws -> [PageReading] {
      let sink = KeptReading()
      let settings = ReadSettings(mode: mode)
      _ = try await WorkerPool.built(["--models", models])
        .read(ReadableFile(path: scan, name: "x"), settings: settings, into: sink)
      return sink.pages
    }
    let alone = try await pages("\(BuiltProgram.root)/Models", .tesseract)
    #expect(alone[0].words.allSatisfy { $0.reader == nil } && alone[0].findings.isEmpty)
    for mode in [ReadingMode.best, .fast] {
      let page = try #require(try await pages("\(BuiltProgram.root)/Models", mode).first)
      #expect(page.words.contains { $0.reader == .both || $0.reader == .lines } && page.findings.isEmpty)
      // What both say of a printed receipt is mostly the same.
      let texts = Set(alone[0].words.map(\.text))
      #expect(page.words.count { texts.contains($0.text) } * 10 >= page.words.count * 8, "\(mode)")
    }
    let damaged = try scratch.write("{}", to: "Models/reading/1/card.json")
    _ = try scratch.write("DOCKETLN nothing", to: "Models/reader/1/weights.bin")
    for models in [damaged.replacing("/reading/1/card.json", with: ""), "/nowhere"] {
      let page = try #require(try await pages(models, .best).first)
      #expect(page.words == alone[0].words)
      #expect(page.findings.map(\.code) == ["line-reader-missing"])
    }
  }

  @Test("a sink's error is handed on, and the next document is read")
  func sinkFails() async throws {
    struct Full: ReadingSink {
      func page(_ page: PageReading) throws(DocketError) { throw DocketError(.diskFull, "Full.") }
      func member(_ member: Member, bytes: [UInt8]) {}
    }
    let page = "{\"width\": 1, \"height\": 1, \"words\": []}"
    let path = try scratch.write("{\"schema\": \"docket/text/1\", \"pages\": [\(page), \(page)]}", to: "a.json")
    let pool = WorkerPool.built()
    let error = await #expect(throws: DocketError.self) {
      try await pool.read(ReadableFile(path: path, name: "x"), settings: .init(), into: Full())
    }
    #expect(error?.code == .diskFull)
    #expect(await pool.outcome(path) == nil)
  }
}
