import CPlatform
package import Docket
import Glibc

/// The system calls that connectors need, with errors that say which file.
package enum FileCalls {
  /// Opens without following a link at the end and without waiting on pipes.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o644) throws(DocketError) -> Int32 {
    while true {
      let descriptor = Glibc.open(PathText.systemName(path), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw failure("open", path) }
    }
  }

  static func status(of descriptor: Int32, _ path: String) throws(DocketError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("look at", path) }
    return status
  }

  /// Of what stands at the path itself, links not followed; nil where nothing does.
  static func status(at path: String) -> stat? {
    var status = stat()
    return lstat(PathText.systemName(path), &status) == 0 ? status : nil
  }

  /// Of a folder, or the one that a link leads to; nil where there is none.
  static func status(ofFolder path: String) -> stat? {
    var status = stat()
    guard stat(PathText.systemName(path), &status) == 0 else { return nil }
    if status.st_mode & S_IFMT == S_IFDIR { return status }
    errno = ENOTDIR
    return nil
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(DocketError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count > 0 { done += count } else if errno != EINTR { throw failure("write", path) }
    }
  }

  static func read(_ path: String, limit: Int) throws(DocketError) -> [UInt8] {
    let descriptor = try open(path, O_RDONLY)
    defer { close(descriptor) }
    var bytes = [UInt8]()
    var chunk = [UInt8](repeating: 0, count: min(limit, 65_536))
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", path) }
      if count == 0 { break }
      bytes += chunk.prefix(count)
    }
    return bytes
  }

  /// The bytes are on the disk when this returns.
  static func sync(_ descriptor: Int32, _ path: String) throws(DocketError) {
    guard fsync(descriptor) == 0 else { throw failure("write", path) }
  }

  /// The folder's own list of names is on the disk when this returns.
  static func syncFolder(_ path: String) throws(DocketError) {
    let descriptor = try open(path, O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    try sync(descriptor, path)
  }

  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String) throws(DocketError) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw failure("make the folder", path)
    }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("make the folder", path) }
  }

  /// Renames unless the new name is taken; false if it is.
  static func renameIfFree(_ old: String, to new: String) throws(DocketError) -> Bool {
    let (source, target) = (PathText.systemName(old), PathText.systemName(new))
    if docket_rename_if_free(source, target) == 0 { return true }
    if errno == EEXIST { return false }
    // File systems that cannot refuse: look first.
    guard errno == EINVAL || errno == ENOSYS else { throw failure("rename", old) }
    guard status(at: new) == nil else { return false }
    guard Glibc.rename(source, target) == 0 else { throw failure("rename", old) }
    return true
  }

  /// Nothing to do where there is no such file.
  static func delete(_ path: String) throws(DocketError) {
    guard unlink(PathText.systemName(path)) == 0 || errno == ENOENT else { throw failure("delete", path) }
  }

  static func rename(_ old: String, to new: String) throws(DocketError) {
    guard Glibc.rename(old, new) == 0 else { throw failure("rename", old) }
  }

  /// Names in a folder, `.` and `..` among them; nil where it cannot be looked into, and `errno` says why.
  package static func names(in folder: String) -> [String]? {
    guard let stream = opendir(PathText.systemName(folder)) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) { names.append(name(of: entry)) }
    return names
  }

  static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafeBytes(of: &entry.pointee.d_name) { PathText.text(of: $0.prefix { $0 != 0 }) }
  }

  /// What the last system call says.
  static func failure(_ verb: String, _ path: String) -> DocketError {
    let number = errno
    let reason = String(cString: strerror(number))
    return DocketError(
      number == ENOSPC || number == EDQUOT ? .diskFull : .fileSystem,
      "Cannot \(verb) `\(PathText.shown(path))`: \(reason).", cause: "errno \(number)")
  }
}
