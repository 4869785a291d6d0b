import Docket

/// The review's side of a workspace: what waits, the session of one document, and saving what a person said.
struct ReviewDesk: Sendable {
  let office: Office
  let person: String
  private let pipelines: [String: PipelineFile]

  init(_ office: Office) throws {
    self.office = office
    person = Person.current
    pipelines = Dictionary(try office.pipelines().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Documents that wait, oldest first.
  func waiting() async throws -> [Document] {
    var all: [Document] = []
    try await office.eachDocument([.review]) { all.append($0) }
    return all
  }

  /// Documents that went without a person and were drawn to be asked about, oldest first.
  func sampled() async throws -> [Document] {
    var all: [Document] = []
    for name in pipelines.keys.sorted() { all += try await office.store.sampled(pipeline: name, limit: 1000) }
    return all
  }

  /// Adds to what a document has cost. Who walks away for a while has not looked at it all the time.
  func spent(_ seconds: Double, on id: DocumentID) async {
    try? await office.store.spend(Cost(review: min(seconds, 600)), on: id)
  }

  func isSampled(_ document: Document) async throws -> Bool {
    guard document.state == .delivered || document.state == .stored else { return false }
    return try await office.store.sampled(pipeline: document.pipeline, limit: .max).contains { $0.id == document.id }
  }

  /// Looks at what the answers prove, for every pipeline, and says what is new.
  func prove(_ output: Output) async throws {
    for name in pipelines.keys.sorted() {
      guard let file = pipelines[name] else { continue }
      for line in ProofText(output: output).changes(try await office.proveWhatCanBe(file)) {
        output.note("docket: \(line)")
      }
    }
  }

  /// As it is now.
  func document(_ id: DocumentID) async throws -> Document {
    guard let document = try await office.store.document(id) else {
      throw DocketError(.unknownDocument, "The document is not in this workspace any more.")
    }
    return document
  }

  /// The mail that a document came in.
  func cover(of document: Document) async throws -> Cover? {
    try await Cover.of(document, office.store, office.blobs)
  }

  /// Names of contracts that a document can be said to be.
  var contracts: [String] { Set(office.library.contracts.map(\.name)).sorted() }

  /// Nil where no contract fits yet: a person says which.
  func session(of document: Document) async throws -> ReviewSession? {
    guard let stored = try await office.store.record(document.id, version: nil),
      let contract = office.library.contract(stored.record.contract)
    else { return nil }
    let work = try await office.store.work(of: document.id)
    let reading = await office.reading(of: document)
    let cover = try await cover(of: document)
    let proof = try await proof(of: stored, document)
    var judge = try judge(document, contract, work, reading, cover, proof)
    var decision = stored.decision
    if try await isSampled(document) {
      decision = decision.askingAgain(about: stored.record)
      judge = { [judge] record in
        let judged = judge(record)
        return (judged.record, judged.decision.askingAgain(about: judged.record))
      }
    }
    return ReviewSession(
      document: document, record: stored.record, decision: decision, contract: contract, reading: reading,
      person: person, before: try await office.vendorBefore(stored.record, of: document), judge: judge)
  }

  /// The proof that the record was decided by.
  private func proof(of stored: StoredRecord, _ document: Document) async throws -> Proof? {
    guard let number = stored.decision.standing?.proof else { return nil }
    return try await office.store.proofs(pipeline: document.pipeline).first { $0.number == number }
  }

  /// Checks and decides anew after each answer, as the pipeline does.
  private func judge(
    _ document: Document, _ contract: Contract, _ work: StoredWork?, _ reading: Reading?,
    _ cover: Cover?, _ proof: Proof?
  ) throws -> ReviewSession.Judge {
    guard let file = pipelines[document.pipeline], let policy = office.library.policy(file.policy) else {
      throw DocketError(.unknownPipeline, "The document's pipeline `\(document.pipeline)` is not in the workspace.")
    }
    let decider = Decider(
      policy: policy, contracts: file.accepts.compactMap(office.library.contract), routes: file.routes,
      proofs: proof.map { [$0] } ?? [])
    let facts = ReadingFacts(
      of: reading ?? Reading(mediaType: "", content: .pages([])),
      classification: work?.classification ?? Classification(contract: contract.reference, confidence: 1))
    let context = Context(of: document, in: file, cover: cover)
    let codes = Set(contract.checks.map(\.code))
    return { record in
      var checked = record
      checked.findings = record.findings.filter { !codes.contains($0.code) } + contract.checkFindings(on: record)
      return (checked, decider.decide(checked, facts: facts, in: context))
    }
  }

  /// Saves a person's version: held for the policy's time where nothing is asked any more, else still waiting.
  /// - Parameter overriding: the person accepts though a check does not hold.
  /// - Returns: the state it is in now.
  func save(_ session: ReviewSession, overriding: Bool = false) async throws -> DocumentState {
    if session.document.state != .review { return try await saveSample(session) }
    let isDone =
      session.questions.isEmpty && !session.record.findings.contains(where: \.doubtsUnity)
      && (overriding || session.failedChecks.isEmpty)
    var decision = session.decision
    var isAccepted = isDone
    if isDone {
      decision.route = .deliver
      decision.reasons = []
      if let approval = decision.approval {
        let signed = try approval.signed(by: person, in: session)
        decision.approval = signed
        let missing = signed.missing(among: try office.roles())
        isAccepted = missing.isEmpty
        if !isAccepted {
          decision.route = .review
          decision.reasons = [Approval.waits(for: missing)]
        }
      }
    }
    let record = isDone ? session.accepted : session.concluded
    return try await save(record, decision, state: isAccepted ? .held : .review, of: session.document)
  }

  /// What was said of a document that went already: kept once all of it is answered, and delivered to nobody.
  private func saveSample(_ session: ReviewSession) async throws -> DocumentState {
    let state = session.document.state
    guard session.questions.isEmpty else { return state }
    return try await save(session.concluded, session.decision, state: state, of: session.document, from: [state])
  }

  /// Who must still approve a record, in words; empty where nobody must.
  func approvals(of session: ReviewSession?) throws -> String {
    guard let approval = session?.decision.approval else { return "" }
    let missing = approval.missing(among: try office.roles())
    guard !missing.isEmpty else { return "" }
    let given = approval.signatures.isEmpty ? "" : "; accepted by \(approval.signatures.joined(separator: ", "))"
    return "waits for the approval of \(missing.joined(separator: " and of "))\(given)"
  }

  private func save(
    _ record: Record, _ decision: Decision, state: DocumentState, of document: Document,
    from: Set<DocumentState> = [.review]
  ) async throws -> DocumentState {
    let hold = pipelines[document.pipeline].flatMap { office.library.policy($0.policy) }?.holdSeconds ?? 0
    try await office.store.revise(
      Revision(
        record: record, decision: decision, state: state,
        heldUntil: state == .held ? SystemClock().now() + Double(hold) : nil, from: from,
        habits: try office.habits(of: record, in: pipelines[document.pipeline])),
      by: office.attribution(person))
    return state
  }

  /// Not wanted: goes nowhere.
  /// - Parameter session: nil where no contract fits.
  func reject(_ document: Document, _ session: ReviewSession?) async throws {
    guard let session else {
      return try await office.store.move(
        document.id, from: [.review], to: .rejected, by: office.attribution(person))
    }
    var decision = session.decision
    decision.route = .reject
    var record = session.record
    record.version += session.isChanged ? 0 : 1
    record.supersedes = record.version - 1
    record.producer = "person \(person)"
    _ = try await save(session.isChanged ? session.concluded : record, decision, state: .rejected, of: session.document)
  }

  /// Pages on which a new document may begin, and no person has said otherwise.
  func doubtfulPages(of document: Document, _ session: ReviewSession?) async throws -> [Int] {
    if let session { return session.doubtfulPages }
    return try await splitting(document, isPart: true)?.doubts(in: Part(.whole)).map(\.page) ?? []
  }

  /// Whether each row may be a document, and no person has said otherwise.
  func areRowsDoubtful(_ document: Document, _ session: ReviewSession?) async throws -> Bool {
    if let session { return session.areRowsDoubtful }
    return try await splitting(document, isPart: document.part?.isStretch ?? false)?.areRowsDoubtful ?? false
  }

  private func splitting(_ document: Document, isPart: Bool) async throws -> Splitting? {
    guard let file = pipelines[document.pipeline], let reading = await office.reading(of: document) else { return nil }
    var context = Context(document: document.id, digest: document.digest, name: document.name)
    context.isPart = isPart
    return try await office.understanding(file).split.run(reading, in: context)
  }

  /// Takes a table or a list apart: each row is a document.
  /// - Returns: how many there are now.
  func splitRows(_ document: Document) async throws -> Int {
    guard document.part?.isStretch != true, let reading = await office.reading(of: document),
      let parts = reading.rowParts
    else {
      throw DocketError(
        .badInput, "The document has no rows below headings that could be documents.",
        hint: "See `docket explain \(document.id.hex.prefix(8))`.")
    }
    guard let file = pipelines[document.pipeline], parts.count <= file.limits.parts else {
      throw DocketError(.tooManyParts, "The table has \(parts.count) rows.")
    }
    try await office.store.divide(
      document.id, into: parts.compactMap { NewChild(part: $0, of: document) }, by: office.attribution(person))
    return parts.count
  }

  /// Takes a document apart: a new one begins on each of `pages`.
  /// - Returns: how many there are now.
  func split(_ document: Document, at pages: [Int]) async throws -> Int {
    guard let reading = await office.reading(of: document), let first = reading.pages.first?.number,
      let last = reading.pages.last?.number, pages.allSatisfy({ $0 > first && $0 <= last })
    else {
      throw DocketError(
        .badInput, "The document has no page of that number after its first.",
        hint: "See `docket explain \(document.id.hex.prefix(8))`.")
    }
    let parts = Part.pages(from: first, through: last, starts: Array(Set(pages)))
    try await office.store.divide(
      document.id, into: parts.compactMap { NewChild(part: $0, of: document) }, by: office.attribution(person))
    return parts.count
  }

  /// Takes back what was accepted or rejected, as long as it was not delivered.
  func undo(_ document: Document) async throws {
    let stored = try await office.store.record(document.id, version: nil)
    let work = try await office.store.work(of: document.id)
    if document.state == .rejected, stored == nil, work?.error == nil {
      return try await office.store.move(
        document.id, from: [.rejected], to: .review, by: office.attribution(person))
    }
    guard document.state == .held || document.state == .rejected, let stored,
      let before = try await office.store.record(document.id, version: stored.record.supersedes)
    else {
      throw DocketError(
        .badInput, "Nothing can be undone: the document is \(document.state.rawValue).",
        hint: "Only what is held or rejected can be undone.")
    }
    var record = before.record
    record.version = stored.record.version + 1
    record.supersedes = stored.record.version
    record.producer = "person \(person)"
    _ = try await save(record, before.decision, state: .review, of: document, from: [.held, .rejected])
  }

  /// Understands a document anew as what a person says it is.
  func reclassify(_ document: Document, as name: String) async throws -> DocumentState {
    guard let contract = office.library.contract(name), let file = pipelines[document.pipeline] else {
      let near = Spelling.nearest(to: name, in: office.library.contracts.map(\.name)).map { "Did you mean `\($0)`?" }
      throw DocketError(.unknownContract, "There is no contract `\(name)`.", hint: near)
    }
    guard let reading = await office.reading(of: document) else {
      throw DocketError(.badInput, "The document has not been read.", hint: "See `docket failed list`.")
    }
    var pipeline = try office.understanding(file)
    let contracts =
      pipeline.classify.contracts.contains { $0.reference == contract.reference }
      ? pipeline.classify.contracts : pipeline.classify.contracts + [contract]
    pipeline.classify = ClassifyStage(
      Classifier(words: office.library.words), contracts: contracts, stated: contract.reference)
    var context = Context(of: document, in: file)
    // What a person says what it is, is not taken apart; it may still be asked about.
    context.isPart = true
    let history = StoredVendorHistory(office.store, run: nil)
    guard case .record(let result) = try await pipeline.run(reading, in: context, history: history) else {
      return document.state
    }
    let before = try await office.store.record(document.id, version: nil)
    var record = result.record
    record.version = (before?.record.version ?? 0) + 1
    record.supersedes = before?.record.version
    record.producer = "person \(person)"
    return try await save(record, result.decision, state: .review, of: document)
  }
}

extension Approval {
  /// - Throws: `bad-input` where this person has said yes already, and somebody else is waited for.
  fileprivate func signed(by person: String, in session: ReviewSession) throws(DocketError) -> Approval {
    var signed = self
    if session.isChanged {
      // What was approved was another record.
      let before = session.stored.producer
      signed.answerers = Array(Set([person] + (before.hasPrefix("person ") ? [String(before.dropFirst(7))] : [])))
        .sorted()
      signed.signatures = [person]
      return signed
    }
    guard !signatures.contains(person) else {
      throw DocketError(
        .badInput, "You have accepted this record already; it waits for somebody else.",
        hint: "Who else may approve it, `docket review show` says.")
    }
    signed.signatures.append(person)
    return signed
  }
}
