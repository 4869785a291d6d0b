/// Names of files as text. Linux names are bytes, and not all of them are UTF-8: `caf\xE9.pdf` came from another
/// century, or out of an archive.
///
/// A byte that is no part of UTF-8 stands in the text as one of the last 128 private characters, so that every name
/// has a text and every text leads back to its file. Only the file system sees those bytes again; people see `�`.
package enum PathText {
  private static let first: UInt32 = 0x10FF80

  /// - Parameter name: as the file system gives it, without its final zero.
  package static func text(of name: some Collection<UInt8>) -> String {
    let bytes = Array(name)
    if let text = String(validating: bytes, as: UTF8.self), !holdsBytes(text) { return text }
    var out = String.UnicodeScalarView()
    var at = 0
    while at < bytes.count {
      if let scalar = scalar(at: at, in: bytes) {
        out.append(scalar)
        at += UTF8.width(scalar)
      } else {
        // A continuation, a broken beginning, or a character that would be taken for a byte: its first byte alone.
        out.append(Unicode.Scalar(first + UInt32(bytes[at] & 0x7F))!)
        at += 1
      }
    }
    return String(out)
  }

  /// What the file system is asked for, with its final zero.
  package static func systemName(_ text: String) -> [CChar] {
    guard holdsBytes(text) else { return Array(text.utf8CString) }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.value >= first {
        bytes.append(UInt8(0x80 + scalar.value - first))
      } else {
        bytes += UTF8.encode(scalar)!
      }
    }
    return bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// The same for people: bytes that are no text become `�`.
  package static func shown(_ text: String) -> String {
    guard holdsBytes(text) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value >= first ? "\u{FFFD}" : $0 }))
  }

  private static func holdsBytes(_ text: String) -> Bool {
    // The characters begin with F4 in UTF-8; hardly any name has it.
    text.utf8.contains(0xF4) && text.unicodeScalars.contains { $0.value >= first }
  }

  private static func scalar(at index: Int, in bytes: [UInt8]) -> Unicode.Scalar? {
    for length in 1...4 where index + length <= bytes.count {
      guard let text = String(validating: bytes[index..<index + length], as: UTF8.self) else { continue }
      return text.unicodeScalars.first.flatMap { $0.value >= first ? nil : $0 }
    }
    return nil
  }
}
