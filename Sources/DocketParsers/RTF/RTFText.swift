import Docket

/// RTF as plain text, or as the HTML that Outlook has wrapped in it ([MS-OXRTFEX]).
///
/// One pass over the bytes; groups lie on a stack of their own, so that nested ones cost no call. Cells of a row are
/// divided by tabs.
struct RTFText {
  private(set) var text = ""
  private(set) var isHTML = false

  private struct State {
    /// Inside a group that is no text: fonts, colours, pictures.
    var isHidden = false
    /// Between `\htmlrtf` and `\htmlrtf0`: what HTML does not need.
    var isForRTF = false
    /// Inside a piece of HTML.
    var isTag = false
    /// How many characters stand behind a Unicode one, for readers that know none.
    var substitutes = 1
    var codePage = 1252
    var isFontTable = false
    var font = 0
  }

  private let input: [UInt8]
  private var at = 0
  private var state = State()
  private var stack: [State] = []
  private var pending: [UInt8] = []
  private var fonts: [Int: Int] = [:]
  private var high: UInt16?

  private static let deepest = 10_000

  init(_ bytes: [UInt8]) {
    input = bytes
    run()
    flush()
    if !isHTML {
      while text.last?.isWhitespace == true { text.removeLast() }
      if !text.isEmpty { text += "\n" }
    }
  }

  /// The text, or what its HTML reads as.
  var reading: TextReading { isHTML ? HTMLText.read(text) : TextReading(text: text) }

  private mutating func run() {
    while at < input.count {
      let byte = input[at]
      at += 1
      switch byte {
      case UInt8(ascii: "{"):
        guard stack.count < RTFText.deepest else { return }
        stack.append(state)
      case UInt8(ascii: "}"):
        flush()
        state = stack.popLast() ?? State()
        // What follows the outermost group is padding.
        if stack.isEmpty { return }
      case UInt8(ascii: "\\"): takeControl()
      case 0x0A, 0x0D, 0: break
      default: put(byte)
      }
    }
  }

  private var isSilent: Bool { state.isHidden || isHTML && state.isForRTF && !state.isTag }

  private mutating func put(_ byte: UInt8) {
    if !isSilent { pending.append(byte) }
  }

  private mutating func put(_ string: String) {
    guard !isSilent else { return }
    flush()
    text += string
  }

  /// Bytes wait until their code page changes: a letter may take two.
  private mutating func flush() {
    guard !pending.isEmpty else { return }
    text += pending.withUnsafeBytes { Charset.decode($0, codePage: state.codePage) }
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func takeControl() {
    guard at < input.count else { return }
    let first = input[at]
    guard (0x61...0x7A).contains(first | 0x20) else {
      at += 1
      switch first {
      case UInt8(ascii: "'"): takeHex()
      case UInt8(ascii: "~"): put("\u{A0}")
      case UInt8(ascii: "_"): put("-")
      case UInt8(ascii: "*"): takeStarred()
      case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): put(first)
      case 0x0A, 0x0D: put("\n")
      default: break
      }
      return
    }
    let word = takeWord()
    apply(word.name, word.number)
  }

  private mutating func takeWord() -> (name: String, number: Int?) {
    let name = input[at...].prefix(32).prefix { (0x61...0x7A).contains($0 | 0x20) }
    at = name.endIndex
    var number: Int?
    let isNegative = at < input.count && input[at] == UInt8(ascii: "-")
    let digits = input[(at + (isNegative ? 1 : 0))...].prefix(10).prefix { (0x30...0x39).contains($0) }
    if !digits.isEmpty {
      number = Int(String(decoding: digits, as: UTF8.self)).map { isNegative ? -$0 : $0 }
      at = digits.endIndex
    }
    if at < input.count, input[at] == 0x20 { at += 1 }
    return (String(decoding: name, as: UTF8.self), number)
  }

  private mutating func takeHex() {
    let digits = input[at...].prefix(2)
    at = digits.endIndex
    if let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) { put(byte) }
  }

  /// `{\*\name …}`: a group that readers pass over unless they know its name.
  private mutating func takeStarred() {
    guard at < input.count, input[at] == UInt8(ascii: "\\") else { return }
    at += 1
    let word = takeWord()
    if word.name == "htmltag" {
      flush()
      state.isTag = true
      state.isForRTF = false
    } else {
      state.isHidden = true
    }
  }

  private static let hidden: Set<String> = [
    "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerl", "headerr", "headerf",
    "footerl", "footerr", "footerf", "nonshppict", "themedata", "datastore", "fldinst", "listtable",
    "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "bkmkstart", "bkmkend",
  ]

  private static let characters: [String: String] = [
    "par": "\n", "line": "\n", "sect": "\n", "row": "\n", "nestrow": "\n", "page": "\n\u{0C}", "tab": "\t",
    "cell": "\t", "nestcell": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
  ]

  private mutating func apply(_ name: String, _ number: Int?) {
    if let character = RTFText.characters[name] { return put(character) }
    if RTFText.hidden.contains(name) {
      state.isHidden = true
      return
    }
    switch name {
    case "fromhtml": isHTML = number != 0
    case "htmlrtf":
      flush()
      state.isForRTF = number != 0
    case "u": takeUnicode(number ?? 0)
    case "uc": state.substitutes = max(0, min(number ?? 1, 8))
    case "ansicpg": state.codePage = number ?? 1252
    case "pc": state.codePage = 437
    case "mac": state.codePage = 10000
    case "fonttbl":
      state.isHidden = true
      state.isFontTable = true
    case "f":
      state.font = number ?? 0
      if !state.isFontTable, let page = fonts[state.font] {
        flush()
        state.codePage = page
      }
    case "fcharset" where state.isFontTable:
      fonts[state.font] = RTFText.codePages[number ?? 1]
    case "bin": at = min(input.count, at + max(0, number ?? 0))
    default: break
    }
  }

  private static let codePages: [Int: Int] = [
    0: 1252, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257,
    204: 1251, 222: 874, 238: 1250,
  ]

  private mutating func takeUnicode(_ number: Int) {
    let unit = UInt16(truncatingIfNeeded: number)
    if UTF16.isLeadSurrogate(unit) {
      high = unit
    } else {
      put(String(decoding: high.map { [$0, unit] } ?? [unit], as: UTF16.self))
      high = nil
    }
    // The substitutes are passed over: letters, or bytes written in hexadecimal.
    var left = state.substitutes
    while left > 0, at < input.count, input[at] != UInt8(ascii: "{"), input[at] != UInt8(ascii: "}") {
      if input[at] == UInt8(ascii: "\\") {
        guard at + 1 < input.count, input[at + 1] == UInt8(ascii: "'") else { return }
        at = min(input.count, at + 4)
      } else {
        at += 1
      }
      left -= 1
    }
  }
}
