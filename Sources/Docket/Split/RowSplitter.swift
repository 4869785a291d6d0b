/// Tells a list of objects, one a row, from a document that is a table: by what its columns are called, by what names
/// each row, and by what speaks against it.
package struct RowSplitter: Sendable {
  private let classifier: any Classifying
  private let contracts: [Contract]
  private let book: PhraseBook

  /// Fields that a row must have at least.
  private static let leastFields = 3
  /// Rows that are looked at to tell what they are.
  private static let looked = 20
  /// The share of rows that must be named for a person to be asked.
  private static let leastNamed = 0.9
  /// From here on a row is what it seems to be.
  private static let sure = 0.6

  package init(_ classifier: any Classifying, contracts: [Contract]) {
    self.init(classifier, contracts: contracts, book: PhraseBook())
  }

  init(_ classifier: any Classifying, contracts: [Contract], book: PhraseBook) {
    self.classifier = classifier
    self.contracts = contracts
    self.book = book
  }

  package var fingerprint: ContentDigest { .joining([classifier.fingerprint] + contracts.map(\.digest)) }

  package enum Verdict: Hashable, Sendable {
    case documents([Part])
    /// A person is asked.
    case doubtful
    case one
  }

  package func verdict(on reading: Reading) -> Verdict {
    guard let rows = RowParts(reading), let (contract, fields, confidence) = kind(of: rows),
      fields.count >= RowSplitter.leastFields
    else { return .one }
    // An order's items have names and prices too, but its own columns say more of them.
    let items = columns(of: rows)
    guard items <= fields.count, let named = namedShare(of: rows, contract, fields) else { return .one }
    // A row that lacks what its record needs is more likely a line of a statement.
    let isComplete = contract.fields.allSatisfy { !$0.required || fields.contains($0.name) }
    let isSure = named == 1 && items < fields.count && isComplete && confidence >= RowSplitter.sure
    return isSure ? .documents(rows.filled.map { Part(.rows($0...$0)) }) : .doubtful
  }

  /// What all rows are that are looked at, and which of its fields have columns.
  private func kind(
    of parts: RowParts
  ) -> (contract: Contract, fields: Set<String>, confidence: Double)? {
    var found: (contract: Contract, fields: Set<String>, confidence: Double)?
    for row in parts.filled.prefix(RowSplitter.looked) {
      guard let part = parts.part(row...row), let tree = NamedTree(part) else { return nil }
      let said = classifier.classify(part, among: contracts, cover: nil)
      guard let contract = contracts.first(where: { $0.reference == said.contract }),
        contract.reference == found?.contract.reference ?? contract.reference
      else { return nil }
      let fields = TreeEvidence(tree, contract: contract, book.phrases(of: contract)).fields
      found = (
        contract, fields.union(found?.fields ?? []), min(said.confidence, found?.confidence ?? 1)
      )
    }
    return found
  }

  /// The most columns that any contract has for its items.
  private func columns(of parts: RowParts) -> Int {
    guard let part = parts.part(parts.rows.lowerBound...parts.rows.lowerBound), let tree = NamedTree(part) else {
      return 0
    }
    return contracts.flatMap(\.fields).filter { $0.type == .rows }.map { field in
      let names = FieldNames(columns: field.columns)
      return field.columns.count { column in tree.leaves.contains { names.weight(of: $0, for: column.name) > 0 } }
    }.max() ?? 0
  }

  /// The share of rows that have a name of their own. Nil where one has that of another (an order's items, each with
  /// the order's number), where too few have any, or where the last is a sum.
  private func namedShare(
    of parts: RowParts, _ contract: Contract, _ fields: Set<String>
  ) -> Double? {
    let identity = contract.identity.flatMap { $0.map { String($0.prefix { $0 != "." }) } }
    let required = contract.fields.filter { $0.required && $0.type != .date }.map(\.name)
    guard let key = (identity + required).first(where: fields.contains) else { return nil }
    let names = FieldNames(contract, book.phrases(of: contract))
    let sums = Set(
      contracts.flatMap(\.fields).filter { $0.type == .money }.flatMap {
        $0.labels.inOrder.map { LabelKey.of($0.text) }
      })
    var seen: Set<String> = []
    let filled = parts.filled
    for row in filled {
      guard let part = parts.part(row...row), let tree = NamedTree(part) else { return nil }
      if row == filled.last, tree.leaves.contains(where: { sums.contains(LabelKey.of($0.text)) }) { return nil }
      let named = tree.leaves.filter { !$0.text.isEmpty && names.weight(of: $0, for: key) > 0 }
      let leaf = named.max { names.weight(of: $0, for: key) < names.weight(of: $1, for: key) }
      if let leaf, !seen.insert(leaf.text).inserted { return nil }
    }
    let share = Double(seen.count) / Double(filled.count)
    return share >= RowSplitter.leastNamed ? share : nil
  }
}

extension Finding {
  /// On a record whose rows may be documents of their own.
  package static let rowsDoubtCode = "rows-doubtful"

  static let rowsDoubt = Finding(rowsDoubtCode, .warning, "Each row may be a document of its own.", field: "rows")
}
