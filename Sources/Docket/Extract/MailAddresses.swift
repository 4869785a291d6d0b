/// Addresses of a header: `"Name" <user@host>, …`.
enum MailAddresses {
  /// One by one; of a group (`Team: a@host, b@host;`) its members, or its name where it has none.
  static func split(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    /// What stood before a comma without being an address: `Lee, Ann <a@host>`.
    var surname = ""
    var group: (name: String, place: Int)?
    func end() {
      let address = part.trimmed
      let isNamed = !surname.isEmpty && address.contains("<") && address.contains("@")
      if !surname.isEmpty, !isNamed { parts.append(surname) }
      // What has nobody before its `@` is a route, and no address.
      if !address.isEmpty, !address.hasPrefix("@") { parts.append(isNamed ? "\(surname), \(address)" : address) }
      surname = ""
      part = ""
    }
    var isQuoted = false
    var depth = 0
    // A quote that nobody closed is a letter like others.
    let hasQuotes = text.count { $0 == "\"" } % 2 == 0
    for character in text {
      if hasQuotes, character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "<" || character == "(" { depth += 1 }
      if !isQuoted, character == ">" || character == ")" { depth -= 1 }
      guard !isQuoted, depth <= 0, ",:;".contains(character), character != ":" || !part.contains("@") else {
        // `<a@host> <b@host>`: a comma was forgotten.
        if !isQuoted, depth == 1, character == "<", part.contains(">"), part.contains("@") { end() }
        part.append(character)
        continue
      }
      if character == ":" {
        group = (part.trimmed, parts.count)
        part = ""
        continue
      }
      if character == ",", surname.isEmpty, !part.contains("@") {
        surname = part.trimmed
        part = ""
        continue
      }
      end()
      if character == ";" {
        if let group, group.place == parts.count, !group.name.isEmpty { parts.append(group.name) }
        group = nil
      }
    }
    end()
    if let group, group.place == parts.count, !group.name.isEmpty { parts.append(group.name) }
    return parts
  }

  /// What stands before the angle brackets, without quotes; nil where nothing does.
  static func name(in text: String) -> String? {
    guard let open = text.lastIndex(of: "<") else { return nil }
    let name = text[..<open].trimmingQuotes
    return name.isEmpty || name.contains("@") ? nil : name
  }

  /// What stands in angle brackets, or the word with an `@` where that has none; else the text; empty for `<>`, which
  /// is nobody.
  static func address(in text: String) -> String {
    if let open = text.lastIndex(of: "<") {
      let inner = text[text.index(after: open)...].prefix { $0 != ">" }
      if !inner.contains(where: { !$0.isWhitespace }), text[..<open].allSatisfy(\.isWhitespace) { return "" }
      let bare = unwrapped(inner)
      // `ann@example.org <Ann>`: the wrong way round.
      let isBeside = !bare.contains("@") && text.contains("@")
      if !bare.isEmpty, !isBeside { return bare }
    }
    let words = withoutComments(text).split { " ,;<>".contains($0) }
    return words.first { $0.contains("@") }.map { unwrapped($0) } ?? withoutComments(text).trimmingQuotes
  }

  /// Without a route (`@a,@b:user@host`), a group's name, `mailto:`, brackets, and blanks around the `@` and behind it.
  private static func unwrapped(_ text: Substring) -> String {
    var address = text
    while let first = address.first, " \t<[('".contains(first), !isLiteral(address) { address = address.dropFirst() }
    while let last = address.last, " \t>])';".contains(last), !isLiteral(address) { address = address.dropLast() }
    // `"ann@host"`: all of it is quoted.
    if address.count > 2, address.hasPrefix("\""), address.hasSuffix("\"") { address = address.dropFirst().dropLast() }
    if !address.contains("\""), let colon = address.lastIndex(of: ":"), !isLiteral(address) {
      let behind = address[address.index(after: colon)...]
      // A group without members is its name.
      address = behind.contains("@") && !behind.hasPrefix("@") ? behind : address[..<colon]
    }
    guard !address.contains("\""), let at = address.firstIndex(of: "@") else { return String(address) }
    let local = address[..<at].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // A name with a blank is one in quotes (RFC 5322, 3.4.1), not one without the blank.
    return (local.contains(" ") ? "\"\(local)\"" : local) + address[at...].filter { !$0.isWhitespace }
  }

  /// `user@[10.0.0.1]`.
  private static func isLiteral(_ address: Substring) -> Bool { address.contains("@[") && address.hasSuffix("]") }

  /// `MAILER-DAEMON (Mail System)`, where something stands beside the comment.
  private static func withoutComments(_ text: String) -> String {
    var depth = 0
    var kept = ""
    for character in text {
      if character == "(" { depth += 1 }
      if depth == 0 { kept.append(character) }
      if character == ")" { depth = max(0, depth - 1) }
    }
    return kept.trimmed.isEmpty ? text.trimmed : kept.trimmed
  }
}

extension StringProtocol {
  fileprivate var trimmingQuotes: String {
    String(
      drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }.reversed().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
        .reversed())
  }
}
