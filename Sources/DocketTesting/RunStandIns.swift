package import Docket
import Foundation
import Synchronization

/// A clock that goes on only when it is told, or when somebody sleeps.
package final class FixedClock: RunClock {
  private let time: Mutex<Double>
  package init(_ time: Double = 1000) { self.time = Mutex(time) }

  package func now() -> Double { time.withLock { $0 } }
  package func advance(by seconds: Double) { time.withLock { $0 += seconds } }
  package func sleep(seconds: Double) async throws(CancellationError) {
    if Task.isCancelled { throw CancellationError() }
    await Task.yield()
  }
}

/// The system's clock.
package struct RunningClock: RunClock {
  package init() {}
  package func now() -> Double { Date().timeIntervalSince1970 }
  package func sleep(seconds: Double) async throws(CancellationError) {
    do { try await Task.sleep(for: .seconds(seconds)) } catch { throw CancellationError() }
  }
}

/// Originals in a scratch folder, readings in memory. Counts what was kept.
package actor MemoryBlobs: BlobStore {
  private let folder: ScratchFolder
  private var readings: [ContentDigest: Reading] = [:]
  /// Thrown by the next that wants to keep anything.
  package var trouble: DocketError?
  package private(set) var recalls = 0

  package init() throws { folder = try ScratchFolder() }

  package func set(trouble: DocketError?) { self.trouble = trouble }

  package func keep(
    fileAt path: String, limit: Int
  ) throws(DocketError) -> (digest: ContentDigest, byteCount: Int) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DocketError(.arrivalUnreadable, "The file cannot be taken in.")
    }
    guard data.count <= limit else { throw DocketError(.tooManyBytes, "The file is too large.") }
    return (try keep(bytes: Array(data)), data.count)
  }

  @discardableResult
  package func keep(bytes: [UInt8]) throws(DocketError) -> ContentDigest {
    if let trouble { throw trouble }
    let digest = ContentDigest(of: bytes)
    guard FileManager.default.createFile(atPath: path(of: digest), contents: Data(bytes)) else {
      throw DocketError(.fileSystem, "The scratch folder cannot be written.")
    }
    return digest
  }

  package nonisolated func path(of digest: ContentDigest) -> String { folder.path(digest.hex) }

  package nonisolated func holds(_ digest: ContentDigest) async -> Bool { folder.exists(digest.hex) }

  package func reading(_ key: ContentDigest) -> Reading? {
    if readings[key] != nil { recalls += 1 }
    return readings[key]
  }

  package func keep(_ reading: Reading, pageCount: Int, key: ContentDigest) throws(DocketError) {
    if let trouble { throw trouble }
    readings[key] = reading
  }
}

/// A source of files with a text each. Says which were acknowledged.
package actor ListedSource: Source {
  package nonisolated let name: String
  private let folder: ScratchFolder
  private var waiting: [Arrival] = []
  package private(set) var acknowledged: [String] = []

  package init(name: String = "inbox") throws {
    self.name = name
    folder = try ScratchFolder()
  }

  package func put(_ name: String, _ text: String) throws {
    let path = try folder.write(text, to: name)
    waiting.append(Arrival(source: self.name, name: name, path: path, token: "\(name) \(ContentDigest(of: text))"))
  }

  /// A file that is named but not there.
  package func putMissing(_ name: String) {
    waiting.append(Arrival(source: self.name, name: name, path: folder.path(name), token: name))
  }

  /// Offers again what was offered before, as after a restart.
  package func offerAgain(_ name: String) {
    let arrival = Arrival(source: self.name, name: name, path: folder.path(name), token: "")
    let text = folder.text(name)
    waiting.append(
      Arrival(source: self.name, name: name, path: arrival.path, token: "\(name) \(ContentDigest(of: text))"))
  }

  package func arrivals(limit: Int) -> [Arrival] {
    let offered = Array(waiting.prefix(limit))
    waiting.removeFirst(offered.count)
    return offered
  }

  package func acknowledge(_ arrival: Arrival) { acknowledged.append(arrival.name) }
  package func offerAgain() {}
  package func refusals() -> [DocketError] { [] }
}

/// A destination that remembers, with errors to meet on the way.
package actor ListedDestination: Destination {
  package nonisolated let name: String
  private var errors: [DocketError]
  package private(set) var delivered: [Delivery] = []

  /// - Parameter errors: thrown first, one a call.
  package init(name: String = "ledger", errors: [DocketError] = []) {
    self.name = name
    self.errors = errors
  }

  package func deliver(_ delivery: Delivery) throws(DocketError) -> Receipt {
    if !errors.isEmpty { throw errors.removeFirst() }
    if !delivered.contains(where: { $0.key == delivery.key }) { delivered.append(delivery) }
    return Receipt(key: delivery.key, place: "line \(delivered.count)")
  }

  package func retract(_ delivery: Delivery) throws(DocketError) -> Receipt { try deliver(delivery) }
}

/// Lines from many tasks.
package final class Log: Sendable {
  private let kept = Mutex<[String]>([])
  package init() {}
  package func add(_ line: String) { kept.withLock { $0.append(line) } }
  package var lines: [String] { kept.withLock { $0 } }
}
