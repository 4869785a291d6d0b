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
  }

  func rows() -> [[String: Candidate]] {
    let items = items()
    return items.enumerated().map { index, item in
      let end = index + 1 < items.count ? items[index + 1].row : view.layout.rows.count
      return cells(of: item, until: end)
    }
  }

  // Which rows are items

  private func items() -> [Item] {
    let byRow = Dictionary(grouping: view.money, by: \.row)
    var found: [Item] = []
    var isInside = headings.firstRow == nil
    for row in view.layout.rows {
      if headings.rows.contains(row.number) {
        isInside = true
        continue
      }
      guard isInside, let numbers = byRow[row.number]?.filter({ !$0.number.isPercent }), !numbers.isEmpty else {
        continue
      }
      if isSummary(row) {
        if headings.firstRow != nil, !found.isEmpty, endsTable(row) { isInside = false }
        continue
      }
      if let item = item(in: row, numbers) { found.append(item) }
    }
    return found
  }

  private func isSummary(_ row: Layout.Row) -> Bool {
    let keys = view.keys[row.number]
    guard let first = keys.firstIndex(where: { !$0.isEmpty && $0.contains { $0 != "0" } }) else { return false }
    return (1...3).contains { count in
      first + count <= keys.count && view.words.has(keys[first..<(first + count)].joined(), .summary)
    }
  }

  /// A sum ends a table; a sum carried to the next page does not, for the headings come again there.
  private func endsTable(_ row: Layout.Row) -> Bool {
    view.money.contains { $0.row == row.number && $0.number.hasDecimals }
  }

  private func item(in row: Layout.Row, _ numbers: [DocumentView.MoneyPlace]) -> Item? {
    if let proven = proven(row, numbers) { return proven }
    guard headings.firstRow != nil, let amount, let price = headings.x[amount.name],
      let total = nearest(numbers.filter(\.number.hasDecimals), to: price, row)
    else { return nil }
    let rest = numbers.filter { $0.range != total.range }
    let quantityPlace = quantity.flatMap { headings.x[$0.name] }.flatMap { nearest(rest, to: $0, row) }
    let pricePlace = self.price.flatMap { headings.x[$0.name] }.flatMap { wanted in
      nearest(rest.filter { $0.range != quantityPlace?.range && $0.number.hasDecimals }, to: wanted, row)
    }
    guard quantityPlace != nil || pricePlace != nil else { return nil }
    return Item(row: row.number, quantity: quantityPlace, price: pricePlace, amount: total, isProven: false)
  }

  /// Three numbers of the row, one the product of the others; the best by where they stand.
  private func proven(_ row: Layout.Row, _ numbers: [DocumentView.MoneyPlace]) -> Item? {
    guard numbers.count >= 3 || (numbers.count == 2 && headings.firstRow != nil) else { return nil }
    var best: (item: Item, score: Double)?
    for total in numbers where total.number.hasDecimals && !total.number.value.isZero {
      for quantity in numbers where quantity.range != total.range {
        for price in numbers where price.range != total.range && price.range != quantity.range {
          guard price.number.hasDecimals, RowFinder.isProduct(quantity, price, total) else { continue }
          var score = closeness(total, amount, row) + closeness(price, self.price, row)
          score += closeness(quantity, self.quantity, row)
          if total.range.lowerBound > max(quantity.range.lowerBound, price.range.lowerBound) { score += 0.5 }
          if !quantity.number.hasDecimals { score += 0.3 }
          if price.range.lowerBound > quantity.range.lowerBound { score += 0.1 }
          if hasUnitBehind(quantity, row) { score += 0.4 }
          if best == nil || score > best!.score {
            best = (
              Item(row: row.number, quantity: quantity, price: price, amount: total, isProven: true), score
            )
          }
        }
      }
    }
    return best?.item
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

  private func span(_ place: DocumentView.MoneyPlace, _ row: Layout.Row) -> (x0: Double, x1: Double) {
    (view.layout.token(row, place.range.lowerBound).x0, view.layout.token(row, place.range.upperBound - 1).x1)
  }

  private func closeness(_ place: DocumentView.MoneyPlace, _ column: Field?, _ row: Layout.Row) -> Double {
    guard let column, let heading = headings.x[column.name] else { return 0 }
    return max(0, 1 - headings.distance(span(place, row), heading, on: row.page) / 0.06)
  }

  private func nearest(
    _ numbers: [DocumentView.MoneyPlace], to heading: (x0: Double, x1: Double), _ row: Layout.Row
  ) -> DocumentView.MoneyPlace? {
    let near = numbers.map { ($0, headings.distance(span($0, row), heading, on: row.page)) }
    return near.min { $0.1 < $1.1 }.flatMap { $0.1 < 0.05 ? $0.0 : nil }
  }

  // What an item's cells are

  private func cells(of item: Item, until end: Int) -> [String: Candidate] {
    var cells: [String: Candidate] = [:]
    let score = item.isProven ? 2.5 : 1.0
    for (column, place) in [(quantity, item.quantity), (price, item.price), (amount, item.amount)] {
      guard let column, let place else { continue }
      cells[column.name] = view.candidate(
        "\(field.name).\(column.name)", .decimal(place.number.value), row: item.row, range: place.range, score: score)
    }
    if let description, let text = descriptionCell(of: item, until: end, path: "\(field.name).\(description.name)") {
      cells[description.name] = text
    }
    return cells
  }

  private func descriptionCell(of item: Item, until end: Int, path: String) -> Candidate? {
    let row = view.layout.rows[item.row]
    let taken = [item.quantity, item.price, item.amount].compactMap { $0 }.flatMap { Array($0.range) }
    guard let whole = descriptionRange(row, taken: Set(taken)) else { return nil }
    let first = named(whole, row)
    var lines = [(row: item.row, range: first)]
    let left = view.layout.token(row, first.lowerBound).x0
    let limit = columnEnd(behind: first, row)
    var bottom = row.bottom
    for number in (item.row + 1)..<max(item.row + 1, min(end, view.layout.rows.count)) {
      let below = view.layout.rows[number]
      guard below.page == row.page, below.top - bottom < 0.9 * view.layout.unit, lines.count < 5, !isSummary(below),
        goesOn(lines[lines.count - 1], in: number, before: limit),
        let segment = below.segments.first(where: { abs($0.x0 - left) < 0.8 * view.layout.unit })
      else { break }
      let hasMoney = view.money.contains {
        $0.row == number && $0.number.hasDecimals && !segment.range.overlaps($0.range)
      }
      if hasMoney { break }
      lines.append((number, segment.range))
      bottom = below.bottom
    }
    var text = lines.map { view.layout.text(view.layout.rows[$0.row], $0.range) }.joined(separator: " ")
    if text.hasSuffix(":") { text.removeLast() }
    let regions = lines.map { view.layout.region(view.layout.rows[$0.row], $0.range) }
    return Candidate(
      path: path, value: .text(text), raw: text, score: item.isProven ? 1.2 : 0.5,
      locators: [.region(regions.dropFirst().reduce(regions[0]) { $0.union($1) })], producer: LabelExtractor.name,
      readingConfidence: view.layout.confidence(row, first))
  }

  /// Where the next column begins.
  private func columnEnd(behind range: Range<Int>, _ row: Layout.Row) -> Double {
    let left = view.layout.token(row, range.lowerBound).x0
    let behind = range.upperBound < row.tokens.count ? view.layout.token(row, range.upperBound).x0 : .infinity
    let heading = headings.x.values.map(\.x0).filter { $0 > left + view.layout.unit }.min() ?? .infinity
    return min(behind, heading)
  }

  /// Whether a description goes on in the next line: the next begins small, the last ends open, or the next line's
  /// first word had no room any more.
  private func goesOn(_ last: (row: Int, range: Range<Int>), in next: Int, before limit: Double) -> Bool {
    let end = view.layout.token(view.layout.rows[last.row], last.range.upperBound - 1)
    if let mark = end.text.last, "-,&/+".contains(mark) { return true }
    let left = view.layout.token(view.layout.rows[last.row], last.range.lowerBound).x0
    let segment = view.layout.rows[next].segments.first { abs($0.x0 - left) < 0.8 * view.layout.unit }
    guard let segment else { return false }
    let first = view.layout.token(view.layout.rows[next], segment.range.lowerBound)
    // A code with its name, or a number, is another matter.
    let text = view.layout.text(view.layout.rows[next], segment.range)
    if text.contains(":") || first.letterCount == 0 { return false }
    if first.text.first?.isLowercase == true { return true }
    return end.x1 + 0.3 * view.layout.unit + (first.x1 - first.x0) > limit - 0.3 * view.layout.unit
  }

  /// `Name: what it is` names the thing before the colon.
  private func named(_ range: Range<Int>, _ row: Layout.Row) -> Range<Int> {
    let colon = range.dropLast().first { view.layout.token(row, $0).text.hasSuffix(":") }
    return colon.map { range.lowerBound..<($0 + 1) } ?? range
  }

  /// The longest stretch of words of the row that is none of the item's numbers, best under its heading.
  private func descriptionRange(_ row: Layout.Row, taken: Set<Int>) -> Range<Int>? {
    var best: (range: Range<Int>, score: Double)?
    for segment in row.segments {
      var start = segment.range.lowerBound
      for place in segment.range.lowerBound...segment.range.upperBound {
        guard place == segment.range.upperBound || taken.contains(place) else { continue }
        if place > start { consider(start..<place, row, &best) }
        start = place + 1
      }
    }
    return best?.range
  }

  private func consider(_ range: Range<Int>, _ row: Layout.Row, _ best: inout (range: Range<Int>, score: Double)?) {
    let letters = range.reduce(0) { $0 + view.layout.token(row, $1).letterCount }
    guard letters >= 3 else { return }
    if range.count <= 2, range.allSatisfy({ view.words.has(view.keys[row.number][$0], .unit) }) { return }
    var score = min(1, Double(letters) / 30)
    if let description, let heading = headings.x[description.name] {
      let x0 = view.layout.token(row, range.lowerBound).x0
      score += 1.5 * max(0, 1 - headings.distance((x0, x0 + 1), (heading.x0, heading.x0 + 1), on: row.page) / 0.08)
    }
    if range.count == 1, view.words.has(view.keys[row.number][range.lowerBound], .unit) { score -= 1 }
    if best == nil || score > best!.score { best = (range, score) }
  }
}

/// Where a table's column headings stand.
struct TableHeadings {
  private(set) var x: [String: (x0: Double, x1: Double)] = [:]
  private(set) var rows: Set<Int> = []
  private(set) var firstRow: Int?
  private let widths: [Int: Double]

  init(view: DocumentView, columns: [Field]) {
    widths = view.layout.pageSizes.mapValues(\.width)
    var phrases: [String: String] = [:]
    for column in columns {
      for phrase in column.labels.values.joined() where phrases[LabelKey.of(phrase.text)] == nil {
        phrases[LabelKey.of(phrase.text)] = column.name
      }
    }
    var best: (row: Int, found: [String: (Double, Double)])?
    for row in view.layout.rows {
      let found = TableHeadings.found(in: row, view, phrases)
      guard found.count >= 2 else { continue }
      rows.insert(row.number)
      if firstRow == nil { firstRow = row.number }
      if best == nil || found.count > best!.found.count { best = (row.number, found) }
    }
    guard let best else { return }
    // Headings may take two rows.
    var all = best.found
    for number in [best.row - 1, best.row + 1] where view.layout.rows.indices.contains(number) {
      let near = view.layout.rows[number]
      guard near.page == view.layout.rows[best.row].page,
        abs(near.top - view.layout.rows[best.row].top) < 2.2 * view.layout.unit
      else { continue }
      let more = TableHeadings.found(in: near, view, phrases)
      for (name, place) in more where all[name] == nil {
        all[name] = place
        rows.insert(number)
      }
    }
    x = all.mapValues { (x0: $0.0, x1: $0.1) }
  }

  private static func found(
    in row: Layout.Row, _ view: DocumentView, _ phrases: [String: String]
  ) -> [String: (Double, Double)] {
    let keys = view.keys[row.number]
    var found: [String: (Double, Double)] = [:]
    var place = 0
    while place < keys.count {
      var taken = 1
      for count in stride(from: min(3, keys.count - place), through: 1, by: -1) {
        guard let name = phrases[keys[place..<(place + count)].joined()] else { continue }
        let x0 = view.layout.token(row, place).x0
        let x1 = view.layout.token(row, place + count - 1).x1
        // Of two equal headings the last is the sum: `Total` may head the price too.
        found[name] = (x0, x1)
        taken = count
        break
      }
      place += taken
    }
    return found
  }

  /// Between two stretches, by whichever edge or centre is nearest, as a share of the page's width.
  func distance(_ a: (x0: Double, x1: Double), _ b: (x0: Double, x1: Double), on page: Int) -> Double {
    let width = max(1, widths[page] ?? 1)
    let nearest = min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2)
    return nearest / width
  }
}
