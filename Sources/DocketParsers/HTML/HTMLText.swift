/// HTML as plain text: what a person reads, without layout, in one pass over the bytes and in constant depth.
///
/// Blocks begin on lines of their own, cells of a row are divided by tabs, scripts, styles and comments are left out,
/// entities become their characters. Broken markup is taken as browsers take it: what is no tag is text.
struct HTMLText {
  private let input: [UInt8]
  private var at = 0
  private var out: [UInt8] = []
  /// A blank is owed before the next character.
  private var owesBlank = false
  private var preformatted = 0
  /// The current row has a cell already.
  private var hasCell = false

  static func plain(_ html: String) -> String {
    var converter = HTMLText(input: Array(html.utf8))
    converter.run()
    return String(decoding: converter.out, as: UTF8.self)
  }

  private init(input: [UInt8]) {
    self.input = input
    out.reserveCapacity(input.count / 3)
  }

  private mutating func run() {
    while at < input.count {
      let byte = input[at]
      if byte == UInt8(ascii: "<"), let tag = takeTag() {
        apply(tag)
      } else if byte == UInt8(ascii: "&"), let text = takeEntity() {
        put(text)
      } else {
        put(byte)
        at += 1
      }
    }
    while out.last.map({ $0 <= 0x20 }) == true { out.removeLast() }
    if !out.isEmpty { out.append(0x0A) }
  }

  private mutating func put(_ byte: UInt8) {
    if byte <= 0x20, preformatted == 0 || byte == 0x0D {
      owesBlank = true
      return
    }
    if preformatted > 0, byte <= 0x20 {
      out.append(byte)
      return
    }
    if owesBlank, let last = out.last, last != 0x0A, last != 0x09, last != 0x20 { out.append(0x20) }
    owesBlank = false
    out.append(byte)
  }

  private mutating func put(_ text: String) {
    if text == "\u{A0}" {
      owesBlank = true
    } else {
      for byte in text.utf8 { put(byte) }
    }
  }

  /// Ends the line, if there is anything on it.
  private mutating func breakLine() {
    owesBlank = false
    while out.last == 0x20 || out.last == 0x09 { out.removeLast() }
    if let last = out.last, last != 0x0A { out.append(0x0A) }
  }

  /// Leaves one blank line, never two.
  private mutating func breakParagraph() {
    breakLine()
    if out.count > 1, out[out.count - 2] != 0x0A { out.append(0x0A) }
  }

  private struct Tag {
    var name: String
    var isEnd: Bool
  }

  /// The tag that begins here, passed over; nil where a `<` is just a character.
  private mutating func takeTag() -> Tag? {
    var next = at + 1
    guard next < input.count else { return nil }
    if input[next] == UInt8(ascii: "!") || input[next] == UInt8(ascii: "?") { return takeDeclaration() }
    let isEnd = input[next] == UInt8(ascii: "/")
    if isEnd { next += 1 }
    let name = input[next...].prefix { $0.isNameByte && $0 < 0x80 }
    guard let first = name.first, (0x61...0x7A).contains(first | 0x20) else { return nil }
    let tag = Tag(name: String(decoding: name.prefix(32), as: UTF8.self).lowercased(), isEnd: isEnd)
    at = endOfTag(from: name.endIndex)
    return tag
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

  private mutating func takeDeclaration() -> Tag? {
    let rest = input[at...]
    if rest.starts(with: Array("<!--".utf8)) {
      at = find("-->", from: at + 4) ?? input.count
    } else {
      at = (rest.firstIndex(of: UInt8(ascii: ">")) ?? input.count - 1) + 1
    }
    return Tag(name: "", isEnd: false)
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

  private mutating func apply(_ tag: Tag) {
    switch tag.name {
    case "": break
    case "script", "style", "title", "noscript", "template", "svg", "textarea", "select":
      guard !tag.isEnd, let end = find("</\(tag.name)", from: at) else { return }
      at = endOfTag(from: end)
    case "br":
      owesBlank = false
      while out.last == 0x20 { out.removeLast() }
      if !out.isEmpty, !out.suffix(2).elementsEqual([0x0A, 0x0A]) { out.append(0x0A) }
    case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "blockquote", "hr":
      breakParagraph()
    case "pre":
      breakParagraph()
      preformatted = max(0, preformatted + (tag.isEnd ? -1 : 1))
    case "tr":
      breakLine()
      hasCell = false
    case "td", "th":
      guard !tag.isEnd else { return }
      if hasCell, let last = out.last, last != 0x0A {
        owesBlank = false
        out.append(0x09)
      }
      hasCell = true
    case "div", "li", "dt", "dd", "section", "article", "header", "footer", "aside", "main", "nav", "form",
      "fieldset", "address", "center", "body", "caption", "thead", "tbody", "tfoot", "figure", "option":
      breakLine()
    default: break
    }
  }

  private mutating func takeEntity() -> String? {
    let body = input[(at + 1)...].prefix(32)
    guard let found = HTMLEntities.read(body) else { return nil }
    at += 1 + found.length
    return found.text
  }
}
