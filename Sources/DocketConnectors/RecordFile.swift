import Docket
import Glibc

/// A file that grows by whole records, each with its delivery's key; safe with several processes and after a crash.
///
/// Every append happens under a lock: what other processes added is read, a torn tail is cut, the key is
/// looked up, the record is written and is on the disk before the lock goes.
struct RecordFile {
  let path: String
  /// Where records end, and which key each has.
  let form: any RecordForm
  private var keys: Set<String> = []
  /// Bytes that were read so far, and of which file.
  private var known = 0
  private var inode: ino_t = 0

  init(path: String, form: any RecordForm) {
    self.path = path
    self.form = form
  }

  /// - Parameter make: the record's bytes; is told the file's first record, nil where there is none.
  /// - Returns: false where the key stands in the file already.
  mutating func append(
    key: String, _ make: (_ first: [UInt8]?) throws(DocketError) -> [UInt8]
  ) throws(DocketError) -> Bool {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try FileCalls.makeFolder(String(path[..<slash]))
    }
    let descriptor = try FileCalls.open(path, O_RDWR | O_CREAT | O_APPEND)
    defer { close(descriptor) }
    try lock(descriptor)
    let isNew = try catchUp(descriptor)
    if keys.contains(key) { return false }
    let bytes = try make(try first(descriptor))
    do {
      try FileCalls.write(bytes, to: descriptor, path)
      try FileCalls.sync(descriptor, path)
    } catch {
      ftruncate(descriptor, off_t(known))
      throw error
    }
    if isNew { try? FileCalls.syncFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])) }
    known += bytes.count
    keys.insert(key)
    return true
  }

  /// Waits for other processes up to half a minute; they hold it for one record.
  private func lock(_ descriptor: Int32) throws(DocketError) {
    for _ in 0..<600 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw FileCalls.failure("lock", path) }
      usleep(50_000)
    }
    throw DocketError(.destinationUnavailable, "Another process holds `\(path)` for longer than half a minute.")
  }

  /// Reads what was added since the last look, and cuts a tail that is no whole record.
  /// - Returns: true where the file is empty.
  private mutating func catchUp(_ descriptor: Int32) throws(DocketError) -> Bool {
    let status = try FileCalls.status(of: descriptor, path)
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DocketError(.destinationUnavailable, "The destination `\(path)` is no ordinary file.")
    }
    let size = Int(status.st_size)
    if status.st_ino != inode || size < known { (known, keys, inode) = (0, [], status.st_ino) }
    var pending: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var offset = known
    while offset < size {
      let count = pread(descriptor, &chunk, chunk.count, off_t(offset))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileCalls.failure("read", path) }
      offset += count
      pending += chunk.prefix(count)
      var start = 0
      while let end = form.end(of: pending[start...]) {
        if let key = form.key(of: pending[start..<end]) { keys.insert(key) }
        start = end
      }
      known += start
      pending.removeFirst(start)
    }
    if known < size, ftruncate(descriptor, off_t(known)) != 0 { throw FileCalls.failure("mend", path) }
    return known == 0
  }

  private func first(_ descriptor: Int32) throws(DocketError) -> [UInt8]? {
    guard known > 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: min(known, 1 << 18))
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { throw FileCalls.failure("read", path) }
    bytes.removeLast(bytes.count - count)
    return form.end(of: bytes[...]).map { Array(bytes[..<$0]) }
  }
}

/// How records stand in a file.
protocol RecordForm: Sendable {
  /// The index after the first whole record, nil where none is whole.
  func end(of bytes: ArraySlice<UInt8>) -> Int?
  /// Of one whole record.
  func key(of record: ArraySlice<UInt8>) -> String?
}
