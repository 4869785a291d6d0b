import Dispatch
import Glibc
import Synchronization

/// Whether the work was asked to stop after what is in hand.
final class StopRequest: Sendable {
  private let flag = Mutex(false)
  var isRequested: Bool { flag.withLock { $0 } }
  func request() { flag.withLock { $0 = true } }
  /// Whether it was asked for; not any more afterwards.
  func take() -> Bool {
    flag.withLock { flag in
      defer { flag = false }
      return flag
    }
  }
}

/// Ctrl-C and SIGTERM: the first asks the work to finish what is in hand, the second ends the process.
enum Interruption {
  /// - Parameters:
  ///   - advice: how to go on later, printed with the first signal.
  ///   - cancels: the first signal also cancels the work's task.
  /// - Throws: what the work throws, and `ExitCode.interrupted` if a signal came and the work ended well.
  static func guarding<Value: Sendable>(
    _ output: Output, advice: String, cancels: Bool = false,
    _ work: @escaping @Sendable (StopRequest) async throws -> Value
  ) async throws -> Value {
    let stop = StopRequest()
    let task = Task { try await work(stop) }
    let watch = SignalWatch([SIGINT, SIGTERM]) { _, isFirst in
      guard isFirst else { ExitCode.interrupted.leave() }
      output.note("docket: Stopping after what is in hand; once more stops now. \(advice)")
      stop.request()
      if cancels { task.cancel() }
    }
    let result = await task.result
    let wasInterrupted = watch.end()
    if wasInterrupted, (try? result.get()) != nil { throw ExitCode.interrupted }
    return try result.get()
  }
}

extension Interruption {
  /// For services: the first signal asks the work to finish what is in hand, and after the grace ends it; SIGTERM is
  /// how a service is stopped, and ends well.
  /// - Parameters:
  ///   - reload: called for each SIGHUP.
  /// - Throws: what the work throws, and `ExitCode.interrupted` after Ctrl-C.
  static func serving(
    _ output: Output, advice: String, grace: Double = 5, reload: @escaping @Sendable () -> Void,
    _ work: @escaping @Sendable (StopRequest) async throws -> Void
  ) async throws {
    let stop = StopRequest()
    let wasTyped = StopRequest()
    let task = Task { try await work(stop) }
    let watch = SignalWatch([SIGINT, SIGTERM]) { number, isFirst in
      guard isFirst else { ExitCode.interrupted.leave() }
      output.note("docket: Stopping after what is in hand; once more stops now. \(advice)")
      if number == SIGINT { wasTyped.request() }
      stop.request()
      Task {
        try? await Task.sleep(for: .seconds(grace))
        task.cancel()
      }
    }
    let hangUps = SignalWatch([SIGHUP]) { _, _ in reload() }
    let result = await task.result
    _ = hangUps.end()
    let wasInterrupted = watch.end()
    // What was in hand when the time was over is worked on anew by the next start.
    if wasInterrupted {
      if wasTyped.isRequested { throw ExitCode.interrupted }
      return
    }
    try result.get()
  }
}

/// Hears signals on a queue of its own.
private final class SignalWatch: Sendable {
  // Set once; sources may be cancelled from any thread, which the library does not declare.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]
  private let count = SignalCount()

  private let numbers: [Int32]

  /// - Parameter heard: called with the signal, and true for the first.
  init(_ numbers: [Int32], _ heard: @escaping @Sendable (Int32, Bool) -> Void) {
    self.numbers = numbers
    let queue = DispatchQueue(label: "docket.signals")
    let count = count
    sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { heard(number, count.raise() == 1) }
      source.resume()
      return source
    }
  }

  /// Stops hearing; true if a signal came.
  func end() -> Bool {
    for source in sources { source.cancel() }
    for number in numbers { signal(number, SIG_DFL) }
    return count.value > 0
  }
}

/// How many signals came.
private final class SignalCount: Sendable {
  private let number = Mutex(0)

  func raise() -> Int {
    number.withLock {
      $0 += 1
      return $0
    }
  }
  var value: Int { number.withLock { $0 } }
}
