/// A policy file at work: which fields are accepted, and where the record goes.
package struct Decider: Policy {
  package static let version = "decider 2"
  private let policy: PolicyFile
  private let contracts: [ContractReference: Contract]
  private let routes: [PipelineFile.Route]

  /// - Parameter routes: of the pipeline; none where nothing is delivered (`docket extract`).
  package init(policy: PolicyFile, contracts: [Contract], routes: [PipelineFile.Route] = []) {
    self.policy = policy
    self.contracts = Dictionary(contracts.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    self.routes = routes
  }

  package var fingerprint: ContentDigest {
    .joining([
      ContentDigest(of: Decider.version), policy.digest, ContentDigest(of: String(describing: routes)),
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
    let asked = decision.fields.filter { !$0.value.isAccepted && $0.value.reason != "in-table" }.keys.sorted()
    if let first = asked.first {
      decision.reasons.append(
        Finding(
          decision.fields[first]?.reason ?? "doubtful", .note, "A person is asked about \(asked.count) fields.",
          field: first))
    }
    if policy.autonomy != .auto {
      decision.reasons.append(Finding("autonomy", .note, "The policy lets nothing go without a person."))
    }
    let route = routes.first { $0.when.holds(for: record, facts: facts, in: context) }
    decision.destinations = route?.deliver ?? []
    decision.route = isUnreadable && policy.unreadable == .reject ? .reject : self.route(decision, route)
    return decision
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
    case .changed where !field.values.isEmpty && !field.isAnswered && !field.isExact:
      return .init(isAccepted: false, reason: "changed")
    default: break
    }
    if field.isAnswered { return .init(isAccepted: true) }
    if failed.contains(where: { $0.field == field.path }) { return .init(isAccepted: false, reason: "check-failed") }
    guard !field.values.isEmpty else { return missing(field, of: record) }
    if field.isExact {
      return policy.exact == .accept ? .init(isAccepted: true) : .init(isAccepted: false, reason: "exact")
    }
    return .init(isAccepted: policy.unproven == .accept && field.confidence >= 0.9, reason: unprovenReason(field))
  }

  private func unprovenReason(_ field: RecordField) -> String {
    policy.unproven == .accept ? "doubtful" : "unproven"
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
    decision.fields[table.path] = .init(isAccepted: isAccepted, reason: isAccepted ? nil : "unproven")
    for (index, row) in table.rows.enumerated() {
      for cell in row where !cell.values.isEmpty {
        let path = CellPath(table: table.path, row: index + 1, column: cell.column).description
        decision.fields[path] = .init(isAccepted: isAccepted || cell.isAnswered, reason: isAccepted ? nil : "in-table")
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
