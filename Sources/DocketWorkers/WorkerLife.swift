import Foundation
import Glibc
import Synchronization

/// Which process a worker runs as just now, so that a cancelled task can end it from any thread: never a process
/// that has taken over its number.
final class WorkerLife: Sendable {
  private let pid = Mutex<pid_t?>(nil)

  func begin(_ new: pid_t) { pid.withLock { $0 = new } }

  /// True for the one caller who is to wait for it.
  func finish(_ old: pid_t) -> Bool {
    pid.withLock { current in
      guard current == old else { return false }
      current = nil
      return true
    }
  }

  /// The thread that waits for the worker sees its socket close.
  func interrupt() {
    pid.withLock { if let pid = $0 { _ = kill(-pid, SIGKILL) } }
  }
}

/// A thread of a worker's own: blocking calls on it keep nobody else waiting.
final class WorkerThread: SerialExecutor {
  private struct Work {
    var jobs: [UnownedJob] = []
    var stopped = false
  }

  private let work = Mutex(Work())
  private let bell = NSCondition()

  init(name: String) {
    let thread = Thread { [self] in loop() }
    thread.name = name
    // Decoding a deep tree recurses.
    thread.stackSize = 4 << 20
    thread.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    work.withLock { $0.jobs.append(job) }
    ring()
  }

  /// The thread ends once it has done what was enqueued.
  func stop() {
    work.withLock { $0.stopped = true }
    ring()
  }

  private func ring() {
    bell.lock()
    bell.signal()
    bell.unlock()
  }

  private func loop() {
    while true {
      bell.lock()
      while work.withLock({ $0.jobs.isEmpty && !$0.stopped }) { bell.wait() }
      bell.unlock()
      let jobs = work.withLock { work in
        defer { work.jobs.removeAll() }
        return work.jobs
      }
      if jobs.isEmpty { return }
      for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
  }
}
