package import Docket
import Glibc

/// Who uses a store: any number of processes together, or one alone that upgrades, restores or puts it back.
///
/// Held as long as the object lives; the system gives it back when the process ends, however it ends.
package final class StoreLock: Sendable {
  private let descriptor: Int32
  private let path: String

  /// How long is waited for others, who upgrade a store within a moment.
  private static let attempts = 40
  private static let pause: UInt32 = 50_000

  /// - Parameter folder: of the store. The lock is the file `lock` in it.
  package init(in folder: String) throws(DocketError) {
    path = "\(folder)/lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw BlobFolder.error("The store cannot be opened or written.") }
  }

  deinit { close(descriptor) }

  /// Together with others. What was held before is given up first.
  /// - Throws: `workspace-busy` where somebody uses it alone.
  package func share() throws(DocketError) { try take(LOCK_SH, attempts: StoreLock.attempts) }

  /// Alone. What was held before is given up, so others may have changed the store when this returns.
  /// - Throws: `workspace-busy` where somebody else uses it.
  package func beAlone() throws(DocketError) { try take(LOCK_EX, attempts: StoreLock.attempts) }

  private var isInPlace: Bool {
    var mine = stat()
    var now = stat()
    return fstat(descriptor, &mine) == 0 && stat(path, &now) == 0 && mine.st_ino == now.st_ino
      && mine.st_dev == now.st_dev
  }

  private func take(_ kind: Int32, attempts: Int) throws(DocketError) {
    for attempt in 1...attempts {
      if flock(descriptor, kind | LOCK_NB) == 0 {
        if isInPlace { return }
        // A restore has put another store, with a lock of its own, in the place meanwhile.
        break
      }
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw BlobFolder.error("The workspace cannot be locked.")
      }
      if attempt < attempts { usleep(StoreLock.pause) }
    }
    throw DocketError(
      .workspaceBusy,
      kind == LOCK_EX
        ? "Another process uses the workspace, and this needs it alone."
        : "Another process upgrades or restores the workspace.",
      hint: kind == LOCK_EX
        ? "Stop `docket watch` and whatever else runs here, then type the same again."
        : "Wait until it has ended, then type the same again.")
  }
}
