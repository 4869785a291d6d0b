/// Values of a structured original: each contract field that carries a standard's id is looked up where the standard
/// puts it. What it finds is exact.
package struct TreeExtractor: Extractor {
  package let producer = "standard 2"
  private let vocabularies: [String: Vocabulary]

  /// - Parameter vocabularies: by name, the newest of each.
  package init(vocabularies: [String: Vocabulary]) { self.vocabularies = vocabularies }

  package func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    var extraction = Extraction()
    for (root, part) in TreeExtractor.trees(of: reading) {
      guard TreeExtractor.fits(root, contract) else { continue }
      let source = TreeSource(root: root, part: part)
      for field in contract.fields { add(field, from: source, to: &extraction) }
      break
    }
    return extraction
  }

  /// The reading's own tree, or those embedded in it.
  static func trees(of reading: Reading) -> [(root: TreeNode, part: PartPath?)] {
    if case .tree(let root) = reading.content { return [(root, nil)] }
    return reading.embedded.map { ($0.root, $0.part) }
  }

  /// Whether a tree is what the contract's standard describes.
  static func fits(_ root: TreeNode, _ contract: Contract) -> Bool {
    guard let standard = contract.standard, EN16931Paths.syntax(of: root) != nil else { return false }
    if standard.hasPrefix("EN 16931") { return EN16931Paths.isInvoice(root) }
    return OrderPaths.fits(root, standard)
  }

  private func add(_ field: Field, from source: TreeSource, to extraction: inout Extraction) {
    switch field.type {
    case .rows:
      let rows = source.hits(field.standard, below: nil)
      // A line without a value is a remark.
      extraction.rows[field.name] = rows.map { (row) -> [String: Candidate] in
        var cells: [String: Candidate] = [:]
        for column in field.columns {
          let path = "\(field.name).\(column.name)"
          cells[column.name] = candidate(column, path: path, source.hits(column.standard, below: row)).first
        }
        return cells
      }.filter { !$0.isEmpty }
    case .party:
      guard let party = source.hits(field.standard, below: nil).first else { return }
      for part in FieldType.party.parts {
        guard let hit = source.party(part, party) else { continue }
        let leaf = Field(name: part, type: part == "tax_id" ? .taxID : .text)
        let path = "\(field.name).\(part)"
        extraction.candidates[path] = candidate(leaf, path: path, [hit])
      }
    case .address:
      guard let hit = source.hits(field.standard, below: nil).lazy.compactMap({ source.address($0) }).first else {
        return
      }
      let found = candidate(field, path: field.name, [hit])
      if !found.isEmpty { extraction.candidates[field.name] = found }
    default:
      let found = candidate(field, path: field.name, source.hits(field.standard, below: nil))
      if !found.isEmpty { extraction.candidates[field.name] = field.isList ? found : Array(found.prefix(1)) }
    }
  }

  private func candidate(_ field: Field, path: String, _ hits: [TreePath.Hit]) -> [Candidate] {
    hits.compactMap { hit in
      let text = hit.text.trimmed
      guard !text.isEmpty, let value = value(text, of: field) else { return nil }
      return Candidate(
        path: path, value: value, raw: text, score: 20, locators: [.path(hit.path)], producer: producer,
        isExact: true)
    }
  }

  private func value(_ text: String, of field: Field) -> Value? {
    switch field.type {
    case .date:
      return TreeExtractor.date(text).map { .date($0) }
    case .money, .quantity, .decimal, .percent, .integer:
      let plain = text.hasPrefix("+") ? String(text.dropFirst()) : text
      return DecimalNumber(plain).map { .decimal(TreeExtractor.shortened($0)) }
    case .iban: return .text(text.filter { !$0.isWhitespace }.uppercased())
    case .category:
      let entries = field.vocabulary.flatMap { vocabularies[$0] }?.values ?? []
      return .text(entries.first { $0.codes.values.contains(text) }?.name ?? text)
    default:
      return .text(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
  }

  /// `20130806` (format 102) or `2013-08-06`, with or without a time behind it.
  static func date(_ text: String) -> CalendarDate? {
    if let date = CalendarDate(iso: String(text.prefix(10))) { return date }
    let digits = text.prefix(8)
    guard digits.count == 8, let number = Int(digits) else { return nil }
    return CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// Without zeros behind the second place: `160.0000` is `160.00`.
  private static func shortened(_ number: DecimalNumber) -> DecimalNumber {
    guard number.scale > 2, number.rounded(to: 2) == number else { return number }
    return number.rounded(to: 2)
  }
}

/// A tree with its syntax and the path that its locators start with.
private struct TreeSource {
  let root: TreeNode
  private let syntax: EN16931Paths.Syntax?
  private let start: String

  init(root: TreeNode, part: PartPath?) {
    self.root = root
    syntax = EN16931Paths.syntax(of: root)
    start = (part.map { "\($0.text)!" } ?? "") + "/\(root.name)[1]"
  }

  /// - Parameter standard: `BT-1`, or a path that begins with the root's name.
  func hits(_ standard: String?, below row: TreePath.Hit?) -> [TreePath.Hit] {
    guard let standard, let syntax else { return [] }
    let (node, path) = row.map { ($0.node, $0.path) } ?? (root, start)
    var paths = EN16931Paths.paths(standard, syntax)
    if paths.isEmpty {
      paths = row == nil ? OrderPaths.paths(standard, in: root) : OrderPaths.column(standard, in: root)
    }
    for way in paths {
      let hits = TreePath(way).hits(in: node, at: path)
      if hits.contains(where: { !$0.text.isEmpty || !$0.node.children.isEmpty }) { return hits }
    }
    return []
  }

  func party(_ part: String, _ found: TreePath.Hit) -> TreePath.Hit? {
    guard let syntax else { return nil }
    // A customer or a supplier is a party with an account.
    let party = syntax == .ubl ? TreePath("Party").hits(in: found.node, at: found.path).first ?? found : found
    if part == "address" {
      let name = syntax == .ubl ? "PostalAddress" : "PostalTradeAddress"
      return TreePath(name).hits(in: party.node, at: party.path).first.flatMap { address($0) }
    }
    for way in EN16931Paths.party(part, syntax) {
      if let hit = first(way, party) { return hit }
    }
    return nil
  }

  /// The lines of an address, joined; nil where it has none.
  func address(_ element: TreePath.Hit) -> TreePath.Hit? {
    guard let syntax else { return nil }
    let lines = EN16931Paths.address(syntax).map { line in
      // The paths begin with the element's name as a party has it.
      line.compactMap { first(String($0.drop { $0 != "/" }.dropFirst()), element)?.text }.joined(separator: " ")
    }.filter { !$0.isEmpty }
    return lines.isEmpty
      ? nil : TreePath.Hit(text: lines.joined(separator: ", "), node: element.node, path: element.path)
  }

  private func first(_ way: String, _ party: TreePath.Hit) -> TreePath.Hit? {
    TreePath(way).hits(in: party.node, at: party.path).first { !$0.text.isEmpty }
  }
}
