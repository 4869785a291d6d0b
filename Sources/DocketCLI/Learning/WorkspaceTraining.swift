import Docket

/// `docket train` in a workspace: learns each contract anew, and takes into use what is proven to be no worse.
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
    for (contract, lessons) in try await ReviewedDocuments(office: office).lessons(only: name) {
      do throws(DocketError) {
        try learn(contract, lessons)
        count += 1
      } catch {
        guard error.code == .tooLittleToLearn else { throw error }
        refusals.append(error)
      }
    }
    if count == 0 {
      throw refusals.first
        ?? DocketError(.tooLittleToLearn, "Nobody has answered about a document of this workspace yet.")
    }
    for refusal in refusals { output.note("docket: \(refusal.sentence)") }
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
