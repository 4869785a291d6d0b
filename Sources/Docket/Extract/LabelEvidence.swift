/// How strongly the words around a value say that it is a field's: 0 to 1.25. Source: the method's label evidence.
struct LabelEvidence {
  let index: LabelIndex
  let layout: Layout
  let qualifiers: Set<String>

  /// What a place offers: evidence for the field, and for its false friends.
  struct Weight {
    var supporting = 0.0
    var opposing = 0.0
    /// Where the best supporting label stands; nil for none or one in the value's own word.
    var label: LabelIndex.Hit?
  }

  static let rowsUp = 30

  func weight(_ field: String, row: Layout.Row, range: Range<Int>) -> Weight {
    var weight = Weight()
    var isNamed = false
    var opposingAbove = 0.0
    for glued in index.glued(layout.token(row, range.lowerBound).text) where glued.field == field {
      add(0.95 * glued.weight, isNegative: glued.isNegative, hit: nil, to: &weight)
      isNamed = isNamed || !glued.isNegative && glued.weight > 0.6
    }
    let x0 = layout.token(row, range.lowerBound).x0
    let x1 = layout.token(row, range.upperBound - 1).x1
    for hit in index.hits[field] ?? [] where hit.page == row.page {
      if hit.row == row.number {
        guard hit.range.upperBound <= range.lowerBound else { continue }
        let value = left(hit, row: row, start: range.lowerBound)
        add(value, isNegative: hit.isNegative, hit: hit, to: &weight)
        isNamed = isNamed || !hit.isNegative && value > 0.6
      } else if hit.row < row.number, row.number - hit.row <= LabelEvidence.rowsUp {
        let value = above(hit, row: row, x0: x0, x1: x1)
        if hit.isNegative {
          opposingAbove = max(opposingAbove, value)
        } else {
          add(value, isNegative: false, hit: hit, to: &weight)
        }
      }
    }
    // What its own row names is not what a label above it says: `Due date: 15/12` below `Invoice date: 15/11`.
    if !isNamed { weight.opposing = max(weight.opposing, opposingAbove) }
    return weight
  }

  private func add(_ value: Double, isNegative: Bool, hit: LabelIndex.Hit?, to weight: inout Weight) {
    if isNegative {
      weight.opposing = max(weight.opposing, value)
    } else if value > weight.supporting {
      weight.supporting = value
      weight.label = hit
    }
  }

  /// A label to the left in the row: every word between weakens it.
  private func left(_ hit: LabelIndex.Hit, row: Layout.Row, start: Int) -> Double {
    var value = hit.weight
    var between = 0
    for place in hit.range.upperBound..<start {
      let token = layout.token(row, place)
      if token.key.isEmpty { continue }
      between += 1
      if qualifiers.contains(token.key) {
        value *= 0.93
      } else {
        value *= token.digitCount > 0 ? 0.75 : 0.85
      }
      if between > 8 { return 0 }
    }
    return value
  }

  /// A label above in the column.
  private func above(_ hit: LabelIndex.Hit, row: Layout.Row, x0: Double, x1: Double) -> Double {
    let slack = 0.3 * layout.unit
    guard hit.x1 >= x0 - slack, hit.x0 <= x1 + slack else { return 0 }
    // `Invoice date: 2/1/2026` heads no column: a false friend with a value of its own speaks against no other.
    if hit.isNegative, hasValue(hit) { return 0 }
    let rows = steps(from: row.number, to: hit.row, x0: x0 - slack, x1: x1 + slack)
    guard let rows else { return 0 }
    var value = hit.weight * (rows == 1 ? 0.85 : rows <= 4 ? 0.6 : 0.45)
    if !hit.isAtSegmentEnd { value *= 0.9 }
    if hit.extraWords > 2 { value *= 0.8 }
    return value
  }

  /// A number or date stands right behind the label.
  private func hasValue(_ hit: LabelIndex.Hit) -> Bool {
    let row = layout.rows[hit.row]
    guard !hit.isAtSegmentEnd, row.tokens.indices.contains(hit.range.upperBound) else { return false }
    return layout.token(row, hit.range.upperBound).digitCount > 0
  }

  /// Rows of the column between a value and the label above it; numbers are walked over, other words end the way.
  private func steps(from row: Int, to label: Int, x0: Double, x1: Double) -> Int? {
    var steps = 1
    for number in stride(from: row - 1, to: label, by: -1) {
      let between = layout.rows[number]
      guard
        let segment = between.segments.first(where: { $0.x1 >= x0 && $0.x0 <= x1 })
      else { continue }
      let isNumeric = segment.range.contains { layout.token(between, $0).digitCount > 0 }
      guard isNumeric else { return steps > 3 ? nil : steps + 4 }
      steps += 1
    }
    return steps
  }
}
