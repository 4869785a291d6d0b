import Docket

/// What a model is of, as the command line names it: a contract (`invoice`), a contract's field (`ticket.category`), or
/// what documents are (`types`).
enum ModelTarget: Hashable {
  /// Places on the pages of a contract's documents.
  case places(Contract)
  /// Whole texts; the contract where they are those of its documents.
  case texts(TextKind, Contract?)

  var name: String {
    switch self {
    case .places(let contract): contract.name
    case .texts(let kind, _): kind.name
    }
  }

  /// All there can be, in the order of names, document types last.
  static func all(_ library: Library) -> [ModelTarget] {
    library.newestContracts.flatMap { [.places($0)] + fields(of: $0) } + [.texts(.types, nil)]
  }

  /// The fields of a contract whose values texts may say.
  static func fields(of contract: Contract) -> [ModelTarget] {
    contract.fields.filter(\.isLearnedFromText).map {
      .texts(.category(contract: contract.reference, path: $0.name), contract)
    }
  }

  /// - Throws: `unknown-contract`.
  static func named(_ name: String, in library: Library) throws(DocketError) -> ModelTarget {
    if name == TextKind.typesName { return .texts(.types, nil) }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let contract = try Wiring.contract(parts.first ?? name, in: library)
    guard parts.count == 2 else { return .places(contract) }
    let fields = fields(of: contract)
    if let field = fields.first(where: { $0.name == "\(contract.name).\(parts[1])" }) { return field }
    throw DocketError(
      .unknownContract, "`\(contract.name)` has no field `\(PlainText.oneLine(parts[1]))` of a closed set of values.",
      hint: fields.isEmpty ? nil : "There are \(fields.map { "`\($0.name)`" }.joined(separator: ", ")).")
  }
}

extension ModelShelf {
  /// Reads a model and holds it against what it is for.
  ///
  /// - Throws: `model-damaged`, `model-mismatch`.
  func check(_ folder: String, for target: ModelTarget, in library: Library) throws(DocketError) {
    switch target {
    case .places(let contract): _ = try ModelShelf.ranker(in: folder, for: contract)
    case .texts(let kind, _): _ = try chain(folder, of: kind, in: library)
    }
  }

  /// A model of texts with those that it stands on, which come first.
  ///
  /// - Throws: `model-damaged`, `model-mismatch`.
  func chain(_ folder: String, of kind: TextKind, in library: Library) throws(DocketError) -> [TextModel] {
    let (model, card) = try ModelShelf.textModel(in: folder)
    guard card.kind == kind else {
      throw DocketError(.modelMismatch, "The \(card.producer) was learned for \(card.subject), not for \(kind.name).")
    }
    if case .category(let contract, let path) = kind {
      let field = library.contract(contract)?.field(path)
      let values = field?.vocabulary.flatMap { library.vocabulary($0) }?.values.map(\.name) ?? []
      guard Set(model.classes).isSubset(of: values) else {
        throw DocketError(
          .modelMismatch, "The \(card.producer) speaks of values that `\(kind.name)` cannot have.")
      }
    }
    if card.base == TextCard.zeroShot { return [model] }
    guard let number = Int(card.base), let base = self.folder(.shipped(number), of: kind.name) else {
      throw DocketError(.modelDamaged, "The \(card.producer) stands on a model that nobody can name.")
    }
    return try chain(base, of: kind, in: library) + [model]
  }

  static func textModel(in folder: String) throws(DocketError) -> (TextModel, TextCard) {
    let text = try text("\(folder)/card.json")
    let card = try TextCard(json: text)
    return (try TextModel(card, of: text, weights: try weights(in: folder)), card)
  }

  /// Those in use for documents that may be of some contracts. What cannot be used is told with every document that
  /// would have needed it.
  func texts(for contracts: [Contract], in library: Library) throws(DocketError) -> TextModels {
    var texts = TextModels.none
    for target in contracts.flatMap(ModelTarget.fields) + [.texts(.types, nil)] {
      guard case .texts(let kind, _) = target, let folder = folder(try inUse(kind.name), of: kind.name) else {
        continue
      }
      do throws(DocketError) {
        texts.chains[kind.name] = try chain(folder, of: kind, in: library)
      } catch {
        texts.troubles[kind.name] = Finding(
          error.code.id, .warning, "\(error.sentence) What was learned is not used.")
      }
    }
    return texts
  }

  /// The newest that ships, for what is learned on top of it; with the name of what it is.
  func base(of kind: TextKind, in library: Library) -> (models: [TextModel], name: String) {
    guard let newest = shipped(kind.name).last, let folder = folder(.shipped(newest), of: kind.name),
      let models = try? chain(folder, of: kind, in: library)
    else { return ([], TextCard.zeroShot) }
    return (models, "\(newest)")
  }
}
