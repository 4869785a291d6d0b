import Docket
import Glibc

/// Files that are there whole or not at all: written aside, on the disk, renamed.
enum WholeFile {
  /// The digest of a file and how many bytes it has; nil where it cannot be read.
  static func measure(_ path: String) -> (digest: ContentDigest, byteCount: Int)? {
    let descriptor = open(PathText.systemName(path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var hasher = ContentHasher()
    var total = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return (hasher.finish(), total) }
      total += count
      chunk.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }

  /// Copies a file to where none is, unless its bytes are others than they should be.
  ///
  /// - Parameters:
  ///   - expected: nil: whatever they are.
  ///   - isLater: whether somebody syncs the disk as a whole before anybody relies on it.
  /// - Returns: nil where there is no such file, or its bytes are others.
  static func copy(
    _ source: String, to target: String, expecting expected: ContentDigest?, syncedLater isLater: Bool = false
  ) throws(DocketError) -> (digest: ContentDigest, byteCount: Int)? {
    let from = open(PathText.systemName(source), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard from >= 0 else { return nil }
    defer { close(from) }
    let aside = "\(target).\(getpid()).aside"
    let to = open(PathText.systemName(aside), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard to >= 0 else { throw failure("write", target) }
    defer { close(to) }
    do throws(DocketError) {
      let made = try pour(from, into: to, target)
      guard let made, expected == nil || expected == made.digest else {
        unlink(PathText.systemName(aside))
        return nil
      }
      try settle(to, aside, at: target, isSynced: !isLater)
      return made
    } catch {
      unlink(PathText.systemName(aside))
      throw error
    }
  }

  static func write(_ bytes: [UInt8], to target: String) throws(DocketError) {
    let aside = "\(target).\(getpid()).aside"
    let to = open(PathText.systemName(aside), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard to >= 0 else { throw failure("write", target) }
    defer { close(to) }
    do throws(DocketError) {
      try bytes.withUnsafeBytes { raw in Result { () throws(DocketError) in try put(raw, to, target) } }.get()
      try settle(to, aside, at: target)
    } catch {
      unlink(PathText.systemName(aside))
      throw error
    }
  }

  /// Nil where the source cannot be read to its end.
  private static func pour(
    _ from: Int32, into to: Int32, _ target: String
  ) throws(DocketError) -> (digest: ContentDigest, byteCount: Int)? {
    var hasher = ContentHasher()
    var total = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(from, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return (hasher.finish(), total) }
      total += count
      try chunk.withUnsafeBytes { (raw) -> Result<Void, DocketError> in
        let part = UnsafeRawBufferPointer(rebasing: raw[..<count])
        hasher.update(part)
        return Result { () throws(DocketError) in try put(part, to, target) }
      }.get()
    }
  }

  private static func put(_ bytes: UnsafeRawBufferPointer, _ to: Int32, _ target: String) throws(DocketError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(to, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno != EINTR {
        throw failure("write", target)
      }
    }
  }

  private static func settle(
    _ descriptor: Int32, _ aside: String, at target: String, isSynced: Bool = true
  ) throws(DocketError) {
    guard !isSynced || fsync(descriptor) == 0, rename(PathText.systemName(aside), PathText.systemName(target)) == 0
    else {
      throw failure("write", target)
    }
  }

  /// What the last system call says.
  static func failure(_ verb: String, _ path: String) -> DocketError {
    BlobFolder.error("Cannot \(verb) `\(PathText.shown(path))`: \(String(cString: strerror(errno))).")
  }

  /// Nil where it cannot be read.
  static func contents(of path: String) -> [UInt8]? {
    let descriptor = open(PathText.systemName(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  // Folders

  static func exists(_ path: String) -> Bool { access(PathText.systemName(path), F_OK) == 0 }

  /// A folder and those above it.
  static func makeFolders(_ path: String) throws(DocketError) {
    guard !exists(path) else { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolders(String(path[..<slash])) }
    guard mkdir(PathText.systemName(path), 0o700) == 0 || errno == EEXIST else { throw failure("make", path) }
  }

  /// Names in a folder, sorted; none where it cannot be looked into.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(PathText.systemName(folder)) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { PathText.text(of: $0.prefix { $0 != 0 }) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  enum Kind { case file, folder, other }

  /// Of what stands there itself, links not followed; nil where nothing does.
  static func kind(of path: String) -> Kind? {
    var status = stat()
    guard lstat(PathText.systemName(path), &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// Whether its disk has no room for anything.
  static func isFull(_ folder: String) -> Bool {
    var disk = statvfs()
    return statvfs(PathText.systemName(folder), &disk) == 0 && Int(disk.f_bavail) * Int(disk.f_frsize) < 65_536
  }

  static func byteCount(of path: String) -> Int? {
    var status = stat()
    return lstat(PathText.systemName(path), &status) == 0 ? Int(status.st_size) : nil
  }

  /// A folder with all that is in it; links are removed, not followed.
  static func removeFolder(_ path: String) {
    for name in names(in: path) {
      let inner = "\(path)/\(name)"
      if kind(of: inner) == .folder { removeFolder(inner) } else { unlink(PathText.systemName(inner)) }
    }
    rmdir(PathText.systemName(path))
  }
}
