extension Record {
  /// The probability that every value is right: of each field, of each table, and of a doubtful contract.
  ///
  /// A product, as if errors were independent: they are not, so it is a cautious number and a good order. Nothing
  /// rests on it being exact: thresholds are proven on documents (`FixedSequence`). A table counts once, with its
  /// least sure cell, since its cells stand or fall together. Absent values are not counted: a required one is asked
  /// for, and of the others none was weighed. A logistic function of the product, the least sure value, how many
  /// there are and the contract ordered records no better.
  package var confidence: Double {
    var product = ContractDoubt.factor(classification)
    for field in fields where !field.values.isEmpty && !field.isExact && !field.isAnswered {
      product *= field.confidence
    }
    for table in tables {
      let cells = table.rows.joined().filter { !$0.values.isEmpty && !$0.isExact && !$0.isAnswered }
      product *= cells.map(\.confidence).min() ?? 1
    }
    return (10_000 * product).rounded() / 10_000
  }
}

/// What the confidence of a record's contract takes off the record's.
///
/// How sure the contract is says little about a record of it that is all there: of records that were taken for the
/// right contract with 60 % as many were right as of those with 99 %. Only where it is less likely than not it counts.
enum ContractDoubt {
  static let doubtful = 0.5

  /// - Parameter confidence: of the contract, 0 to 1.
  static func factor(_ confidence: Double) -> Double { min(1, max(0, confidence) / doubtful) }
}
