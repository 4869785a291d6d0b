/// Which contract a document fits: by what it calls itself, by whose labels stand on it, by its form. Nobody trained
/// it; a contract that was written a minute ago is known as well as any. The weights were chosen on the tune halves
/// of the receipts and e-invoice pages.
package struct Classifier: Classifying {
  package static let version = "classifier 1"
  private let languages: [LanguageWords]
  private let words: WordSets

  package init(words languages: [LanguageWords]) {
    self.languages = languages
    words = WordSets(languages)
  }

  package var fingerprint: ContentDigest {
    .joining([ContentDigest(of: Classifier.version)] + languages.map(\.digest))
  }

  package func classify(_ reading: Reading, among contracts: [Contract]) -> Classification {
    if let structured = structured(reading, among: contracts) { return structured }
    guard !reading.pages.isEmpty else { return Classification(contract: nil, confidence: 1) }
    let layout = Layout(reading)
    let spoken = spoken(layout)
    let scores = contracts.map { score($0, layout, among: contracts) }
    let sum = 1 + scores.reduce(0) { $0 + Elementary.exp(min(20, $1.value)) }
    let shares = scores.map { Elementary.exp(min(20, $0.value)) / sum }
    let order = contracts.indices.sorted { (shares[$0], contracts[$1].name) > (shares[$1], contracts[$0].name) }
    guard let best = order.first, shares[best] > 1 / sum else {
      return Classification(contract: nil, confidence: rounded(1 / sum), languages: spoken)
    }
    return Classification(
      contract: contracts[best].reference, confidence: rounded(shares[best]),
      alternatives: order.dropFirst().prefix(3).map {
        .init(contract: contracts[$0].reference, confidence: rounded(shares[$0]))
      }, evidence: scores[best].evidence, languages: spoken)
  }

  private func rounded(_ share: Double) -> Double { (10_000 * share).rounded() / 10_000 }

  /// Structured originals and messages say what they are.
  private func structured(_ reading: Reading, among contracts: [Contract]) -> Classification? {
    for (root, _) in TreeExtractor.trees(of: reading) {
      if let contract = contracts.first(where: { TreeExtractor.fits(root, $0) }) {
        return Classification(contract: contract.reference, confidence: 1, evidence: [root.name])
      }
    }
    if case .text(let text) = reading.content, !text.headers.isEmpty,
      let contract = contracts.first(where: { $0.standard == "RFC 5322" })
    {
      return Classification(contract: contract.reference, confidence: 1, evidence: ["headers"])
    }
    return nil
  }

  // Pages

  private struct Score {
    var value: Double
    var evidence: [String]
  }

  private func score(_ contract: Contract, _ layout: Layout, among contracts: [Contract]) -> Score {
    guard !contract.headings.isEmpty || contract.fields.contains(where: { !$0.labels.isEmpty }) else {
      return Score(value: -20, evidence: [])
    }
    var score = Score(value: -2.2, evidence: [])
    let heading = heading(contract, layout)
    if let heading {
      score.value += heading.value
      score.evidence.append(heading.text)
    }
    let labels = labels(contract, layout, among: contracts)
    score.value += min(3.0, labels.value)
    score.evidence += labels.names
    // The form alone makes nothing of a page: a short letter is narrow too.
    let form = form(contract, layout)
    score.value += heading == nil && labels.value < 0.8 ? min(0, form) : form
    return score
  }

  /// What is handed over a counter stands on a narrow strip and is addressed to nobody; what has a recipient is a
  /// letter.
  private func form(_ contract: Contract, _ layout: Layout) -> Double {
    let narrowness = min(1, max(-1, (36 - layout.measure) / 6))
    let hasRecipient = contract.fields.contains { $0.type == .party && $0.role == .recipient }
    return hasRecipient ? -2 * narrowness : 2.4 * narrowness
  }

  /// The best heading: alone in its segment, large, and high up on the first page.
  private func heading(_ contract: Contract, _ layout: Layout) -> (value: Double, text: String)? {
    let phrases = contract.headings.values.joined().map { (key: LabelKey.of($0.text), phrase: $0) }
    var best: (value: Double, text: String)?
    for row in layout.rows where row.page == layout.rows.first?.page {
      for segment in row.segments {
        let keys = segment.range.map { layout.token(row, $0).key }
        for start in keys.indices {
          for end in start..<min(keys.count, start + 4) {
            let joined = keys[start...end].joined()
            guard
              let found = phrases.first(where: {
                // `Warenrechnung`, `Handelsrechnung`: German puts words together.
                !joined.isEmpty
                  && ($0.key == joined || start == end && $0.key.utf8.count >= 6 && joined.hasSuffix($0.key))
              })
            else { continue }
            let others = others(in: keys, beside: start...end)
            let height = (start...end).map { layout.token(row, segment.range.lowerBound + $0).height }.max() ?? 0
            var value = 1.2 * found.phrase.weight
            let isLabel = isLabel(row, endingAt: segment.range.lowerBound + end, layout)
            value += isLabel ? -0.6 : others == 0 ? 1.2 : others <= 2 ? 0.5 : -0.6
            value += min(1.2, max(0, 1.2 * (height / layout.unit - 1.1)))
            if layout.height(of: row) < 0.45 { value += 0.5 }
            // A longer phrase says more than one of its words.
            value += 0.25 * Double(end - start)
            if best == nil || value > best!.value { best = (value, found.phrase.text) }
          }
        }
      }
    }
    return best
  }

  /// Words of a segment that are not its heading's: the document's own number and date may stand beside it.
  private func others(in keys: [String], beside heading: ClosedRange<Int>) -> Int {
    keys.indices.count { place in
      let key = keys[place]
      return !heading.contains(place) && key.contains { $0 != "0" } && !LabelIndex.numberWords.contains(key)
        && !(place > heading.upperBound && words.has(key, .from))
    }
  }

  /// `Order: 4711` labels another document's number; it does not say what this one is.
  private func isLabel(_ row: Layout.Row, endingAt place: Int, _ layout: Layout) -> Bool {
    if layout.token(row, place).text.hasSuffix(":") { return true }
    return place + 1 < row.tokens.count && layout.token(row, place + 1).text.hasPrefix(":")
  }

  /// Labels that stand on the page, each weighted by how few contracts know it.
  private func labels(
    _ contract: Contract, _ layout: Layout, among contracts: [Contract]
  ) -> (value: Double, names: [String]) {
    let index = LabelIndex(
      fields: contract.fields.filter { $0.type != .rows }, headings: Array(contract.headings.values.joined()),
      layout: layout)
    var value = 0.0
    var names: [String] = []
    for field in contract.fields {
      guard let hits = index.hits[field.name]?.filter({ !$0.isNegative }),
        let hit = hits.max(by: { $0.weight < $1.weight })
      else { continue }
      let row = layout.rows[hit.row]
      let key = hit.range.map { layout.token(row, $0).key }.joined()
      let knowing = contracts.filter { Classifier.knows(key, $0) }.count
      value += 0.7 * hit.weight / Double(max(1, knowing))
      names.append(field.name)
    }
    return (value, names)
  }

  private static func knows(_ key: String, _ contract: Contract) -> Bool {
    contract.fields.contains { field in
      field.labels.values.contains { $0.contains { LabelKey.of($0.text) == key } }
    }
  }

  /// Languages by their share of common words.
  private func spoken(_ layout: Layout) -> [String] {
    let keys = layout.tokens.map(\.key)
    let counts = languages.map { language -> (String, Int) in
      let stops = Set((language.words[.stop] ?? []).map { LabelKey.of($0) })
      return (language.language, keys.reduce(0) { $0 + (stops.contains($1) ? 1 : 0) })
    }
    return counts.filter { $0.1 > 1 }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }.map(\.0)
  }
}
