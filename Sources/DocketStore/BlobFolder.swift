package import Docket
import Glibc

/// Bytes by their digest in a folder: `blobs/aa/<sha256>` for originals, `readings/aa/<key>` for readings.
///
/// A file appears under its name only when it is whole and on the disk: written aside, synced, renamed, and its
/// folder synced.
package struct BlobFolder: BlobStore {
  let root: String

  /// - Parameter root: `.docket` of a workspace.
  package init(root: String) throws(DocketError) {
    self.root = root
    // What documents say is for this user alone.
    chmod(root, 0o700)
    for folder in ["blobs", "readings", "aside"] { try BlobFolder.make("\(root)/\(folder)") }
    BlobFolder.clear("\(root)/aside")
  }

  package func path(of digest: ContentDigest) -> String { path("blobs", digest) }

  package func holds(_ digest: ContentDigest) async -> Bool { access(path(of: digest), F_OK) == 0 }

  private func path(_ kind: String, _ digest: ContentDigest) -> String {
    "\(root)/\(kind)/\(digest.hex.prefix(2))/\(digest.hex)"
  }

  package func keep(
    fileAt path: String, limit: Int
  ) async throws(DocketError) -> (digest: ContentDigest, byteCount: Int) {
    // Whatever stands there by now: a pipe must not be waited for.
    let source = open(PathText.systemName(path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard source >= 0 else { throw BlobFolder.unreadable(path) }
    defer { close(source) }
    let before = FileVersion(of: source)
    guard before.isFile else { throw BlobFolder.changed(path) }
    var aside = try AsideFile(in: "\(root)/aside")
    defer { aside.discard() }
    var hasher = ContentHasher()
    var byteCount = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(source, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw BlobFolder.unreadable(path)
      }
      if count == 0 { break }
      byteCount += count
      guard byteCount <= limit else {
        throw DocketError(.tooManyBytes, "The file has more than \(limit) bytes.")
      }
      try chunk.withUnsafeBytes { (raw) -> Result<Void, DocketError> in
        let part = UnsafeRawBufferPointer(rebasing: raw[..<count])
        hasher.update(part)
        return Result { () throws(DocketError) in try aside.write(part) }
      }.get()
    }
    // Somebody wrote while it was read: what was copied may be half of each.
    guard FileVersion(of: source) == before, byteCount == before.byteCount else { throw BlobFolder.changed(path) }
    let digest = hasher.finish()
    try place(&aside, at: self.path(of: digest))
    return (digest, byteCount)
  }

  package func keep(bytes: [UInt8]) async throws(DocketError) -> ContentDigest {
    let digest = ContentDigest(of: bytes)
    try keep(bytes, at: path(of: digest))
    return digest
  }

  package func reading(_ key: ContentDigest) async throws(DocketError) -> Reading? {
    guard let bytes = BlobFolder.contents(of: path("readings", key)) else { return nil }
    // A damaged reading is read anew from the original.
    return try? StoredReading(bytes).whole()
  }

  package func keep(_ reading: Reading, pageCount: Int, key: ContentDigest) async throws(DocketError) {
    var writer = ReadingWriter()
    var bytes: [UInt8] = []
    for page in reading.pages { bytes += writer.page(page) }
    let isPaged = if case .pages = reading.content { true } else { false }
    let summary = ReadingSummary(
      mediaType: reading.mediaType, content: isPaged ? nil : reading.content, embedded: reading.embedded,
      pageCount: pageCount, findings: reading.findings)
    bytes += writer.finish(summary, members: reading.members)
    try keep(bytes, at: path("readings", key))
  }

  private func keep(_ bytes: [UInt8], at final: String) throws(DocketError) {
    guard access(final, F_OK) != 0 else { return }
    var aside = try AsideFile(in: "\(root)/aside")
    defer { aside.discard() }
    try bytes.withUnsafeBytes { raw in Result { () throws(DocketError) in try aside.write(raw) } }.get()
    try place(&aside, at: final)
  }

  private func place(_ aside: inout AsideFile, at final: String) throws(DocketError) {
    guard access(final, F_OK) != 0 else { return }
    let folder = String(final[..<final.lastIndex(of: "/")!])
    try BlobFolder.make(folder)
    try aside.place(at: final, in: folder)
  }

  /// Takes away what killed runs left half written. A day old, it is no living one's.
  private static func clear(_ aside: String) {
    guard let stream = opendir(aside) else { return }
    defer { closedir(stream) }
    let yesterday = time(nil) - 86_400
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var status = stat()
      guard lstat("\(aside)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        status.st_mtim.tv_sec < yesterday
      else { continue }
      unlink("\(aside)/\(name)")
    }
  }

  static func make(_ folder: String) throws(DocketError) {
    if mkdir(folder, 0o700) == 0 {
      AsideFile.sync(folder: String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)]))
    } else if errno != EEXIST {
      throw error("The folder `\(folder)` cannot be made.")
    }
  }

  static func error(_ sentence: String) -> DocketError {
    let number = errno
    // A limit on a file's size counts as a disk of that size.
    let isFull = number == ENOSPC || number == EDQUOT || number == EFBIG
    return DocketError(isFull ? .diskFull : .fileSystem, sentence, cause: String(cString: strerror(number)))
  }

  private static func changed(_ path: String) -> DocketError {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return DocketError(.arrivalChanged, "The file `\(PathText.shown(name))` changed while it was taken in.")
  }

  private static func unreadable(_ path: String) -> DocketError {
    let reason = String(cString: strerror(errno))
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return DocketError(
      .arrivalUnreadable, "The file `\(PathText.shown(name))` cannot be taken in: \(reason).", cause: reason)
  }

  private static func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size > 0 else { return nil }
    let size = Int(status.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(file, buffer.baseAddress! + count, size - count)
        if got <= 0 { break }
        count += got
      }
    }
    return bytes.count == size ? bytes : nil
  }
}

/// What an open file looks like; another if anybody wrote to it.
private struct FileVersion: Equatable {
  var isFile = false
  var byteCount = 0
  private var times: [Int] = []

  init(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return }
    isFile = status.st_mode & S_IFMT == S_IFREG
    byteCount = Int(status.st_size)
    times = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
  }
}

/// A file that is being written beside its place.
private struct AsideFile {
  private var descriptor: Int32
  private var path: String

  init(in folder: String) throws(DocketError) {
    var template = Array("\(folder)/XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw BlobFolder.error("No file can be made in the workspace.") }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(DocketError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno != EINTR {
        throw BlobFolder.error("The workspace cannot be written.")
      }
    }
  }

  mutating func place(at final: String, in folder: String) throws(DocketError) {
    guard fsync(descriptor) == 0, rename(path, final) == 0 else {
      throw BlobFolder.error("The workspace cannot be written.")
    }
    path = ""
    AsideFile.sync(folder: folder)
  }

  /// Takes away what was not placed.
  mutating func discard() {
    if !path.isEmpty { unlink(path) }
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  static func sync(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
