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
      out.put(UInt8(4))
      out.put(table.sheets) { out, sheet in
        out.put(sheet.name)
        out.put(sheet.rows) { out, row in out.put(row) { $0.put($1) } }
      }
    case .text(let text):
      out.put(UInt8(text.tables.isEmpty ? 3 : 5))
      out.put(text.headers) { out, header in
        out.put(header.name)
        out.put(header.value)
      }
      out.put(text.text)
      if !text.tables.isEmpty {
        out.put(text.tables) { out, table in
          out.put(table.rows) { out, row in
            out.put(row) { out, cell in
              out.put(UInt32(clamping: cell.lowerBound))
              out.put(UInt32(clamping: cell.upperBound))
            }
          }
        }
      }
    }
  }

  /// Nil for paged documents.
  private static func takeContent(from input: inout ByteReader) throws(DocketError) -> Reading.Content? {
    switch try input.take(UInt8.self) {
    case 0: return nil
    case 1: return .tree(try takeTree(from: &input, depth: 0))
    case 2: return .table(TableReading(rows: try takeRows(from: &input)))
    case 3: return .text(try takeText(from: &input))
    case 4:
      let sheets = try input.takeList(smallest: 8) { input throws(DocketError) in
        TableReading.Sheet(name: try input.takeText(), rows: try takeRows(from: &input))
      }
      return .table(TableReading(sheets: sheets))
    case 5:
      var text = try takeText(from: &input)
      text.tables = try takeTables(from: &input, within: text.text.unicodeScalars.count)
      return .text(text)
    default: throw ByteReader.damaged("its content is of an unknown kind")
    }
  }

  private static func takeRows(from input: inout ByteReader) throws(DocketError) -> [[String]] {
    try input.takeList(smallest: 4) { input throws(DocketError) in
      try input.takeList(smallest: 4) { input throws(DocketError) in try input.takeText() }
    }
  }

  private static func takeText(from input: inout ByteReader) throws(DocketError) -> TextReading {
    let headers = try input.takeList(smallest: 8) { input throws(DocketError) in
      TextReading.Header(name: try input.takeText(), value: try input.takeText())
    }
    return TextReading(headers: headers, text: try input.takeText())
  }

  /// - Parameter count: the text's scalars; cells lie within them, one behind the other.
  private static func takeTables(
    from input: inout ByteReader, within count: Int
  ) throws(DocketError) -> [TextTable] {
    var last = 0
    return try input.takeList(smallest: 4) { input throws(DocketError) in
      TextTable(
        rows: try input.takeList(smallest: 4) { input throws(DocketError) in
          try input.takeList(smallest: 8) { input throws(DocketError) in
            let lower = Int(try input.take(UInt32.self))
            let upper = Int(try input.take(UInt32.self))
            guard lower >= last, upper >= lower, upper <= count else {
              throw ByteReader.damaged("a table's cell lies outside its text")
            }
            last = upper
            return lower..<upper
          }
        })
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
