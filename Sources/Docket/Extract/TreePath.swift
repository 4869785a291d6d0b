/// A way through a tree by local names: `Agreement/SellerTradeParty/Name`.
///
/// A step may name alternatives (`IssueDate|Date`), ask for an attribute (`ID[schemeID=VA]`), and end in `@name`.
struct TreePath: Hashable, Sendable {
  private let steps: [Step]

  private struct Step: Hashable, Sendable {
    var names: [String]
    var attribute: (name: String, value: String)?
    var isAttribute = false

    static func == (a: Step, b: Step) -> Bool { a.names == b.names && a.attribute?.value == b.attribute?.value }
    func hash(into hasher: inout Hasher) { hasher.combine(names) }
  }

  /// A node that the path leads to, and where it is: `/Invoice[1]/ID[1]`.
  struct Hit {
    var text: String
    var node: TreeNode
    var path: String
  }

  init(_ text: String) {
    steps = text.split(separator: "/").map { part in
      var part = part
      var step = Step(names: [])
      if part.hasPrefix("@") {
        step.isAttribute = true
        part = part.dropFirst()
      }
      if let open = part.firstIndex(of: "["), part.hasSuffix("]") {
        let condition = part[part.index(after: open)..<part.index(before: part.endIndex)].split(separator: "=")
        if condition.count == 2 { step.attribute = (String(condition[0]), String(condition[1])) }
        part = part[..<open]
      }
      step.names = part.split(separator: "|").map(String.init)
      return step
    }
  }

  /// All nodes it leads to below `node`, in the order written, those with text first come first.
  func hits(in node: TreeNode, at path: String) -> [Hit] {
    follow(steps[...], node: node, path: path)
  }

  private func follow(_ rest: ArraySlice<Step>, node: TreeNode, path: String) -> [Hit] {
    guard let step = rest.first else { return [Hit(text: node.text, node: node, path: path)] }
    if step.isAttribute {
      return node.attributes.filter { step.names.contains($0.name) }.map {
        Hit(text: $0.value, node: node, path: "\(path)/@\($0.name)")
      }
    }
    var counts: [String: Int] = [:]
    var hits: [Hit] = []
    for child in node.children {
      counts[child.name, default: 0] += 1
      guard step.names.contains(child.name) else { continue }
      if let wanted = step.attribute,
        !child.attributes.contains(where: { $0.name == wanted.name && $0.value == wanted.value })
      {
        continue
      }
      hits += follow(rest.dropFirst(), node: child, path: "\(path)/\(child.name)[\(counts[child.name]!)]")
    }
    return hits
  }
}
