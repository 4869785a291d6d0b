/// What may go without a person: `policies/<name>.v<version>.yaml`.
package struct PolicyFile: Hashable, Sendable {
  package var name: String
  package var version: Int
  package var promise: Promise?
  /// Values read from a structured original.
  package var exact: Stance
  /// While the promise cannot be proven.
  package var unproven: Stance
  package var autonomy: Autonomy
  /// Share of what went without a person that is asked afterwards, 0 to 1.
  package var sample: Double
  /// Seconds in which a person's acceptance can be undone.
  package var holdSeconds: Int
  package var missing: Answer
  package var doubtful: Answer
  package var unreadable: Answer
  /// By field path.
  package var fields: [String: AskWhen]
  package var fourEyes: Condition?
  package var digest: ContentDigest

  package enum Stance: String, CaseIterable, Sendable { case accept, ask }
  package enum Autonomy: String, CaseIterable, Sendable { case assist, semi, auto }
  package enum Answer: String, CaseIterable, Sendable { case ask, empty, reject }
  package enum AskWhen: String, CaseIterable, Sendable { case changed, always, never }

  /// The error rate that the user can live with.
  package struct Promise: Hashable, Sendable {
    /// 0 to 1, over records.
    package var wrongRecordsAtMost: Double?
    /// 0 to 1, over fields.
    package var wrongFieldsAtMost: Double?
    /// 0 to 1.
    package var certainty: Double
    package init(wrongRecordsAtMost: Double?, wrongFieldsAtMost: Double? = nil, certainty: Double) {
      self.wrongRecordsAtMost = wrongRecordsAtMost
      self.wrongFieldsAtMost = wrongFieldsAtMost
      self.certainty = certainty
    }
  }

  package init(
    name: String, version: Int, promise: Promise? = nil, exact: Stance = .ask, unproven: Stance = .ask,
    autonomy: Autonomy = .auto, sample: Double = 0.05, holdSeconds: Int = 600, missing: Answer = .ask,
    doubtful: Answer = .ask, unreadable: Answer = .ask, fields: [String: AskWhen] = [:],
    fourEyes: Condition? = nil, digest: ContentDigest
  ) {
    self.name = name
    self.version = version
    self.promise = promise
    self.exact = exact
    self.unproven = unproven
    self.autonomy = autonomy
    self.sample = sample
    self.holdSeconds = holdSeconds
    self.missing = missing
    self.doubtful = doubtful
    self.unreadable = unreadable
    self.fields = fields
    self.fourEyes = fourEyes
    self.digest = digest
  }
}
