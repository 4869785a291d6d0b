/// The promise at work in a workspace: gathers what people answered, looks whether it proves a threshold, keeps what
/// was proven, and says which proofs are in force.
package struct ProofDesk: Sendable {
  private let file: PipelineFile
  private let policy: PolicyFile
  private let contracts: [Contract]
  private let store: any Store
  private let blobs: any BlobStore
  private let desk: WorkDesk
  private let blindDesks: BlindDesks?

  package init(
    file: PipelineFile, policy: PolicyFile, contracts: [Contract], store: any Store, blobs: any BlobStore,
    desk: WorkDesk, blindDesks: BlindDesks? = nil
  ) {
    self.file = file
    self.policy = policy
    self.contracts = contracts
    self.store = store
    self.blobs = blobs
    self.desk = desk
    self.blindDesks = blindDesks
  }

  /// More than these, the newest, are not looked at.
  package static let mostDocuments = 5000

  /// Where the promise of one contract stands.
  package struct Standing: Hashable, Sendable {
    package var contract: ContractReference
    /// In force: proven for this combination.
    package var proof: Proof?
    /// Proven once, for a combination that is no more.
    package var voided: Proof?
    /// Taken back, as the sampled documents speak against it.
    package var isWithdrawn = false
    package var verdicts: [Verdict]
    /// What the answers would prove now; nil where they were not looked at.
    package var finding: PolicyFile.Promise.Finding?
    /// How many more answers are needed at least; 0 with a proof in force.
    package var missing: Int

    /// Nobody answered anything, and nothing was ever proven.
    package var isUntouched: Bool { verdicts.isEmpty && proof == nil && voided == nil && !isWithdrawn }
  }

  // What people answered

  /// One verdict a document, the newest arrivals first.
  ///
  /// Documents count where being asked did not depend on what Docket thought of them: those decided on while nothing
  /// was proven, of which all were asked, and of the later ones those drawn by lot. So they are a fair sample. On what
  /// a model in use was learned from it would flatter itself: there another one answers that was learned from the
  /// others.
  ///
  /// - Parameter isReworking: what was made by another combination is made anew, from the reading that was kept, so
  ///   that old answers speak about the new one; else it is left out.
  package func verdicts(isReworking: Bool) async throws(DocketError) -> [Verdict] {
    let combination = try await desk.combination
    var verdicts: [Verdict] = []
    var blind = BlindWork(desks: blindDesks)
    for document in try await store.answered(pipeline: file.name, limit: Self.mostDocuments) {
      guard let said = try await store.record(document.id, version: nil),
        var made = try await machineVersion(before: said.record)
      else { continue }
      if made.decision.standing?.proof != nil, made.decision.standing?.isDrawn != true { continue }
      // Nothing stands in for what was learned of whole texts.
      if desk.textsKnow(document) { continue }
      let isKnown = desk.rankers.knows(document.lessonID)
      let isCurrent = try await store.work(of: document.id)?.fingerprint == combination
      if isKnown || !isCurrent {
        guard isReworking, let desk = isKnown ? try blind.desk(for: document, insteadOf: desk) : desk,
          let anew = try await rework(document, as: made.record, at: desk)
        else { continue }
        made = anew
      }
      let contract = contracts.first { $0.name == said.record.contract.name }
      let verdict = Verdict(of: document, made: made, said: said.record, contract: contract, skipping: neverAsked)
      if let verdict { verdicts.append(verdict) }
    }
    return verdicts
  }

  private var neverAsked: Set<String> { Set(policy.fields.filter { $0.value == .never }.keys) }

  /// The newest version that no person made.
  private func machineVersion(before record: Record) async throws(DocketError) -> StoredRecord? {
    var version = record.supersedes
    while let number = version, let stored = try await store.record(record.id, version: number) {
      guard stored.record.producer.hasPrefix("person ") else { return stored }
      version = stored.record.supersedes
    }
    return nil
  }

  /// What was known of its vendor then is known now, and nothing that people have said since.
  private func rework(
    _ document: Document, as before: Record, at desk: WorkDesk
  ) async throws(DocketError) -> StoredRecord? {
    let outcome = try await desk.work(
      document, cover: try await Cover.of(document, store, blobs), isSettled: try await store.isSettled(document),
      history: RecordedVendorHistory(before))
    guard let record = outcome.record, let decision = outcome.decision else { return nil }
    return StoredRecord(record: record, decision: decision)
  }

  // What they prove

  /// Where each contract of the pipeline stands, without looking at what is not proven yet.
  package func standings() async throws(DocketError) -> [Standing] {
    guard let promise = policy.promise else { return [] }
    let combination = try await desk.combination
    let proofs = try await store.proofs(pipeline: file.name)
    let verdicts = try await verdicts(isReworking: false)
    return contracts.map { standing(of: $0, promise, verdicts, proofs, combination) }
  }

  private func standing(
    of contract: Contract, _ promise: PolicyFile.Promise, _ verdicts: [Verdict], _ proofs: [Proof],
    _ combination: ContentDigest
  ) -> Standing {
    let own = proofs.filter { $0.contract.name == contract.name }
    let newest = own.last { $0.combination == combination }
    let verdicts = verdicts.filter { $0.contract == contract.reference }
    var standing = Standing(contract: contract.reference, verdicts: verdicts, missing: 0)
    standing.isWithdrawn = newest?.isProven == false && own.contains { $0.combination == combination && $0.isProven }
    if let newest, newest.isProven {
      standing.proof = newest
      return standing
    }
    if newest == nil, let last = own.last, last.isProven { standing.voided = last }
    standing.missing = missing(promise, verdicts, looks: own.filter { $0.combination == combination })
    return standing
  }

  /// How many answers are missing until it is worth looking, without looking.
  private func missing(_ promise: PolicyFile.Promise, _ verdicts: [Verdict], looks: [Proof]) -> Int {
    let candidates = verdicts.count(where: \.isCandidate)
    let certainty = Looks.certainty(promise.certainty, look: looks.count + 1)
    let rate = promise.wrongRecordsAtMost ?? promise.wrongFieldsAtMost ?? 0
    let factor = DesignEffect(correlation: DesignEffect.leastCorrelation).factor(
      of: verdicts.filter(\.isCandidate).map(\.judged))
    let needed = BinomialBound.errorFreeNeeded(wrongAtMost: rate, certainty: certainty)
    var missing = Int((Double(needed) * factor).rounded(.up)) - candidates
    if let last = looks.last { missing = max(missing, (3 * last.documents + 1) / 2 - verdicts.count) }
    return max(0, missing)
  }

  /// Looks at the answers of every contract for which that is due, keeps what they prove, and withdraws what the
  /// sampled documents speak against.
  ///
  /// - Parameters:
  ///   - isReworking: as `verdicts` does, for every contract.
  ///   - only: one contract's name.
  package func prove(
    by whom: Attribution, isReworking: Bool = false, only: String? = nil
  ) async throws(DocketError) -> [Standing] {
    guard let promise = policy.promise else { return [] }
    let combination = try await desk.combination
    let proofs = try await store.proofs(pipeline: file.name)
    let verdicts = try await verdicts(isReworking: isReworking)
    var standings: [Standing] = []
    for contract in contracts where only == nil || only == contract.name {
      var standing = standing(of: contract, promise, verdicts, proofs, combination)
      let looks = proofs.filter { $0.contract == contract.reference && $0.combination == combination }
      if let proof = standing.proof, isContradicted(proof, by: standing.verdicts) {
        _ = try await withdraw(proof, standing.verdicts.count, by: whom)
        standing.proof = nil
        standing.isWithdrawn = true
      } else if standing.missing == 0, Looks.isDue(documents: standing.verdicts.count, last: looks.last?.documents),
        !standing.verdicts.isEmpty
      {
        standing = try await look(standing, promise, combination, look: looks.count + 1, by: whom)
      }
      standings.append(standing)
    }
    return standings
  }

  private func look(
    _ standing: Standing, _ promise: PolicyFile.Promise, _ combination: ContentDigest, look: Int, by whom: Attribution
  ) async throws(DocketError) -> Standing {
    var next = standing
    let finding = promise.finding(
      records: standing.verdicts.map(\.judged), fields: standing.verdicts.flatMap(\.judgedFields), look: look)
    let found = Proof(
      finding, of: promise, pipeline: file.name, contract: standing.contract, combination: combination,
      documents: standing.verdicts.count, look: look)
    // One in force stays, unless more is proven now; the samples alone take it back.
    guard found.isProven || standing.proof == nil else { return standing }
    let kept = try await store.save(found, by: whom)
    next.finding = finding
    next.proof = kept.isProven ? kept : nil
    next.missing = finding.missing
    return next
  }

  private func withdraw(_ proof: Proof, _ documents: Int, by whom: Attribution) async throws(DocketError) -> Proof {
    var without = proof
    without.records = nil
    without.fields = nil
    without.documents = documents
    without.look += 1
    return try await store.save(without, by: whom)
  }

  /// Of the documents that the threshold accepts, so many are wrong that the promise is refuted.
  private func isContradicted(_ proof: Proof, by verdicts: [Verdict]) -> Bool {
    guard let records = proof.records else { return false }
    let accepted = verdicts.map(\.judged).filter { $0.confidence >= records.confidence }
    let factor = DesignEffect(of: accepted).factor(of: accepted)
    let wrong = Double(accepted.count { $0.isWrong })
    return BinomialBound.lower(
      wrong: wrong / factor, of: Double(accepted.count) / factor, certainty: records.certainty) > records.wrongAtMost
  }
}
