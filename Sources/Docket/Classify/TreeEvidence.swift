/// What speaks for a tree with a schema of its own being one of a contract's documents: what its root is called, and
/// how many of the contract's fields its elements name.
struct TreeEvidence {
  private(set) var value: Double
  /// Fields that are named, by the contract's own words.
  private(set) var names: [String] = []
  private(set) var fields: Set<String> = []

  /// Named by nothing but one or two words that many documents know.
  private static let prior = -2.5
  /// Somebody gave a table its columns: what most of them name is what its rows are.
  private static let columns = 3.0

  init(_ tree: NamedTree, contract: Contract, _ phrases: ContractPhrases) {
    value = TreeEvidence.prior
    let words = FieldNames(contract, phrases)
    for field in contract.fields {
      let isNamed: Bool
      switch field.type {
      case .rows:
        let columns = FieldNames(columns: field.columns)
        isNamed = tree.groups.contains { group in
          field.columns.count { column in
            group.rows.joined().contains { columns.weight(of: $0, for: column.name) > 0 }
          } >= 2
        }
      case .party:
        isNamed =
          tree.branches.contains { words.weight(of: $0.names.last ?? "", for: field.name) > 0 }
          || tree.leaves.contains { words.weight(of: $0.name, for: field.name) > 0 }
      default: isNamed = tree.leaves.contains { words.weight(of: $0, for: field.name) > 0.45 }
      }
      guard isNamed else { continue }
      names.append(field.name)
      fields.insert(field.name)
      value += field.required ? 0.9 : 0.5
    }
    if tree.isRow, !tree.leaves.isEmpty {
      let known = tree.leaves.count { leaf in
        contract.fields.contains { words.weight(of: leaf, for: $0.name) > 0.45 }
      }
      value += TreeEvidence.columns * Double(known) / Double(tree.leaves.count)
    }
    if let heading = contract.headings.inOrder.first(where: { tree.calls(itself: LabelKey.of($0.text)) }) {
      value += 2.5
      names.insert(heading.text, at: 0)
    }
    if contract.notHeadings.inOrder.contains(where: { tree.calls(itself: LabelKey.of($0.text)) }) { value -= 2.5 }
  }
}

extension NamedTree {
  /// By its root's name, or by what it says of its type.
  fileprivate func calls(itself key: String) -> Bool {
    guard !key.isEmpty else { return false }
    let types = ["TYPE", "KIND", "DOCUMENTTYPE", "DOCTYPE", "CONTRACT", "FORMAT"]
    return name == key
      || leaves.contains { $0.names.count == 2 && types.contains($0.name) && LabelKey.of($0.text) == key }
  }
}
