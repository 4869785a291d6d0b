import CGMime

/// Bytes in a character set that they, or what came with them, name.
enum Charset {
  /// Nil where nobody knows the set; what is wrong in the bytes becomes U+FFFD.
  static func decode(_ bytes: UnsafeRawBufferPointer, from name: String) -> String? {
    guard !bytes.isEmpty else { return "" }
    var count: gsize = 0
    guard
      let text = g_convert_with_fallback(
        bytes.bindMemory(to: CChar.self).baseAddress, gssize(bytes.count), "UTF-8", name, "\u{FFFD}", nil, &count, nil)
    else { return nil }
    defer { g_free(text) }
    return String(decoding: UnsafeRawBufferPointer(start: text, count: Int(count)), as: UTF8.self)
  }

  /// By the number that Windows gives a set: 1252, 932, 65001.
  static func decode(_ bytes: UnsafeRawBufferPointer, codePage: Int) -> String {
    let text: String? =
      switch codePage {
      case 65001, 20127: nil
      case 1200: decode(bytes, from: "UTF-16LE")
      case 28591...28606: decode(bytes, from: "ISO-8859-\(codePage - 28590)")
      case 20866: decode(bytes, from: "KOI8-R")
      case 50220...50222: decode(bytes, from: "ISO-2022-JP")
      case 51932: decode(bytes, from: "EUC-JP")
      case 51949: decode(bytes, from: "EUC-KR")
      case 54936: decode(bytes, from: "GB18030")
      case 1...1399: decode(bytes, from: "CP\(codePage)")
      default: nil
      }
    return text ?? TextDecoding.decode(bytes).text
  }
}
