import Docket

/// HTML as text: what a person reads, in the order it stands, in one pass and in constant depth.
///
/// Blocks begin on lines of their own; cells of a row are divided by tabs, and tables that have no other inside are
/// told of cell by cell. Scripts, styles, comments and what is not shown are left out. Links stand at the end.
struct HTMLText {
  private var scanner: HTMLScanner
  private var out: [UInt8] = []
  /// A blank is owed before the next character.
  private var owesBlank = false
  /// A line end is owed before the next character of this cell.
  private var owesLine = false
  private var preformatted = 0
  private var hidden: Hidden?
  private var rewinds = 0
  private var open: [HTMLTable] = []
  private var done: [HTMLTable] = []
  private var links: [String] = []

  /// An element that is not shown.
  private struct Hidden {
    var name: String
    var depth = 1
    /// Where its content begins, for an element that never ends.
    var start: Int
  }

  /// Deeper tables are read, but not told of.
  private static let deepest = 256
  private static let mostLinks = 200

  /// The text with its tables.
  static func read(_ html: String) -> TextReading {
    var converter = HTMLText(scanner: HTMLScanner(html))
    converter.run()
    return converter.reading()
  }

  private init(scanner: HTMLScanner) {
    self.scanner = scanner
    out.reserveCapacity(scanner.input.count / 3)
  }

  private mutating func run() {
    while true {
      switch scanner.next() {
      case .byte(let byte): put(byte)
      case .text(let text): put(text)
      case .tag(let tag): take(tag)
      case .silence: break
      case .end:
        // What is hidden to the very end was never closed: a mistake, or the whole mail.
        guard let unended = hidden, rewinds < 8 else { return }
        rewinds += 1
        hidden = nil
        scanner.at = unended.start
      }
    }
  }

  private mutating func reading() -> TextReading {
    while !open.isEmpty { closeTable() }
    while out.last.map({ $0 <= 0x20 }) == true { out.removeLast() }
    if !out.isEmpty { out.append(0x0A) }
    let offsets = ScalarOffsets(out)
    let tables = done.filter(\.isTable).sorted { $0.start < $1.start }.map { table in
      TextTable(rows: table.rows.map { row in row.map { offsets.range($0) } })
    }
    if !links.isEmpty { out += Array(("\n" + links.map { "<\($0)>\n" }.joined()).utf8) }
    return TextReading(text: String(decoding: out, as: UTF8.self), tables: tables)
  }

  // Characters

  private mutating func put(_ byte: UInt8) {
    guard hidden == nil else { return }
    if byte <= 0x20, preformatted == 0 || byte == 0x0D {
      owesBlank = true
      return
    }
    if owesLine { breakLine() }
    if preformatted > 0, byte <= 0x20 {
      out.append(byte)
      return
    }
    if owesBlank, let last = out.last, last != 0x0A, last != 0x09, last != 0x20 { out.append(0x20) }
    owesBlank = false
    if let last = open.indices.last { open[last].mark(out.count) }
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
    owesLine = false
    while out.last == 0x20 || out.last == 0x09 { out.removeLast() }
    if let last = out.last, last != 0x0A { out.append(0x0A) }
  }

  /// Leaves one blank line, never two.
  private mutating func breakParagraph() {
    breakLine()
    if out.count > 1, out[out.count - 2] != 0x0A { out.append(0x0A) }
  }

  /// Within a cell lines follow closely, and none stands before its first character or behind its last.
  private mutating func breakBlock(isParagraph: Bool) {
    guard let table = open.last, table.isInCell else {
      if isParagraph { breakParagraph() } else { breakLine() }
      return
    }
    owesBlank = false
    owesLine = table.hasText
  }

  // Tags

  private mutating func take(_ tag: HTMLTag) {
    if let inside = hidden, !(inside.name == "p" && !tag.isEnd && HTMLText.endingParagraph.contains(tag.name)) {
      guard inside.name == tag.name else { return }
      hidden?.depth += tag.isEnd ? -1 : 1
      if hidden?.depth == 0 { hidden = nil }
      return
    }
    hidden = nil
    if !tag.isEnd, tag.isHidden, !HTMLText.void.contains(tag.name) {
      hidden = Hidden(name: tag.name, start: scanner.at)
      return
    }
    apply(tag)
  }

  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "body",
    "html", "td", "th",
  ]
  /// Whose beginning ends a paragraph that has no end of its own.
  private static let endingParagraph: Set<String> = [
    "p", "div", "table", "ul", "ol", "dl", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
    "article", "header", "footer", "form", "tr", "td", "th", "li",
  ]

  private mutating func apply(_ tag: HTMLTag) {
    switch tag.name {
    case "script", "style", "title", "noscript", "template", "svg", "textarea", "select", "object", "iframe":
      if !tag.isEnd { scanner.skip(to: tag.name) }
    case "br" where open.last?.isInCell == true: breakBlock(isParagraph: false)
    case "br":
      owesBlank = false
      while out.last == 0x20 { out.removeLast() }
      if !out.isEmpty, !out.suffix(2).elementsEqual([0x0A, 0x0A]) { out.append(0x0A) }
    case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "hr":
      breakBlock(isParagraph: true)
    case "pre":
      breakBlock(isParagraph: true)
      preformatted = max(0, preformatted + (tag.isEnd ? -1 : 1))
    case "table":
      if tag.isEnd { closeTable() } else { openTable() }
    case "tr": beginRow(isEnd: tag.isEnd)
    case "td", "th":
      if tag.isEnd { endCell() } else { beginCell(tag) }
    case "a": if !tag.isEnd { link(tag) }
    case "input": if !tag.isEnd { input(tag) }
    case "div", "li", "dt", "dd", "section", "article", "header", "footer", "aside", "main", "nav", "form",
      "fieldset", "address", "center", "body", "caption", "figure", "option":
      breakBlock(isParagraph: false)
    default: break
    }
  }

  private mutating func link(_ tag: HTMLTag) {
    guard links.count < HTMLText.mostLinks, let target = tag.value("href").map(MailText.line),
      target.hasPrefix("https://") || target.hasPrefix("http://"), target.utf8.count <= 2000, !links.contains(target)
    else { return }
    links.append(target)
  }

  /// What a field of a form shows.
  private mutating func input(_ tag: HTMLTag) {
    guard ["text", "email", "number", "tel", "date", ""].contains(tag.value("type")?.lowercased() ?? "") else { return }
    put(tag.value("value") ?? "")
  }

  // Tables

  private mutating func openTable() {
    // A table around another one is for layout.
    if let last = open.indices.last { open[last].isAround = true }
    if open.last?.isInCell == true { breakLine() } else { breakParagraph() }
    guard open.count < HTMLText.deepest else { return }
    open.append(HTMLTable(start: out.count))
  }

  private mutating func closeTable() {
    guard !open.isEmpty else { return }
    beginRow(isEnd: true)
    done.append(open.removeLast())
    // What follows in the cell of a table around this one begins on a line of its own.
    if open.last?.isInCell == true { breakLine() } else { breakParagraph() }
  }

  private mutating func beginRow(isEnd: Bool) {
    endCell()
    breakLine()
    guard let last = open.indices.last else { return }
    open[last].endRow()
    if !isEnd { open[last].beginRow() }
  }

  private mutating func beginCell(_ tag: HTMLTag) {
    guard let last = open.indices.last else {
      // A cell outside of any table is a stretch of its line.
      owesBlank = true
      return
    }
    endCell()
    owesBlank = false
    if !open[last].isRow { open[last].beginRow() }
    // Cells that other rows take are empty here.
    let place = open[last].beginCell(columns: tag.span("colspan"), rows: tag.span("rowspan"))
    if place > 0, out.last != 0x0A || !open[last].isAround { out.append(0x09) }
    if tag.isHidden { hidden = Hidden(name: tag.name, start: scanner.at) }
  }

  private mutating func endCell() {
    guard let last = open.indices.last, open[last].isInCell else { return }
    owesBlank = false
    owesLine = false
    var end = out.count
    while end > 0, out[end - 1] <= 0x20 { end -= 1 }
    open[last].endCell(at: end)
  }
}
