package import Docket
import Glibc

extension BlobFolder {
  static func place(of digest: ContentDigest, in root: String) -> String {
    "\(root)/blobs/\(digest.hex.prefix(2))/\(digest.hex)"
  }
  static func place(ofReading key: ContentDigest, in root: String) -> String {
    "\(root)/readings/\(key.hex.prefix(2))/\(key.hex)"
  }

  /// Whether the bytes are there and are those that came in.
  package func isWhole(_ digest: ContentDigest) -> Bool { WholeFile.measure(path(of: digest))?.digest == digest }

  /// Nothing to do where it is not there.
  package func remove(original digest: ContentDigest) throws(DocketError) { try remove(path(of: digest)) }
  package func remove(reading key: ContentDigest) throws(DocketError) {
    try remove(BlobFolder.place(ofReading: key, in: root))
  }

  private func remove(_ path: String) throws(DocketError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw WholeFile.failure("remove", path) }
  }

  package enum Shelf: String, CaseIterable, Sendable { case blobs, readings }

  /// Digests of all originals, or keys of all readings, that lie there, whoever needs them. Ascending.
  package func all(_ shelf: Shelf) -> [ContentDigest] {
    WholeFile.names(in: "\(root)/\(shelf.rawValue)").flatMap { part in
      WholeFile.names(in: "\(root)/\(shelf.rawValue)/\(part)").compactMap(ContentDigest.init(hex:))
    }
  }

  /// When a file of a shelf was written, in seconds since 1970.
  package func writtenAt(_ shelf: Shelf, _ digest: ContentDigest) -> Double? {
    var status = stat()
    let place = shelf == .blobs ? path(of: digest) : BlobFolder.place(ofReading: digest, in: root)
    return lstat(place, &status) == 0 ? Double(status.st_mtim.tv_sec) : nil
  }

  /// Bytes of originals, of readings, and of the store with its log.
  package var usage: (originals: Int, readings: Int, store: Int) {
    func sum(_ shelf: Shelf) -> Int {
      let parts = WholeFile.names(in: "\(root)/\(shelf.rawValue)")
      var (total, files) = (0, 0)
      for (index, part) in parts.enumerated() {
        let folder = "\(root)/\(shelf.rawValue)/\(part)"
        let names = WholeFile.names(in: folder)
        total += names.reduce(0) { $0 + (WholeFile.byteCount(of: "\(folder)/\($1)") ?? 0) }
        files += names.count
        // Digests are spread evenly: of many files some parts tell of all.
        if files > 50_000 { return total / (index + 1) * parts.count }
      }
      return total
    }
    let store = WholeFile.names(in: root).filter { $0.hasPrefix("store.sqlite") }
    return (
      sum(.blobs), sum(.readings), store.reduce(0) { $0 + (WholeFile.byteCount(of: "\(root)/\($1)") ?? 0) }
    )
  }

  /// Copies of the store that were kept before it was upgraded, or after it was put back.
  package var keptStores: [String] {
    WholeFile.names(in: root).filter { $0.hasPrefix("store.sqlite.before-") || $0.hasPrefix("store.sqlite.after-") }
      .map { "\(root)/\($0)" }
  }
}
