/// Finds values in sentences: behind, before or between the phrases that a field of the contract names.
///
/// Which sentences speak for a field is data; what a date, a period, a name or a word of a vocabulary looks like is
/// known here.
package struct ProseExtractor: Extractor {
  package static let name = "phrases 3"
  package let producer = ProseExtractor.name
  private let lexicon: Lexicon
  /// By vocabulary: the entry's name by the key of each of its labels.
  private let vocabularies: [String: [String: String]]
  private let described: Set<ContractReference>
  /// How many proposals of a field are handed on.
  static let limit = 12

  package init(words: [LanguageWords], vocabularies: [String: Vocabulary]) {
    self.init(Lexicon(words), vocabularies: vocabularies)
  }

  init(
    _ lexicon: Lexicon, vocabularies: [String: Vocabulary], described: Set<ContractReference> = []
  ) {
    self.lexicon = lexicon
    self.described = described
    self.vocabularies = vocabularies.mapValues { vocabulary in
      var names: [String: String] = [:]
      for entry in vocabulary.values {
        for label in entry.labels.inOrder where names[LabelKey.of(label.text)] == nil {
          names[LabelKey.of(label.text)] = entry.name
        }
      }
      return names
    }
  }

  package func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    guard contract.fields.contains(where: { !$0.phrases.isEmpty }) else { return Extraction() }
    guard let setting = Typesetting(reading, words: lexicon.words) else {
      return found(on: reading, for: contract, in: context)
    }
    return found(on: setting.paged(reading), for: contract, in: context).traced(by: setting)
  }

  private func found(on reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    let fields = contract.fields.filter { !$0.phrases.isEmpty }
    guard !reading.pages.isEmpty else { return Extraction() }
    let prose = Prose(reading)
    let dates = DateScanner(
      months: lexicon.months, layout: Layout(reading), words: lexicon.words, stated: context.dates ?? contract.dates)
    let spoken = SpokenOf(prose, contract, lexicon.words)
    let names = NameScanner(prose: prose, words: lexicon.words, months: lexicon.months)
    var extraction = Extraction()
    for field in fields {
      var found: [Candidate] = []
      let against = field.notPhrases.inOrder.map { SentencePattern($0) }
      for phrase in field.phrases.inOrder {
        let pattern = SentencePattern(phrase)
        for (order, match) in prose.matches(pattern).enumerated() {
          if ProseExtractor.lengthsAndDates.contains(field.type), spoken.isAnother(before: match.start) { continue }
          let base = 4 * pattern.weight - 1.5 - 0.1 * Double(order) + field.bias
          for stretch in match.stretches {
            found += finds(field, stretch, prose, dates, names).map {
              candidate($0, field, score: base + $0.score - doubt(of: $0, field, match, against, prose), prose)
            }
            // One value is asked for: the first stretch that has it.
            if !field.isList, !found.isEmpty { break }
          }
        }
      }
      guard !found.isEmpty else { continue }
      let path = field.type == .party ? "\(field.name).name" : field.name
      let best = found.enumerated().sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }
      let kept = field.type == .party ? ProseExtractor.distinct(best.map(\.element)) : best.map(\.element)
      extraction.candidates[path] = Array(kept.prefix(ProseExtractor.limit))
    }
    guard described.contains(contract.reference), !extraction.candidates.isEmpty else { return extraction }
    let view = DocumentView(reading, contract: contract, lexicon: lexicon, stated: context.dates ?? contract.dates)
    return view.layout.rows.isEmpty ? extraction : extraction.described(in: view, of: contract)
  }

  /// What another document has too: its dates and its term.
  private static let lengthsAndDates: Set<FieldType> = [.date, .datetime, .duration]
  /// What a word of the same sentence that speaks against a value counts.
  private static let contrary = 3.0

  /// Who takes part is named where a text begins, in the first hundreds of words; and some words of a sentence, up to
  /// the value, say that it is about something else.
  private func doubt(
    of find: Find, _ field: Field, _ match: Prose.Match, _ against: [SentencePattern], _ prose: Prose
  ) -> Double {
    let lateness = field.type == .party ? min(3, 0.004 * Double(max(0, find.range.lowerBound - 250))) : 0
    guard !against.isEmpty else { return lateness }
    let start = min(match.start, find.range.lowerBound)
    let sentence = prose.sentenceStart(start, lexicon.words)..<find.range.upperBound
    let said = against.filter { prose.says($0, in: sentence) }.map(\.weight).max() ?? 0
    return lateness + ProseExtractor.contrary * said
  }

  /// Without what names another once more: `PALM, INC.`, `Palm` beside `Palm, Inc.`.
  private static func distinct(_ candidates: [Candidate]) -> [Candidate] {
    var kept: [(key: String, candidate: Candidate)] = []
    for candidate in candidates {
      let key = LabelKey.of(candidate.value.canonical)
      if kept.contains(where: { $0.key.hasPrefix(key) || key.hasPrefix($0.key) }) { continue }
      kept.append((key, candidate))
    }
    return kept.map(\.candidate)
  }

  /// A value that was found in a stretch of words, and how well its form fits.
  struct Find {
    var value: Value
    var range: Range<Int>
    var score: Double
  }

  private func candidate(_ find: Find, _ field: Field, score: Double, _ prose: Prose) -> Candidate {
    Candidate(
      path: field.type == .party ? "\(field.name).name" : field.name, value: find.value, raw: prose.text(find.range),
      score: score, locators: prose.locators(find.range), producer: producer,
      readingConfidence: prose.confidence(find.range))
  }

  private func finds(
    _ field: Field, _ stretch: Prose.Stretch, _ prose: Prose, _ dates: DateScanner, _ names: NameScanner
  ) -> [Find] {
    switch field.type {
    case .date: return nearest(stretch, within: 10) { date(prose, dates, at: $0, in: stretch.range) }
    case .duration:
      return nearest(stretch, within: 8) { place in
        let texts = prose.items[place..<max(place, stretch.range.upperBound)].prefix(12).map(\.text)
        return Period.read(texts, lexicon.words).map {
          Find(value: .text($0.text), range: place..<(place + $0.count), score: 0)
        }
      }
    case .category:
      guard let entries = field.vocabulary.flatMap({ vocabularies[$0] }) else { return [] }
      return nearest(stretch, within: 6) { entry(prose, entries, at: $0, in: stretch.range) }
    case .party, .person, .text:
      let found =
        stretch.isBefore ? names.before(stretch.range.upperBound).map { [$0] } ?? [] : names.list(stretch.range)
      return field.isList ? found : Array(found.prefix(1))
    default: return []
    }
  }

  /// The first value of a stretch, the last where it stands before its phrase; a little less for every word between.
  private func nearest(_ stretch: Prose.Stretch, within reach: Int, _ read: (Int) -> Find?) -> [Find] {
    let places = stretch.isBefore ? Array(stretch.range.reversed()) : Array(stretch.range)
    for (distance, place) in places.prefix(reach + 1).enumerated() {
      guard var find = read(place) else { continue }
      if stretch.isBefore, find.range.upperBound + reach < stretch.range.upperBound { return [] }
      find.score -= 0.08 * Double(distance)
      return [find]
    }
    return []
  }

  private func date(_ prose: Prose, _ dates: DateScanner, at place: Int, in range: Range<Int>) -> Find? {
    for count in [3, 5, 6, 4, 2, 1] where place + count <= range.upperBound {
      let words = prose.items[place..<(place + count)].map(\.text)
      guard let (date, _) = dates.date(of: words) else { continue }
      return Find(value: .date(date), range: place..<(place + count), score: 0)
    }
    return nil
  }

  /// The longest phrase of a vocabulary that begins at a place.
  private func entry(_ prose: Prose, _ names: [String: String], at place: Int, in range: Range<Int>) -> Find? {
    var joined = ""
    var best: Find?
    for end in place..<min(range.upperBound, place + PhrasePlaces.longest) {
      joined += prose.items[end].key
      guard let name = names[joined] else { continue }
      best = Find(value: .text(name), range: place..<(end + 1), score: 0)
    }
    return best
  }
}
