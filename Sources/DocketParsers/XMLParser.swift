import CXML
package import Docket

/// XML: any well-formed file becomes a tree. Nothing is fetched and no entity is expanded.
package struct XMLParser: Parser {
  package static let mediaTypes: Set<String> = [MediaType.xml]
  package static var version: String { "xml 1 libxml2 \(LIBXML_DOTTED_VERSION)" }

  /// Elements lie at most so deep; libxml2's own limit is 256.
  static let depthLimit = 200
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    guard let root = XMLParser.tree(of: input.bytes) else {
      throw DocketError(.xmlDamaged, "The XML is not well-formed.")
    }
    return ReadingSummary(mediaType: input.mediaType, content: .tree(root))
  }

  /// The tree of an e-invoice or order, nil for everything else: what makes an embedded file authoritative.
  package static func structuredOriginal(in bytes: UnsafeRawBufferPointer) -> TreeNode? {
    guard MediaType.of(bytes) == MediaType.xml, let root = tree(of: bytes) else { return nil }
    let namespaces = [
      "urn:un:unece:uncefact:data:standard:", "urn:ferd:CrossIndustryDocument",
      "urn:oasis:names:specification:ubl:schema:xsd:", "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure",
    ]
    return namespaces.contains { root.namespace.hasPrefix($0) } ? root : nil
  }

  static func tree(of bytes: UnsafeRawBufferPointer) -> TreeNode? {
    guard bytes.count < Int(Int32.max) else { return nil }
    let options = Int32(
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NOCDATA.rawValue)
    guard
      let document = xmlReadMemory(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil, nil, options)
    else { return nil }
    defer { xmlFreeDoc(document) }
    // A document type of its own brings entities; no format we read has one.
    guard document.pointee.intSubset == nil, let root = xmlDocGetRootElement(document) else { return nil }
    return node(root, depth: 0)
  }

  /// HTML, whatever its faults, as a tree; names are in lower case. Nil for what is none.
  static func htmlTree(of bytes: UnsafeRawBufferPointer) -> TreeNode? {
    guard bytes.count < Int(Int32.max) else { return nil }
    let options = Int32(
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOERROR.rawValue
        | HTML_PARSE_NOWARNING.rawValue)
    let coding = String(validating: bytes, as: UTF8.self) == nil ? nil : "UTF-8"
    guard
      let document = htmlReadMemory(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil, coding, options)
    else { return nil }
    defer { xmlFreeDoc(document) }
    guard let root = xmlDocGetRootElement(document) else { return nil }
    return node(root, depth: 0)
  }

  private static func node(_ element: xmlNodePtr, depth: Int) -> TreeNode? {
    guard depth < depthLimit else { return nil }
    var made = TreeNode(
      name: String(cString: element.pointee.name),
      namespace: element.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) } ?? "")
    var attribute = element.pointee.properties
    while let here = attribute {
      if let value = xmlNodeListGetString(element.pointee.doc, here.pointee.children, 1) {
        made.attributes.append(
          .init(name: String(cString: here.pointee.name), value: String(cString: value)))
        xml_string_free(value)
      }
      attribute = here.pointee.next
    }
    var text = ""
    var child = element.pointee.children
    while let here = child {
      switch here.pointee.type {
      case XML_ELEMENT_NODE:
        guard let inner = node(here, depth: depth + 1) else { return nil }
        made.children.append(inner)
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        if let content = here.pointee.content { text += String(cString: content) }
      default: break
      }
      child = here.pointee.next
    }
    made.text = text.trimmed
    return made
  }
}
