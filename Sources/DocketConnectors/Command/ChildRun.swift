import CPlatform
import Docket
import Glibc

/// Another program, run once without a shell: bytes on its standard input, an environment of its own, a time limit.
struct ChildRun: Sendable {
  /// The program, then its arguments. Without a `/` it is looked for in `PATH`.
  let words: [String]
  let folder: String
  let environment: [String]
  let seconds: Double
  /// So much of what it complains is kept.
  static let complaintLimit = 4096

  enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    /// It ran past its time and was ended, with whatever it had started.
    case outOfTime
    /// There is no such program, or it may not be run.
    case notStarted(Int32)
  }

  struct Outcome: Hashable, Sendable {
    var ending: Ending
    /// The start of its standard error.
    var complaint: String
  }

  /// On a thread of its own: it blocks for as long as the program runs.
  func run(input: [UInt8]) async -> Outcome {
    await withCheckedContinuation { done in
      BlockingWork.start { done.resume(returning: runAndWait(input)) }
    }
  }

  private func runAndWait(_ input: [UInt8]) -> Outcome {
    // A file in memory, not a pipe: a program that does not read cannot keep us waiting, or kill us.
    let stdin = platform_memory_file()
    guard stdin >= 0 else { return Outcome(ending: .notStarted(errno), complaint: "") }
    defer { close(stdin) }
    var done = 0
    while done < input.count {
      let count = input.withUnsafeBytes { write(stdin, $0.baseAddress! + done, $0.count - done) }
      guard count > 0 || errno == EINTR else { return Outcome(ending: .notStarted(errno), complaint: "") }
      done += max(0, count)
    }
    lseek(stdin, 0, SEEK_SET)
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      return Outcome(ending: .notStarted(errno), complaint: "")
    }
    defer { close(ends[0]) }
    let (pid, status) = spawn(stdin: stdin, stderr: ends[1])
    close(ends[1])
    guard status == 0 else { return Outcome(ending: .notStarted(status), complaint: "") }
    return wait(for: pid, complaints: ends[0])
  }

  private func spawn(stdin: Int32, stderr: Int32) -> (pid: pid_t, status: Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdin, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, stderr, 2)
    // Whatever this process has open (the store, other destinations) stays here.
    platform_spawn_close_from(&actions, 3)
    platform_spawn_in_folder(&actions, folder)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    var pid: pid_t = 0
    let status = ChildRun.withCStrings(words) { argv in
      ChildRun.withCStrings(environment) { envp in posix_spawnp(&pid, words[0], &actions, &attributes, argv, envp) }
    }
    return (pid, status)
  }

  private func wait(for pid: pid_t, complaints: Int32) -> Outcome {
    var kept: [UInt8] = []
    var isOpen = true
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    while true {
      var status: Int32 = 0
      let hasEnded = waitpid(pid, &status, WNOHANG) == pid
      while isOpen, ChildRun.drain(complaints, into: &kept, isOpen: &isOpen) {}
      if hasEnded {
        let signal = status & 0x7F
        return Outcome(
          ending: signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal),
          complaint: String(decoding: kept, as: UTF8.self))
      }
      if ContinuousClock.now >= deadline {
        kill(-pid, SIGKILL)
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return Outcome(ending: .outOfTime, complaint: String(decoding: kept, as: UTF8.self))
      }
      // Its end closes its standard error, which wakes us; one that closed it earlier is looked at now and then.
      var wanted = pollfd(fd: complaints, events: Int16(POLLIN), revents: 0)
      if isOpen { poll(&wanted, 1, 50) } else { usleep(5000) }
    }
  }

  /// True while there may be more at once.
  private static func drain(_ descriptor: Int32, into kept: inout [UInt8], isOpen: inout Bool) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
    if count == 0 { isOpen = false }
    guard count > 0 else { return false }
    kept += chunk.prefix(min(count, complaintLimit - kept.count))
    return true
  }

  private static func withCStrings<T>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T
  ) -> T {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
