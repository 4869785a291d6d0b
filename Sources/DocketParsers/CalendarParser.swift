package import Docket

/// Calendars (RFC 5545, `.ics`) as a tree: components and properties are nodes, parameters attributes.
package struct CalendarParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.calendar] }
  package static var version: String { "calendar 1" }
  package init() {}

  /// The namespace of the same tree in XML (RFC 6321), which gives the root its name too.
  private static let namespace = "urn:ietf:params:xml:ns:icalendar-2.0"
  private static let deepest = 16

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let decoded = TextDecoding.decode(input.bytes)
    var open = [TreeNode(name: "icalendar", namespace: CalendarParser.namespace)]
    for line in CalendarParser.unfolded(decoded.text) {
      guard let property = CalendarParser.property(line) else { continue }
      if property.name == "BEGIN" {
        guard open.count < CalendarParser.deepest else {
          throw DocketError(.tooDeep, "Components lie deeper than \(CalendarParser.deepest) in one another.")
        }
        open.append(TreeNode(name: property.text.uppercased(), namespace: CalendarParser.namespace))
      } else if property.name == "END" {
        CalendarParser.close(&open)
      } else {
        open[open.count - 1].children.append(property)
      }
    }
    // A file that was cut off ends where it ends.
    while open.count > 1 { CalendarParser.close(&open) }
    return ReadingSummary(mediaType: input.mediaType, content: .tree(open[0]), findings: decoded.findings)
  }

  private static func close(_ open: inout [TreeNode]) {
    guard open.count > 1 else { return }
    let done = open.removeLast()
    open[open.count - 1].children.append(done)
  }

  /// Long lines go on behind a line end and a blank.
  private static func unfolded(_ text: String) -> [String] {
    text.split(separator: "\n").reduce(into: []) { lines, line in
      if let last = lines.indices.last, line.first == " " || line.first == "\t" {
        lines[last] += line.dropFirst()
      } else {
        lines.append(String(line))
      }
    }
  }

  /// `DTSTART;TZID=Europe/Berlin:20260304T090000`
  private static func property(_ line: String) -> TreeNode? {
    var isQuoted = false
    guard
      let colon = line.firstIndex(where: { character in
        if character == "\"" { isQuoted.toggle() }
        return character == ":" && !isQuoted
      })
    else { return nil }
    let parts = line[..<colon].split(separator: ";", omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty else { return nil }
    let attributes = parts.dropFirst().compactMap { part -> TreeNode.Attribute? in
      let pair = part.split(separator: "=", maxSplits: 1)
      return pair.count == 2 ? .init(name: String(pair[0]), value: pair[1].filter { $0 != "\"" }) : nil
    }
    return TreeNode(
      name: name.uppercased(), namespace: namespace, attributes: attributes,
      text: unescaped(line[line.index(after: colon)...]))
  }

  private static func unescaped(_ value: Substring) -> String {
    var out = ""
    var isEscaped = false
    for character in value {
      if isEscaped {
        out.append(character == "n" || character == "N" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        out.append(character)
      }
    }
    return out
  }
}
