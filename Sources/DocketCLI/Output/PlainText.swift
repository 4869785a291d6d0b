import Docket

/// Text from documents and file names, made safe for a terminal.
enum PlainText {
  /// Control characters (escape sequences among them) and bidirectional controls become `�`; tabs and line ends stay.
  static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { out.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar) }
    return String(out)
  }

  /// The same on one line: line ends and tabs become blanks.
  static func oneLine(_ text: String) -> String {
    safe(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
  }

  /// The same, cut where it is longer than a terminal is wide.
  static func short(_ text: String) -> String {
    let line = oneLine(text)
    return line.count <= longest ? line : line.prefix(longest - 1) + "…"
  }

  private static let longest = 100

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isDangerous && !["\t", "\n", "\r"].contains(scalar)
  }
}
