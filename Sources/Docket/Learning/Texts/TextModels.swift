/// The models of texts in use, and what is to be told of those that cannot be used.
package struct TextModels: Hashable, Sendable {
  /// By name: what speaks first, then what was learned on top of it.
  package var chains: [String: [TextModel]]
  /// By name: why documents are understood without what was learned.
  package var troubles: [String: Finding]

  package static let none = TextModels()

  package init(chains: [String: [TextModel]] = [:], troubles: [String: Finding] = [:]) {
    self.chains = chains
    self.troubles = troubles
  }

  package subscript(kind: TextKind) -> [TextModel] { chains[kind.name] ?? [] }

  /// Whether something here was learned from a document.
  package func knows(_ lesson: String) -> Bool {
    chains.values.contains { $0.contains { $0.learnedFrom.contains(lesson) } }
  }

  /// What turns a learned field's probability into a confidence; nil for a field that was not learned.
  package func calibration(of path: String, _ contract: ContractReference) -> Calibration? {
    guard let model = self[.category(contract: contract, path: path)].last else { return nil }
    return Calibration(
      learned: .init(bias: model.calibration[0], probability: model.calibration[1], check: 0, reading: 0),
      name: model.producer, count: model.learnedFrom.count)
  }

  /// What is to be told of a document of a contract.
  func troubles(of contract: Contract) -> [Finding] {
    guard !troubles.isEmpty else { return [] }
    let kinds = contract.fields.map { TextKind.category(contract: contract.reference, path: $0.name) }
    return ([.types] + kinds).compactMap { troubles[$0.name] }
  }

  /// Changes whenever what was learned about fields does.
  package var fieldDigests: [ContentDigest] {
    chains.filter { $0.key != TextKind.typesName }.sorted { $0.key < $1.key }.flatMap { $0.value.map(\.digest) }
      + troubles.sorted { $0.key < $1.key }.map { ContentDigest(of: "\($0.key) \($0.value.code)") }
  }
}

extension [TextModel] {
  /// The scores of a text by all of them, each on top of the one before it.
  package func scores(_ zeroShot: [String: Double], _ marks: TextMarks) -> [String: Double] {
    reduce(zeroShot) { scores, model in
      Dictionary(
        TextScores(zeroShot: scores, marks: marks, by: model).all.map { ($0.name, $0.score) },
        uniquingKeysWith: { first, _ in first })
    }
  }
}
