import CPlatform
package import Docket
import Glibc

/// Tells when something in a folder, or in one below it, may have changed. A hint, never the truth: whoever hears it
/// looks at the folder itself, so a lost event, an overflow or a remote file system costs time, not documents.
package actor FolderWatcher {
  private let folder: String
  private let inotify: Int32
  /// Folders that are watched already; adding one again is harmless but not free.
  private var watched: Set<String> = []

  package init(_ folder: String) throws(DocketError) {
    self.folder = folder
    inotify = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard inotify >= 0 else { throw FileCalls.failure("watch", folder) }
  }

  deinit { close(inotify) }

  /// The file system tells of its changes. Network and user-space ones do not tell of other hosts' writes.
  package nonisolated var isLocal: Bool {
    // NFS, SMB, CIFS, SMB2, FUSE, Ceph, 9P, AFS: see statfs(2).
    let remote: Set<Int> = [
      0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546, 0x00C3_6400, 0x0102_1997, 0x5346_414F,
    ]
    return !remote.contains(docket_file_system(folder) & 0xFFFF_FFFF)
  }

  /// Watches the folder and all below it, new ones too. Call it before each look.
  package func watchAll() {
    var folders = [folder]
    var found: Set<String> = []
    while let place = folders.popLast() {
      found.insert(place)
      if !watched.contains(place) {
        let mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVED_FROM | IN_DELETE_SELF | IN_ONLYDIR
        guard inotify_add_watch(inotify, PathText.systemName(place), UInt32(mask)) >= 0 else { continue }
      }
      guard let stream = opendir(PathText.systemName(place)) else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let isFolder = entry.pointee.d_type == UInt8(DT_DIR) || entry.pointee.d_type == UInt8(DT_UNKNOWN)
        guard isFolder else { continue }
        let name = FileCalls.name(of: entry)
        if !name.hasPrefix(".") { folders.append("\(place)/\(name)") }
      }
    }
    watched = found
  }

  /// Waits for a change, at most so many seconds; true if there was one. Throws when the task is cancelled.
  package func change(within seconds: Double) async throws -> Bool {
    let deadline = ContinuousClock.now.advanced(by: .seconds(seconds))
    while ContinuousClock.now < deadline {
      if drain() { return true }
      // A tenth of a second is what a person takes for at once, and ten looks a second cost nothing.
      try await Task.sleep(for: .milliseconds(100))
    }
    return drain()
  }

  /// Takes all events that wait. A folder that went away is watched anew when it comes again.
  private func drain() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    var didHear = false
    while true {
      let count = read(inotify, &buffer, buffer.count)
      guard count > 0 else { return didHear }
      didHear = true
      buffer.withUnsafeBytes { bytes in
        var offset = 0
        while offset + MemoryLayout<inotify_event>.size <= count {
          let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let lost = UInt32(IN_IGNORED) | UInt32(IN_Q_OVERFLOW) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVED_FROM)
          if event.mask & lost != 0 { watched = [] }
          offset += MemoryLayout<inotify_event>.size + Int(event.len)
        }
      }
    }
  }
}
