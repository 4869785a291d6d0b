import Docket

/// HTML as characters and tags, in one pass over the bytes. Broken markup is taken as browsers take it: what is no
/// tag is text.
struct HTMLScanner {
  enum Token {
    case byte(UInt8)
    /// The character that an entity stands for.
    case text(String)
    case tag(HTMLTag)
    /// A comment or a declaration.
    case silence
    case end
  }

  let input: [UInt8]
  var at = 0

  init(_ html: String) { input = Array(html.utf8) }

  mutating func next() -> Token {
    guard at < input.count else { return .end }
    let byte = input[at]
    if byte == UInt8(ascii: "<"), let token = takeTag() { return token }
    if byte == UInt8(ascii: "&"), let found = HTMLEntities.read(input[(at + 1)...].prefix(32)) {
      at += 1 + found.length
      return .text(found.text)
    }
    at += 1
    return .byte(byte)
  }

  /// Passes over what stands before an element's end, whatever it is, and over its end tag.
  mutating func skip(to name: String) {
    if let end = find("</\(name)", from: at) { at = endOfTag(from: end) }
  }

  /// The tag that begins here, passed over; nil where a `<` is just a character.
  private mutating func takeTag() -> Token? {
    var next = at + 1
    guard next < input.count else { return nil }
    if input[next] == UInt8(ascii: "!") || input[next] == UInt8(ascii: "?") {
      passDeclaration()
      return .silence
    }
    let isEnd = input[next] == UInt8(ascii: "/")
    if isEnd { next += 1 }
    let name = input[next...].prefix { $0.isNameByte && $0 < 0x80 }
    guard let first = name.first, (0x61...0x7A).contains(first | 0x20) else { return nil }
    let end = endOfTag(from: name.endIndex)
    let attributes = isEnd ? [] : input[name.endIndex..<max(name.endIndex, end - 1)]
    at = end
    return .tag(
      HTMLTag(name: String(decoding: name.prefix(32), as: UTF8.self).lowercased(), isEnd: isEnd, source: attributes))
  }

  /// Behind the `>`; quotes around attributes may hold one.
  private func endOfTag(from start: Int) -> Int {
    var quote: UInt8?
    var afterEquals = false
    for index in start..<input.count {
      let byte = input[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return index + 1
      } else if afterEquals, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        // An unclosed quote would swallow the rest of the page.
        if input[(index + 1)...].prefix(8192).contains(byte) { quote = byte }
      }
      if byte > 0x20 { afterEquals = byte == UInt8(ascii: "=") }
    }
    return input.count
  }

  private mutating func passDeclaration() {
    let rest = input[at...]
    if rest.starts(with: Array("<!--".utf8)) {
      at = find("-->", from: at + 4) ?? input.count
    } else {
      at = (rest.firstIndex(of: UInt8(ascii: ">")) ?? input.count - 1) + 1
    }
  }

  /// Behind the next place where `ascii` stands, whatever its case; it must be lower-case.
  private func find(_ ascii: String, from start: Int) -> Int? {
    let first = ascii.utf8.first ?? 0
    var index = start
    while index < input.count {
      if input[index].loweredASCII == first, input[index...].hasPrefix(ignoringCase: ascii) {
        return index + ascii.utf8.count
      }
      index += 1
    }
    return nil
  }
}

/// A tag; its attributes are read when they are asked for.
struct HTMLTag {
  /// In lower case.
  let name: String
  let isEnd: Bool
  /// What stands between the name and the `>`.
  let source: ArraySlice<UInt8>

  /// The value of an attribute, with its entities read; empty for one without a value.
  func value(_ wanted: String) -> String? {
    var rest = source
    while true {
      rest = rest.drop { $0 <= 0x20 || $0 == UInt8(ascii: "/") }
      guard !rest.isEmpty else { return nil }
      let name = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
      rest = rest[name.endIndex...].drop { $0 <= 0x20 }
      var value = rest.prefix(0)
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst().drop { $0 <= 0x20 }
        if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
          value = rest.dropFirst().prefix { $0 != quote }
          rest = rest[min(rest.endIndex, value.endIndex + 1)...]
        } else {
          value = rest.prefix { $0 > 0x20 }
          rest = rest[value.endIndex...]
        }
      } else if name.isEmpty {
        rest = rest.dropFirst()
      }
      if name.count == wanted.utf8.count, name.hasPrefix(ignoringCase: wanted) { return HTMLTag.text(value) }
    }
  }

  /// How many columns or rows a cell takes.
  func span(_ name: String) -> Int { min(100, max(1, value(name).flatMap { Int($0.trimmed) } ?? 1)) }

  /// Whether the element is not shown, by its own attributes.
  var isHidden: Bool {
    if source.isEmpty { return false }
    if value("hidden") != nil { return true }
    guard let style = value("style") else { return false }
    let rules = style.lowercased().filter { !$0.isWhitespace }.split(separator: ";")
    return rules.contains { rule in
      HTMLTag.hiding.contains { rule == $0 || rule == $0 + "!important" }
    }
  }

  private static let hiding = [
    "display:none", "visibility:hidden", "mso-hide:all", "font-size:0", "font-size:0px", "font-size:0pt",
  ]

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var out = ""
    var rest = bytes
    while let at = rest.firstIndex(of: UInt8(ascii: "&")) {
      out += String(decoding: rest[..<at], as: UTF8.self)
      let found = HTMLEntities.read(rest[(at + 1)...].prefix(32))
      out += found?.text ?? "&"
      rest = rest[(at + 1 + (found?.length ?? 0))...]
    }
    return out + String(decoding: rest, as: UTF8.self)
  }
}
