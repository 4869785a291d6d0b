private import CNettle

/// HMAC-SHA256 (RFC 2104): who has the key can tell that a message is from another who has it.
package enum KeyedDigest {
  /// 32 bytes.
  package static func sha256(key: [UInt8], message: [UInt8]) -> [UInt8] {
    var context = hmac_sha256_ctx()
    nettle_hmac_sha256_set_key(&context, key.count, key)
    nettle_hmac_sha256_update(&context, message.count, message)
    var out = [UInt8](repeating: 0, count: 32)
    nettle_hmac_sha256_digest(&context, out.count, &out)
    return out
  }
}

/// Bytes as text in sixty-four letters (RFC 4648), padded.
package enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let number = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0..<4 { out.append(place > part.count ? 61 : letters[number >> (18 - 6 * place) & 63]) }
      start += 3
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Nil for anything that is no Base64; padding may be left out.
  package static func decode(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    var (number, bits) = (0, 0)
    var letters = Array(text.utf8)
    while letters.last == 61 { letters.removeLast() }
    guard letters.count % 4 != 1 else { return nil }
    for letter in letters {
      guard let value = Base64.letters.firstIndex(of: letter) else { return nil }
      (number, bits) = ((number << 6 | value) & 0xFFFF, bits + 6)
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(number >> bits & 0xFF))
      }
    }
    return out
  }
}
