/// What speaks for a page being one of a contract's documents, as a logit against "unknown", whose score is 0.
struct PageEvidence {
  private(set) var value = PageEvidence.prior
  /// Headings and fields that were found, by the contract's own words.
  private(set) var names: [String] = []

  private static let prior = -2.2
  /// Labels and phrases are many: beyond this they say nothing new.
  private static let mostOfLabels = 3.0
  private static let mostOfPhrases = 2.4
  /// Words that may stand in a heading's line, and in that of a label.
  private static let mostBesideHeading = 5
  private static let mostBesideLabel = 3

  init(_ layout: Layout, contract: Contract, among contracts: [Contract]) {
    guard !contract.headings.isEmpty || contract.fields.contains(where: { !$0.labels.isEmpty }) else {
      value = -20
      return
    }
    let heading = PageEvidence.heading(contract.headings, layout)
    if let heading {
      value += heading.value
      names.append(heading.text)
    }
    if let other = PageEvidence.heading(contract.notHeadings, layout) { value -= other.value }
    let labels = PageEvidence.labels(contract, layout, among: contracts)
    value += min(PageEvidence.mostOfLabels, labels.value)
    names += labels.names
    let phrases = min(PageEvidence.mostOfPhrases, PageEvidence.phrases(contract, layout))
    value += phrases
    // The form alone makes nothing of a page: a short letter is narrow too.
    let form = PageEvidence.form(contract, layout)
    value += heading == nil && labels.value + phrases < 0.8 ? min(0, form) : form
    if contract.fields.contains(where: { $0.required && $0.type == .money }), !PageEvidence.hasAmount(layout) {
      value += PageEvidence.withoutAmount
    }
  }

  /// What a contract that requires an amount loses on a page without one.
  private static let withoutAmount = -3.0

  private static func hasAmount(_ layout: Layout) -> Bool {
    let numbers = NumberScanner(layout.tokens)
    return layout.tokens.contains { token in
      guard token.digitCount > 0, let number = numbers.number(token.text) else { return false }
      return number.hasDecimals && !number.isPercent || number.hasCurrency
    }
  }

  /// What is handed over a counter stands on a narrow strip and is addressed to nobody; what has a recipient is a
  /// letter.
  private static func form(_ contract: Contract, _ layout: Layout) -> Double {
    // Boxes of letters in pictures are lower than those of a text layer, which are as high as the type.
    let usual = layout.isFromPixels ? 42.0 : 33.0
    let first = layout.pageSizes[layout.rows.first?.page ?? 1]
    let isStrip = first.map { $0.width > 0 && $0.height / $0.width > 1.6 } ?? false
    let narrowness = min(1, max(-1, (usual - layout.measure) / 6 + (isStrip ? 0.5 : 0)))
    let hasRecipient = contract.fields.contains { $0.type == .party && $0.role == .recipient }
    return hasRecipient ? min(0.6, -2 * narrowness) : 2.4 * narrowness
  }

  /// The best heading: alone in its segment, large, and high up on the first page.
  private static func heading(
    _ headings: [String: [WeightedPhrase]], _ layout: Layout
  ) -> (value: Double, text: String)? {
    guard !headings.isEmpty else { return nil }
    var phrases = PhraseTable<WeightedPhrase>(isLenient: layout.isFromPixels)
    for phrase in headings.inOrder { phrases[LabelKey.of(phrase.text)].append(phrase) }
    var best: (value: Double, text: String)?
    for row in layout.rows where row.page == layout.rows.first?.page {
      for segment in row.segments {
        let keys = segment.range.map { layout.token(row, $0).key }
        for start in keys.indices where !keys[start].isEmpty {
          for end in start..<min(keys.count, start + 4) where !keys[end].isEmpty {
            guard let found = match(keys[start...end], phrases, headings: headings) else { continue }
            let range = (segment.range.lowerBound + start)..<(segment.range.lowerBound + end + 1)
            guard let value = headingValue(found, at: range, in: segment, row, layout) else { continue }
            if best == nil || value > best!.value { best = (value, found.meaning.text) }
          }
        }
      }
    }
    return best
  }

  /// `Warenrechnung`, `Handelsrechnung`: German puts words together.
  private static func match(
    _ keys: ArraySlice<String>, _ phrases: PhraseTable<WeightedPhrase>, headings: [String: [WeightedPhrase]]
  ) -> PhraseTable<WeightedPhrase>.Match? {
    let joined = keys.joined()
    if let found = phrases.matches(joined).max(by: { $0.meaning.weight < $1.meaning.weight }) { return found }
    guard keys.count == 1, joined.utf8.count > 6 else { return nil }
    return headings.inOrder.first {
      let key = LabelKey.of($0.text)
      return key.utf8.count >= 6 && joined.hasSuffix(key)
    }.map { .init(meaning: $0, likeness: 1) }
  }

  private static func headingValue(
    _ found: PhraseTable<WeightedPhrase>.Match, at range: Range<Int>, in segment: Layout.Segment, _ row: Layout.Row,
    _ layout: Layout
  ) -> Double? {
    let height = range.map { layout.token(row, $0).height }.max() ?? 0
    let others = segment.range.count - range.count
    // Within a sentence it is a word like others.
    guard others <= PageEvidence.mostBesideHeading else { return nil }
    var value = 1.2 * found.meaning.weight * found.likeness
    // `Order: 4711` on another document is a reference.
    let isLabel = layout.token(row, range.upperBound - 1).text.hasSuffix(":") || isColon(range.upperBound, row, layout)
    if isLabel {
      value -= 0.6
    } else {
      value += others == 0 ? 1.2 : others <= 2 ? 0.5 : -0.6
    }
    value += min(1.2, max(0, 1.2 * (height / layout.unit - 1.1)))
    if layout.height(of: row) < 0.45 { value += 0.5 }
    // A longer phrase says more than one of its words.
    return value + 0.25 * Double(range.count - 1)
  }

  private static func isColon(_ place: Int, _ row: Layout.Row, _ layout: Layout) -> Bool {
    row.tokens.indices.contains(place) && layout.token(row, place).text == ":"
  }

  /// Labels that stand on the page, each weighted by how few contracts know it.
  private static func labels(
    _ contract: Contract, _ layout: Layout, among contracts: [Contract]
  ) -> (value: Double, names: [String]) {
    let index = LabelIndex(
      fields: contract.fields.filter { $0.type != .rows }, headings: contract.headings.inOrder, layout: layout)
    var value = 0.0
    var names: [String] = []
    for field in contract.fields {
      guard let hits = index.hits[field.name]?.filter({ !$0.isNegative && isUsedAsLabel($0, layout) }),
        let hit = hits.max(by: { $0.weight < $1.weight })
      else { continue }
      let row = layout.rows[hit.row]
      let key = hit.range.map { layout.token(row, $0).key }.joined()
      let knowing = contracts.filter { knows(key, $0) }.count
      value += 0.7 * hit.weight / Double(max(1, knowing)).squareRoot()
      names.append(field.name)
    }
    return (value, names)
  }

  /// A word within a sentence is no label.
  private static func isUsedAsLabel(_ hit: LabelIndex.Hit, _ layout: Layout) -> Bool {
    if hit.extraWords <= mostBesideLabel { return true }
    let row = layout.rows[hit.row]
    let next = hit.range.upperBound
    if layout.token(row, next - 1).text.hasSuffix(":") || isColon(next, row, layout) { return true }
    // `Invoice Number 4711 Invoice Date 1/2/2025` in one line.
    return row.tokens.indices.contains(next) && layout.token(row, next).digitCount > 0
  }

  private static func knows(_ key: String, _ contract: Contract) -> Bool {
    contract.fields.contains { field in
      field.labels.values.contains { $0.contains { LabelKey.of($0.text) == key } }
    }
  }

  /// Phrases that stand on the page, each counted once.
  private static func phrases(_ contract: Contract, _ layout: Layout) -> Double {
    guard !contract.phrases.isEmpty else { return 0 }
    var phrases = PhraseTable<WeightedPhrase>(isLenient: layout.isFromPixels)
    for phrase in contract.phrases.inOrder { phrases[LabelKey.of(phrase.text)].append(phrase) }
    var found: [String: Double] = [:]
    for row in layout.rows {
      let keys = row.tokens.map { layout.tokens[$0].key }
      for start in keys.indices where !keys[start].isEmpty {
        for end in start..<min(keys.count, start + LabelIndex.longest) where !keys[end].isEmpty {
          for match in phrases.matches(keys[start...end].joined()) {
            found[match.meaning.text] = max(found[match.meaning.text] ?? 0, match.meaning.weight * match.likeness)
          }
        }
      }
    }
    return 0.5 * found.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
  }
}
