/// Where a table's column headings stand. A heading may take several rows, and be cut in two by a hyphen.
struct TableHeadings {
  private(set) var x: [String: (x0: Double, x1: Double)] = [:]
  private(set) var rows: Set<Int> = []
  private(set) var firstRow: Int?
  /// Stretches of the page that the headings take, known ones and others, left to right.
  private var stretches: [(x0: Double, x1: Double)] = []
  private let widths: [Int: Double]

  /// How many rows a heading may take above or below the one with the most columns.
  static let reach = 3

  init(view: DocumentView, columns: [Field]) {
    widths = view.layout.pageSizes.mapValues(\.width)
    let phrases = HeadingPhrases(columns)
    var best: HeadingBlock?
    var others: [Int: HeadingBlock] = [:]
    for row in view.layout.rows {
      let alone = HeadingBlock(rows: row.number...row.number, view, phrases)
      guard !alone.found.isEmpty else { continue }
      others[row.number] = alone
      let block = TableHeadings.grown(alone, view, phrases)
      if block.found.count >= 2, block.found.count > best?.found.count ?? 0 { best = block }
    }
    guard let best else { return }
    // On the next page the headings come again in their places; other tables share some of their words.
    let slack = 2 * view.layout.unit
    let again = others.values.filter { other in
      other.found.count >= 2 && (best.found[phrases.text] == nil || other.found[phrases.text] != nil)
        && other.found.allSatisfy { name, place in
          best.found[name].map { abs($0.x0 - place.x0) < slack || abs($0.x1 - place.x1) < slack } ?? false
        }
    }
    rows = Set(again.map(\.rows.lowerBound)).union(best.rows)
    firstRow = rows.min()
    x = best.found
    stretches = best.stretches.map { (x0: $0.x0, x1: $0.x1) }
  }

  /// With as many rows around it as name more columns.
  private static func grown(_ alone: HeadingBlock, _ view: DocumentView, _ phrases: HeadingPhrases) -> HeadingBlock {
    let number = alone.rows.lowerBound
    var best = alone
    for up in 0...reach {
      guard up == 0 || joins(number - up, to: number - up + 1, view) else { break }
      for down in 0...reach {
        guard down == 0 || joins(number + down, to: number + down - 1, view) else { break }
        let block = HeadingBlock(rows: (number - up)...(number + down), view, phrases)
        if block.found.count > best.found.count { best = block }
      }
    }
    return best
  }

  /// Rows that follow closely and hold no amounts.
  private static func joins(_ number: Int, to other: Int, _ view: DocumentView) -> Bool {
    guard view.layout.rows.indices.contains(number) else { return false }
    let (upper, lower) = (view.layout.rows[min(number, other)], view.layout.rows[max(number, other)])
    return upper.page == lower.page && lower.top - upper.bottom < 1.1 * view.layout.unit
      && !view.moneyByRow[number, default: []].contains(where: \.number.hasDecimals)
  }

  /// The stretch that is a column's: from the end of the heading before it to the beginning of the next.
  func zone(of column: String) -> (x0: Double, x1: Double)? {
    guard let heading = x[column] else { return nil }
    return (
      x0: stretches.filter { $0.x1 <= heading.x0 }.map(\.x1).max() ?? 0,
      x1: stretches.filter { $0.x0 >= heading.x1 }.map(\.x0).min() ?? .infinity
    )
  }

  /// Between two stretches, by whichever edge or centre is nearest, as a share of the page's width.
  func distance(_ a: (x0: Double, x1: Double), _ b: (x0: Double, x1: Double), on page: Int) -> Double {
    let width = max(1, widths[page] ?? 1)
    let nearest = min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2)
    return nearest / width
  }
}

/// The phrases that head columns.
struct HeadingPhrases {
  private var columns: [String: String] = [:]
  var text: String { names.text ?? "" }
  private let names: (text: String?, price: String?, amount: String?)

  init(_ fields: [Field]) {
    for field in fields {
      for phrase in field.labels.values.joined() where columns[LabelKey.of(phrase.text)] == nil {
        columns[LabelKey.of(phrase.text)] = field.name
      }
    }
    let money = fields.filter { $0.type == .money }
    names = (fields.first { $0.type == .text }?.name, money.count > 1 ? money.first?.name : nil, money.last?.name)
  }

  /// The column of a phrase; German puts words together: `Artikelbezeichnung`.
  func column(_ key: String) -> String? {
    if key.isEmpty { return nil }
    if let name = columns[key] { return name }
    guard key.utf8.count >= 8 else { return nil }
    return columns.keys.filter { $0.utf8.count >= 5 && key.hasSuffix($0) }
      .max { ($0.utf8.count, $1) < ($1.utf8.count, $0) }.flatMap { columns[$0] }
  }

  /// `Qty/Hours` is either.
  func alternative(_ text: String) -> String? {
    guard text.contains("/") else { return nil }
    return text.split(separator: "/").lazy.compactMap { column(LabelKey.of($0)) }.first
  }

  /// Of several places with one meaning: the last is the sum, the longest word names things (`Item`, `Description`),
  /// and the first is anything else. A price that comes twice with no sum is both: `Einzelpreis`, `Preis`.
  func settled(_ places: [String: [HeadingBlock.Place]]) -> [String: (x0: Double, x1: Double)] {
    var settled: [String: (x0: Double, x1: Double)] = [:]
    for (name, found) in places {
      let order = found.map { (x0: $0.x0, x1: $0.x1) }.sorted { $0.x0 < $1.x0 }
      if name == names.text {
        settled[name] = found.max { ($0.length, -$0.x0) < ($1.length, -$1.x0) }.map { (x0: $0.x0, x1: $0.x1) }
      } else {
        settled[name] = name == names.amount ? order.last : order.first
      }
      if name == names.price, order.count > 1, let amount = names.amount, places[amount] == nil {
        settled[amount] = order.last
      }
    }
    // A table of names and prices has no other sums.
    if let price = names.price, let amount = names.amount, settled[amount] == nil, settled.count == 2,
      let text = names.text, settled[text] != nil, let place = settled.removeValue(forKey: price)
    {
      settled[amount] = place
    }
    return settled
  }
}

/// Rows read as one heading: words that stand above one another are read from top to bottom.
struct HeadingBlock {
  let rows: ClosedRange<Int>
  private(set) var found: [String: (x0: Double, x1: Double)] = [:]
  private(set) var stretches: [Stretch] = []

  /// A phrase that was found, with the length of its key.
  struct Place {
    var x0: Double
    var x1: Double
    var length: Int
  }

  struct Stretch {
    var x0: Double
    var x1: Double
    var tokens: [(row: Int, token: Token)]
  }

  init(rows: ClosedRange<Int>, _ view: DocumentView, _ phrases: HeadingPhrases) {
    self.rows = rows
    let tokens = rows.flatMap { number in
      view.layout.rows[number].tokens.map { (row: number, token: view.layout.tokens[$0]) }
    }.sorted { ($0.token.x0, $0.row) < ($1.token.x0, $1.row) }
    for place in tokens {
      if let last = stretches.indices.last, place.token.x0 < stretches[last].x1 + 0.6 * view.layout.unit {
        stretches[last].x1 = max(stretches[last].x1, place.token.x1)
        stretches[last].tokens.append(place)
      } else {
        stretches.append(Stretch(x0: place.token.x0, x1: place.token.x1, tokens: [place]))
      }
    }
    var places: [String: [Place]] = [:]
    for stretch in stretches { HeadingBlock.read(stretch, phrases, &places) }
    found = phrases.settled(places)
  }

  private static func read(_ stretch: Stretch, _ phrases: HeadingPhrases, _ places: inout [String: [Place]]) {
    let order = stretch.tokens.sorted { ($0.row, $0.token.x0) < ($1.row, $1.token.x0) }.map(\.token)
    var place = 0
    while place < order.count {
      var taken = 1
      for count in stride(from: min(4, order.count - place), through: 1, by: -1) {
        let words = order[place..<(place + count)]
        let key = words.map(\.key).joined()
        guard let name = phrases.column(key) ?? (count == 1 ? phrases.alternative(order[place].text) : nil) else {
          continue
        }
        places[name, default: []].append(
          Place(x0: words.map(\.x0).min() ?? 0, x1: words.map(\.x1).max() ?? 0, length: key.utf8.count))
        taken = count
        break
      }
      place += taken
    }
  }
}
