/// What speaks for a page being one of a contract's documents, as a logit against "unknown", whose score is 0.
struct PageEvidence {
  private(set) var value = PageEvidence.prior
  /// Headings and fields that were found, by the contract's own words.
  private(set) var names: [String] = []

  private static let prior = -2.2
  /// What the form says against what a page calls itself.
  private static let mostAgainstHeading = -0.8
  /// Labels and phrases are many: beyond this they say nothing new.
  private static let mostOfLabels = 3.0
  private static let mostOfPhrases = 2.4
  /// Words that may stand in a heading's line, and in that of a label.
  private static let mostBesideHeading = 5
  private static let mostBesideLabel = 3

  /// - Parameters:
  ///   - others: of all contracts that the page may fit, this one's among them.
  ///   - subject: the words, as keys, of the subject of the mail that the page came in.
  init(
    _ look: PageLook, contract: Contract, _ phrases: ContractPhrases, among others: [ContractPhrases],
    subject: [String] = []
  ) {
    guard !contract.headings.isEmpty || contract.fields.contains(where: { !$0.labels.isEmpty }) else {
      value = -20
      return
    }
    let heading = PageEvidence.heading(phrases.headings, look)
    if let heading {
      value += heading.value
      names.append(heading.text)
    }
    if let other = PageEvidence.heading(phrases.notHeadings, look) { value -= other.value }
    let labels = PageEvidence.labels(contract, phrases, look, among: others)
    value += min(PageEvidence.mostOfLabels, labels.value)
    names += labels.names
    let said = min(PageEvidence.mostOfPhrases, PageEvidence.said(phrases.phrases, look))
    value += said
    // The form alone makes nothing of a page: a short letter is narrow too.
    var form = PageEvidence.form(contract, look.layout)
    // What says plainly what it is may have another form: a receipt that was sent as a letter.
    let isPlain = heading.map { heading in
      heading.value >= 2.5 && others.count { !$0.headings[LabelKey.of(heading.text)].isEmpty } == 1
    }
    if isPlain == true { form = max(form, PageEvidence.mostAgainstHeading) }
    value += heading == nil && labels.value + said < 0.8 ? min(0, form) : form
    if PageEvidence.hasRequiredAmount(contract), !look.hasAmount {
      value += PageEvidence.withoutAmount
    }
    if PageEvidence.names(subject, phrases.headings) { value += PageEvidence.namedInSubject }
  }

  /// A mail brings more than what its subject names: terms, a delivery note. What the page itself says counts for more.
  private static let namedInSubject = 0.7

  private static func names(_ subject: [String], _ headings: PhraseTable<WeightedPhrase>) -> Bool {
    subject.indices.contains { start in
      (start..<min(subject.count, start + longestHeading)).contains { end in
        !headings[subject[start...end].joined()].isEmpty
      }
    }
  }

  /// What a contract that requires an amount loses on a page without one.
  private static let withoutAmount = -3.0

  private static func hasRequiredAmount(_ contract: Contract) -> Bool {
    contract.fields.contains { $0.required && $0.type == .money }
  }

  /// What is handed over a counter for money stands on a narrow strip and is addressed to nobody; what has a recipient
  /// is a letter, and what is a record of something fills a page.
  private static func form(_ contract: Contract, _ layout: Layout) -> Double {
    if layout.isTypeset { return 0 }
    // Boxes of letters in pictures are lower than those of a text layer, which are as high as the type.
    let usual = layout.isFromPixels ? 42.0 : 33.0
    let first = layout.pageSizes[layout.rows.first?.page ?? 1]
    let isStrip = first.map { $0.width > 0 && $0.height / $0.width > 1.6 } ?? false
    let narrowness = min(1, max(-1, (usual - layout.measure) / 6 + (isStrip ? 0.5 : 0)))
    let roles = contract.fields.filter { $0.type == .party }.compactMap(\.role)
    // A form or a text without a sender of its own may have any shape.
    guard !roles.isEmpty else { return 0 }
    if roles.contains(.recipient) { return min(0.6, -2 * narrowness) }
    return hasRequiredAmount(contract) ? 2.4 * narrowness : min(0, -2 * narrowness)
  }

  /// The best heading: alone in its segment, large, and high up on the first page.
  private static func heading(
    _ phrases: PhraseTable<WeightedPhrase>, _ look: PageLook
  ) -> (value: Double, text: String)? {
    guard !phrases.isEmpty else { return nil }
    let layout = look.layout
    let firstPage = layout.rows.first?.page
    var best: (value: Double, text: String)?
    for place in look.places.all where place.range.count <= longestHeading {
      let row = layout.rows[place.row]
      guard row.page == firstPage else { break }
      let segment = layout.segment(of: row, at: place.range.lowerBound)
      guard place.range.upperBound <= segment.range.upperBound,
        let found = match(place, phrases, isLenient: layout.isFromPixels),
        let value = headingValue(found, at: place.range, in: segment, row, layout)
      else { continue }
      if best == nil || value > best!.value { best = (value, found.meaning.text) }
    }
    return best
  }

  /// In words.
  private static let longestHeading = 4

  /// `Warenrechnung`, `Handelsrechnung`: German puts words together.
  private static func match(
    _ place: PhrasePlaces.Place, _ phrases: PhraseTable<WeightedPhrase>, isLenient: Bool
  ) -> PhraseTable<WeightedPhrase>.Match? {
    let found = phrases.matches(place.key, isLenient: isLenient)
    if let best = found.max(by: { $0.meaning.weight < $1.meaning.weight }) { return best }
    guard place.range.count == 1, let ending = phrases.ending(of: place.key) else { return nil }
    return phrases.matches(ending, isLenient: false).first
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
    _ contract: Contract, _ phrases: ContractPhrases, _ look: PageLook, among others: [ContractPhrases]
  ) -> (value: Double, names: [String]) {
    let layout = look.layout
    let index = LabelIndex(phrases, places: look.places, layout: layout)
    var value = 0.0
    var names: [String] = []
    for field in contract.fields {
      guard let hits = index.hits[field.name]?.filter({ !$0.isNegative && isUsedAsLabel($0, layout) }),
        let hit = hits.max(by: { $0.weight < $1.weight })
      else { continue }
      let row = layout.rows[hit.row]
      let key = hit.range.map { layout.token(row, $0).key }.joined()
      let knowing = others.count { $0.supporting.contains(key) }
      let share = everybodys.contains(field.type) ? 0.25 : 0.7
      value += share * hit.weight / Double(max(1, knowing)).squareRoot()
      names.append(field.name)
    }
    return (value, names)
  }

  /// How somebody is reached and paid stands on whatever he writes.
  private static let everybodys: Set<FieldType> = [.email, .phone, .url, .iban, .bic, .address, .country, .taxID]

  /// A word within a sentence is no label.
  private static func isUsedAsLabel(_ hit: LabelIndex.Hit, _ layout: Layout) -> Bool {
    if hit.extraWords <= mostBesideLabel { return true }
    let row = layout.rows[hit.row]
    let next = hit.range.upperBound
    if layout.token(row, next - 1).text.hasSuffix(":") || isColon(next, row, layout) { return true }
    // `Invoice Number 4711 Invoice Date 1/2/2025` in one line.
    return row.tokens.indices.contains(next) && layout.token(row, next).digitCount > 0
  }

  /// Phrases that stand on the page, each counted once.
  private static func said(_ phrases: PhraseTable<WeightedPhrase>, _ look: PageLook) -> Double {
    guard !phrases.isEmpty else { return 0 }
    var found: [String: Double] = [:]
    for place in look.places.all {
      for match in phrases.matches(place.key, isLenient: look.layout.isFromPixels) {
        found[match.meaning.text] = max(found[match.meaning.text] ?? 0, match.meaning.weight * match.likeness)
      }
    }
    return 0.5 * found.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
  }
}
