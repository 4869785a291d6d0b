import Docket
import Testing

@testable import DocketParsers

@Suite struct XMLParserTests {
  private func tree(_ text: String) -> TreeNode? { Array(text.utf8).withUnsafeBytes { XMLParser.tree(of: $0) } }

  @Test("keeps names, namespaces, attributes and text")
  func form() throws {
    let text =
      "<?xml version=\"1.0\"?><a xmlns=\"urn:x\" xmlns:p=\"urn:y\">"
      + "<p:b c=\"1 &amp; 2\"> three <!-- four --></p:b></a>"
    let (output, summary) = try read(Array(text.utf8))
    guard case .tree(let root) = summary.content else {
      Issue.record("no tree")
      return
    }
    #expect(output.pages.isEmpty)
    #expect((root.name, root.namespace) == ("a", "urn:x"))
    let child = try #require(root.children.first)
    #expect((child.name, child.namespace, child.text) == ("b", "urn:y", "three"))
    #expect(child.attributes == [.init(name: "c", value: "1 & 2")])
  }

  @Test("reads other encodings")
  func encoding() {
    let bytes = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Stra".utf8) + [0xDF] + Array("e</a>".utf8)
    #expect(bytes.withUnsafeBytes { XMLParser.tree(of: $0) }?.text == "Straße")
  }

  @Test("refuses what is not well-formed")
  func damaged() {
    #expect(code(reading: Array("<?xml version=\"1.0\"?><a><b></a>".utf8)) == .xmlDamaged)
  }

  @Test("expands no entity and fetches none", .timeLimit(.minutes(1)))
  func entities() {
    let levels = (1...9).map { "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 10))\">" }.joined()
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"ha\">\(levels)]><a>&e9;</a>"
    #expect(code(reading: Array(bomb.utf8)) == .xmlDamaged)
    let attribute = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"ha\">\(levels)]><a b=\"&e9;\"/>"
    #expect(code(reading: Array(attribute.utf8)) == .xmlDamaged)
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>"
    #expect(code(reading: Array(outside.utf8)) == .xmlDamaged)
  }

  @Test("ends on elements that lie too deep")
  func depth() {
    func nested(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(tree(nested(XMLParser.depthLimit)) != nil)
    #expect(tree(nested(XMLParser.depthLimit + 1)) == nil)
    #expect(tree(nested(100_000)) == nil)
  }

  @Test(
    "knows a structured original by its namespace",
    arguments: [
      ("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", true),
      ("urn:ferd:CrossIndustryDocument:invoice:1p0", true),
      ("urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", true), ("http://www.w3.org/2000/svg", false),
    ])
  func originals(namespace: String, isOne: Bool) {
    let bytes = Array("<?xml version=\"1.0\"?><a xmlns=\"\(namespace)\"/>".utf8)
    #expect((bytes.withUnsafeBytes { XMLParser.structuredOriginal(in: $0) } != nil) == isOne)
  }
}
