import Synchronization

/// The words of all languages, and the phrases of contracts, as documents are looked at with them: made once, and
/// shared by all stages of a pipeline.
struct Lexicon {
  let book = PhraseBook()
  let words: WordSets
  /// Month names and abbreviations by their keys.
  let months: [String: Int]
  /// Common words that tell a language, by language in the order given.
  let stops: [(language: String, keys: Set<String>)]

  init(_ languages: [LanguageWords]) {
    words = WordSets(languages)
    var months: [String: Int] = [:]
    for language in languages {
      for (month, names) in language.months { for name in names { months[LabelKey.of(name)] = month } }
    }
    self.months = months
    stops = languages.map { ($0.language, Set($0.words[.stop, default: []].map { LabelKey.of($0) })) }
  }
}

/// A phrase that speaks for a field, or against it.
struct FieldLabel {
  var field: String
  var weight: Double
  var isNegative: Bool
}

/// What a contract's documents print: its labels, headings and phrases by their keys.
struct ContractPhrases {
  private(set) var labels = PhraseTable<FieldLabel>()
  /// Keys of labels that speak for a field.
  private(set) var supporting: Set<String> = []
  private(set) var headings = PhraseTable<WeightedPhrase>()
  private(set) var notHeadings = PhraseTable<WeightedPhrase>()
  private(set) var phrases = PhraseTable<WeightedPhrase>()
  /// What people speak of who write in their own words, the contract's phrases among it.
  private(set) var written = PhraseTable<WeightedPhrase>()

  /// Words that say that a number follows.
  static let numberWords = ["NO", "NR", "NUMBER", "NUMMER", "NUM", "NUMERO"]

  init(_ contract: Contract) {
    self.init(fields: contract.fields.filter { $0.type != .rows }, headings: contract.headings)
    for phrase in contract.notHeadings.inOrder { notHeadings[LabelKey.of(phrase.text)].append(phrase) }
    for phrase in contract.phrases.inOrder { phrases[LabelKey.of(phrase.text)].append(phrase) }
    if !contract.written.isEmpty {
      for phrase in contract.written.inOrder + contract.phrases.inOrder {
        written[LabelKey.of(phrase.text)].append(phrase)
      }
    }
  }

  /// - Parameter headings: what such a document calls itself: with a number word behind it the label of its number.
  init(fields: [Field], headings: [String: [WeightedPhrase]] = [:]) {
    for phrase in headings.inOrder { self.headings[LabelKey.of(phrase.text)].append(phrase) }
    for field in fields {
      for (isNegative, lists) in [(false, field.labels), (true, field.notLabels)] {
        for phrase in lists.inOrder { add(phrase, field, isNegative: isNegative) }
      }
    }
    guard let number = fields.first(where: { $0.type == .id && $0.required }) else { return }
    for heading in headings.inOrder {
      for word in ContractPhrases.numberWords {
        let key = LabelKey.of(heading.text) + word
        if labels[key].isEmpty {
          labels[key] = [FieldLabel(field: number.name, weight: 0.95 * min(1, heading.weight), isNegative: false)]
        }
      }
    }
  }

  private mutating func add(_ phrase: WeightedPhrase, _ field: Field, isNegative: Bool) {
    let key = LabelKey.of(phrase.text)
    guard !key.isEmpty else { return }
    if !isNegative { supporting.insert(key) }
    // Two languages may share a word: the heavier counts.
    if let known = labels[key].firstIndex(where: { $0.field == field.name && $0.isNegative == isNegative }) {
      labels[key][known].weight = max(labels[key][known].weight, phrase.weight)
    } else {
      labels[key].append(FieldLabel(field: field.name, weight: phrase.weight, isNegative: isNegative))
    }
  }
}

/// Keeps the phrases of the contracts that were asked for: making them costs more than a page.
final class PhraseBook: Sendable {
  private struct Key: Hashable {
    var contract: ContractReference
    var digest: ContentDigest

    init(_ contract: Contract) {
      self.contract = contract.reference
      digest = contract.digest
    }
  }

  private let known = Mutex<[Key: ContractPhrases]>([:])
  private let sets = Mutex<[[Key]: KnownPhrases]>([:])

  func phrases(of contract: Contract) -> ContractPhrases {
    known.withLock { known in
      let key = Key(contract)
      if let phrases = known[key] { return phrases }
      let phrases = ContractPhrases(contract)
      known[key] = phrases
      return phrases
    }
  }

  /// What any of some contracts' documents print.
  func phrases(ofAny contracts: [Contract]) -> KnownPhrases {
    let key = contracts.map { Key($0) }
    if let set = sets.withLock({ $0[key] }) { return set }
    let set = KnownPhrases(contracts.map { phrases(of: $0) })
    sets.withLock { $0[key] = set }
    return set
  }
}
