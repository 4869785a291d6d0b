import Docket
import DocketConnectors
import Glibc

/// Files' bytes, read and written in chunks.
enum FileBytes {
  /// The digest of a file and how many bytes it has.
  static func digest(_ path: String) throws(DocketError) -> (digest: ContentDigest, count: Int) {
    let descriptor = open(PathText.systemName(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { close(descriptor) }
    var hasher = ContentHasher()
    var count = 0
    try chunks(of: descriptor, path) { (chunk) throws(DocketError) in
      hasher.update(chunk)
      count += chunk.count
    }
    return (hasher.finish(), count)
  }

  /// At most so many bytes from the start.
  static func start(of path: String, limit: Int) throws(DocketError) -> [UInt8] {
    let descriptor = open(PathText.systemName(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { close(descriptor) }
    var status = stat()
    // Pipes and the like have no size: read in steps.
    let step = fstat(descriptor, &status) == 0 && status.st_size > 0 ? min(Int(status.st_size), limit) : 1 << 16
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let room = min(step, limit - bytes.count)
      let done = bytes.count
      bytes += [UInt8](repeating: 0, count: room)
      let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + done, room) }
      bytes.removeLast(room - max(0, count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", path) }
      if count == 0 { break }
    }
    return bytes
  }

  static func chunks(
    of descriptor: Int32, _ path: String, _ body: (UnsafeRawBufferPointer) throws(DocketError) -> Void
  ) throws(DocketError) {
    let size = 1 << 18
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = read(descriptor, chunk.baseAddress, size)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", path) }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(DocketError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count >= 0 { done += count } else if errno != EINTR { throw failure("write", path) }
    }
  }

  /// Names in a folder, sorted, hidden ones left out; none where there is no such folder.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(PathText.systemName(folder)) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { PathText.text(of: $0.prefix { $0 != 0 }) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Writes a file aside and renames it, so that nobody ever sees half of it.
  static func replace(_ path: String, with bytes: [UInt8]) throws(DocketError) {
    let aside = "\(path).\(getpid()).tmp"
    let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("write", path) }
    defer { close(descriptor) }
    do {
      try write(bytes, to: descriptor, path)
    } catch {
      unlink(aside)
      throw error
    }
    guard rename(aside, path) == 0 else { throw failure("write", path) }
  }

  static func remove(_ path: String) throws(DocketError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
  }

  /// What the last system call says.
  static func failure(_ verb: String, _ path: String) -> DocketError {
    let number = errno
    return DocketError(
      number == ENOSPC || number == EDQUOT ? .diskFull : .fileSystem,
      "Cannot \(verb) `\(PlainText.oneLine(PathText.shown(path)))`: \(String(cString: strerror(number))).",
      cause: "errno \(number)")
  }
}

extension FileBytes {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// From the root on, without a slash at the end; what is not there yet is taken as written.
  static func absolute(_ path: String) -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    let bare = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    if bare == "/" || bare.isEmpty { return "/" }
    let parent = Program.parent(of: bare)
    let name = bare.split(separator: "/").last.map(String.init) ?? ""
    return absolute(parent) + "/" + name
  }

  /// As a folder tells one version of a file from the next.
  static func token(of path: String) throws(DocketError) -> String {
    var status = stat()
    guard stat(PathText.systemName(path), &status) == 0 else { throw failure("read", path) }
    return FolderSource.token(status)
  }
}
