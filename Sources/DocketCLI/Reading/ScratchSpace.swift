import Docket
import Glibc
import Synchronization

/// A private folder for bytes that have no file of their own: attachments, standard input. Gone with the work.
final class ScratchSpace: Sendable {
  let folder: String
  private let counter = Atomic(0)

  init() throws(DocketError) {
    var template = Array("\(Environment["TMPDIR"] ?? "/tmp")/docket-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw DocketError(
        .fileSystem, "Cannot make a folder for temporary files: \(String(cString: strerror(errno))).",
        hint: "Make room in `/tmp`, or name another folder with `TMPDIR`.")
    }
    folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    if let stream = opendir(folder) {
      while let entry = readdir(stream) {
        withUnsafePointer(to: &entry.pointee.d_name) {
          _ = $0.withMemoryRebound(to: CChar.self, capacity: 256) { unlinkat(dirfd(stream), $0, 0) }
        }
      }
      closedir(stream)
    }
    rmdir(folder)
  }

  /// A path that nobody has used.
  func path() -> String { "\(folder)/\(counter.add(1, ordering: .relaxed).newValue)" }

  /// Bytes as a file.
  func file(_ bytes: [UInt8]) throws(DocketError) -> String {
    let path = path()
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileBytes.failure("write", path) }
    defer { close(descriptor) }
    try FileBytes.write(bytes, to: descriptor, path)
    return path
  }

  func remove(_ path: String) { unlink(path) }

  func copyOfStandardInput() throws(DocketError) -> String {
    let path = path()
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileBytes.failure("write", path) }
    defer { close(descriptor) }
    try FileBytes.chunks(of: 0, "standard input") { (chunk) throws(DocketError) in
      try FileBytes.write(Array(chunk), to: descriptor, path)
    }
    return path
  }
}
