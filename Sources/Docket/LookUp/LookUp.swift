/// A look-up ready for records: what the pipeline says, and the table.
package struct LookUp: Sendable {
  package let entry: LookUpEntry
  let table: LookUpTable

  package init(_ entry: LookUpEntry, _ table: LookUpTable) {
    self.entry = entry
    self.table = table
  }

  /// What the comparison of one field with one column of one row came to.
  enum Outcome: Hashable {
    case same
    /// A name that is nearly the same.
    case alike(Double)
    case differs
    /// The document, or the row, does not say it.
    case unsaid
  }

  struct Match: Hashable {
    /// Counted from 0.
    var row: Int
    /// Beside `entry.match`.
    var outcomes: [Outcome]
    var score: Double
    /// Rows that came near.
    var runnersUp: Int
  }

  enum Answer: Hashable {
    case found(Match)
    /// So many rows fit equally well.
    case ambiguous(Int)
    case none
  }

  /// Nil where the record has none of the fields.
  func answer(for record: Record, by contract: Contract) -> Answer? {
    let wanted = entry.match.map { pair in
      (
        text: record.value(pair.field)?.canonical, column: table.column(pair.column.text),
        type: contract.leaf(pair.field)?.type
      )
    }
    guard wanted.contains(where: { $0.text != nil && $0.type != nil }) else { return nil }
    var candidates: Set<Int> = []
    for case (let text?, let column?, let type?) in wanted {
      candidates.formUnion(
        type.isNamed ? table.rows(name: text, in: column) : table.rows(code: text, in: column))
    }
    let matches = candidates.map { row -> Match in
      let outcomes = wanted.map { key -> Outcome in
        guard let text = key.text, let column = key.column, let type = key.type else { return .unsaid }
        return outcome(text, table.rows[row][column], type)
      }
      return Match(
        row: row, outcomes: outcomes, score: zip(outcomes, wanted).reduce(0) { $0 + LookUp.score($1.0) }, runnersUp: 0)
    }.filter { isThis($0, wanted.map(\.type)) }.sorted { ($1.score, $0.row) < ($0.score, $1.row) }
    guard var best = matches.first else { return Answer.none }
    let near = matches.dropFirst().filter { $0.score > best.score - 0.1 }
    let fills = entry.fills.compactMap { table.column($0.column.text) }
    func filled(_ match: Match) -> [String] { fills.map { table.rows[match.row][$0] } }
    // Two rows that say the same are one answer.
    if near.contains(where: { filled($0) != filled(best) }) || (fills.isEmpty && !near.isEmpty) {
      return .ambiguous(near.count + 1)
    }
    best.runnersUp = matches.count - 1
    return .found(best)
  }

  private func outcome(_ text: String, _ own: String, _ type: FieldType) -> Outcome {
    if own.allSatisfy(\.isWhitespace) { return .unsaid }
    guard type.isNamed else {
      return CodeKey.areSame(text, own) ? .same : .differs
    }
    let likeness = table.nameKey(text).likeness(to: table.nameKey(own))
    return likeness == 1 ? .same : likeness >= LookUp.alike ? .alike(likeness) : .differs
  }

  /// From here on two names may be one.
  private static let alike = 0.72

  private static func score(_ outcome: Outcome) -> Double {
    switch outcome {
    case .same: 1
    case .alike(let likeness): likeness
    case .differs: -0.5
    case .unsaid: 0
    }
  }

  /// A code that is the same, or a name that is nearly so while no number of the party's own speaks against it. Another
  /// account or address may be a new one, or a fraud: it is said, and asked about.
  private func isThis(_ match: Match, _ types: [FieldType?]) -> Bool {
    var hasName = false
    var isOther = false
    for case (let outcome, let type?) in zip(match.outcomes, types) {
      switch outcome {
      case .same where !type.isNamed: return true
      case .same: hasName = true
      case .alike(let likeness) where likeness >= 0.85: hasName = true
      case .differs where !type.isNamed && [.taxID, .id, .gtin].contains(type): isOther = true
      default: break
      }
    }
    return hasName && !isOther
  }
}

extension FieldType {
  /// Compared by how alike they are; everything else is the same or is not.
  fileprivate var isNamed: Bool { [.text, .person, .party, .address].contains(self) }
}
