/// A policy file at work: which fields are accepted, and where the record goes.
package struct Decider: Policy {
  package static let version = "decider 5"
  private let policy: PolicyFile
  private let contracts: [ContractReference: Contract]
  private let routes: [PipelineFile.Route]
  private let proofs: [ContractReference: Proof]

  /// - Parameters:
  ///   - routes: of the pipeline; none where nothing is delivered (`docket extract`).
  ///   - proofs: those in force, one a contract. Where the policy lets nothing go without a person, none is used.
  package init(
    policy: PolicyFile, contracts: [Contract], routes: [PipelineFile.Route] = [], proofs: [Proof] = []
  ) {
    self.policy = policy
    self.contracts = Dictionary(contracts.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    self.routes = routes
    let used = policy.autonomy == .auto ? proofs.filter(\.isProven) : []
    self.proofs = Dictionary(used.map { ($0.contract, $0) }, uniquingKeysWith: { max($0, $1) })
  }

  package var fingerprint: ContentDigest {
    let proofs = proofs.values.sorted().map(\.storedJSON).joined(separator: "\n")
    return .joining([rules, ContentDigest(of: proofs)])
  }

  package var watched: Set<String> {
    let conditions = routes.map(\.when) + (policy.fourEyes.map { [$0] } ?? [])
    return conditions.reduce(into: Set(policy.fields.filter { $0.value == .changed }.keys)) {
      $0.formUnion($1.watched)
    }
  }

  /// Where a route delivers to makes nothing more or less right.
  package var rules: ContentDigest {
    let routes = routes.map { "\($0.when) \($0.approve ?? "") \($0.review) \($0.reject) \($0.deliver.isEmpty)" }
    return .joining([
      ContentDigest(of: Decider.version), policy.digest, ContentDigest(of: routes.joined(separator: "\n")),
    ])
  }

  package func decide(_ record: Record, facts: ReadingFacts, in context: Context) -> Decision {
    var decision = Decision(route: .review)
    let failed = record.findings.filter { $0.level == .error }
    for field in record.fields {
      decision.fields[field.path] = fieldDecision(field, record: record, failed: failed)
    }
    for table in record.tables { decide(table, into: &decision, failed: failed) }
    decision.reasons += failed
    decision.reasons += record.findings.filter(\.doubtsUnity)
    let isUnreadable = policy.unreadable != .accept && facts.quality.grade == .unreadable
    if isUnreadable {
      let causes = facts.quality.causes.map(\.rawValue).joined(separator: ", ")
      decision.reasons.append(Finding("unreadable", .warning, "A page is too hard to read: \(causes)."))
    }
    let route = routes.first { $0.when.holds(for: record, facts: facts, in: context) }
    decision.reasons += foreignAmounts(in: record, facts: facts, in: context)
    if let route, route.review {
      decision.reasons.append(Finding("route", .note, "The pipeline sends such a record to a person."))
    }
    decision.approval = approval(of: record, route, facts: facts, in: context)
    if let approval = decision.approval { decision.reasons.append(Approval.waits(for: approval.missing(among: [:]))) }
    let standing = standing(of: record, decision, goes: self.route(decision, route) == .deliver, in: context)
    decision.standing = standing
    UnprovenFields(policy: policy, proof: proofs[record.contract], standing: standing).settle(&decision, of: record)
    decision.reasons += asking(decision)
    decision.destinations = route?.deliver ?? []
    decision.notify = route?.notify ?? []
    decision.route = isUnreadable && policy.unreadable == .reject ? .reject : self.route(decision, route)
    return decision
  }

  /// A route asks for a role; the policy for two people, where it cannot tell too.
  private func approval(
    of record: Record, _ route: PipelineFile.Route?, facts: ReadingFacts, in context: Context
  ) -> Approval? {
    guard !routes.isEmpty else { return nil }
    let isFourEyes = policy.fourEyes.map { $0.judge(record, facts: facts, in: context) != .fails } ?? false
    let approval = Approval(roles: route?.approve.map { [$0] } ?? [], isFourEyes: isFourEyes)
    return approval.roles.isEmpty && !isFourEyes ? nil : approval
  }

  /// Amounts that a route compares with one of another currency, unless some route names the record's own.
  private func foreignAmounts(in record: Record, facts: ReadingFacts, in context: Context) -> [Finding] {
    let own = record.value("currency")?.canonical
    let named = routes.flatMap(\.when.amounts)
    var paths: [String] = []
    for route in routes {
      let judged = route.when.judge(record, facts: facts, in: context)
      if judged == .holds { break }
      guard judged == .unknown else { continue }
      paths += route.when.amounts.map(\.path)
    }
    return Set(paths).sorted().filter { path in !named.contains { $0.path == path && $0.currency == own } }.map {
      path in
      Finding(
        "other-currency", .warning, "`\(path)` is in another currency than the routes compare it in, or in none.",
        field: path)
    }
  }

  /// Of a record of which only what a proof could accept is not accepted yet.
  ///
  /// - Parameter goes: it is delivered but for what is asked about its fields.
  private func standing(
    of record: Record, _ decision: Decision, goes: Bool, in context: Context
  ) -> Decision.Standing {
    let open = decision.fields.values.filter { !$0.isAccepted }
    let waitsForProof = open.contains { $0.reason == UnprovenFields.reason }
    let waitsForElse = open.contains { $0.reason != UnprovenFields.reason && $0.reason != UnprovenFields.inTable }
    let proof = proofs[record.contract]
    // What a proof says of records as Docket made them, it does not say of what a person has half answered.
    let isPersons = record.producer.hasPrefix("person ")
    return Decision.Standing(
      confidence: record.confidence, proof: proof?.number, threshold: proof?.records?.confidence,
      isCandidate: goes && waitsForProof && !waitsForElse && !isPersons,
      isDrawn: SampleLot.draws(context, share: policy.sample))
  }

  private func asking(_ decision: Decision) -> [Finding] {
    var reasons: [Finding] = []
    let open = decision.fields.filter { !$0.value.isAccepted && $0.value.reason != UnprovenFields.inTable }
    let asked = open.keys.sorted()
    if let first = asked.first {
      reasons.append(
        Finding(
          decision.fields[first]?.reason ?? "doubtful", .note, "A person is asked about \(asked.count) fields.",
          field: first))
    }
    if policy.autonomy != .auto {
      reasons.append(Finding("autonomy", .note, "The policy lets nothing go without a person."))
    }
    return reasons
  }

  private func route(_ decision: Decision, _ route: PipelineFile.Route?) -> Decision.Route {
    if route?.reject == true { return .reject }
    guard decision.reasons.isEmpty else { return .review }
    guard !routes.isEmpty else { return .deliver }
    guard let route, !route.review, route.approve == nil else { return .review }
    return .deliver
  }

  private func fieldDecision(_ field: RecordField, record: Record, failed: [Finding]) -> Decision.FieldDecision {
    let name = String(field.path.split(separator: ".")[0])
    switch policy.fields[field.path] ?? policy.fields[name] {
    case .always: return .init(isAccepted: false, reason: "always")
    case .never: return .init(isAccepted: true)
    case .changed where !field.values.isEmpty && !field.isAnswered:
      if let decision = newness(field, of: record) { return decision }
    default: break
    }
    if field.isAnswered { return .init(isAccepted: true) }
    if let doubt = record.findings.first(where: { $0.asks && $0.field == field.path }) {
      return .init(isAccepted: false, reason: doubt.code)
    }
    if failed.contains(where: { $0.field == field.path }) { return .init(isAccepted: false, reason: "check-failed") }
    guard !field.values.isEmpty else { return missing(field, of: record) }
    if field.isExact {
      return policy.exact == .accept ? .init(isAccepted: true) : .init(isAccepted: false, reason: "exact")
    }
    return .init(isAccepted: false, reason: UnprovenFields.reason)
  }

  /// Nil where it does not matter what its vendor had before.
  private func newness(_ field: RecordField, of record: Record) -> Decision.FieldDecision? {
    let known = record.findings.first { $0.isOfVendor && $0.field == field.path }?.code ?? Finding.firstOfVendor
    // Of a structured original the first is taken as it is; a doubt or a failed check is asked about all the same.
    if known == Finding.firstOfVendor, field.isExact { return nil }
    guard known == Finding.sameOfVendor else { return .init(isAccepted: false, reason: known) }
    let isDoubted = record.findings.contains { ($0.asks || $0.level == .error) && $0.field == field.path }
    return isDoubted ? nil : .init(isAccepted: true)
  }

  /// A required leaf (a party's is its name) that is not there is asked; another one only where it may well be there.
  private func missing(_ field: RecordField, of record: Record) -> Decision.FieldDecision {
    let contract = contracts[record.contract]
    let words = field.path.split(separator: ".")
    let isRequired =
      contract?.field(String(words[0]))?.required == true && (words.count == 1 || words[1] == "name")
    if isRequired { return .init(isAccepted: policy.missing == .accept, reason: "missing") }
    return .init(isAccepted: field.confidence >= 0.5, reason: field.confidence >= 0.5 ? nil : "doubtful")
  }

  /// A table is asked as one: its cells stand or fall with its sums.
  private func decide(_ table: RecordTable, into decision: inout Decision, failed: [Finding]) {
    let cells = table.rows.joined()
    let isSettled = cells.allSatisfy { $0.values.isEmpty || $0.isExact || $0.isAnswered }
    let hasFailed = failed.contains { $0.field?.hasPrefix("\(table.path).") == true }
    let isAccepted = (isSettled && policy.exact == .accept && !hasFailed) || cells.allSatisfy(\.isAnswered)
    decision.fields[table.path] = .init(isAccepted: isAccepted, reason: isAccepted ? nil : UnprovenFields.reason)
    for (index, row) in table.rows.enumerated() {
      for cell in row where !cell.values.isEmpty {
        let path = CellPath(table: table.path, row: index + 1, column: cell.column).description
        decision.fields[path] = .init(
          isAccepted: isAccepted || cell.isAnswered, reason: isAccepted ? nil : UnprovenFields.inTable)
      }
    }
  }
}

extension PolicyFile.Answer {
  /// `empty` lets a record go without the value.
  fileprivate static var accept: PolicyFile.Answer { .empty }
}

extension RecordField {
  /// Every value comes from a structured original.
  package var isExact: Bool { !values.isEmpty && values.allSatisfy(\.isExact) }
}
