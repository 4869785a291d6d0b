/// Finds values on pages, and in texts and tables as if they were pages, by what stands around them: labels, places,
/// forms, checks. Needs no training: whatever contract there is, its labels and types say what to look for.
/// Source: the method's zero-shot scorer.
package struct LabelExtractor: Extractor {
  package static let name = "labels 11"
  package let producer = LabelExtractor.name
  private let lexicon: Lexicon
  private let vocabularies: [String: Vocabulary]
  /// Contracts whose candidates are described, and proposed more freely, for what is learned.
  private let described: Set<ContractReference>
  /// Documents like one that is remembered are described, too.
  private let memory: Memory?
  /// How many proposals of a field are handed on, and how many where they are described.
  static let limit = 12
  static let wideLimit = 60

  package init(words: [LanguageWords], vocabularies: [String: Vocabulary]) {
    self.init(Lexicon(words), vocabularies: vocabularies)
  }

  init(
    _ lexicon: Lexicon, vocabularies: [String: Vocabulary], described: Set<ContractReference> = [],
    memory: Memory? = nil
  ) {
    self.lexicon = lexicon
    self.vocabularies = vocabularies
    self.described = described
    self.memory = memory
  }

  package func extract(from reading: Reading, for contract: Contract, in context: Context) -> Extraction {
    guard TreeExtractor.trees(of: reading).allSatisfy({ !TreeExtractor.fits($0.root, contract) }),
      contract.standard != HeaderExtractor.standard
    else { return Extraction() }
    guard let setting = Typesetting(reading, words: lexicon.words) else {
      return found(on: reading, for: contract, in: context, isMessage: false)
    }
    return found(on: setting.paged(reading), for: contract, in: context, isMessage: reading.isMessage)
      .traced(by: setting)
  }

  private func found(
    on reading: Reading, for contract: Contract, in context: Context, isMessage: Bool
  ) -> Extraction {
    guard !reading.pages.isEmpty else { return Extraction() }
    var view = view(of: reading, for: contract, in: context)
    view.isMessage = isMessage
    guard !view.layout.rows.isEmpty else { return Extraction() }
    var extraction = Extraction()
    view.isWide = described.contains(contract.reference)
    if view.isWide || memory?.knows(contract.reference) == true {
      extraction.signature = DocumentSignature(view.layout)
      if let memory, let recall = extraction.recall(in: memory, contract.name, context.digest), recall.isFamiliar {
        view.isWide = true
      }
    }
    let blocks = AddressBlocks(view, parties: contract.fields.filter { $0.type == .party })
    let codes = CodeCandidates(view: view, blocks: blocks)
    let number = contract.fields.first { $0.type == .id && $0.required }
    let numberRow = number.flatMap { field in
      IDCandidates(view: view).best(field)
    }
    // The issuer first: who sends a document is not whom it is for.
    for field in contract.fields.filter({ $0.role == .issuer }) + contract.fields.filter({ $0.role != .issuer }) {
      switch field.type {
      case .money, .decimal, .integer, .quantity:
        let found = MoneyCandidates(view: view).candidates(field)
        keep(isSubtracted(field, contract) ? found.map(magnitude) : found, view, &extraction)
      case .date:
        keep(DateCandidates(view: view, contract: contract, numberRow: numberRow).candidates(field), view, &extraction)
      case .id, .reference: keep(IDCandidates(view: view).candidates(field), view, &extraction)
      // A list's names stand in sentences, see `ProseExtractor`: no letterhead, no window tells them.
      case .party where field.isList: break
      case .party:
        let issuer = contract.fields.first { $0.type == .party && $0.role == .issuer }
        let sender = issuer.flatMap { extraction.candidates["\($0.name).name"]?.first }
        let parties = PartyCandidates(
          view: view, blocks: blocks, codes: codes,
          issuer: sender.flatMap { $0.score > 2 ? LabelKey.of($0.value.canonical) : nil })
        for candidates in parties.candidates(field).values { keep(candidates, view, &extraction) }
      case .iban, .currency, .email: keep(codes.candidates(field), view, &extraction)
      case .category where field.phrases.isEmpty:
        guard let vocabulary = field.vocabulary.flatMap({ vocabularies[$0] }) else { continue }
        keep(CategoryCandidates(view: view, vocabulary: vocabulary).candidates(field), view, &extraction)
      case .rows:
        let hasAmounts = field.columns.contains { $0.type == .money }
        let rows = hasAmounts ? RowFinder(view: view, field: field).rows() : PlainTable(view: view, field: field).rows()
        if !rows.isEmpty { extraction.rows[field.name] = rows }
      default: keep(LabelledCandidates(view: view).candidates(field), view, &extraction)
      }
    }
    return view.isWide ? extraction.described(in: view, of: contract) : extraction
  }

  /// A document as this extractor sees it.
  func view(of reading: Reading, for contract: Contract, in context: Context) -> DocumentView {
    DocumentView(
      reading, contract: contract, lexicon: lexicon, stated: context.dates ?? contract.dates)
  }

  /// A check takes the field away from others.
  private func isSubtracted(_ field: Field, _ contract: Contract) -> Bool {
    contract.checks.contains { check in
      guard case .sum(let terms, _, _) = check.rule else { return false }
      return terms.contains { $0.path == field.name && $0.isSubtracted }
    }
  }

  /// What is taken away is printed with a minus or without one; the value has none.
  private func magnitude(_ candidate: Candidate) -> Candidate {
    guard case .decimal(let number) = candidate.value else { return candidate }
    var changed = candidate
    changed.value = .decimal(number.magnitude)
    return changed
  }

  private func keep(_ candidates: [Candidate], _ view: DocumentView, _ extraction: inout Extraction) {
    let limit = view.isWide ? LabelExtractor.wideLimit : LabelExtractor.limit
    for (path, found) in Dictionary(grouping: candidates, by: \.path) {
      let best = found.enumerated().sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }
      var values: Set<Value> = []
      extraction.candidates[path] = best.map(\.element).filter {
        values.insert($0.value)
        return values.count <= limit
      }
    }
  }
}

extension Extraction {
  /// With the features of all candidates that stand in the view.
  func described(in view: DocumentView, of contract: Contract) -> Extraction {
    let reader = FeatureReader(view)
    var described = self
    for field in contract.fields where !field.isList {
      for path in field.paths {
        guard let candidates = candidates[path] else { continue }
        described.candidates[path] = reader.described(candidates, of: field)
      }
    }
    return described
  }
}
