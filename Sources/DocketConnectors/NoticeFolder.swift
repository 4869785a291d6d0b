package import Docket
import Glibc

/// What was told to whom, a small file each, in a workspace's `.docket/notices`.
package actor NoticeFolder: NoticeBook {
  private let folder: String
  private var locks: [String: Int32] = [:]

  package init(_ folder: String) { self.folder = folder }

  private func path(_ place: String) -> String { "\(folder)/\(FileName.safe(place)).json" }

  package func state(of place: String) throws(DocketError) -> NoticeState? {
    guard FileCalls.status(at: path(place)) != nil else { return nil }
    let text = String(decoding: try FileCalls.read(path(place), limit: 1 << 20), as: UTF8.self)
    // A file that cannot be understood is begun anew: nobody is told twice of what is lost with it.
    return try? NoticeState(storedJSON: text)
  }

  package func keep(_ state: NoticeState, of place: String) throws(DocketError) {
    try FileCalls.makeFolder(folder)
    let aside = "\(path(place)).aside"
    try FileCalls.delete(aside)
    let descriptor = try FileCalls.open(aside, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    defer { close(descriptor) }
    try FileCalls.write(Array(state.storedJSON.utf8), to: descriptor, aside)
    try FileCalls.sync(descriptor, aside)
    try FileCalls.rename(aside, to: path(place))
  }

  package func claim(_ place: String) throws(DocketError) -> Bool {
    try FileCalls.makeFolder(folder)
    let lock = try FileCalls.open("\(path(place)).lock", O_RDWR | O_CREAT, mode: 0o600)
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      return false
    }
    locks[place] = lock
    return true
  }

  package func release(_ place: String) {
    if let lock = locks.removeValue(forKey: place) { close(lock) }
  }
}
