/// Tills round what is paid in cash to the next five cents, and print what was rounded.
struct Rounding {
  private let labelled: [Double]
  /// What was rounded, as printed.
  private let amounts: [Double]

  /// - Parameter labelled: amounts that a label calls the total.
  /// - Returns: nil where nothing on the page speaks of rounding.
  init?(_ view: DocumentView, labelled: [Double]) {
    let rows = view.layout.rows.filter { view.words.contains(view.keys[$0.number], .rounding) }.map(\.number)
    let printed = view.money.filter { rows.contains($0.row) }.map(\.number.value.approximate)
    guard !printed.isEmpty else { return nil }
    self.labelled = labelled
    amounts = printed.map { abs($0) }.filter { $0 > 0.004 && $0 < 0.045 }
  }

  /// More for what may be the rounded one of two amounts, most where the printed rounding leads from one to the other.
  ///
  /// - Parameter against: what the amount lost for its label; being the rounded total makes up for it, since what
  ///   was paid in cash is just that.
  func support(for value: Double, against: Double) -> Double {
    guard (value * 100).rounded().truncatingRemainder(dividingBy: 5) == 0 else { return 0 }
    let beside = labelled.map { abs($0 - value) }.filter { $0 > 0.004 && $0 < 0.045 }
    guard !beside.isEmpty else { return 0.8 }
    let isExact = beside.contains { difference in amounts.contains { abs($0 - difference) < 0.004 } }
    return against + (isExact ? 6 : 3.8)
  }
}
