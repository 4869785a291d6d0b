/// The first bytes of a file as text, in ASCII or UTF-8 whatever it was coded in: enough to tell formats apart.
struct TextStart {
  /// At most 64 KiB, without a byte order mark.
  let scalars: [UInt8]
  /// No control characters but blanks and line ends.
  let isText: Bool
  /// The file's last character is `>`.
  let endsWithTag: Bool
  /// The file's last character is `}` or `]`.
  let endsWithBracket: Bool

  init(_ bytes: UnsafeRawBufferPointer) {
    let start = bytes.prefix(65_536)
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      let low = start.first == 0xFF ? 0 : 1
      // Every second byte: the ASCII in it is what formats are told by.
      scalars = stride(from: 2, to: start.count - 1, by: 2).map { at in
        start[at + 1 - low] == 0 ? start[at + low] : UInt8(ascii: "?")
      }
    } else {
      scalars = Array(start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start)
    }
    isText = scalars.allSatisfy { $0 >= 0x20 || (8...13).contains($0) || $0 == 0x1B || $0 == 0x1A }
    let last = bytes.suffix(16).last { $0 > 0x20 }
    endsWithTag = last == UInt8(ascii: ">")
    endsWithBracket = last == UInt8(ascii: "}") || last == UInt8(ascii: "]")
  }
}

/// Whether a text begins as mail does: header lines, some of them known to every mail.
struct MailStart {
  /// Begins with a mailbox's `From ` line.
  let hasEnvelope: Bool
  private let known: Int
  private let lines: Int
  private let firstIsHeader: Bool

  private static let names: Set<String> = [
    "from", "to", "cc", "subject", "date", "received", "message-id", "mime-version", "content-type", "return-path",
    "delivered-to", "reply-to", "sender", "content-transfer-encoding", "x-mailer", "in-reply-to", "references",
    "bcc", "x-original-to", "user-agent", "envelope-to", "resent-from", "dkim-signature", "content-disposition",
    "authentication-results", "arc-seal", "x-received", "received-spf", "list-id", "x-mozilla-status", "importance",
  ]

  init(_ text: [UInt8]) {
    var rest = text[...].drop { $0 == 0x0A || $0 == 0x0D }
    var known = 0
    var lines = 0
    var envelope = false
    var firstIsHeader: Bool?
    while !rest.isEmpty, lines < 200 {
      let line = rest.prefix { $0 != 0x0A && $0 != 0x0D }
      rest = rest[line.endIndex...]
      rest = rest.dropFirst(rest.starts(with: [0x0D, 0x0A]) ? 2 : 1)
      if line.isEmpty { break }
      if lines == 0, line.hasPrefix(ignoringCase: "From "), !line.prefix(12).contains(UInt8(ascii: ":")) {
        envelope = true
        lines += 1
        continue
      }
      lines += 1
      if line.first == 0x20 || line.first == 0x09 { continue }
      let name = line.prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
      let isHeader = !name.isEmpty && line.dropFirst(name.count).first == UInt8(ascii: ":")
      if firstIsHeader == nil { firstIsHeader = isHeader }
      if isHeader, MailStart.names.contains(String(decoding: name, as: UTF8.self).lowercased()) { known += 1 }
    }
    self.known = known
    self.lines = lines
    self.firstIsHeader = firstIsHeader ?? false
    hasEnvelope = envelope
  }

  /// Two known names, or one in a block that begins with a header or an envelope.
  var isMail: Bool { isCertain || known >= 1 && hasEnvelope || known >= 3 }

  /// Two known names from the first line on.
  var isCertain: Bool { known >= 2 && (firstIsHeader || hasEnvelope) }

  /// An envelope line, and another one after a blank line further down.
  func isMailbox(_ bytes: UnsafeRawBufferPointer) -> Bool {
    hasEnvelope && MailboxLines.starts(in: bytes, limit: 2).count > 1
  }
}

extension UInt8 {
  /// Stands in names of elements; enough for telling markup from text.
  var isNameByte: Bool {
    switch self {
    case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E, 0x80...0xFF: true
    default: false
    }
  }

  var loweredASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension Collection<UInt8> {
  /// `ascii` must be in lower case where it has letters.
  func hasPrefix(ignoringCase ascii: String) -> Bool {
    var at = startIndex
    for byte in ascii.utf8 {
      guard at != endIndex, self[at].loweredASCII == byte.loweredASCII else { return false }
      formIndex(after: &at)
    }
    return true
  }

  /// Where `ascii` first stands, letter for letter.
  ///
  /// By hand: the library's search goes through generic code that is a hundred times slower on bytes.
  func firstRange(of ascii: String) -> Range<Index>? {
    let wanted = Array(ascii.utf8)
    let found =
      withContiguousStorageIfAvailable { ByteSearch.offset(of: wanted, in: $0) }
      ?? Array(self).withUnsafeBufferPointer { ByteSearch.offset(of: wanted, in: $0) }
    return found.map { index(startIndex, offsetBy: $0)..<index(startIndex, offsetBy: $0 + wanted.count) }
  }
}

private enum ByteSearch {
  static func offset(of wanted: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let first = wanted.first else { return 0 }
    guard bytes.count >= wanted.count else { return nil }
    for offset in 0...bytes.count - wanted.count where bytes[offset] == first {
      if wanted.indices.allSatisfy({ bytes[offset + $0] == wanted[$0] }) { return offset }
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  func has(_ wanted: [UInt8], at offset: Int) -> Bool {
    count >= offset + wanted.count && self[offset..<offset + wanted.count].elementsEqual(wanted)
  }
}
