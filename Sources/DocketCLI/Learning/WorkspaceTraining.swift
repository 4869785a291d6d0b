import Docket

/// `docket train` in a workspace: remembers what people answered, learns each contract anew, and takes into use what is
/// proven to be no worse.
struct WorkspaceTraining {
  let office: Office
  let shelf: ModelShelf
  let output: Output

  init(_ workspace: WorkspaceOptions, _ common: CommonOptions) async throws {
    office = try await Office.open(workspace, common)
    shelf = try ModelShelf(office.settings, workspace: office.folder)
    output = common.output
  }

  /// - Throws: `too-little-to-learn` where nothing could be learned of any contract.
  func run(only name: String?) async throws {
    if let name, case .texts(let kind, _) = try ModelTarget.named(name, in: office.library) {
      return try await learn(kind)
    }
    var refusals: [DocketError] = []
    var count = 0
    let reviewed = try await ReviewedDocuments(office: office).found(only: name)
    let remembered = try remember(reviewed)
    for of in reviewed {
      do throws(DocketError) {
        try learn(of.contract, of.lessons)
        count += 1
      } catch {
        guard error.code == .tooLittleToLearn else { throw error }
        refusals.append(error)
      }
    }
    // What texts say comes by the way: it is not missed where there is too little of it.
    let kinds = reviewed.flatMap { ModelTarget.fields(of: $0.contract) } + (name == nil ? [.texts(.types, nil)] : [])
    for case .texts(let kind, _) in kinds {
      do {
        try await learn(kind)
        count += 1
      } catch let error as DocketError where error.code == .tooLittleToLearn { continue }
    }
    if count == 0, !remembered {
      throw refusals.first
        ?? DocketError(.tooLittleToLearn, "Nobody has answered about a document of this workspace yet.")
    }
    for refusal in refusals { output.note("docket: \(refusal.sentence)") }
  }

  /// A new snapshot, where people said something new.
  ///
  /// Only here: a proof is of one snapshot, and one that changed with every answer would let none be proven.
  private func remember(_ reviewed: [ReviewedDocuments.Of]) throws(DocketError) -> Bool {
    let shelf = MemoryShelf(workspace: office.folder)
    let now = try known(shelf)
    let documents = Dictionary(
      reviewed.filter(isHelpful).map { ($0.contract.name, $0.remembered) }, uniquingKeysWith: { $0 + $1 })
    let number = try shelf.next()
    guard let memory = now.growing(to: number, at: SystemClock().now(), with: documents) else { return false }
    try shelf.take(memory)
    output.data(
      output.isJSON
        ? MemoryText.json(memory)
        : "memory \(number): \(MemoryText.documents(memory.count)) of \(memory.vendors.count) vendors remembered; "
          + "`docket memory` shows them, `docket memory rollback` goes back")
    return true
  }

  /// Whether documents help to understand each other: each of them by what is remembered of the others.
  private func isHelpful(_ of: ReviewedDocuments.Of) -> Bool {
    let others = Memory(number: 0, madeAt: 0, documents: [of.contract.name: of.remembered])
    let gain = CrossFitting(comparing: nil, with: nil, on: of.lessons, remembering: others).gain
    if gain.right >= gain.rightBefore { return true }
    output.note(
      "docket: Of `\(of.contract.name)`, nothing new is remembered: by what other documents say "
        + "\(gain.right) of \(gain.fields) known values would be right, \(gain.rightBefore) without.")
    return false
  }

  /// What is remembered now; what cannot be read is as if nothing were.
  private func known(_ shelf: MemoryShelf) throws(DocketError) -> Memory {
    do throws(DocketError) {
      return try shelf.memory(try shelf.inUse())
    } catch {
      guard error.code == .memoryDamaged else { throw error }
      output.note("docket: \(error.sentence) It is made anew.")
      return .empty
    }
  }

  /// What texts say, on top of what ships.
  private func learn(_ kind: TextKind) async throws {
    let number = (shelf.own(kind.name).last ?? 0) + 1
    let base = shelf.base(of: kind, in: office.library)
    let lessons = try await ReviewedDocuments(office: office).texts(of: kind, on: base.models)
    let use = try shelf.inUse(kind.name)
    var inUse: TextModel?
    if case .own = use, let folder = shelf.folder(use, of: kind.name) {
      inUse = try? shelf.chain(folder, of: kind, in: office.library).last
    }
    let before =
      inUse != nil ? "model \(use.text)" : base.models.isEmpty ? TextCard.zeroShot : "the shipped model \(base.name)"
    let taught = try TextTeaching(
      lessons, of: kind, number: number, base: base.name, inUse: inUse, comparedWith: before)
    try keep(taught.card, taught.weights)
  }

  private func learn(_ contract: Contract, _ lessons: [Lesson]) throws(DocketError) {
    let number = (shelf.own(contract.name).last ?? 0) + 1
    let use = try shelf.inUse(contract.name)
    let inUse = try known(use, contract)
    let trained = try Training(
      lessons, of: contract, number: number, inUse: inUse,
      comparedWith: inUse == nil ? "zero-shot" : "model \(use.text)")
    try keep(trained.card, trained.weights, trained.standIns)
  }

  /// Writes a model down, and takes it into use where it is proven to be no worse.
  private func keep(_ card: any LearnedCard, _ weights: [UInt8], _ standIns: [UInt8]? = nil) throws(DocketError) {
    guard let folder = shelf.folder(.own(card.number), of: card.name) else { return }
    try ModelShelf.save(card: card.json, weights: weights, standIns: standIns, in: folder)
    let isProven = card.gain.isProven
    if isProven { try shelf.use(.own(card.number), for: card.name) }
    if output.isJSON {
      output.data(ModelText.json(card, use: .own(card.number), isInUse: isProven))
    } else {
      output.data(ModelText.learned(card))
      output.data("  " + ModelText.verdict(card, card.number))
    }
  }

  /// What is in use, where it can be read: what cannot is as if nothing were.
  private func known(_ use: ModelShelf.Use, _ contract: Contract) throws(DocketError) -> Ranker? {
    guard let folder = shelf.folder(use, of: contract.name) else { return nil }
    do throws(DocketError) {
      return try ModelShelf.ranker(in: folder, for: contract)
    } catch {
      guard error.code == .modelDamaged || error.code == .modelMismatch else { throw error }
      output.note("docket: \(error.sentence) It is compared with zero-shot.")
      return nil
    }
  }
}
