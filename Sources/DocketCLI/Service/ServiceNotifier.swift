import DocketConnectors
import Glibc
import Synchronization

/// Tells systemd how a service is: ready, what it does, stopping, alive. Says nothing where nobody listens.
///
/// The protocol is a datagram of `NAME=value` lines to the socket that `$NOTIFY_SOCKET` names: see sd_notify(3).
final class ServiceNotifier: Sendable {
  private let path: String?
  /// Seconds between two signs of life; nil where none are asked for.
  let watchdogSeconds: Double?
  private let lastStatus = Mutex("")

  /// - Parameter environment: `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` of it.
  init(environment: (String) -> String? = { Environment[$0] }) {
    path = environment("NOTIFY_SOCKET").flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
    let isOurs = environment("WATCHDOG_PID").map { $0 == "\(getpid())" } ?? true
    let microseconds = environment("WATCHDOG_USEC").flatMap(Double.init).flatMap { $0 > 0 ? $0 : nil }
    // Half the time, as sd_watchdog_enabled(3) advises.
    watchdogSeconds = isOurs && path != nil ? microseconds.map { $0 / 2e6 } : nil
  }

  func ready(_ status: String) {
    send("READY=1\nSTATUS=\(status)")
  }

  /// The same again is not sent again.
  func status(_ text: String) {
    let isNew = lastStatus.withLock { last in
      defer { last = text }
      return last != text
    }
    if isNew { send("STATUS=\(text)") }
  }

  func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    send("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
  }

  func stopping() { send("STOPPING=1\nSTATUS=Finishing what is in hand.") }

  func isAlive() { send("WATCHDOG=1") }

  /// Signs of life until the task is cancelled, as long as `isWell` says so.
  func keepAlive(isWell: @escaping @Sendable () -> Bool) async {
    guard let watchdogSeconds else { return }
    while !Task.isCancelled {
      if isWell() { isAlive() }
      do { try await Task.sleep(for: .seconds(watchdogSeconds)) } catch { return }
    }
  }

  private func send(_ text: String) {
    guard let path else { return }
    Datagram.send(text, to: path)
  }
}

/// When something was last seen to go on.
final class Heartbeat: Sendable {
  private let last = Mutex(Progress.now)

  func beat() { last.withLock { $0 = Progress.now } }

  /// Something went on in the last so many seconds.
  func isBeating(within seconds: Double) -> Bool { last.withLock { Progress.now - $0 < seconds } }
}
