/// Text that was meant for a printer: bold letters are printed twice, printers are spoken to in between.
enum PrintSpool {
  private static let escape: UInt8 = 0x1B

  /// What would have stood on the paper; form feeds stay. Lines end with `\n`.
  static func plain(_ text: String) -> String {
    let isSpoken = text.utf8.contains { $0 == escape || $0 == 0x08 || $0 == 0x0D || $0 == 0x1A }
    let lines = isSpoken ? printed(withoutCommands(text)) : text
    return carriageControlled(lines) ?? lines
  }

  /// Without what PCL, ESC/P and terminals take for commands, and without the mark that ended DOS's files.
  private static func withoutCommands(_ text: String) -> String {
    var out: [UInt8] = []
    let bytes = Array(text.utf8)
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      guard byte == escape else {
        if byte != 0x1A { out.append(byte) }
        continue
      }
      guard at < bytes.count else { break }
      let kind = bytes[at]
      at += 1
      // `ESC [ 1 m`, `ESC & l 0 O`: up to a letter that ends it, PCL's in upper case.
      guard [0x5B, 0x26, 0x28, 0x29, 0x2A].contains(kind) else { continue }
      let end = bytes[at...].prefix(16).firstIndex { byte in
        kind == 0x5B ? (0x40...0x7E).contains(byte) : (0x40...0x5A).contains(byte)
      }
      at = end.map { $0 + 1 } ?? at
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Lines that are printed over one another become one; where that makes no sense, a return is a line end.
  private static func printed(_ text: String) -> String {
    let unix = withoutReturns(text)
    guard unix.utf8.contains(where: { $0 == 0x0D || $0 == 0x08 }) else { return unix }
    guard unix.utf8.contains(0x0A) else { return TextDecoding.unixLines(unix) }
    return unix.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let passes = line.unicodeScalars.split(separator: "\r").map { overstruck($0) }
      guard let first = passes.first else { return "" }
      guard let whole = passes.dropFirst().reduce(first, { laid($0, over: $1) }) else {
        return passes.map(PrintSpool.text).joined(separator: "\n")
      }
      return PrintSpool.text(whole)
    }.joined(separator: "\n")
  }

  /// Returns before line ends say nothing.
  private static func withoutReturns(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      if byte == 0x0A { while out.last == 0x0D { out.removeLast() } }
      out.append(byte)
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// With backspaces taken: a letter over an underscore or itself is that letter.
  private static func overstruck(_ pass: Substring.UnicodeScalarView) -> [Unicode.Scalar] {
    var out: [Unicode.Scalar] = []
    var at = 0
    for scalar in pass {
      if scalar.value == 8 {
        at = max(0, at - 1)
      } else {
        if at < out.count {
          if scalar != "_", scalar != " " { out[at] = scalar }
        } else {
          out.append(scalar)
        }
        at += 1
      }
    }
    return out
  }

  /// Nil where two different letters would stand in one place.
  private static func laid(_ below: [Unicode.Scalar]?, over above: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    guard let below else { return nil }
    var out = below
    for (index, scalar) in above.enumerated() {
      if index >= out.count {
        out.append(scalar)
      } else if out[index] == " " || out[index] == "_" {
        if scalar != " " { out[index] = scalar }
      } else if scalar != " ", scalar != "_", scalar != out[index] {
        return nil
      }
    }
    return out
  }

  /// Reports of mainframes say in the first column of each line how far the paper moves before it (ASA): `1` to a new
  /// page, `0` two lines, `-` three, `+` not at all. Nil where it is another kind of text.
  private static func carriageControlled(_ text: String) -> String? {
    guard text.utf8.first == UInt8(ascii: "1"), !text.utf8.contains(0x0C) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 20, lines.allSatisfy({ $0.isEmpty || " 01-+".contains($0.first ?? " ") }),
      lines.count(where: { $0.first == " " }) * 2 > lines.count
    else { return nil }
    var out: [String] = []
    for line in lines {
      let rest = String(line.dropFirst())
      switch line.first {
      case "1": out.append(out.isEmpty ? rest : "\u{0C}\(rest)")
      case "0": out += ["", rest]
      case "-": out += ["", "", rest]
      case "+":
        let below = out.popLast().map { Array($0.unicodeScalars) } ?? []
        let above = Array(rest.unicodeScalars)
        out += laid(below, over: above).map { [PrintSpool.text($0)] } ?? [PrintSpool.text(below), rest]
      default: out.append(rest)
      }
    }
    return out.joined(separator: "\n")
  }
}
