/// What happens to a record, and why.
package struct Decision: Hashable, Sendable {
  package var route: Route
  /// By leaf path; table cells as `lines[3].amount`, rows counted from 1.
  package var fields: [String: FieldDecision]
  /// Why the record as a whole is asked or rejected; empty when it is delivered.
  package var reasons: [Finding]
  /// Names of the pipeline's destinations, in its order.
  package var destinations: [String]
  /// What the promise has to do with it; nil for decisions from before there were proofs.
  package var standing: Standing?
  /// Who else must say yes; nil: nobody.
  package var approval: Approval?
  /// Whom its route names to be told.
  package var notify: [String] = []

  package enum Route: String, Sendable, CaseIterable { case deliver, review, reject }

  package struct FieldDecision: Hashable, Sendable {
    package var isAccepted: Bool
    /// Why it is asked, by code: `unproven`, `below-threshold`, `missing`, `check-failed`, `always`, `changed`.
    package var reason: String?
    package init(isAccepted: Bool, reason: String? = nil) {
      self.isAccepted = isAccepted
      self.reason = reason
    }
  }

  /// Where a record stands with the promise.
  package struct Standing: Hashable, Sendable {
    /// The probability that every value is right (`Record.confidence`).
    package var confidence: Double
    /// The number of the proof in force, and the confidence from which records go by it; nil where none is.
    package var proof: Int?
    package var threshold: Double?
    /// Nothing but the proof stands between the record and its destination.
    package var isCandidate: Bool
    /// Drawn by lot, whatever its confidence: if it goes without a person, a person is asked afterwards.
    package var isDrawn: Bool

    package init(
      confidence: Double, proof: Int? = nil, threshold: Double? = nil, isCandidate: Bool = false, isDrawn: Bool = false
    ) {
      self.confidence = confidence
      self.proof = proof
      self.threshold = threshold
      self.isCandidate = isCandidate
      self.isDrawn = isDrawn
    }
  }

  package init(
    route: Route, fields: [String: FieldDecision] = [:], reasons: [Finding] = [], destinations: [String] = [],
    standing: Standing? = nil, approval: Approval? = nil
  ) {
    self.route = route
    self.fields = fields
    self.reasons = reasons
    self.destinations = destinations
    self.standing = standing
    self.approval = approval
  }

  /// It goes by a proof, unseen, and was drawn to be asked about afterwards.
  package var isSampled: Bool { route == .deliver && standing?.isDrawn == true && standing?.isCandidate == true }
}
