private import CNettle

/// The SHA-256 of some bytes: what a document's content, a model or a stage's output is known by.
///
/// Shown as 64 lower-case hexadecimal digits. Two documents with the same digest hold the same bytes;
/// which *arrival* is meant is said by `DocumentID`.
package struct ContentDigest: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let hex: String

  /// Nil unless `hex` is 64 lower-case hexadecimal digits.
  package init?(hex: String) {
    guard hex.utf8.count == 64, hex.utf8.allSatisfy({ Hex.value($0) != nil && !(65...70).contains($0) }) else {
      return nil
    }
    self.hex = hex
  }

  package init(of bytes: some Sequence<UInt8>) {
    var hasher = ContentHasher()
    hasher.update(bytes)
    self = hasher.finish()
  }

  package init(of text: String) {
    self.init(of: text.utf8)
  }

  /// One digest for several, in order.
  package static func joining(_ digests: some Sequence<ContentDigest>) -> ContentDigest {
    ContentDigest(of: digests.map(\.hex).joined(separator: "\n"))
  }

  fileprivate init(bytes: [UInt8]) {
    hex = Hex.encode(bytes)
  }

  package var description: String { hex }
  package static func < (a: ContentDigest, b: ContentDigest) -> Bool { a.hex < b.hex }
}

/// Digests bytes as they come, so that a file of any size needs no more memory than one chunk.
package struct ContentHasher {
  private var context = sha256_ctx()

  package init() {
    nettle_sha256_init(&context)
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    nettle_sha256_update(&context, bytes.count, base.assumingMemoryBound(to: UInt8.self))
  }

  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if done == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }

  /// The digest of everything given so far; begins anew afterwards.
  package mutating func finish() -> ContentDigest {
    var out = [UInt8](repeating: 0, count: 32)
    nettle_sha256_digest(&context, 32, &out)
    return ContentDigest(bytes: out)
  }
}

/// Bytes as pairs of lower-case hexadecimal digits.
package enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var out = [UInt8]()
    out.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The value of one ASCII hexadecimal digit of either case, else nil.
  package static func value(_ ascii: UInt8) -> UInt8? {
    switch ascii {
    case 48...57: ascii - 48
    case 97...102: ascii - 87
    case 65...70: ascii - 55
    default: nil
    }
  }
}
