/// Values of a message's headers: each contract field whose standard is `RFC 5322 Name` takes that header.
package struct HeaderExtractor: Extractor {
  package let producer = "headers 2"
  /// Of a contract that a message's headers fill.
  static let standard = "RFC 5322"
  package init() {}

  package func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    guard case .text(let text) = reading.content, !text.headers.isEmpty else { return Extraction() }
    var extraction = Extraction()
    for field in contract.fields {
      guard let standard = field.standard, standard.hasPrefix("RFC 5322 ") else { continue }
      let name = standard.dropFirst(9).lowercased()
      var ordinal = 0
      for header in text.headers where header.name == name {
        ordinal += 1
        for (raw, value) in HeaderExtractor.values(header.value, of: field) {
          extraction.candidates[field.name, default: []].append(
            Candidate(
              path: field.name, value: .text(value), raw: raw, score: 20, locators: [.header(name, ordinal: ordinal)],
              producer: producer, isExact: true))
        }
        if !field.isList, extraction.candidates[field.name] != nil { break }
      }
    }
    return extraction
  }

  private static func values(_ header: String, of field: Field) -> [(String, String)] {
    let text = header.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.isEmpty else { return [] }
    switch field.type {
    case .email:
      let parts = field.isList ? MailAddresses.split(text) : [text]
      return parts.map { ($0, MailAddresses.address(in: $0)) }
    case .datetime: return [(text, MailDate.iso(text) ?? text)]
    // A program that had none to write.
    case .id where text == "<>": return []
    default: return [(text, text)]
    }
  }
}

/// Addresses of a header: `"Name" <user@host>, …`.
enum MailAddresses {
  /// One by one; of a group (`Team: a@host, b@host;`) its members, or its name where it has none.
  static func split(_ text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var group: (name: String, place: Int)?
    func end() {
      let address = part.trimmed
      // What has nobody before its `@` is a route, and no address.
      if !address.isEmpty, !address.hasPrefix("@") { parts.append(address) }
      part = ""
    }
    var isQuoted = false
    var depth = 0
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "<" || character == "(" { depth += 1 }
      if !isQuoted, character == ">" || character == ")" { depth -= 1 }
      guard !isQuoted, depth <= 0, ",:;".contains(character), character != ":" || !part.contains("@") else {
        part.append(character)
        continue
      }
      if character == ":" {
        group = (part.trimmed, parts.count)
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

  /// What stands in angle brackets, else the word with an `@`, else the text.
  static func address(in text: String) -> String {
    if let open = text.lastIndex(of: "<"), let close = text[open...].firstIndex(of: ">") {
      let inner = String(text[text.index(after: open)..<close]).trimmed
      if !inner.isEmpty { return inner }
    }
    return text.split { " ,;".contains($0) }.first { $0.contains("@") }.map(String.init) ?? text
  }
}

extension Substring {
  fileprivate var trimmingQuotes: String {
    String(
      drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }.reversed().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
        .reversed())
  }
}

/// A header's date, RFC 5322: `Mon, 2 Sep 2002 14:05:11 -0400`.
enum MailDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// RFC 3339, in the zone that the header names; nil where it cannot be understood.
  static func iso(_ text: String) -> String? {
    let words = text.split { " ,".contains($0) }.map(String.init)
    guard let at = words.firstIndex(where: { months.contains($0.prefix(3).lowercased()) }), at > 0,
      at + 2 < words.count, let month = months.firstIndex(of: words[at].prefix(3).lowercased()),
      let day = Int(words[at - 1]), var year = Int(words[at + 1])
    else { return nil }
    if year < 50 { year += 2000 } else if year < 1000 { year += 1900 }
    let clock = words[at + 2].split(separator: ":").map { Int($0) ?? -1 }
    guard let date = CalendarDate(year: year, month: month + 1, day: day), clock.count >= 2,
      (0...23).contains(clock[0]), (0...59).contains(clock[1])
    else { return nil }
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let seconds = clock.count > 2 && (0...60).contains(clock[2]) ? clock[2] : 0
    let zone = at + 3 < words.count ? MailDate.zone(words[at + 3]) : "Z"
    return "\(date)T\(two(clock[0])):\(two(clock[1])):\(two(seconds))\(zone)"
  }

  private static func zone(_ word: String) -> String {
    // RFC 5322: the time is given without saying where.
    if word == "-0000" { return "" }
    if let sign = word.first, sign == "+" || sign == "-", word.count == 5, Int(word.dropFirst()) != nil {
      return "\(word.prefix(3)):\(word.suffix(2))"
    }
    let american = ["EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7]
    return american[word.uppercased()].map { "-0\(-$0):00" } ?? "Z"
  }
}
