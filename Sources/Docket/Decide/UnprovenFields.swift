/// What is left to a proof: the fields that neither a structured original nor a person settled, and no rule asks for.
struct UnprovenFields {
  let policy: PolicyFile
  /// In force for the record's contract.
  let proof: Proof?
  let standing: Decision.Standing

  /// Why a field waits as long as no proof has spoken.
  static let reason = "unproven"
  /// A cell waits for its table.
  static let inTable = "in-table"

  /// Accepts them, all or single ones, or says why not.
  func settle(_ decision: inout Decision, of record: Record) {
    let open = decision.fields.filter { !$0.value.isAccepted && $0.value.reason == Self.reason }.keys.sorted()
    guard !open.isEmpty else { return }
    var settled: [String: Decision.FieldDecision] = [:]
    for path in open { settled[path] = goes ? .init(isAccepted: true) : fieldDecision(path, of: record) }
    // A promise over records is kept for records: that each of its fields may stand alone is not enough to go.
    if !goes, standing.isCandidate, policy.promise?.wrongRecordsAtMost != nil, proof != nil,
      settled.values.allSatisfy(\.isAccepted)
    {
      for path in open { settled[path] = .init(isAccepted: false, reason: recordReason) }
    }
    for (path, field) in settled {
      decision.fields[path] = field
      guard field.isAccepted, let table = record.tables.first(where: { $0.path == path }) else { continue }
      accept(table, in: &decision)
    }
  }

  /// The record goes without a person: its confidence reaches what was proven for records like it.
  private var goes: Bool {
    guard standing.isCandidate, let threshold = proof?.records?.confidence else { return false }
    return standing.confidence >= threshold
  }

  private func fieldDecision(_ path: String, of record: Record) -> Decision.FieldDecision {
    let confidence = record.sureness(of: path)
    guard let proof else {
      guard policy.unproven == .accept else { return .init(isAccepted: false, reason: Self.reason) }
      return confidence >= 0.9 ? .init(isAccepted: true) : .init(isAccepted: false, reason: "doubtful")
    }
    if let fields = proof.fields, confidence >= fields.confidence { return .init(isAccepted: true) }
    return .init(isAccepted: false, reason: recordReason)
  }

  /// Of a record that does not go by the proof in force.
  private var recordReason: String {
    guard proof?.records != nil else { return proof?.fields == nil ? Self.reason : "below-threshold" }
    return standing.isCandidate ? "below-threshold" : "with-record"
  }

  private func accept(_ table: RecordTable, in decision: inout Decision) {
    for path in decision.fields.keys.sorted() where CellPath(path)?.table == table.path {
      decision.fields[path] = .init(isAccepted: true)
    }
  }
}

extension Record {
  /// Of a field, or of a table, which is as sure as its least sure cell.
  func sureness(of path: String) -> Double {
    if let field = field(path) { return field.confidence }
    let cells = tables.first { $0.path == path }?.rows.joined().filter { !$0.values.isEmpty && !$0.isExact }
    return cells?.map(\.confidence).min() ?? 0
  }
}

/// The lot by which documents are drawn to be asked about though they went without a person.
enum SampleLot {
  /// It depends on which document it is and on nothing that is thought of it, so that the sample is a fair one.
  static func draws(_ context: Context, share: Double) -> Bool {
    let hex = ContentDigest(of: "sample \(context.digest.hex) \(context.name)").hex
    let lot = Double(Int(hex.prefix(8), radix: 16) ?? 0) / 4_294_967_296
    return lot < share
  }
}
