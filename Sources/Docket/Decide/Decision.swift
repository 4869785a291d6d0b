/// What happens to a record, and why.
package struct Decision: Hashable, Sendable {
  package var route: Route
  /// By leaf path; table cells as `lines[3].amount`, rows counted from 1.
  package var fields: [String: FieldDecision]
  /// Why the record as a whole is asked or rejected; empty when it is delivered.
  package var reasons: [Finding]
  /// Names of the pipeline's destinations, in its order.
  package var destinations: [String]

  package enum Route: String, Sendable, CaseIterable { case deliver, review, reject }

  package struct FieldDecision: Hashable, Sendable {
    package var isAccepted: Bool
    /// Why it is asked, by code: `unproven`, `missing`, `check-failed`, `always`.
    package var reason: String?
    package init(isAccepted: Bool, reason: String? = nil) {
      self.isAccepted = isAccepted
      self.reason = reason
    }
  }

  package init(
    route: Route, fields: [String: FieldDecision] = [:], reasons: [Finding] = [], destinations: [String] = []
  ) {
    self.route = route
    self.fields = fields
    self.reasons = reasons
    self.destinations = destinations
  }
}
