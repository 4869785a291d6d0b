import Docket
import Glibc

/// Runs pipelines when they are due, each as `docket run` in a process of its own.
struct ScheduleService: Sendable {
  let office: Office
  let output: Output
  let names: [String]

  /// Runs those that are due, one after the other.
  /// - Returns: the exit code to end with: of the first that did not end well; 0 where all did.
  func runDue(evenIfNot: Bool = false, shouldStop: @escaping @Sendable () -> Bool) async throws -> Int32 {
    var worst: Int32 = 0
    for pipeline in try office.scheduled(names) where !shouldStop() {
      let now = Int(SystemClock().now())
      guard evenIfNot || pipeline.due(at: now) != nil else {
        try pipeline.begin(at: now)
        continue
      }
      let status = try await pipeline.running(at: now) {
        let arguments = ["run", pipeline.name, "--workspace", office.folder] + (output.isJSON ? ["--json"] : [])
        return try await RunningChild("\(Program.folder)/docket", arguments).wait(shouldStop: shouldStop)
      }
      if status == nil { output.note("docket: `\(pipeline.name)` is running already.") }
      if worst == 0 { worst = status ?? 0 }
    }
    return worst
  }

  /// Until it is stopped: sleeps to the next time, by the day's clock, which may be set meanwhile.
  func loop() async throws {
    let notifier = ServiceNotifier()
    let pulse = Heartbeat()
    let scheduled = try office.scheduled(names)
    for pipeline in scheduled { try pipeline.begin(at: Int(SystemClock().now())) }
    output.note("docket: Running \(scheduled.map(\.name).joined(separator: ", ")) by schedule. Ctrl-C ends it.")
    notifier.ready("Running by schedule.")
    try await Interruption.serving(
      output, advice: "`docket schedule run` goes on where this stopped.", grace: 30, reload: {}
    ) { stop in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await notifier.keepAlive { pulse.isBeating(within: 86_400) } }
        while !stop.isRequested {
          pulse.beat()
          _ = try await runDue(shouldStop: { stop.isRequested })
          let now = Int(SystemClock().now())
          let next = try office.scheduled(names).compactMap { $0.next(after: now) }.min()
          notifier.status("Next run: \(next.map(SystemTimeZone.text) ?? "never").")
          let until = Progress.now + Double(min(30, max(1, (next ?? now + 30) - now)))
          while Progress.now < until, !stop.isRequested { try await Task.sleep(for: .seconds(0.2)) }
        }
        notifier.stopping()
        group.cancelAll()
      }
    }
  }
}

/// A program that shares this one's terminal.
struct RunningChild {
  private let process: pid_t

  init(_ program: String, _ arguments: [String]) throws {
    var process: pid_t = 0
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This one may ignore signals that the other must hear.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    guard posix_spawn(&process, program, nil, &attributes, &words, environ) == 0 else {
      throw DocketError(.missingDependency, "`\(program)` cannot be started.")
    }
    self.process = process
  }

  /// Its exit status, 128 and the signal's number where one ended it. Asked to stop, it is told.
  func wait(shouldStop: () -> Bool) async throws -> Int32 {
    var wasTold = false
    while true {
      var status: Int32 = 0
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F }
      if ended < 0, errno != EINTR { return 1 }
      if !wasTold, shouldStop() || Task.isCancelled {
        kill(process, SIGTERM)
        wasTold = true
      }
      do { try await Task.sleep(for: .milliseconds(50)) } catch { usleep(50_000) }
    }
  }
}
