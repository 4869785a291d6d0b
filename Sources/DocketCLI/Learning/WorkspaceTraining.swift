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
    if let name { _ = try Wiring.contract(name, in: office.library) }
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
    let gain = CrossFitting(remembering: others, on: of.lessons).gain
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

  private func learn(_ contract: Contract, _ lessons: [Lesson]) throws(DocketError) {
    let number = (shelf.own(contract.name).last ?? 0) + 1
    let use = try shelf.inUse(contract.name)
    let inUse = try known(use, contract)
    let trained = try Training(
      lessons, of: contract, number: number, inUse: inUse,
      comparedWith: inUse == nil ? "zero-shot" : "model \(use.text)")
    guard let folder = shelf.folder(.own(number), of: contract.name) else { return }
    try ModelShelf.save(trained, in: folder)
    let isProven = trained.card.gain.isProven
    if isProven { try shelf.use(.own(number), for: contract.name) }
    if output.isJSON {
      output.data(ModelText.json(trained.card, use: .own(number), isInUse: isProven))
    } else {
      output.data(ModelText.learned(trained.card))
      output.data("  " + ModelText.verdict(trained.card, number))
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
