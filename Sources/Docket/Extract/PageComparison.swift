/// Holds the page that a structured original came with against it. The original stands; where the page says something
/// else, a finding tells.
///
/// A difference is told only where it is certain: the original's value stands nowhere on the page, and the page has
/// another one behind a label that leaves little doubt.
package struct PageComparison: Extractor {
  package let producer = "page-comparison 1, \(LabelExtractor.name)"
  private let original: TreeExtractor
  private let page: LabelExtractor
  /// Below it a label may as well belong to something else; the score of a labelled amount is about 3.
  private static let certain = 2.5

  package init(words: [LanguageWords], vocabularies: [String: Vocabulary]) {
    self.init(Lexicon(words), vocabularies: vocabularies)
  }

  init(_ lexicon: Lexicon, vocabularies: [String: Vocabulary]) {
    original = TreeExtractor(vocabularies: vocabularies)
    page = LabelExtractor(lexicon, vocabularies: vocabularies)
  }

  package func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    let printed = reading.pages.filter { !$0.words.isEmpty }
    // What OCR misread is no difference.
    guard !printed.isEmpty, printed.allSatisfy({ $0.source == .layer }) else { return Extraction() }
    let said = original.extract(from: reading, for: contract, in: context).candidates
    guard !said.isEmpty else { return Extraction() }
    var pages = reading
    pages.embedded = []
    let shown = page.extract(from: pages, for: contract, in: context).candidates
    let view = page.view(of: pages, for: contract, in: context)
    let text = LabelKeyless.compact(view.layout.tokens.map(\.text).joined())
    let differing = contract.fields.filter { field in
      guard !field.isList, let value = said[field.name]?.first?.value else { return false }
      let others = shown[field.name, default: []].filter { $0.score >= 0 }
      guard let best = others.first, best.score >= PageComparison.certain else { return false }
      return !isPrinted(value, as: field.type, on: view, text: text) && !isSum(value, of: others.map(\.value))
    }
    return Extraction(
      findings: differing.map {
        Finding(
          "page-differs", .warning, "The page shows another `\($0.name)` than the structured original.",
          field: $0.name)
      })
  }

  /// Whether a page that shows an amount in parts, such as the tax by rates, says the same.
  private func isSum(_ value: Value, of others: [Value]) -> Bool {
    guard case .decimal(let amount) = value else { return false }
    var sums: [DecimalNumber] = [.zero]
    for case .decimal(let part) in others.prefix(8) { sums += sums.compactMap { $0.adding(part.magnitude) } }
    return sums.contains(amount.magnitude)
  }

  /// Whether a value stands anywhere on the page. True for types that are printed in too many ways to be sure.
  private func isPrinted(_ value: Value, as type: FieldType, on view: DocumentView, text: String) -> Bool {
    switch (type, value) {
    case (.money, .decimal(let amount)):
      return amount.isZero || view.money.contains { $0.number.value.magnitude == amount.magnitude }
    case (.date, .date(let day)):
      return view.datePlaces.contains { $0.date.date == day || $0.date.other == day }
    case (.id, .text(let id)), (.iban, .text(let id)):
      return text.contains(LabelKeyless.compact(id))
    default: return true
    }
  }
}
