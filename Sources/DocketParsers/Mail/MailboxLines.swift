/// The `From ` lines that separate a mailbox's messages.
enum MailboxLines {
  private static let mark = Array("From ".utf8)

  /// Offsets of the separators: at the start, or after a blank line. At most `limit`.
  static func starts(in bytes: UnsafeRawBufferPointer, limit: Int) -> [Int] {
    var found: [Int] = []
    var at = 0
    var afterBlank = true
    while at < bytes.count, found.count < limit {
      let end = lineEnd(bytes, at)
      if afterBlank, bytes.has(mark, at: at), isSeparator(bytes, at..<end) {
        found.append(at)
        // A message that states its length may hold such lines itself.
        if let next = statedEnd(bytes, from: end + 1), next > end {
          at = next
          afterBlank = true
          continue
        }
      }
      // Only blank lines may stand before the first one.
      afterBlank = bytes[at..<end].allSatisfy { $0 == 0x0D }
      at = end + 1
    }
    return found
  }

  private static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int {
    guard at < bytes.count else { return bytes.count }
    return bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
  }

  /// `From sender Mon Jun 01 10:00:00 2009`, or whatever a header follows: a sentence may begin so too.
  private static func isSeparator(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Bool {
    let text = bytes[line]
    let times = text.indices.dropFirst(3).contains { index in
      text[index] == UInt8(ascii: ":") && isDigit(text[index - 1]) && index + 1 < line.upperBound
        && isDigit(text[index + 1])
    }
    let next = line.upperBound + 1
    let following = bytes[min(next, bytes.count)..<lineEnd(bytes, next)]
    let name = following.prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
    let isHeader = !name.isEmpty && following.dropFirst(name.count).first == UInt8(ascii: ":")
    return isHeader || times && text.suffix(6).contains(where: isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Behind a message whose header states a length that leads to the next separator or the end.
  private static func statedEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var at = start
    var length: Int?
    while at < bytes.count {
      let end = lineEnd(bytes, at)
      let line = bytes[at..<end]
      if line.allSatisfy({ $0 == 0x0D }) {
        guard let length, length >= 0, end + 1 + length <= bytes.count else { return nil }
        var next = end + 1 + length
        while next < bytes.count, bytes[next] == 0x0A || bytes[next] == 0x0D { next += 1 }
        return next == bytes.count || bytes.has(mark, at: next) ? next : nil
      }
      if line.hasPrefix(ignoringCase: "content-length:") {
        length = Int(String(decoding: line.dropFirst(15), as: UTF8.self).filter { $0 > " " && $0 != "\r" })
      }
      at = end + 1
    }
    return nil
  }

  /// A message with one `>` taken from each line that begins with `>From `, `>>From ` and so on; nil where none does.
  static func unquoted(_ message: UnsafeRawBufferPointer) -> [UInt8]? {
    guard message.firstRange(of: "\n>") != nil, message.firstRange(of: ">From ") != nil else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(message.count)
    var at = 0
    while at < message.count {
      let end = min(message.count, lineEnd(message, at) + 1)
      let quotes = message[at..<end].prefix { $0 == UInt8(ascii: ">") }.count
      let isQuoted = quotes > 0 && message.has(mark, at: at + quotes)
      out += message[(at + (isQuoted ? 1 : 0))..<end]
      at = end
    }
    return out
  }
}
