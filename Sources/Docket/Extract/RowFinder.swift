/// Line items on pages: rows in which a quantity times a price is an amount, or whose numbers stand under a table's
/// headings. Works on words, so that wrapped cells and page breaks do not matter. Source: the method's line items.
struct RowFinder {
  let view: DocumentView
  let field: Field
  private let quantity: Field?
  private let price: Field?
  private let amount: Field?
  private let description: Field?
  private let headings: TableHeadings

  init(view: DocumentView, field: Field) {
    self.view = view
    self.field = field
    quantity = field.columns.first { $0.type == .quantity }
    let money = field.columns.filter { $0.type == .money }
    price = money.count > 1 ? money.first : nil
    amount = money.last
    description = field.columns.first { $0.type == .text }
    headings = TableHeadings(view: view, columns: field.columns)
  }

  private struct Item {
    var row: Int
    var quantity: DocumentView.MoneyPlace?
    var price: DocumentView.MoneyPlace?
    var amount: DocumentView.MoneyPlace
    var isProven: Bool
    /// An amount and nothing else.
    var isLone: Bool { quantity == nil && price == nil }

    var numbers: [DocumentView.MoneyPlace] { [quantity, price, amount].compactMap { $0 } }
    /// The last row that one of its numbers stands in.
    var end: Int { max(row, amount.row) }
  }

  func rows() -> [[String: Candidate]] {
    let items = settled(items())
    let names = itemText(of: items)
    return items.indices.compactMap { index in
      let begin = index == 0 ? 0 : items[index - 1].end + 1
      let end = index + 1 < items.count ? items[index + 1].row : view.layout.rows.count
      return cells(of: items[index], rows: begin..<end, names)
    }
  }

  // Which rows are items

  private func items() -> [Item] {
    let byRow = view.moneyByRow
    var found: [Item] = []
    var isInside = headings.firstRow == nil
    for row in view.layout.rows {
      if headings.rows.contains(row.number) {
        isInside = true
        continue
      }
      if let last = found.last, last.end >= row.number { continue }
      if isInside, isSummary(row) {
        if headings.firstRow != nil, !found.isEmpty, endsTable(row) { isInside = false }
        continue
      }
      if isInside, headings.firstRow != nil, !found.isEmpty, headsAnother(row) { isInside = false }
      guard isInside, let numbers = byRow[row.number]?.filter({ !$0.number.isPercent }), !numbers.isEmpty else {
        continue
      }
      if let item = item(in: row, numbers, byRow) { found.append(item) }
    }
    return found
  }

  /// What is an item, by the sums below: a row with an amount alone is one where that makes the rows add up to a sum
  /// that is printed, and one without a price (a part of the item above, a discount) is none where that does.
  private func settled(_ found: [Item]) -> [Item] {
    let usual = isPlain ? found : found.filter { !$0.isLone }
    guard let last = found.last?.end else { return found }
    let sums = view.money.filter { $0.row > last && !$0.number.isPercent }.map(\.number.value.approximate)
    let priced = found.filter { $0.isProven || $0.price != nil }
    let choices = [usual, found, priced].filter { !$0.isEmpty }
    return choices.first { items in
      let sum = items.reduce(0) { $0 + $1.amount.number.value.approximate }
      return sums.contains { abs($0 - sum) < 0.011 }
    } ?? usual
  }

  /// A table of names and amounts, which has nothing else to go by.
  private var isPlain: Bool { [quantity, price].allSatisfy { $0.map { headings.x[$0.name] == nil } ?? true } }

  /// Words alone in three places or more, as another table's headings stand.
  private func headsAnother(_ row: Layout.Row) -> Bool {
    row.tokens.allSatisfy { view.layout.tokens[$0].digitCount == 0 }
      && row.segments.count { $0.range.contains { view.layout.token(row, $0).letterCount > 2 } } >= 3
  }

  private func isSummary(_ row: Layout.Row) -> Bool {
    let keys = view.keys[row.number].filter { key in
      key.contains { $0 != "0" } && !RowFinder.isQualifier(key, view)
    }
    return (1...3).contains { count in
      count <= keys.count && view.words.has(keys[..<count].joined(), .summary)
    }
  }

  /// A word before a sum's own that says nothing of it: `zzgl.`; a word that is both is the sum's.
  private static func isQualifier(_ key: String, _ view: DocumentView) -> Bool {
    view.words.has(key, .qualifier) && !view.words.has(key, .summary)
  }

  /// A sum ends a table; a sum carried to the next page does not, for the headings come again there.
  private func endsTable(_ row: Layout.Row) -> Bool {
    if view.moneyByRow[row.number, default: []].contains(where: \.number.hasDecimals) { return true }
    // Headings of sums that stand below them.
    return view.keys[row.number].count { view.words.has($0, .summary) } >= 2
  }

  private func item(
    in row: Layout.Row, _ numbers: [DocumentView.MoneyPlace], _ byRow: [Int: [DocumentView.MoneyPlace]]
  ) -> Item? {
    if let proven = proven(row, numbers, totals: numbers) { return proven }
    if let proven = proven(row, numbers, totals: below(row, byRow)) { return proven }
    guard headings.firstRow != nil, let amount, let heading = headings.x[amount.name] else { return nil }
    let amounts = numbers.filter { $0.number.hasDecimals || $0.number.hasCurrency }
    guard let total = nearest(amounts, to: heading, row) ?? within(amounts, amount, row) else { return nil }
    let rest = numbers.filter { $0.range != total.range }
    let pricePlace = self.price.flatMap { headings.x[$0.name] }.flatMap { wanted in
      nearest(rest.filter { $0.number.hasDecimals || $0.number.hasCurrency }, to: wanted, row)
    }
    let others = rest.filter { $0.range != pricePlace?.range }
    let quantityPlace = quantity.flatMap { column in
      headings.x[column.name].flatMap { nearest(others, to: $0, row) } ?? within(others, column, row)
    }
    guard endsCell(total, row) else { return nil }
    return Item(row: row.number, quantity: quantityPlace, price: pricePlace, amount: total, isProven: false)
  }

  /// Numbers of the rows that follow closely: an amount may stand a little lower than the rest.
  private func below(_ row: Layout.Row, _ byRow: [Int: [DocumentView.MoneyPlace]]) -> [DocumentView.MoneyPlace] {
    var found: [DocumentView.MoneyPlace] = []
    var bottom = row.bottom
    for next in view.layout.rows[(row.number + 1)...].prefix(2) {
      guard next.page == row.page, next.top - bottom < 1.3 * view.layout.unit, !isSummary(next) else { break }
      found += byRow[next.number] ?? []
      bottom = next.bottom
    }
    return found
  }

  /// Three numbers, one the product of the others; the best by where they stand.
  private func proven(
    _ row: Layout.Row, _ numbers: [DocumentView.MoneyPlace], totals: [DocumentView.MoneyPlace]
  ) -> Item? {
    var best: (item: Item, score: Double)?
    for total in totals where isAmount(total, amount) && !total.number.value.isZero && !total.number.isPercent {
      // Under headings an amount stands under its own.
      let place = closeness(total, amount)
      if let amount, headings.x[amount.name] != nil, place == 0 { continue }
      for quantity in numbers where !RowFinder.isSame(quantity, total) {
        for price in numbers where !RowFinder.isSame(price, total) && price.range != quantity.range {
          guard isAmount(price, self.price), RowFinder.isProduct(quantity, price, total) else { continue }
          var score = place + closeness(price, self.price) + closeness(quantity, self.quantity)
          let right = span(total).x0
          if total.row == row.number, right > max(span(quantity).x0, span(price).x0) { score += 0.5 }
          if total.row != row.number, right < max(span(quantity).x0, span(price).x0) { continue }
          if !quantity.number.hasDecimals { score += 0.3 }
          if price.range.lowerBound > quantity.range.lowerBound { score += 0.1 }
          if hasUnitBehind(quantity, row) { score += 0.4 }
          if score > best?.score ?? -1 {
            best = (Item(row: row.number, quantity: quantity, price: price, amount: total, isProven: true), score)
          }
        }
      }
    }
    return best?.item
  }

  /// An amount has decimals, or stands under its heading: `8   90   720`.
  private func isAmount(_ place: DocumentView.MoneyPlace, _ column: Field?) -> Bool {
    place.number.hasDecimals || closeness(place, column) > 0.3
  }

  private static func isSame(_ one: DocumentView.MoneyPlace, _ other: DocumentView.MoneyPlace) -> Bool {
    one.row == other.row && one.range == other.range
  }

  private static func isProduct(
    _ quantity: DocumentView.MoneyPlace, _ price: DocumentView.MoneyPlace, _ total: DocumentView.MoneyPlace
  ) -> Bool {
    let product = quantity.number.value.approximate * price.number.value.approximate
    let wanted = total.number.value.approximate
    return abs(product - wanted) <= max(0.011, 0.0006 * abs(wanted))
  }

  private func hasUnitBehind(_ place: DocumentView.MoneyPlace, _ row: Layout.Row) -> Bool {
    place.range.upperBound < row.tokens.count && view.words.has(view.keys[row.number][place.range.upperBound], .unit)
  }

  private func span(_ place: DocumentView.MoneyPlace) -> (x0: Double, x1: Double) {
    let row = view.layout.rows[place.row]
    return (view.layout.token(row, place.range.lowerBound).x0, view.layout.token(row, place.range.upperBound - 1).x1)
  }

  private func closeness(_ place: DocumentView.MoneyPlace, _ column: Field?) -> Double {
    guard let column, let heading = headings.x[column.name] else { return 0 }
    let near = max(0, 1 - headings.distance(span(place), heading, on: view.layout.rows[place.row].page) / 0.06)
    return near == 0 && isWithin(place, column) ? 0.1 : near
  }

  /// Whether a number stands between the headings to either side of its own.
  private func isWithin(_ place: DocumentView.MoneyPlace, _ column: Field) -> Bool {
    headings.zone(of: column.name).map { span(place).x0 >= $0.x0 && span(place).x1 <= $0.x1 } ?? false
  }

  private func nearest(
    _ numbers: [DocumentView.MoneyPlace], to heading: (x0: Double, x1: Double), _ row: Layout.Row
  ) -> DocumentView.MoneyPlace? {
    let near = numbers.map { ($0, headings.distance(span($0), heading, on: row.page)) }
    return near.min { $0.1 < $1.1 }.flatMap { $0.1 < 0.05 ? $0.0 : nil }
  }

  /// A number with nothing but a sign behind it, not one in the middle of a sentence.
  private func endsCell(_ place: DocumentView.MoneyPlace, _ row: Layout.Row) -> Bool {
    let segment = view.layout.segment(of: row, at: place.range.lowerBound)
    return (place.range.upperBound..<segment.range.upperBound).allSatisfy { behind in
      let token = view.layout.token(row, behind)
      return token.letterCount == 0 || NumberScanner.currencySigns.contains { $0.sign == token.text.uppercased() }
    }
  }

  /// The only number between the headings to either side.
  private func within(
    _ numbers: [DocumentView.MoneyPlace], _ column: Field, _ row: Layout.Row
  ) -> DocumentView.MoneyPlace? {
    let inside = numbers.filter { isWithin($0, column) }
    return inside.count == 1 ? inside[0] : nil
  }

  // What an item's cells are

  /// Reads what items are called; their numbers say where the words' column ends.
  private func itemText(of items: [Item]) -> ItemText? {
    guard let description else { return nil }
    let left = headings.x[description.name]?.x0 ?? .infinity
    let sure = items.filter(\.isProven)
    let numbers = (sure.isEmpty ? items : sure).flatMap(\.numbers).map { span($0).x0 }.filter { $0 > left }.min()
    return ItemText(view: view, headings: headings, column: description, numbers: numbers ?? .infinity)
  }

  private func cells(of item: Item, rows: Range<Int>, _ names: ItemText?) -> [String: Candidate]? {
    var cells: [String: Candidate] = [:]
    let score = item.isProven ? 2.5 : 1.0
    for (column, place) in [(quantity, item.quantity), (price, item.price), (amount, item.amount)] {
      guard let column, let place else { continue }
      cells[column.name] = view.candidate(
        "\(field.name).\(column.name)", .decimal(place.number.value), row: place.row, range: place.range, score: score)
    }
    guard let names else { return cells }
    let taken = item.numbers.filter { $0.row == item.row }.flatMap { Array($0.range) }
    cells[names.column.name] = names.candidate(
      row: item.row, taken: Set(taken), rows: rows, path: "\(field.name).\(names.column.name)",
      score: item.isProven ? 1.2 : 0.5)
    // Numbers that nothing names and no product proves are no item.
    return item.isProven || cells[names.column.name] != nil ? cells : nil
  }
}
