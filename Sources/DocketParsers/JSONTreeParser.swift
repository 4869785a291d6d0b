package import Docket

/// JSON: any well-formed file becomes a tree. An object's members are elements in the order of their names, a list's
/// elements repeat the list's name, as they would in XML. Of JSON Lines each line is a document of its own.
package struct JSONTreeParser: Parser {
  package static let mediaTypes: Set<String> = [MediaType.json]
  package static var version: String { "json 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let text = TextDecoding.decode(input.bytes).text
    let value: JSONValue
    do throws(JSONMistake) { value = try JSONValue(parsing: text) } catch {
      if let summary = try JSONTreeParser.lines(input, into: output) { return summary }
      throw DocketError(.jsonDamaged, "The JSON is not well-formed: \(error.what).")
    }
    return ReadingSummary(mediaType: input.mediaType, content: .tree(JSONTreeParser.root(value)))
  }

  /// Nil where the lines are no objects.
  private static func lines(
    _ input: ParserInput, into output: any ParserOutput
  ) throws(DocketError) -> ReadingSummary? {
    var lines: [Range<Int>] = []
    var start = 0
    while start < input.bytes.count {
      let end = input.bytes[start...].firstIndex(of: 0x0A) ?? input.bytes.count
      let line = input.bytes[start..<end]
      if let first = line.first(where: { $0 > 0x20 }), let last = line.last(where: { $0 > 0x20 }) {
        guard first == UInt8(ascii: "{"), last == UInt8(ascii: "}") else { return nil }
        lines.append(start..<end)
        guard lines.count <= input.settings.limits.parts else {
          throw DocketError(.tooManyParts, "The file has more than \(input.settings.limits.parts) lines.")
        }
      }
      start = end + 1
    }
    guard lines.count > 1 else { return nil }
    for (index, line) in lines.enumerated() {
      try output.member(
        part: PartPath("line/\(index + 1)"), name: "line-\(index + 1).json",
        bytes: UnsafeRawBufferPointer(rebasing: input.bytes[line]))
    }
    return ReadingSummary(mediaType: input.mediaType, content: .text(TextReading(text: "")))
  }

  private static func root(_ value: JSONValue) -> TreeNode {
    // `{ "order": { … } }` is an order.
    if case .object(let members) = value, members.count == 1, let (name, inner) = members.first,
      case .object = inner
    {
      return node(name, inner)
    }
    return node("object", value)
  }

  private static func node(_ name: String, _ value: JSONValue) -> TreeNode {
    var node = TreeNode(name: name)
    switch value {
    case .null: break
    case .boolean(let flag): node.text = flag ? "true" : "false"
    case .integer(let number): node.text = String(number)
    case .number(let number): node.text = SheetFormat.plain(number)
    case .string(let text): node.text = text.trimmed
    case .array(let elements): node.children = elements.map { JSONTreeParser.node("element", $0) }
    case .object(let members):
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        if case .array(let elements) = value {
          node.children += elements.map { JSONTreeParser.node(name, $0) }
        } else {
          node.children.append(JSONTreeParser.node(name, value))
        }
      }
    }
    return node
  }
}
