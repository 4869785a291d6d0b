/// Everything of a reading but its pages.
extension ReadingCoding {
  /// What the worker used is left out: it differs from run to run, and a stored reading must not.
  package static func encode(_ summary: ReadingSummary, members: [Member]) -> [UInt8] {
    var out = ByteWriter()
    out.put(summary.mediaType)
    out.put(UInt32(clamping: summary.pageCount))
    put(summary.content, to: &out)
    out.put(summary.embedded) { out, tree in
      out.put(tree.name)
      out.put(tree.part.text)
      put(tree.root, to: &out)
    }
    out.put(members) { out, member in
      out.put(member.part.text)
      out.put(member.name)
      out.put(member.digest.hex)
      out.put(UInt64(member.byteCount))
    }
    put(summary.findings, to: &out)
    return out.bytes
  }

  package static func decodeSummary(
    _ payload: [UInt8]
  ) throws(DocketError) -> (summary: ReadingSummary, members: [Member]) {
    var input = ByteReader(payload)
    let mediaType = try input.takeText()
    let pageCount = Int(try input.take(UInt32.self))
    let content = try takeContent(from: &input)
    let embedded = try input.takeList(smallest: 24) { input throws(DocketError) in
      EmbeddedTree(
        name: try input.takeText(), part: PartPath(try input.takeText()), root: try takeTree(from: &input, depth: 0))
    }
    let members = try input.takeList(smallest: 80) { input throws(DocketError) in
      let part = PartPath(try input.takeText())
      let name = try input.takeText()
      guard let digest = ContentDigest(hex: try input.takeText()), let count = Int(exactly: try input.take(UInt64.self))
      else { throw ByteReader.damaged("a member's digest or size is none") }
      return Member(part: part, name: name, digest: digest, byteCount: count)
    }
    let findings = try takeFindings(from: &input)
    try input.finish()
    let summary = ReadingSummary(
      mediaType: mediaType, content: content, embedded: embedded, pageCount: pageCount, findings: findings)
    return (summary, members)
  }

  private static func put(_ content: Reading.Content?, to out: inout ByteWriter) {
    switch content {
    case nil, .pages:
      out.put(UInt8(0))
    case .tree(let root):
      out.put(UInt8(1))
      put(root, to: &out)
    case .table(let table):
      out.put(UInt8(2))
      out.put(table.rows) { out, row in out.put(row) { $0.put($1) } }
    case .text(let text):
      out.put(UInt8(3))
      out.put(text.headers) { out, header in
        out.put(header.name)
        out.put(header.value)
      }
      out.put(text.text)
    }
  }

  /// Nil for paged documents.
  private static func takeContent(from input: inout ByteReader) throws(DocketError) -> Reading.Content? {
    switch try input.take(UInt8.self) {
    case 0: return nil
    case 1: return .tree(try takeTree(from: &input, depth: 0))
    case 2:
      let rows = try input.takeList(smallest: 4) { input throws(DocketError) in
        try input.takeList(smallest: 4) { input throws(DocketError) in try input.takeText() }
      }
      return .table(TableReading(rows: rows))
    case 3:
      let headers = try input.takeList(smallest: 8) { input throws(DocketError) in
        TextReading.Header(name: try input.takeText(), value: try input.takeText())
      }
      return .text(TextReading(headers: headers, text: try input.takeText()))
    default: throw ByteReader.damaged("its content is of an unknown kind")
    }
  }

  /// Deeper trees are not made by our parsers (libxml2 stops at 256) and would use up the stack.
  private static let deepestTree = 512

  private static func put(_ node: TreeNode, to out: inout ByteWriter) {
    out.put(node.name)
    out.put(node.namespace)
    out.put(node.attributes) { out, attribute in
      out.put(attribute.name)
      out.put(attribute.value)
    }
    out.put(node.text)
    out.put(node.children) { put($1, to: &$0) }
  }

  private static func takeTree(from input: inout ByteReader, depth: Int) throws(DocketError) -> TreeNode {
    guard depth < deepestTree else { throw ByteReader.damaged("a tree is deeper than \(deepestTree)") }
    let name = try input.takeText()
    let namespace = try input.takeText()
    let attributes = try input.takeList(smallest: 8) { input throws(DocketError) in
      TreeNode.Attribute(name: try input.takeText(), value: try input.takeText())
    }
    let text = try input.takeText()
    let children = try input.takeList(smallest: 20) { input throws(DocketError) in
      try takeTree(from: &input, depth: depth + 1)
    }
    return TreeNode(name: name, namespace: namespace, attributes: attributes, text: text, children: children)
  }
}
