extension Record {
  /// The probability that every value is right: of the contract, of each field, of each table.
  ///
  /// A product, as if errors were independent: they are not, so it is a cautious number and a good order. Nothing
  /// rests on it being exact: thresholds are proven on documents (`FixedSequence`). A table counts once, with its
  /// least sure cell, since its cells stand or fall together. Absent values are not counted: a required one is asked
  /// for, and of the others none was weighed.
  package var confidence: Double {
    var product = classification
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
