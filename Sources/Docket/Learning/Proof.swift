/// A promise kept: from which confidence on records of one contract may go without a person, and the documents that
/// show it. Numbered and never changed: another threshold, or none any more, is another proof.
///
/// It holds for one frozen combination of readers, models, contracts and policy. Anything else that decides makes
/// other mistakes, so there it says nothing.
package struct Proof: Hashable, Sendable {
  /// Counted from 1 in a workspace; 0 before it is stored.
  package var number: Int
  package var pipeline: String
  package var contract: ContractReference
  /// Of all that makes a record and decides on it, the proofs themselves left out.
  package var combination: ContentDigest
  /// Over records that go without a person; nil where it is not proven, or not promised.
  package var records: Threshold?
  /// Over accepted fields.
  package var fields: Threshold?
  /// How many documents were judged.
  package var documents: Int
  /// Which look at the answers under this combination it was, counted from 1.
  package var look: Int

  /// A proven threshold: of `count` that it accepts, `wrong` were wrong, so that the error rate is at most `bound`.
  package struct Threshold: Hashable, Sendable {
    package var wrongAtMost: Double
    package var certainty: Double
    package var step: FixedSequence.Step
    package init(wrongAtMost: Double, certainty: Double, step: FixedSequence.Step) {
      self.wrongAtMost = wrongAtMost
      self.certainty = certainty
      self.step = step
    }

    package var confidence: Double { step.threshold }
  }

  package init(
    number: Int = 0, pipeline: String, contract: ContractReference, combination: ContentDigest,
    records: Threshold? = nil, fields: Threshold? = nil, documents: Int, look: Int
  ) {
    self.number = number
    self.pipeline = pipeline
    self.contract = contract
    self.combination = combination
    self.records = records
    self.fields = fields
    self.documents = documents
    self.look = look
  }

  /// Whether anything may go by it.
  package var isProven: Bool { records != nil || fields != nil }
}

/// How certainty is shared out over looks: who looks at the answers again and again until they please has proven
/// nothing.
///
/// Of the error that the certainty leaves, the first look may spend four fifths, and each later one half of the rest.
/// All looks together stay within what was promised.
package enum Looks {
  package static func certainty(_ certainty: Double, look: Int) -> Double {
    let share = look <= 1 ? 0.8 : 0.2 * Elementary.exp(-Elementary.log(2) * Double(look - 1))
    return 1 - (1 - certainty) * share
  }

  /// Whether another look is worth its price: the documents have grown by half since the last one.
  package static func isDue(documents: Int, last: Int?) -> Bool {
    guard let last else { return true }
    return 2 * documents >= 3 * last
  }
}

extension PolicyFile.Promise {
  /// What the answers of one contract come to.
  package struct Finding: Hashable, Sendable {
    package var records: FixedSequence.Outcome?
    package var fields: FixedSequence.Outcome?
    /// At which certainty they were looked at.
    package var certainty: Double

    /// How many more answers it takes at least; 0 where all that is promised is proven.
    package var missing: Int { max(records?.missing ?? 0, fields?.missing ?? 0) }
  }

  /// - Parameters:
  ///   - records: one a document.
  ///   - fields: of the same documents.
  package func finding(records: [Judged], fields: [Judged], look: Int) -> Finding {
    let certainty = Looks.certainty(certainty, look: look)
    return Finding(
      records: wrongRecordsAtMost.map {
        FixedSequence(wrongAtMost: $0, certainty: certainty).walk(records)
      },
      fields: wrongFieldsAtMost.map { FixedSequence(wrongAtMost: $0, certainty: certainty).walk(fields) },
      certainty: certainty)
  }

  /// How many documents without error prove it, if they are of as many vendors.
  package var documentsNeeded: Int {
    BinomialBound.errorFreeNeeded(
      wrongAtMost: wrongRecordsAtMost ?? wrongFieldsAtMost ?? 0, certainty: Looks.certainty(certainty, look: 1))
  }
}

extension Proof {
  /// The proof that a finding is, once stored.
  package init(
    _ finding: PolicyFile.Promise.Finding, of promise: PolicyFile.Promise, pipeline: String,
    contract: ContractReference, combination: ContentDigest, documents: Int, look: Int
  ) {
    self.init(
      pipeline: pipeline, contract: contract, combination: combination, documents: documents, look: look)
    func threshold(_ outcome: FixedSequence.Outcome?, _ rate: Double?) -> Threshold? {
      guard let step = outcome?.proven, let rate else { return nil }
      return Threshold(wrongAtMost: rate, certainty: finding.certainty, step: step)
    }
    records = threshold(finding.records, promise.wrongRecordsAtMost)
    fields = threshold(finding.fields, promise.wrongFieldsAtMost)
  }
}

/// The later one is the greater.
extension Proof: Comparable {
  package static func < (left: Proof, right: Proof) -> Bool {
    (left.number, left.contract.description) < (right.number, right.contract.description)
  }
}
