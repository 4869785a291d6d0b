/// Rows of a table without amounts, read under its headings: a packing list, a list of policies or devices.
struct PlainTable {
  let view: DocumentView
  let field: Field
  private let headings: TableHeadings

  /// The widest gap between two rows of one table, in heights of its type.
  private static let widestGap = 3.0

  init(view: DocumentView, field: Field) {
    self.view = view
    self.field = field
    headings = TableHeadings(view: view, columns: field.columns)
  }

  func rows() -> [[String: Candidate]] {
    guard let first = headings.firstRow, headings.x.count >= 2 else { return [] }
    var found: [[String: Candidate]] = []
    var last = view.layout.rows[first]
    for row in view.layout.rows[(first + 1)...] {
      defer { last = row }
      if headings.rows.contains(row.number) { continue }
      let isFar = row.page == last.page && row.top - last.bottom > PlainTable.widestGap * view.layout.unit
      // On the next page a table goes on only under its headings.
      if isFar || (row.page != last.page && !headings.rows.contains(where: { view.layout.rows[$0].page == row.page })) {
        break
      }
      let cells = cells(of: row)
      if cells.count >= 2 { found.append(cells) } else if !found.isEmpty, cells.isEmpty { break }
    }
    return found
  }

  private func cells(of row: Layout.Row) -> [String: Candidate] {
    var cells: [String: Candidate] = [:]
    var nearest: [String: Double] = [:]
    for segment in row.segments {
      let near = field.columns.compactMap { column in
        headings.x[column.name].map { (column, headings.distance((segment.x0, segment.x1), $0, on: row.page)) }
      }
      guard let (column, distance) = near.min(by: { $0.1 < $1.1 }), distance < 0.08,
        distance < nearest[column.name] ?? .infinity, let cell = cell(column, row, segment.range)
      else { continue }
      nearest[column.name] = distance
      cells[column.name] = cell
    }
    return cells
  }

  private func cell(_ column: Field, _ row: Layout.Row, _ range: Range<Int>) -> Candidate? {
    let path = "\(field.name).\(column.name)"
    func candidate(_ value: Value, _ range: Range<Int>) -> Candidate {
      view.candidate(path, value, row: row.number, range: range, score: 1)
    }
    switch column.type {
    case .text, .person, .address: return candidate(.text(view.layout.text(row, range)), range)
    case .id, .reference:
      let hasDigits = range.contains { view.layout.token(row, $0).digitCount > 0 }
      return hasDigits ? candidate(.text(view.layout.text(row, range)), range) : nil
    case .quantity, .decimal, .integer:
      let place = view.moneyByRow[row.number, default: []].first { range.contains($0.range.lowerBound) }
      return place.map { candidate(.decimal($0.number.value), $0.range) }
    case .date:
      let place = view.datePlaces.first { $0.row == row.number && range.contains($0.date.range.lowerBound) }
      return place.map { candidate(.date($0.date.date), $0.date.range) }
    default:
      let forms = PrintedForms(view: view)
      for place in range {
        if let (value, count) = forms.value(column.type, row: row.number, place: place, end: range.upperBound) {
          return candidate(value, place..<(place + count))
        }
      }
      return nil
    }
  }
}
