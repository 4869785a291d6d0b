/// A delivery as the outbox keeps it.
package struct OutboxEntry: Hashable, Sendable {
  package var key: String
  package var document: DocumentID
  package var version: Int
  package var destination: String
  package var operation: Delivery.Operation
  package var state: State
  package var attempts: Int
  /// Seconds since 1970 before which it is not tried again.
  package var nextAt: Double
  package var place: String?
  package var errorCode: String?
  /// Seconds since 1970 before which the destination wants no other try, whoever is in a hurry.
  package var notBefore: Double?
  /// What a mapping could not carry over.
  package var findings: [Finding]

  package enum State: String, Sendable, CaseIterable {
    case waiting, done
    case givenUp = "given-up"
  }

  package init(
    key: String, document: DocumentID, version: Int, destination: String, operation: Delivery.Operation,
    state: State = .waiting, attempts: Int = 0, nextAt: Double = 0, place: String? = nil, errorCode: String? = nil,
    notBefore: Double? = nil, findings: [Finding] = []
  ) {
    self.key = key
    self.document = document
    self.version = version
    self.destination = destination
    self.operation = operation
    self.state = state
    self.attempts = attempts
    self.nextAt = nextAt
    self.place = place
    self.errorCode = errorCode
    self.notBefore = notBefore
    self.findings = findings
  }

  /// Record, version, destination and operation: the same effect never has two keys.
  package static func key(
    record: RecordID, version: Int, destination: String, operation: Delivery.Operation
  ) -> String {
    "\(record)/\(version)/\(destination)/\(operation.rawValue)"
  }
}

/// How a delivery went.
package enum DeliveryResult: Hashable, Sendable {
  /// The findings are what was lost on the way.
  case done(Receipt, findings: [Finding] = [])
  /// Tried again at this time, in seconds since 1970; where the destination named one, by nobody before that.
  case later(at: Double, errorCode: String, notBefore: Double? = nil)
  case givenUp(errorCode: String)
  /// Not tried, since the destination was just found to be away; counts as no try.
  case postponed(to: Double, errorCode: String)
}

/// How often and how far apart a delivery is tried: after about 5 s, 10 s, 20 s … up to an hour; 12 times, some six
/// hours.
package enum DeliveryBackoff {
  package static let attempts = 12

  /// Seconds to wait after so many attempts: three quarters of the step at least, five quarters at most. Which of
  /// these depends on the key, so that what failed together does not come back together.
  package static func seconds(after attempts: Int, key: String) -> Double {
    let step = min(3600, 5 * Double(1 << min(attempts - 1, 20)))
    let lot = Double(Int(ContentDigest(of: "\(key) \(attempts)").hex.prefix(4), radix: 16) ?? 0) / 65_535
    return step * (0.75 + lot / 2)
  }
}
