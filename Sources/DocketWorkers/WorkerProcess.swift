import CPlatform
import Docket
import Glibc

/// The program that reads, and what it is started with.
package struct ReaderProgram: Hashable, Sendable {
  package var path: String
  package var arguments: [String]

  package init(path: String, arguments: [String] = []) {
    self.path = path
    self.arguments = arguments
  }

  /// `docket-reader` beside the program at `path`, or in `libexec` next to its folder.
  package static func find(beside path: String) -> ReaderProgram? {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let places = ["", "../libexec/", "../libexec/docket/"].map { "\(folder)/\($0)docket-reader" }
    return places.first { access($0, X_OK) == 0 }.map { ReaderProgram(path: $0) }
  }

  /// Beside the program that is running.
  package static func find() -> ReaderProgram? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    return count > 0 ? find(beside: String(decoding: buffer.prefix(count), as: UTF8.self)) : nil
  }
}

/// One `docket-reader`: its process and the socket to it. Used by one thread; ends the process when it goes.
final class WorkerProcess {
  let socket: FrameSocket
  private let life: WorkerLife
  private let pid: pid_t

  /// How it ended.
  enum Ending: Hashable {
    case exited(Int32)
    case signalled(Int32)
    /// It was still running, and was ended from here.
    case killed
  }

  /// The exit status by which the program says that it was denied memory.
  static let memoryStatus: Int32 = 97
  /// By which it says that a page took too long to be drawn.
  static let drawingStatus: Int32 = 98
  /// Where the program finds its socket.
  static let socketNumber: Int32 = 3

  /// - Parameter life: told which process to end when a task is cancelled.
  init(_ program: ReaderProgram, memoryBytes: Int, life: WorkerLife) throws(DocketError) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw DocketError(.readerMissing, "No socket could be made.", cause: String(cString: strerror(errno)))
    }
    defer { close(ends[1]) }
    let socket = FrameSocket(owning: ends[0])
    let arguments = [program.path, "--serve", "--memory", String(memoryBytes)] + program.arguments
    pid = try WorkerProcess.spawn(arguments, wire: ends[1])
    self.socket = socket
    self.life = life
    life.begin(pid)
  }

  deinit { _ = end() }

  private static func spawn(_ arguments: [String], wire: Int32) throws(DocketError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for number: Int32 in [0, 1, 2] {
      posix_spawn_file_actions_addopen(&actions, number, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, wire, socketNumber)
    // Whatever this process has open (the store, sockets, secrets) stays here.
    platform_spawn_close_from(&actions, socketNumber + 1)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    // A group of its own: Ctrl-C at the terminal is the main process's to handle, and children would go with it.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    var pid: pid_t = 0
    let status = withCStrings(arguments) { argv in
      withCStrings(environment) { envp in posix_spawn(&pid, arguments[0], &actions, &attributes, argv, envp) }
    }
    guard status == 0 else {
      throw DocketError(
        .readerMissing, "The program `docket-reader` cannot be started.", cause: String(cString: strerror(status)))
    }
    return pid
  }

  /// Built from nothing: no secret of the main process's environment reaches a parser.
  private static var environment: [String] {
    // OpenMP spends three times the CPU on the same page unless it is told at the start; a backtrace would take
    // seconds and fail inside the sandbox.
    var variables = ["OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no", "TZ=UTC"]
    if let folder = getenv("TESSDATA_PREFIX") { variables.append("TESSDATA_PREFIX=\(String(cString: folder))") }
    return variables
  }

  private static func withCStrings<T>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T
  ) -> T {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }

  /// Ends it, if it does not end by itself, and says how it ended.
  /// - Parameter isClosing: its socket is closed, so that it is probably on its way out.
  func end(isClosing: Bool = false) -> Ending? {
    guard life.finish(pid) else { return nil }
    var status: Int32 = 0
    var hasEnded = waitpid(pid, &status, WNOHANG) == pid
    if isClosing {
      for _ in 0..<200 where !hasEnded {
        usleep(500)
        hasEnded = waitpid(pid, &status, WNOHANG) == pid
      }
    }
    if !hasEnded {
      kill(-pid, SIGKILL)
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      return .killed
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }
}
