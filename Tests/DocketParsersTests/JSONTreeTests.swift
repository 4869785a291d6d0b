import Docket
import Testing

@testable import DocketParsers

@Suite struct JSONTreeTests {
  private func tree(_ text: String) throws -> TreeNode? {
    guard case .tree(let root) = try read(Array(text.utf8)).summary.content else { return nil }
    return root
  }

  @Test("members are elements in the order of their names, lists repeat their name")
  func form() throws {
    let root = try #require(
      try tree(#"{"order": {"no": "7", "items": [{"a": 1}, {"a": 2.50}], "b": true, "c": null}}"#))
    #expect(root.name == "order")
    #expect(root.children.map(\.name) == ["b", "c", "items", "items", "no"])
    #expect(root.children.compactMap { $0.children.first?.text } == ["1", "2.50"])
    #expect(try tree(#"[{"x": "y"}]"#)?.children.first?.name == "element")
  }

  @Test("what only begins like JSON has its code, and prose in brackets is text")
  func damaged() throws {
    #expect(code(reading: Array(#"{"a": 1,}"#.utf8)) == .jsonDamaged)
    #expect(code(reading: Array(String(repeating: "[{\"a\":", count: 200).utf8) + Array("}]".utf8)) == .jsonDamaged)
    #expect(try read(Array("[a note] and more]".utf8)).summary.mediaType == MediaType.plain)
  }

  @Test("each line of JSON Lines is a document of its own")
  func lines() throws {
    let (output, summary) = try read(Array("{\"a\": 1}\n\n{\"a\": 2}\n".utf8))
    #expect(summary.mediaType == MediaType.json)
    #expect(output.members.map(\.part.text) == ["line/1", "line/2"])
    #expect(output.members.map { String(decoding: $0.bytes, as: UTF8.self) } == ["{\"a\": 1}", "{\"a\": 2}"])
  }
}
