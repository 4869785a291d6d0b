/// Names of files: which are not finished, and which are safe to make.
enum FileName {
  private static let unfinishedEndings = [".part", ".tmp", ".partial", ".crdownload", ".filepart", ".swp", "~"]

  /// A file that its writer will rename when it is whole, or that is hidden.
  static func isUnfinished(_ name: String) -> Bool {
    if name.hasPrefix(".") { return true }
    let lower = name.lowercased()
    return unfinishedEndings.contains { lower.hasSuffix($0) }
  }

  /// The name for a second, third … file: `scan-2.pdf`.
  static func numbered(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    let (stem, ending) = parts(of: name)
    return "\(stem)-\(number)\(ending)"
  }

  /// Stem and ending, the ending with its dot; a name that only begins with a dot has none.
  static func parts(of name: String) -> (stem: String, ending: String) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
    return (String(name[..<dot]), String(name[dot...]))
  }

  /// A text as part of a file's name: letters, digits and `._-` stay, whatever else becomes `-`. At most
  /// 60 characters; never empty, never beginning with a dot.
  static func safe(_ text: String) -> String {
    var out = ""
    for character in text.prefix(200) {
      let isPlain = character.isLetter || character.isNumber || "._-".contains(character)
      if isPlain { out.append(character) } else if !out.hasSuffix("-") { out.append("-") }
    }
    while let first = out.first, ".-".contains(first) { out.removeFirst() }
    out = String(out.prefix(60))
    while out.utf8.count > 180 { out.removeLast() }
    while let last = out.last, ".-".contains(last) { out.removeLast() }
    return out.isEmpty ? "unnamed" : out
  }
}
