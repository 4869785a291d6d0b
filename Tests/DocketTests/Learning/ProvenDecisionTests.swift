import Testing

@testable import Docket

/// A proof at work: what goes without a person, and what is asked.
@Suite struct ProvenDecisionTests {
  private let contract = ContractReference(name: "bill", version: 1)

  private func record(_ confidences: [String: Double], producer: String = "docket") -> Record {
    Record(
      id: DocumentID(hex: "00"), contract: contract, classification: 1,
      fields: confidences.sorted { $0.key < $1.key }.map { path, confidence in
        RecordField(
          path: path,
          values: [Sourced(value: .text("x"), raw: "x", confidence: confidence, provenance: [])],
          confidence: confidence)
      }, producer: producer)
  }

  private func proof(records: Double? = nil, fields: Double? = nil) -> Proof {
    func threshold(_ confidence: Double) -> Proof.Threshold {
      let step = FixedSequence.Step(
        threshold: confidence, count: 200, wrong: 0, effectiveCount: 200, clusters: 200, certainty: 0.95)
      return Proof.Threshold(wrongAtMost: 0.02, certainty: 0.95, step: step)
    }
    return Proof(
      number: 7, pipeline: "office", contract: contract, combination: ContentDigest(of: "c"),
      records: records.map(threshold), fields: fields.map(threshold), documents: 200, look: 1)
  }

  private func decide(
    _ record: Record, _ proof: Proof?, autonomy: PolicyFile.Autonomy = .auto,
    fields: [String: PolicyFile.AskWhen] = [:], sample: Double = 0
  ) -> Decision {
    let policy = PolicyFile(
      name: "p", version: 1, promise: .init(wrongRecordsAtMost: 0.02, certainty: 0.95), autonomy: autonomy,
      sample: sample, fields: fields, digest: ContentDigest(of: "p"))
    let facts = ReadingFacts(
      of: Reading(mediaType: "", content: .pages([])),
      classification: Classification(contract: contract, confidence: 1))
    return Decider(policy: policy, contracts: [], proofs: proof.map { [$0] } ?? []).decide(
      record, facts: facts, in: Context(digest: ContentDigest(of: ""), name: "a"))
  }

  private func reasons(_ decision: Decision) -> Set<String> { Set(decision.fields.values.compactMap(\.reason)) }

  @Test("without a proof all is asked, and it is known that nothing but a proof is missing")
  func unproven() {
    let decision = decide(record(["a": 0.99, "b": 0.99]), nil)
    #expect(decision.route == .review && reasons(decision) == ["unproven"])
    #expect(decision.standing == .init(confidence: 0.9801, isCandidate: true))
  }

  @Test("a record as sure as was proven goes; one below is asked, all of it")
  func threshold() {
    let sure = decide(record(["a": 0.99, "b": 0.99]), proof(records: 0.98))
    #expect(sure.route == .deliver && sure.standing?.proof == 7 && sure.standing?.threshold == 0.98)
    let unsure = decide(record(["a": 0.99, "b": 0.98]), proof(records: 0.98))
    #expect(unsure.route == .review && reasons(unsure) == ["below-threshold"])
  }

  @Test("a record that something else asks for, or that a person half answered, does not go by the proof")
  func otherReasons() {
    let always = decide(record(["a": 0.99, "b": 0.99]), proof(records: 0.5), fields: ["a": .always])
    #expect(always.route == .review && reasons(always) == ["always", "with-record"])
    let answered = decide(record(["a": 0.99], producer: "person maria"), proof(records: 0.5))
    #expect(answered.route == .review && answered.standing?.isCandidate == false)
    let careful = decide(record(["a": 0.99]), proof(records: 0.5), autonomy: .semi)
    #expect(careful.route == .review && reasons(careful) == ["unproven"])
  }

  @Test("single fields are accepted by a proof over fields, but a record does not go by them alone")
  func fields() {
    let mixed = decide(record(["a": 0.99, "b": 0.6]), proof(fields: 0.9))
    #expect(mixed.fields["a"]?.isAccepted == true && mixed.fields["b"]?.reason == "below-threshold")
    let all = decide(record(["a": 0.99, "b": 0.95]), proof(fields: 0.9))
    #expect(all.route == .review && all.fields["a"]?.isAccepted == false, "the promise is over records")
  }

  @Test("documents are drawn by what they are, not by what is thought of them")
  func lot() {
    let drawn = (0..<2000).count { index in
      SampleLot.draws(Context(digest: ContentDigest(of: "\(index)"), name: "a"), share: 0.05)
    }
    #expect((70...130).contains(drawn))
    #expect(decide(record(["a": 0.99]), proof(records: 0.5), sample: 1).isSampled)
    #expect(!decide(record(["a": 0.99]), nil, sample: 1).isSampled, "it does not go")
    let asked = decide(record(["a": 0.99]), proof(records: 0.5)).askingAgain(about: record(["a": 0.99]))
    #expect(asked.fields["a"] == .init(isAccepted: false, reason: "sampled"))
  }

  @Test("a proof changes the fingerprint, not the rules that it is of; another policy changes both")
  func fingerprints() {
    func decider(_ digest: String, _ proofs: [Proof]) -> Decider {
      Decider(
        policy: PolicyFile(name: "p", version: 1, digest: ContentDigest(of: digest)), contracts: [], proofs: proofs)
    }
    let (before, after) = (decider("p", []), decider("p", [proof(records: 0.9)]))
    #expect(before.rules == after.rules && before.fingerprint != after.fingerprint)
    #expect(decider("q", []).rules != before.rules)
  }

  @Test("proofs and standings are kept and come back the same")
  func coding() throws {
    let whole = proof(records: 0.98, fields: 0.9)
    #expect(try Proof(storedJSON: whole.storedJSON) == whole)
    let decision = decide(record(["a": 0.99]), whole)
    #expect(try Decision(storedJSON: decision.storedJSON) == decision)
  }
}
