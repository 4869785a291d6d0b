package import Docket
import Glibc

/// This process as a holder of leases: boot id, process id and start time together are never used twice.
package enum ProcessOwner {
  /// `BOOT:PID:START`, START in clock ticks since the boot.
  package static let current = LeaseOwner("\(bootID):\(getpid()):\(startTime(of: getpid()) ?? "0")")

  /// Whether the process still runs: same boot, same process id, same start time.
  @Sendable package static func isAlive(_ owner: LeaseOwner) -> Bool {
    let parts = owner.text.split(separator: ":").map(String.init)
    guard parts.count == 3, parts[0] == bootID, let process = pid_t(parts[1]) else { return false }
    return startTime(of: process) == parts[2]
  }

  /// 128 random bits from the system.
  @Sendable package static func newID() -> DocumentID {
    var generator = SystemRandomNumberGenerator()
    return DocumentID(random: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }

  private static let bootID: String = {
    let text = contents(of: "/proc/sys/kernel/random/boot_id") ?? "unknown"
    return String(text.filter { $0.isHexDigit })
  }()

  /// Field 22 of `/proc/PID/stat`; the name before it may hold blanks and brackets.
  private static func startTime(of process: pid_t) -> String? {
    guard let stat = contents(of: "/proc/\(process)/stat"), let end = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    // A zombie holds nothing any more.
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    return String(fields[19])
  }

  private static func contents(of path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = fread(&buffer, 1, buffer.count, file)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}
