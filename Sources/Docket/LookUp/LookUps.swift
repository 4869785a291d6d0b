/// The look-ups of a pipeline: fill what a document does not say, and tell where it contradicts what is known.
package struct LookUps: Sendable {
  private let lookUps: [LookUp]
  package static let none = LookUps([])
  private static let version = "look-up 1"

  package init(_ lookUps: [LookUp]) { self.lookUps = lookUps }

  package var isEmpty: Bool { lookUps.isEmpty }

  /// Of what is looked up, how, and in which rows.
  package var fingerprint: ContentDigest {
    .joining(
      [ContentDigest(of: LookUps.version)]
        + lookUps.flatMap { lookUp in
          let pairs = (lookUp.entry.match + lookUp.entry.fills).map { "\($0.field) \($0.column.text)" }
          let words = [lookUp.entry.name, String(lookUp.entry.match.count)] + pairs
          return [ContentDigest(of: words.joined(separator: "\n")), lookUp.table.digest]
        })
  }

  /// The record with what was found; each answer is a finding that says which keys fit.
  package func filled(_ record: Record, by contract: Contract, in context: Context) -> Record {
    var record = record
    for lookUp in lookUps { fill(&record, by: contract, from: lookUp, in: context) }
    return record
  }

  private func fill(_ record: inout Record, by contract: Contract, from lookUp: LookUp, in context: Context) {
    let name = lookUp.entry.name
    switch lookUp.answer(for: record, by: contract) {
    case nil: return
    case LookUp.Answer.none?: record.findings.append(Finding("look-up-none", .note, "`\(name)` has no row for it."))
    case .ambiguous(let count)?:
      record.findings.append(
        Finding("look-up-ambiguous", .note, "\(count) rows of `\(name)` fit equally well; none is taken."))
    case .found(let match)?:
      record.findings.append(Finding("looked-up", .note, explanation(of: match, in: lookUp)))
      for (pair, outcome) in zip(lookUp.entry.match, match.outcomes) where outcome == .differs {
        record.findings.append(LookUps.contradiction(pair.field, name, match.row))
      }
      let isExact = zip(lookUp.entry.match, match.outcomes).contains { pair, outcome in
        outcome == .same && record.field(pair.field)?.isExact == true
      }
      for pair in lookUp.entry.fills { fill(pair, of: &record, from: lookUp, match, contract, isExact, context) }
    }
  }

  private func fill(
    _ pair: LookUpEntry.Pair, of record: inout Record, from lookUp: LookUp, _ match: LookUp.Match,
    _ contract: Contract, _ isExact: Bool, _ context: Context
  ) {
    guard let leaf = contract.leaf(pair.field), leaf.table == nil, leaf.type.parts.isEmpty,
      let column = lookUp.table.column(pair.column.text),
      case let text = lookUp.table.rows[match.row][column], !text.allSatisfy(\.isWhitespace),
      case .success(let value) = TypedValue.parse(text, as: leaf.type)
    else { return }
    let index = record.fields.firstIndex { $0.path == pair.field }
    if let index, let own = record.fields[index].values.first {
      if own.value != value, CodeKey.key(own.value.canonical) != CodeKey.key(value.canonical) {
        record.findings.append(LookUps.contradiction(pair.field, lookUp.entry.name, match.row))
      }
      return
    }
    let confidence = min(0.99, match.outcomes.contains(.same) ? 0.99 : max(0.5, match.score))
    let place = Provenance(
      document: context.document, locator: .check("look_up \(lookUp.entry.name)"),
      producer: "look-up \(lookUp.entry.name) row \(match.row + 1)")
    let field = RecordField(
      path: pair.field,
      values: [Sourced(value: value, raw: text, confidence: confidence, provenance: [place], isExact: isExact)],
      confidence: confidence)
    if let index { record.fields[index] = field } else { record.fields.append(field) }
  }

  private static func contradiction(_ field: String, _ name: String, _ row: Int) -> Finding {
    Finding(
      Finding.contradictionCode, .warning, "`\(field)` is another one than in row \(row + 1) of `\(name)`.",
      field: field)
  }

  /// `vendors` row 17: `seller.tax_id` is the same; `seller.name` is alike (93 %); `iban` differs; 2 rows came near.
  private func explanation(of match: LookUp.Match, in lookUp: LookUp) -> String {
    let keys = zip(lookUp.entry.match, match.outcomes).map { pair, outcome in
      switch outcome {
      case .same: "`\(pair.field)` is the same"
      case .alike(let likeness): "`\(pair.field)` is alike (\(Int(likeness * 100)) %)"
      case .differs: "`\(pair.field)` differs"
      case .unsaid: "`\(pair.field)` is not said"
      }
    }
    let near = match.runnersUp == 0 ? "" : "; \(match.runnersUp) other rows came near"
    return "`\(lookUp.entry.name)` row \(match.row + 1): \(keys.joined(separator: "; "))\(near)."
  }
}

extension Finding {
  static let contradictionCode = "look-up-differs"
  /// Which row was found, by what; or that none was.
  package var isOfLookUp: Bool { ["looked-up", "look-up-none", "look-up-ambiguous"].contains(code) }
  /// A person is asked about the field that it names.
  var asks: Bool { code == Finding.contradictionCode }
}
