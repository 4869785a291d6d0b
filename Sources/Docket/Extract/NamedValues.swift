/// Reads what the leaves of a tree say as values of a field's type. Numbers and dates are read as on a page: the whole
/// file decides which mark is the decimal one and whether the day comes first.
struct NamedValues {
  private let numbers: NumberScanner
  private var dates: [String: PrintedDate] = [:]
  private let vocabularies: [String: Vocabulary]

  init(_ tree: NamedTree, months: [String: Int], stated: DateOrder?, vocabularies: [String: Vocabulary]) {
    self.vocabularies = vocabularies
    let leaves = tree.leaves + tree.groups.flatMap { $0.rows.joined() }
    let words = leaves.prefix(20_000).enumerated().map { index, leaf in
      Word(text: String(leaf.text.prefix(80)), x: 0, y: Float(index) * 20, width: 400, height: 10, line: Int32(index))
    }
    let page = PageReading(
      number: 1, width: 500, height: Float(words.count + 1) * 20, unit: .point, source: .layer, words: words)
    let layout = Layout(Reading(mediaType: "", content: .pages([page])))
    numbers = NumberScanner(layout.tokens)
    let scanner = DateScanner(months: months, layout: layout, words: WordSets([]), stated: stated)
    for row in layout.rows {
      let text = layout.text(row, row.tokens.indices)
      if dates[text] == nil, let date = scanner.dates(in: row, of: layout).first { dates[text] = date }
    }
  }

  func candidates(
    _ field: Field, path: String, _ leaf: NamedTree.Leaf, score: Double, _ producer: String
  ) -> [Candidate] {
    guard let (value, findings) = value(leaf.text, of: field) else { return [] }
    return [
      Candidate(
        path: path, value: value, raw: leaf.text, score: score, locators: [leaf.locator], producer: producer,
        findings: findings)
    ]
  }

  private func value(_ text: String, of field: Field) -> (Value, [Finding])? {
    let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !plain.isEmpty else { return nil }
    switch field.type {
    case .date: return date(plain, of: field)
    case .money, .quantity, .decimal, .percent, .integer: return number(plain).map { (.decimal($0), []) }
    case .boolean:
      let truth = ["true": true, "yes": true, "1": true, "false": false, "no": false, "0": false][plain.lowercased()]
      return truth.map { (.boolean($0), []) }
    case .currency:
      let code = NumberScanner.currencySigns.first { $0.sign == plain.uppercased() }?.code ?? plain.uppercased()
      return code.count == 3 ? (.text(code), []) : nil
    case .category:
      let entries = field.vocabulary.flatMap { vocabularies[$0] }?.values ?? []
      let key = LabelKey.of(plain)
      let entry = entries.first { entry in
        LabelKey.of(entry.name) == key || entry.codes.values.contains(plain)
          || entry.labels.inOrder.contains { LabelKey.of($0.text) == key }
      }
      return entry.map { (.text($0.name), []) }
    case .iban: return (.text(plain.filter { $0 != " " }.uppercased()), [])
    default: return (.text(plain), [])
    }
  }

  private func date(_ text: String, of field: Field) -> (Value, [Finding])? {
    // An ISO date, with a time behind it or without one.
    if let date = CalendarDate(iso: String(text.prefix(10))) { return (.date(date), []) }
    guard let printed = dates[text] else { return nil }
    guard printed.other != nil else { return (.date(printed.date), []) }
    return (
      .date(printed.date),
      [
        Finding(
          "ambiguous-date", .warning, "The day and the month may be meant the other way round.", field: field.name)
      ]
    )
  }

  private func number(_ text: String) -> DecimalNumber? {
    // As JSON and XML write it: one point and nothing else.
    if let number = DecimalNumber(text.hasPrefix("+") ? String(text.dropFirst()) : text) { return number }
    return text.split(separator: " ").lazy.compactMap { numbers.number(String($0))?.value }.first
  }
}
