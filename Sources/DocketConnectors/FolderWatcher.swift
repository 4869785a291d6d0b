import CPlatform
import Docket
import Glibc

/// Tells when something in folders may have changed. A hint, never the truth: whoever hears it looks at the folders
/// themselves, so a lost event, an overflow or a remote file system costs time, not documents.
package final class FolderWatcher {
  private let inotify: Int32
  private struct Attended {
    var device: UInt
    var inode: UInt
    var number: Int32
  }
  /// Folders that tell of their changes, and which ones they were: another may be mounted in the same place.
  private var folders: [String: Attended] = [:]
  private var paths: [Int32: String] = [:]
  /// Some folder cannot tell of its changes: too many are watched on this machine.
  package private(set) var isDeaf = false

  /// What was heard since the last call.
  package struct Heard {
    package var isAnything = false
    /// Files that a writer closed, or that were moved here.
    package var closed: [String] = []
  }

  /// Nil where the system has no more of these.
  package init?() {
    inotify = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    if inotify < 0 { return nil }
  }

  deinit { close(inotify) }

  /// The file system tells of its changes. Network and user-space ones do not tell of other hosts' writes.
  package static func isLocal(_ folder: String) -> Bool {
    // NFS, SMB, CIFS, SMB2, FUSE, Ceph, 9P, AFS, GFS2, OCFS2, Lustre, BeeGFS, VirtualBox: see statfs(2).
    let remote: Set<Int> = [
      0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546, 0x00C3_6400, 0x0102_1997, 0x5346_414F, 0x0116_1970,
      0x7461_636F, 0x0BD0_0BD0, 0x1983_0326, 0x786F_4256,
    ]
    return !remote.contains(docket_file_system(folder) & 0xFFFF_FFFF)
  }

  /// Listens to a folder; call it in each look, before the folder's names are read.
  func attend(_ folder: String, _ status: stat) {
    let (device, inode) = (UInt(status.st_dev), UInt(status.st_ino))
    if let known = folders[folder], known.device == device, known.inode == inode { return }
    let mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVED_FROM | IN_DELETE_SELF | IN_ONLYDIR
    let number = inotify_add_watch(inotify, PathText.systemName(folder), UInt32(mask))
    guard number >= 0 else {
      isDeaf = true
      return
    }
    folders[folder] = Attended(device: device, inode: inode, number: number)
    paths[number] = folder
  }

  /// Folders that were not seen in a look are attended no longer.
  func keep(_ seen: Set<String>) {
    for (folder, known) in folders where !seen.contains(folder) {
      inotify_rm_watch(inotify, known.number)
      folders[folder] = nil
      paths[known.number] = nil
    }
  }

  /// Takes all events that wait. A folder that went away is attended anew when it comes again.
  package func hear() -> Heard {
    var heard = Heard()
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(inotify, &buffer, buffer.count)
      guard count > 0 else { return heard }
      buffer.withUnsafeBytes { bytes in
        var offset = 0
        while offset + MemoryLayout<inotify_event>.size <= count {
          let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let start = offset + MemoryLayout<inotify_event>.size
          note(event, bytes[start..<start + Int(event.len)], &heard)
          offset = start + Int(event.len)
        }
      }
    }
  }

  private func note(_ event: inotify_event, _ name: Slice<UnsafeRawBufferPointer>, _ heard: inout Heard) {
    let place = paths[event.wd] ?? ""
    let text = PathText.text(of: name.prefix { $0 != 0 })
    let has = { (bits: UInt32) in event.mask & bits != 0 }
    if has(UInt32(IN_MOVED_FROM)) {
      // A folder that was moved away is attended anew where it comes again; a file is gone, and nothing to look at.
      guard has(UInt32(IN_ISDIR)) else { return }
      forget("\(place)/\(text)")
    } else if has(UInt32(IN_Q_OVERFLOW)) {
      folders = [:]
    } else if has(UInt32(IN_IGNORED) | UInt32(IN_DELETE_SELF) | UInt32(IN_UNMOUNT)) {
      forget(place)
      paths[event.wd] = nil
    } else if has(UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO)), !place.isEmpty {
      heard.closed.append("\(place)/\(text)")
    }
    heard.isAnything = true
  }

  private func forget(_ folder: String) {
    folders = folders.filter { $0.key != folder && !$0.key.hasPrefix(folder + "/") }
  }
}
