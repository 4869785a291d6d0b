/// Texts of mails, made fit to be kept.
enum MailText {
  /// One line: control characters and line ends become blanks, runs of blanks one.
  static func line(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var blank = false
    for scalar in text.unicodeScalars {
      if scalar.value <= 0x20 || scalar.value == 0x7F {
        blank = !out.isEmpty
      } else {
        if blank { out.append(" ") }
        blank = false
        out.append(scalar)
      }
    }
    return String(out)
  }

  /// A member's name: one line, no longer than a file system takes.
  static func name(_ text: String) -> String {
    let line = line(text)
    return line.utf8.count <= 200 ? line : String(line.prefix(60)) + "…" + String(line.suffix(20))
  }

  /// A name for what came without one.
  static func name(ordinal: Int, mediaType: String) -> String {
    let endings = [
      "text/plain": "txt", "text/html": "html", "text/calendar": "ics", "text/csv": "csv", "image/jpeg": "jpg",
      "message/rfc822": "eml", "application/octet-stream": "bin", "application/xml": "xml", "text/xml": "xml",
    ]
    let subtype = mediaType.split(separator: "/").last.map(String.init) ?? "bin"
    let isPlain = subtype.utf8.allSatisfy { ($0 | 0x20).isNameByte && $0 != 0x2E }
    return "part-\(ordinal).\(endings[mediaType] ?? (isPlain ? subtype : "bin"))"
  }
}
