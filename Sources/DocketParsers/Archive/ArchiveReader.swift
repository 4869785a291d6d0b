import CArchive
import Docket
import Glibc

/// An archive, gone through from its first member to its last: owns libarchive's reader.
///
/// Formats and compressions are named one by one: libarchive would call other programs for some, and takes nearly
/// everything for one of the rest.
final class ArchiveReader {
  private let archive: OpaquePointer
  /// libarchive gives names in the coding of the locale; the worker's own has none but ASCII.
  private let unicode: locale_t?

  static var version: String { String(cString: archive_version_details()) }

  struct Entry {
    /// As it stands in the archive: with folders, in whatever coding.
    var path: [UInt8]
    /// Neither a folder nor a link nor a device.
    var isFile: Bool
    var isFolder: Bool
    var isEncrypted: Bool
  }

  enum Step {
    case entry(Entry)
    /// What comes next asks for a password.
    case encrypted
    case end
    /// Nothing that follows can be read.
    case damaged
  }

  enum Content {
    case whole([UInt8])
    case damaged
    case encrypted
    case tooLarge
  }

  /// - Parameter isSingle: a compressed file may hold one file that is no archive.
  init?(_ bytes: UnsafeRawBufferPointer, isSingle: Bool) {
    guard let archive = archive_read_new() else { return nil }
    self.archive = archive
    unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    let supports = [
      archive_read_support_format_zip, archive_read_support_format_tar, archive_read_support_format_7zip,
      archive_read_support_format_rar, archive_read_support_format_rar5, archive_read_support_format_cab,
      archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
      archive_read_support_filter_lzma, archive_read_support_filter_zstd, archive_read_support_filter_compress,
    ]
    for support in supports { _ = support(archive) }
    if isSingle { archive_read_support_format_raw(archive) }
    // `deinit` frees both: all properties are set.
    guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { return nil }
  }

  deinit {
    archive_read_free(archive)
    if let unicode { freelocale(unicode) }
  }

  private func inUnicode<Result>(_ work: () -> Result) -> Result {
    guard let unicode else { return work() }
    let before = uselocale(unicode)
    defer { uselocale(before) }
    return work()
  }

  func next() -> Step {
    inUnicode {
      var found: OpaquePointer?
      let status = archive_read_next_header(archive, &found)
      if status == ARCHIVE_EOF { return .end }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let found else {
        return archive_read_has_encrypted_entries(archive) > 0 ? .encrypted : .damaged
      }
      let name = archive_entry_pathname(found) ?? archive_entry_pathname_utf8(found)
      let kind = archive_entry_filetype(found)
      let isLink = archive_entry_hardlink(found) != nil
      return .entry(
        Entry(
          path: name.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? [],
          isFile: !isLink && (kind == S_IFREG || kind == 0), isFolder: kind == S_IFDIR,
          isEncrypted: archive_entry_is_data_encrypted(found) != 0))
    }
  }

  /// The bytes of the entry that `next` gave last, unpacked.
  /// - Parameter limit: more than so many are not unpacked.
  func content(limit: Int) -> Content {
    inUnicode {
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 18) { chunk in
        var out: [UInt8] = []
        while true {
          let read = archive_read_data(archive, chunk.baseAddress, chunk.count)
          if read == 0 { return .whole(out) }
          if read < 0 {
            // A member with a password is known as one only now in some formats.
            return archive_read_has_encrypted_entries(archive) > 0 ? .encrypted : .damaged
          }
          if out.count + read > limit { return .tooLarge }
          out.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<read]))
        }
      }
    }
  }
}
