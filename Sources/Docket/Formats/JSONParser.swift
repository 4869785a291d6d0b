/// Reads JSON text (RFC 8259) from UTF-8 bytes.
struct JSONParser {
  static let deepest = 64
  let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var depth = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws(JSONMistake) -> JSONValue {
    let value = try value()
    skipBlanks()
    guard at == bytes.count else { throw JSONMistake("something follows the value") }
    return value
  }

  private mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
  }

  /// The next byte that is no blank; 0 at the end.
  private mutating func peek() -> UInt8 {
    skipBlanks()
    return at < bytes.count ? bytes[at] : 0
  }

  private mutating func expect(_ byte: UInt8) throws(JSONMistake) {
    guard peek() == byte else { throw JSONMistake("`\(Character(Unicode.Scalar(byte)))` is missing") }
    at += 1
  }

  private mutating func value() throws(JSONMistake) -> JSONValue {
    switch peek() {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .boolean(true))
    case UInt8(ascii: "f"): return try literal("false", .boolean(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONMistake) -> JSONValue {
    let end = at + word.utf8CodeUnitCount
    let isThere = end <= bytes.count && word.withUTF8Buffer { $0.elementsEqual(bytes[at..<end]) }
    guard isThere else { throw JSONMistake("a word is not known") }
    at = end
    return value
  }

  private mutating func descend() throws(JSONMistake) {
    depth += 1
    guard depth <= JSONParser.deepest else { throw JSONMistake("it is nested too deeply") }
    at += 1
  }

  private mutating func object() throws(JSONMistake) -> [String: JSONValue] {
    try descend()
    defer { depth -= 1 }
    var members: [String: JSONValue] = [:]
    if peek() == UInt8(ascii: "}") {
      at += 1
      return members
    }
    while true {
      guard peek() == UInt8(ascii: "\"") else { throw JSONMistake("a name is missing") }
      let name = try string()
      try expect(UInt8(ascii: ":"))
      members[name] = try value()
      guard peek() == UInt8(ascii: ",") else { break }
      at += 1
    }
    try expect(UInt8(ascii: "}"))
    return members
  }

  private mutating func array() throws(JSONMistake) -> [JSONValue] {
    try descend()
    defer { depth -= 1 }
    var elements: [JSONValue] = []
    if peek() == UInt8(ascii: "]") {
      at += 1
      return elements
    }
    while true {
      elements.append(try value())
      guard peek() == UInt8(ascii: ",") else { break }
      at += 1
    }
    try expect(UInt8(ascii: "]"))
    return elements
  }

  private mutating func number() throws(JSONMistake) -> JSONValue {
    let start = at
    while at < bytes.count, (48...57).contains(bytes[at]) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[at]) {
      at += 1
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if let whole = Int(text) { return .integer(whole) }
    guard let number = Double(text), number.isFinite else { throw JSONMistake("a number is malformed") }
    return .number(number)
  }

  private mutating func string() throws(JSONMistake) -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] >= 0x20 {
      at += 1
    }
    guard at < bytes.count else { throw JSONMistake("a text does not end") }
    if bytes[at] == UInt8(ascii: "\"") {
      at += 1
      return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
    }
    var out = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
      case UInt8(ascii: "\\"): out.append(contentsOf: try escaped())
      case 0..<0x20: throw JSONMistake("a text holds a control character")
      default: out.append(byte)
      }
    }
    throw JSONMistake("a text does not end")
  }

  private mutating func escaped() throws(JSONMistake) -> [UInt8] {
    guard at < bytes.count else { throw JSONMistake("a text does not end") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
    default: throw JSONMistake("an escape is not known")
    }
  }

  /// What `\uXXXX` names; half of a surrogate pair without the other is the replacement character.
  private mutating func scalar() throws(JSONMistake) -> Unicode.Scalar {
    let first = try unit()
    if (0xD800...0xDBFF).contains(first), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    {
      let back = at
      at += 2
      let second = try unit()
      if (0xDC00...0xDFFF).contains(second) {
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
      }
      at = back
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private mutating func unit() throws(JSONMistake) -> UInt32 {
    guard at + 4 <= bytes.count else { throw JSONMistake("a text does not end") }
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Hex.value(bytes[at]) else { throw JSONMistake("an escape is not known") }
      unit = unit << 4 | UInt32(digit)
      at += 1
    }
    return unit
  }
}
