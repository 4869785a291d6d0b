package import Docket
import Foundation
import Synchronization

/// Reads documents in `docket-reader` processes, one document at a time each, as many at once as the pool has workers.
///
/// A hostile file costs one process: a crash, a hang or a hunger for memory becomes that document's error, and the
/// next document is served by a fresh process. Processes start with the first documents and end with the pool, or with
/// the program, however it ends.
package final class WorkerPool: DocumentReader {
  /// How the pool keeps its workers.
  package struct Policy: Hashable, Sendable {
    package var workers: Int
    /// After so many a process is replaced, lest what leaks in a parser adds up.
    package var documentsPerProcess: Int
    /// A process that has once needed more is replaced after the document.
    package var recycleKiB: Int
    /// Of address space, which is what the kernel can limit.
    package var memoryBytes: Int
    /// How long a process may take to come up.
    package var startSeconds: Int
    /// How much is taken from a worker before it is handed on.
    package var batchBytes: Int

    /// All cores by default.
    package init(
      workers: Int = ProcessInfo.processInfo.activeProcessorCount, documentsPerProcess: Int = 300,
      recycleKiB: Int = 700_000, memoryBytes: Int = 3 << 30, startSeconds: Int = 60, batchBytes: Int = 1 << 20
    ) {
      self.workers = max(1, workers)
      self.documentsPerProcess = documentsPerProcess
      self.recycleKiB = recycleKiB
      self.memoryBytes = memoryBytes
      self.startSeconds = startSeconds
      self.batchBytes = batchBytes
    }
  }

  private let program: ReaderProgram
  private let policy: Policy
  private let places = Mutex(Places())
  private let described = Mutex<Message.Description?>(nil)

  private struct Places {
    var idle: [Worker] = []
    var made = 0
    var waiting: [CheckedContinuation<Worker, Never>] = []
  }

  package init(_ program: ReaderProgram, policy: Policy = .init()) {
    self.program = program
    self.policy = policy
    // A worker that dies while it is written to is an error of one document, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
  }

  package var fingerprint: ContentDigest {
    get async throws(DocketError) {
      let versions = try await description().versions
      return ContentDigest(of: (["wire \(Message.version)"] + versions).joined(separator: "\n"))
    }
  }

  /// What the reading program is: its parsers' and libraries' versions, OCR languages and sandbox, for `docket doctor`.
  package func description() async throws(DocketError) -> Message.Description {
    if let known = described.withLock({ $0 }) { return known }
    let worker = await take()
    defer { give(worker) }
    let new = try await worker.describe()
    described.withLock { $0 = new }
    return new
  }

  /// Tesseract's names of the OCR languages that are installed.
  package var languages: [String] {
    get async throws(DocketError) {
      let versions = try await description().versions
      return versions.compactMap { (version: String) -> String? in
        let words = version.split(separator: " ")
        return words.count > 1 && words[0] == "tessdata" ? String(words[1]) : nil
      }
    }
  }

  package func read(
    _ file: ReadableFile, settings: ReadSettings, into sink: any ReadingSink
  ) async throws(DocketError) -> ReadingSummary {
    let worker = await take()
    defer { give(worker) }
    let outcome: Result<ReadingSummary, DocketError> = await withTaskCancellationHandler {
      do throws(DocketError) {
        return .success(try await readResuming(file, settings: settings, by: worker, into: sink))
      } catch {
        return .failure(error)
      }
    } onCancel: {
      worker.life.interrupt()
    }
    if case .failure = outcome, Task.isCancelled {
      throw DocketError(.interrupted, "Reading was stopped.", stage: "read")
    }
    return try outcome.get()
  }

  /// So many pages of a document may take too long to be drawn, and be taken by their text alone.
  private static let slowPages = 3

  private func readResuming(
    _ file: ReadableFile, settings: ReadSettings, by worker: Worker, into sink: any ReadingSink
  ) async throws(DocketError) -> ReadingSummary {
    var known = 0
    var resumesAfter: Int?
    for _ in 0..<WorkerPool.slowPages {
      do throws(DocketError) {
        return try await read(file, settings, resumesAfter, by: worker, into: sink, pages: &known)
      } catch {
        // Said by the process with its end; what the parser itself says of a page is final.
        guard error.code == .pageTimeout, await !worker.isRunning, resumesAfter != known else { throw error }
        resumesAfter = known
      }
    }
    return try await read(file, settings, resumesAfter, by: worker, into: sink, pages: &known)
  }

  /// - Parameter known: counts the pages handed on.
  private func read(
    _ file: ReadableFile, _ settings: ReadSettings, _ resumesAfter: Int?, by worker: Worker,
    into sink: any ReadingSink, pages known: inout Int
  ) async throws(DocketError) -> ReadingSummary {
    try await worker.begin(file, settings: settings, resumesAfter: resumesAfter)
    // A cancellation that came before there was a process has ended nothing.
    if Task.isCancelled {
      await worker.abandon()
      throw DocketError(.interrupted, "Reading was stopped.", stage: "read")
    }
    while true {
      for event in try await worker.next() {
        do throws(DocketError) {
          switch event {
          case .page(let page):
            try await sink.page(page)
            known = page.number
          case .member(let head, let bytes):
            let member = Member(
              part: head.part, name: head.name, digest: ContentDigest(of: bytes), byteCount: bytes.count)
            try await sink.member(member, bytes: bytes)
          case .done(let summary): return summary
          }
        } catch {
          await worker.abandon()
          throw error
        }
      }
    }
  }

  /// A worker that nobody else uses; waits for one when all are at work.
  private func take() async -> Worker {
    await withCheckedContinuation { continuation in
      let free: Worker? = places.withLock { places in
        if let worker = places.idle.popLast() { return worker }
        if places.made < policy.workers {
          places.made += 1
          return Worker(number: places.made, program: program, policy: policy)
        }
        places.waiting.append(continuation)
        return nil
      }
      if let free { continuation.resume(returning: free) }
    }
  }

  private func give(_ worker: Worker) {
    let next: CheckedContinuation<Worker, Never>? = places.withLock { places in
      guard !places.waiting.isEmpty else {
        places.idle.append(worker)
        return nil
      }
      return places.waiting.removeFirst()
    }
    next?.resume(returning: worker)
  }
}
