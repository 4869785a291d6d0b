/// Something that happened. Holds digests, never content, so that erasure stays possible.
package struct Event: Hashable, Sendable {
  /// Counted from 1, without gaps.
  package var sequence: Int
  package var whom: Attribution
  package var document: DocumentID?
  package var kind: Kind
  /// Of the artifact it concerns: the original, the record.
  package var digest: ContentDigest?
  /// A code, a destination, a state: one word.
  package var detail: String

  package enum Kind: String, Sendable, CaseIterable {
    case arrived, duplicate, claimed, released, finished, failed, revised, held, delivered, undelivered, retracted
    case replayed, divided, proven
    case pruned, forgotten, restored
  }

  package init(
    sequence: Int, whom: Attribution, document: DocumentID?, kind: Kind, digest: ContentDigest?, detail: String
  ) {
    self.sequence = sequence
    self.whom = whom
    self.document = document
    self.kind = kind
    self.digest = digest
    self.detail = detail
  }

  /// The link of a chain in which every event seals all before it.
  package func link(after previous: String) -> ContentDigest {
    let parts = [
      previous, String(sequence), whom.actor, whom.run, whom.correlation, String(whom.at), document?.hex ?? "",
      kind.rawValue, digest?.hex ?? "", detail,
    ]
    return ContentDigest(of: parts.joined(separator: "\u{1F}"))
  }
}

/// Every document in exactly one state: by state, and the same by source and by contract.
package struct StatusSums: Hashable, Sendable {
  package var arrived: Int
  package var states: [DocumentState: Int]
  package var bySource: [String: [DocumentState: Int]]
  package var byContract: [String: [DocumentState: Int]]
  /// When the oldest that waits arrived, in seconds since 1970.
  package var oldestWaiting: Double?
  package var failures: [String: Int]
  package var waitingDeliveries: Int

  package init(
    arrived: Int, states: [DocumentState: Int], bySource: [String: [DocumentState: Int]] = [:],
    byContract: [String: [DocumentState: Int]] = [:], oldestWaiting: Double? = nil, failures: [String: Int] = [:],
    waitingDeliveries: Int = 0
  ) {
    self.arrived = arrived
    self.states = states
    self.bySource = bySource
    self.byContract = byContract
    self.oldestWaiting = oldestWaiting
    self.failures = failures
    self.waitingDeliveries = waitingDeliveries
  }

  package var addsUp: Bool { arrived == states.values.reduce(0, +) }
}

/// One run, kept for `status` and `runs`.
package struct RunEntry: Hashable, Sendable {
  package var id: String
  package var pipeline: String
  package var actor: String
  package var beganAt: Double
  package var endedAt: Double?
  package var arrived: Int
  package var worked: Int
  package var failed: Int
  /// What stopped it; nil where it came to its end, or was killed.
  package var failure: Failure?

  /// Why a run stopped, and what mends it.
  package struct Failure: Hashable, Sendable {
    package var code: String
    package var sentence: String
    package var hint: String

    package init(code: String, sentence: String, hint: String) {
      self.code = code
      self.sentence = sentence
      self.hint = hint
    }

    package init(_ error: DocketError) {
      self.init(code: error.code.id, sentence: error.sentence, hint: error.hint)
    }
  }

  package init(
    id: String, pipeline: String, actor: String, beganAt: Double, endedAt: Double? = nil, arrived: Int = 0,
    worked: Int = 0, failed: Int = 0, failure: Failure? = nil
  ) {
    self.id = id
    self.pipeline = pipeline
    self.actor = actor
    self.beganAt = beganAt
    self.endedAt = endedAt
    self.arrived = arrived
    self.worked = worked
    self.failed = failed
    self.failure = failure
  }
}
