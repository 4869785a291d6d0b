/// A tree with a schema of its own, XML or JSON, as its leaves: what they are called, what they say, where they are.
struct NamedTree {
  struct Leaf {
    /// Keys of the names that lead to it, the root's first: `ORDER`, `BUYER`, `NAME`.
    var names: [String]
    /// Empty in an empty cell of a table.
    var text: String
    var locator: Locator

    var name: String { names.last ?? "" }
    /// With the name of what it belongs to: `ORDERDATE` of `<order><date>`.
    var qualified: String { names.suffix(2).joined() }
  }

  /// Elements of one name side by side, each with leaves of its own: a table.
  struct Group {
    /// Keys of the elements' name and of what holds them: `ITEM`, `ITEMS`.
    var names: [String]
    var rows: [[Leaf]]
  }

  /// The key of what the document calls itself.
  let name: String
  private(set) var leaves: [Leaf] = []
  private(set) var groups: [Group] = []
  /// Elements that hold leaves, by what they are called.
  private(set) var branches: [(names: [String], leaves: [Leaf])] = []

  private static let mostLeaves = 20_000

  /// One row of a file of several: each of its leaves was named to be told from the others.
  let isRow: Bool

  /// Nil where the reading is no tree, or one whose form is published; a row of a table is one.
  init?(_ reading: Reading) {
    isRow = reading.firstRow != nil
    switch reading.content {
    case .tree(let root) where EN16931Paths.syntax(of: root) == nil:
      var (node, path) = (root, "/\(root.name)[1]")
      if let row = reading.firstRow, let child = root.children.first {
        (node, path) = (child, "\(path)/\(child.name)[\(row)]")
      }
      name = LabelKey.of(node.name)
      add(node, names: [name], path: path)
      groups = NamedTree.groups(in: node, names: [name], path: path)
    case .table(let table):
      guard let row = reading.firstRow, let (sheet, headings) = table.headings else { return nil }
      let rows = table.sheets[sheet].rows
      name = LabelKey.of(table.sheets[sheet].name)
      for (column, (heading, cell)) in zip(rows[headings], rows[headings + 1]).enumerated() where !heading.isEmpty {
        leaves.append(
          Leaf(
            names: [name, LabelKey.of(heading)], text: cell.trimmed,
            locator: .cell(sheet: sheet + 1, row: row, column: column + 1)))
      }
    default: return nil
    }
  }

  private mutating func add(_ node: TreeNode, names: [String], path: String) {
    let own = NamedTree.leaves(of: node, names: names, path: path)
    guard leaves.count + own.count <= NamedTree.mostLeaves else { return }
    leaves += own
    for (child, names, path) in NamedTree.inner(node, names, path) {
      branches.append((names, NamedTree.all(below: child, names: names, path: path)))
      add(child, names: names, path: path)
    }
  }

  /// A node's attributes and those of its children that hold nothing but text.
  private static func leaves(of node: TreeNode, names: [String], path: String) -> [Leaf] {
    var leaves = node.attributes.filter { !$0.value.trimmed.isEmpty }.map {
      Leaf(names: names + [LabelKey.of($0.name)], text: $0.value.trimmed, locator: .path("\(path)/@\($0.name)"))
    }
    if !node.text.isEmpty, !node.children.isEmpty || !node.attributes.isEmpty {
      leaves.append(Leaf(names: names, text: node.text, locator: .path(path)))
    }
    var counts: [String: Int] = [:]
    for child in node.children {
      counts[child.name, default: 0] += 1
      guard child.children.isEmpty, child.attributes.isEmpty, !child.text.isEmpty else { continue }
      leaves.append(
        Leaf(
          names: names + [LabelKey.of(child.name)], text: child.text,
          locator: .path("\(path)/\(child.name)[\(counts[child.name, default: 1])]")))
    }
    return leaves
  }

  private static func inner(
    _ node: TreeNode, _ names: [String], _ path: String
  ) -> [(child: TreeNode, names: [String], path: String)] {
    var counts: [String: Int] = [:]
    return node.children.compactMap { child in
      counts[child.name, default: 0] += 1
      guard !child.children.isEmpty || !child.attributes.isEmpty else { return nil }
      return (child, names + [LabelKey.of(child.name)], "\(path)/\(child.name)[\(counts[child.name, default: 1])]")
    }
  }

  private static func all(below node: TreeNode, names: [String], path: String, depth: Int = 0) -> [Leaf] {
    guard depth < 4 else { return [] }
    return leaves(of: node, names: names, path: path)
      + inner(node, names, path).flatMap { all(below: $0.child, names: $0.names, path: $0.path, depth: depth + 1) }
  }

  private static func groups(in node: TreeNode, names: [String], path: String) -> [Group] {
    let inner = inner(node, names, path)
    var order: [String] = []
    var rows: [String: [[Leaf]]] = [:]
    for (child, names, path) in inner {
      if rows[child.name] == nil { order.append(child.name) }
      rows[child.name, default: []].append(all(below: child, names: names, path: path))
    }
    return order.map { Group(names: [LabelKey.of($0), names.last ?? ""], rows: rows[$0, default: []]) }
      + inner.flatMap { groups(in: $0.child, names: $0.names, path: $0.path) }
  }
}
