import Docket
import Glibc

/// What happened in a workspace, a JSON line each, in `.docket/logs/docket.log`: codes, ids, counts and times; never
/// what a document says, nor what its file is called.
///
/// Lines of one command share a `correlation`, which its events in the store have too. At a size the file becomes
/// `docket.log.1`, and so on. What cannot be logged is not: a full disk stops nobody here.
struct WorkspaceLog: Sendable {
  private let folder: String
  let correlation: String
  /// At least this grave also goes to standard error; nil: nothing does.
  private let mirrored: LogLevel?

  static let largest = 4_000_000
  static let mostFiles = 5

  /// - Parameter docket: `.docket` of a workspace.
  init(docket: String, correlation: String, settings: Settings?) {
    folder = "\(docket)/logs"
    self.correlation = correlation
    let level = settings?[.logLevel]
    mirrored = level?.origin == .builtIn ? nil : level.flatMap { LogLevel(rawValue: $0.text) }
  }

  func write(_ level: LogLevel, _ event: String, _ members: (inout JSONWriter) -> Void = { _ in }) {
    var json = JSONWriter()
    json.object { json in
      json.member("at", Moment.text(SystemClock().now()))
      json.member("level", level.rawValue)
      json.member("event", event)
      json.member("correlation", correlation)
      json.member("process", Int(getpid()))
      members(&json)
    }
    append(json.text + "\n")
    if let mirrored, level >= mirrored { Output.write(json.text + "\n", to: 2) }
  }

  /// One line, whole or not at all, whoever else writes.
  private func append(_ line: String) {
    let path = "\(folder)/docket.log"
    var descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0, errno == ENOENT, mkdir(folder, 0o700) == 0 || errno == EEXIST {
      descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var line = line
    line.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
    var status = stat()
    if fstat(descriptor, &status) == 0, Int(status.st_size) > WorkspaceLog.largest { rotate(path, descriptor) }
  }

  /// By one process at a time, and only what is still the newest file.
  private func rotate(_ path: String, _ descriptor: Int32) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return }
    var mine = stat()
    var now = stat()
    guard fstat(descriptor, &mine) == 0, stat(path, &now) == 0, mine.st_ino == now.st_ino else { return }
    for number in stride(from: WorkspaceLog.mostFiles - 1, to: 0, by: -1) {
      rename(number == 1 ? path : "\(path).\(number - 1)", "\(path).\(number)")
    }
  }
}

extension LogLevel: Comparable {
  static func < (a: LogLevel, b: LogLevel) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

extension WorkspaceLog {
  /// What a run does, document by document.
  func hear(_ step: Runner.RunStep) {
    switch step {
    case .arrived(let document):
      write(.info, "arrived") { json in
        json.member("document", document.id.hex)
        json.member("source", document.source)
        json.member("bytes", document.byteCount)
      }
    case .worked(let document, let state, let code):
      write(code == nil ? .info : .warning, "worked") { json in
        json.member("document", document.id.hex)
        json.member("state", state.rawValue)
        json.member("code", code)
      }
    case .left(let error): write(.warning, "left") { $0.member("code", error.code.id) }
    case .paused(let error): write(.warning, "paused") { $0.member("code", error.code.id) }
    case .delivery(let entry, let error):
      write(error == nil ? .info : .warning, "delivery") { json in
        json.member("document", entry.document.hex)
        json.member("destination", entry.destination)
        json.member("attempt", entry.attempts)
        json.member("code", error?.code.id)
      }
    }
  }

  func ended(_ run: RunEntry) {
    write(.info, "run-ended") { json in
      json.member("run", run.id)
      json.member("pipeline", run.pipeline)
      json.member("arrived", run.arrived)
      json.member("worked", run.worked)
      json.member("failed", run.failed)
    }
  }

  func stopped(_ error: DocketError, pipeline: String) {
    write(.error, "run-stopped") { json in
      json.member("pipeline", pipeline)
      json.member("code", error.code.id)
      json.member("cause", error.cause)
    }
  }
}
