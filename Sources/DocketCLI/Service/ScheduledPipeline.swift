import Docket
import DocketConnectors
import Glibc

/// A pipeline with a `schedule:`, and when it last ran by it.
///
/// The stamp is a file, `.docket/schedule/PIPELINE`, with the seconds since 1970; who runs the pipeline keeps a lock on
/// it, so that a run that takes longer than its interval is not begun twice.
struct ScheduledPipeline: Sendable {
  let name: String
  let cron: CronLine
  private let stampPath: String

  /// Of a pipeline without a schedule there is none.
  init?(_ file: PipelineFile, workspace: String) {
    // `docket check` has told what is wrong with a line that cannot be read.
    guard let schedule = file.schedule, let cron = try? CronLine(schedule) else { return nil }
    name = file.name
    self.cron = cron
    stampPath = "\(workspace)/.docket/schedule/\(file.name)"
  }

  /// Seconds since 1970; nil where it never ran by its schedule, nor was anybody asked when it should.
  var last: Int? {
    guard let bytes = try? FileBytes.start(of: stampPath, limit: 32) else { return nil }
    return Int(String(decoding: bytes, as: UTF8.self).filter(\.isNumber))
  }

  /// When it comes due next.
  func next(after now: Int) -> Int? { cron.next(after: now, in: SystemTimeZone()) }

  /// The time that has come since it last ran; nil where none has.
  func due(at now: Int) -> Int? {
    guard let last, let due = cron.last(before: now, in: SystemTimeZone()), due > last else { return nil }
    return due
  }

  /// How many times came and went since it last ran, at most 1000.
  func missed(at now: Int) -> Int {
    guard var from = last else { return 0 }
    var count = 0
    while count < 1000, let next = cron.next(after: from, in: SystemTimeZone()), next <= now {
      count += 1
      from = next
    }
    return count
  }

  /// From now on it is known what was missed. Does nothing where it is known already.
  func begin(at now: Int) throws {
    try FileCalls.makeFolder(Program.parent(of: stampPath))
    if last == nil { try FileBytes.replace(stampPath, with: Array("\(now)\n".utf8)) }
  }

  /// Runs the body with the pipeline's lock, and notes the time before it; nil where another run has the lock.
  func running<Value>(at now: Int, _ body: () async throws -> Value) async throws -> Value? {
    try FileCalls.makeFolder(Program.parent(of: stampPath))
    let lock = open("\(stampPath).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw FileBytes.failure("write", stampPath) }
    defer { close(lock) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return nil }
    try FileBytes.replace(stampPath, with: Array("\(now)\n".utf8))
    return try await body()
  }
}
