/// Reading and contract to candidates: every extractor proposes, none chooses.
package struct ExtractStage: Stage {
  package static let name = StageName.extract
  private let extractors: [any Extractor]
  private let settings: ContentDigest
  let rankers: Rankers
  let texts: TextModels

  /// - Parameters:
  ///   - settings: of the data that the extractors were built from: words, vocabularies.
  ///   - rankers: what was learned about places on pages.
  ///   - texts: what was learned about whole texts.
  package init(
    _ extractors: [any Extractor], settings: ContentDigest, rankers: Rankers = .none, texts: TextModels = .none
  ) {
    self.extractors = extractors
    self.settings = settings
    self.rankers = rankers
    self.texts = texts
  }

  package struct Input: Sendable {
    package var reading: Reading
    package var contract: Contract
    package init(reading: Reading, contract: Contract) {
      self.reading = reading
      self.contract = contract
    }
  }

  package var fingerprint: ContentDigest {
    .joining(
      [settings] + (extractors.map(\.producer) + [CoverSupport.producer]).map { ContentDigest(of: $0) }
        + rankers.digests + texts.fieldDigests)
  }

  package func run(_ input: Input, in context: Context) async throws(DocketError) -> Extraction {
    var found = extractors.reduce(into: Extraction()) { whole, extractor in
      whole.add(extractor.extract(from: input.reading, for: input.contract, in: context))
    }
    let contract = input.contract.reference
    if rankers.studied.contains(contract) { return found }
    if let memory = rankers.memory, let recall = found.recall(in: memory, contract.name, context.digest) {
      found = found.remembering(recall, of: input.contract, producer: memory.producer)
    }
    let categories = LearnedCategories(texts: texts).applied(to: found, of: input.reading, for: input.contract)
    found = found.understood(by: rankers[contract])
    for field in input.contract.fields where !texts[.category(contract: contract, path: field.name)].isEmpty {
      found.candidates[field.name] = categories.candidates[field.name]
    }
    found.findings += texts.troubles(of: input.contract)
    if let trouble = rankers.memoryTrouble { found.findings.append(trouble) }
    if let trouble = rankers.troubles[contract] { found.findings.append(trouble) }
    return context.cover.map { CoverSupport($0).applied(to: found, of: input.contract) } ?? found
  }
}

extension Extraction {
  /// Adds another extractor's proposals. Candidates stay sorted, best first; of a table's rows those that
  /// came first are kept, since exact extractors come first.
  package mutating func add(_ other: Extraction) {
    for (path, proposals) in other.candidates {
      let merged = candidates[path, default: []] + proposals
      candidates[path] = merged.bestFirst
    }
    for (path, proposed) in other.rows where rows[path, default: []].isEmpty {
      rows[path] = proposed
    }
    findings += other.findings
    signature = signature ?? other.signature
  }
}

extension [Candidate] {
  /// Exact ones first, then by score; equal ones as they came.
  var bestFirst: [Candidate] {
    enumerated().sorted {
      ($0.element.isExact ? 1 : 0, $0.element.score, -$0.offset) > (
        $1.element.isExact ? 1 : 0, $1.element.score, -$1.offset
      )
    }.map(\.element)
  }
}
