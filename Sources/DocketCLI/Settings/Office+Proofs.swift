import Docket

extension Office {
  func policy(of file: PipelineFile) throws(DocketError) -> PolicyFile {
    guard let policy = library.policy(file.policy) else {
      throw DocketError(.badConfiguration, "The policy `\(file.policy)` of the pipeline `\(file.name)` is not there.")
    }
    return policy
  }

  /// What turns a document of a pipeline into a record.
  /// - Parameter rankers: what was learned; nil: what is in use.
  func workDesk(_ file: PipelineFile, proofs: [Proof] = [], rankers: Rankers? = nil) throws -> WorkDesk {
    WorkDesk(
      file: file, pipeline: try understanding(file, proofs: proofs, rankers: rankers), reader: try reader.get(),
      blobs: blobs,
      settings: try settings.reading(), clock: SystemClock())
  }

  func proofDesk(_ file: PipelineFile) throws -> ProofDesk {
    let contracts = file.accepts.compactMap(library.contract)
    let blind = BlindDesks(
      standIns: { () throws(DocketError) in
        try ModelShelf(settings, workspace: folder).standIns(for: contracts)
      },
      make: { rankers throws(DocketError) in
        do {
          return try workDesk(file, rankers: rankers)
        } catch {
          throw (error as? DocketError)
            ?? DocketError(.badConfiguration, "A desk could not be made.", cause: "\(error)")
        }
      })
    return ProofDesk(
      file: file, policy: try policy(of: file), contracts: contracts, store: store, blobs: blobs,
      desk: try workDesk(file), blindDesks: blind)
  }

  /// The proofs that hold for what the pipeline is made of today.
  func proofsInForce(_ file: PipelineFile) async throws -> [Proof] {
    let all = try await store.proofs(pipeline: file.name)
    // Nothing was ever proven: then nobody needs to know what reads.
    guard all.contains(where: \.isProven) else { return [] }
    let combination = try await workDesk(file).combination
    let newest = Dictionary(
      all.filter { $0.combination == combination }.map { ($0.contract, $0) }, uniquingKeysWith: { max($0, $1) })
    return newest.values.filter(\.isProven).sorted()
  }

  /// Looks at new answers, where the policy lets proofs be taken into use by themselves.
  func proveWhatCanBe(_ file: PipelineFile) async throws -> [ProofDesk.Standing] {
    guard try policy(of: file).promise != nil, try await hasAnswers(file) else { return [] }
    return try await proofDesk(file).prove(by: attribution(file.name))
  }

  private func hasAnswers(_ file: PipelineFile) async throws -> Bool {
    try await !store.answered(pipeline: file.name, limit: 1).isEmpty
  }

  /// Where each promise stands about whose contract people answered something, or something was proven.
  func promises() async throws -> [(file: PipelineFile, promise: PolicyFile.Promise, standing: ProofDesk.Standing)] {
    var found: [(file: PipelineFile, promise: PolicyFile.Promise, standing: ProofDesk.Standing)] = []
    for file in try pipelines() {
      guard let promise = try policy(of: file).promise, try await hasAnswers(file) else { continue }
      for standing in try await proofDesk(file).standings() where !standing.isUntouched {
        found.append((file, promise, standing))
      }
    }
    return found
  }
}
