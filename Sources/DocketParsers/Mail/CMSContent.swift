/// What a CMS message ([RFC 5652], PKCS #7, `.p7m`) holds: the signed content can be taken out without any key.
///
/// BER is read by hand: the content may come in pieces and with lengths left open, and nothing else of it matters.
enum CMSContent {
  /// Signed, with the content that was signed; the signature was not checked.
  case signed([UInt8])
  /// A signature alone: what it signs came apart from it.
  case detached
  case encrypted
  /// Something that is neither, or damaged.
  case other

  /// Whether bytes begin as CMS does: a sequence that names one of its kinds of content.
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.first == 0x30, bytes.count > 15 else { return false }
    return (2...6).contains { bytes.has([0x06, 0x09] + data, at: $0) || bytes.has(authenticated, at: $0) }
  }

  /// 1.2.840.113549.1.7; the next number is the kind.
  private static let data: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]
  /// 1.2.840.113549.1.9.16.1.23: encrypted in the newer way.
  private static let authenticated: [UInt8] = [
    0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17,
  ]

  init(_ bytes: [UInt8]) {
    var reader = BERReader(CMSContent.binary(bytes))
    self = CMSContent.read(&reader) ?? .other
  }

  /// Text in Base64, with or without a line around it, becomes the bytes it stands for.
  private static func binary(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.first != 0x30 else { return bytes }
    let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }.filter { $0.first != UInt8(ascii: "-") }
    return Base64Text.decode(lines.joined())
  }

  private static func read(_ reader: inout BERReader) -> CMSContent? {
    guard reader.enter(0x30), let kind = reader.primitive(0x06) else { return nil }
    if kind == Array(authenticated.dropFirst(2)) { return .encrypted }
    guard kind.dropLast() == data[...], let number = kind.last else { return nil }
    // Enveloped, signed and enveloped, encrypted.
    if [3, 4, 6].contains(number) { return .encrypted }
    guard number == 2, reader.enter(0xA0), reader.enter(0x30), reader.primitive(0x02) != nil, reader.skip(),
      reader.enter(0x30), reader.primitive(0x06) != nil
    else { return nil }
    guard reader.enter(0xA0) else { return .detached }
    return reader.octets().map { .signed($0) }
  }
}

/// Goes forward through BER, into what it is told to enter.
private struct BERReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private struct Head {
    var tag: UInt8
    /// Nil where the end is marked by two zeros.
    var length: Int?
    var content: Int
  }

  private func head(at place: Int) -> Head? {
    guard place + 1 < bytes.count, bytes[place] & 0x1F != 0x1F else { return nil }
    let first = bytes[place + 1]
    if first < 0x80 { return Head(tag: bytes[place], length: Int(first), content: place + 2) }
    if first == 0x80 { return Head(tag: bytes[place], length: nil, content: place + 2) }
    let count = Int(first & 0x7F)
    guard count <= 6, place + 2 + count <= bytes.count else { return nil }
    let length = bytes[place + 2..<place + 2 + count].reduce(0) { $0 << 8 | Int($1) }
    return Head(tag: bytes[place], length: length, content: place + 2 + count)
  }

  mutating func enter(_ tag: UInt8) -> Bool {
    guard let head = head(at: at), head.tag == tag else { return false }
    at = head.content
    return true
  }

  mutating func primitive(_ tag: UInt8) -> [UInt8]? {
    guard let head = head(at: at), head.tag == tag, let length = head.length, head.content + length <= bytes.count
    else {
      return nil
    }
    at = head.content + length
    return Array(bytes[head.content..<at])
  }

  mutating func skip() -> Bool {
    guard let end = end(of: at, depth: 0) else { return false }
    at = end
    return true
  }

  /// Behind what begins at `place`.
  private func end(of place: Int, depth: Int) -> Int? {
    guard depth < 32, let head = head(at: place) else { return nil }
    if let length = head.length { return head.content + length <= bytes.count ? head.content + length : nil }
    var inner = head.content
    while inner + 1 < bytes.count {
      if bytes[inner] == 0, bytes[inner + 1] == 0 { return inner + 2 }
      guard let next = end(of: inner, depth: depth + 1) else { return nil }
      inner = next
    }
    return nil
  }

  /// A string of octets in one piece, or put together from its pieces. One that is cut off is given as far as it goes.
  mutating func octets() -> [UInt8]? {
    var out: [UInt8] = []
    return gather(into: &out, depth: 0) ? out : nil
  }

  private mutating func gather(into out: inout [UInt8], depth: Int) -> Bool {
    guard depth < 8, let head = head(at: at) else { return false }
    if head.tag == 0x04 {
      let end = min(bytes.count, head.content + (head.length ?? 0))
      out += bytes[head.content..<max(head.content, end)]
      at = end
      return true
    }
    guard head.tag == 0x24 else { return false }
    at = head.content
    let end = head.length.map { min(bytes.count, head.content + $0) } ?? bytes.count
    while at < end, !(at + 1 < bytes.count && bytes[at] == 0 && bytes[at + 1] == 0) {
      guard gather(into: &out, depth: depth + 1) else { break }
    }
    if head.length == nil { at += 2 }
    return true
  }
}

/// RFC 4648, whatever stands between its letters.
enum Base64Text {
  static func decode(_ letters: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var word: UInt32 = 0
    var count = 0
    for letter in letters {
      let value: UInt8
      switch letter {
      case 0x41...0x5A: value = letter - 0x41
      case 0x61...0x7A: value = letter - 0x61 + 26
      case 0x30...0x39: value = letter - 0x30 + 52
      case 0x2B, 0x2D: value = 62
      case 0x2F, 0x5F: value = 63
      default: continue
      }
      word = word << 6 | UInt32(value)
      count += 1
      if count == 4 {
        out += [UInt8(word >> 16 & 255), UInt8(word >> 8 & 255), UInt8(word & 255)]
        word = 0
        count = 0
      }
    }
    if count == 3 { out += [UInt8(word >> 10 & 255), UInt8(word >> 2 & 255)] }
    if count == 2 { out.append(UInt8(word >> 4 & 255)) }
    return out
  }
}
