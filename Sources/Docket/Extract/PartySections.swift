/// Which party's part of a page a place is in: what stands under a party's label, or behind it, is that party's.
struct PartySections {
  let view: DocumentView
  /// The contract's parties.
  let parties: [Field]

  struct Owner {
    var field: String
    var weight: Double
    /// The label says that it is another's: `Ship to`.
    var isNegative: Bool
  }

  /// How far below its label a party's part may reach.
  static let reach = 12

  /// The nearest label above a place under its left edge or that of the words before it, nil where there is none.
  func owner(row number: Int, x: Double) -> Owner? {
    let row = view.layout.rows[number]
    guard let place = row.segments.lastIndex(where: { $0.x0 <= x + 0.1 }) else { return nil }
    // In `Name:   Anna` the words before are the key, and stand under the label.
    return owner(row, x: x, edge: row.segments[place].x0)
      ?? (place > 0 ? owner(row, x: x, edge: row.segments[place - 1].x0) : nil)
  }

  private func owner(_ row: Layout.Row, x: Double, edge: Double) -> Owner? {
    var best: (hit: LabelIndex.Hit, distance: Int)?
    for hit in parties.flatMap({ view.labels.hits[$0.name] ?? [] }) {
      let distance = row.number - hit.row
      guard hit.page == row.page, (0...PartySections.reach).contains(distance), view.leads(hit) else { continue }
      let unit = view.layout.unit
      guard distance == 0 ? hit.x0 <= x && x - hit.x0 < 25 * unit : abs(edge - hit.x0) < 3 * unit else { continue }
      if let known = best, (known.distance, -known.hit.weight) <= (distance, -hit.weight) { continue }
      best = (hit, distance)
    }
    return best.map { Owner(field: $0.hit.field, weight: $0.hit.weight, isNegative: $0.hit.isNegative) }
  }
}
