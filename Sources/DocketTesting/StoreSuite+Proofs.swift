import Docket
import Testing

extension StoreSuite {
  static let promises: [Check] = [
    Check("proofs are numbered over all pipelines, and come back as they were") { store in
      let first = try await store.save(proof("office"), by: whom())
      let other = try await store.save(proof("archive"), by: whom())
      let second = try await store.save(proof("office"), by: whom())
      #expect([first, other, second].map(\.number) == [1, 2, 3])
      #expect(try await store.proofs(pipeline: "office") == [first, second])
    },
    Check("answered are documents that wait no longer and whose record has several versions") { store in
      let waiting = try await worked(store, "a", .review)
      let held = try await worked(store, "b", .review)
      _ = try await worked(store, "c", .delivering, to: ["ledger"])
      try await store.revise(revision(of: held.id, state: .held), by: whom())
      #expect(try await store.answered(pipeline: "office", limit: 9).map(\.id) == [held.id])
      try await store.revise(revision(of: waiting.id, state: .rejected), by: whom())
      #expect(try await store.answered(pipeline: "office", limit: 1).map(\.id) == [held.id], "the newest first")
      #expect(try await store.answered(pipeline: "office", limit: 9).map(\.id) == [held.id, waiting.id])
      #expect(try await store.answered(pipeline: "archive", limit: 9).isEmpty)
    },
    Check("what was drawn is asked about once it went, until a person has answered") { store in
      let document = try await admit(store, "a")[0]
      let lease = try #require(try await claim(store).first)
      var made = outcome(document.id, .delivering, to: ["ledger"])
      made.decision?.standing = Decision.Standing(confidence: 0.9, proof: 1, isCandidate: true, isDrawn: true)
      try await store.finish(lease, made, by: whom())
      #expect(try await store.sampled(pipeline: "office", limit: 9).isEmpty, "it is not delivered yet")
      let entry = try #require(try await due(store).first)
      try await store.settle(entry, .done(Receipt(key: entry.key, place: "line 1")), by: whom())
      #expect(try await store.sampled(pipeline: "office", limit: 9).map(\.id) == [document.id])
      try await store.revise(revision(of: document.id, state: .delivered, from: [.delivered]), by: whom())
      #expect(try await store.sampled(pipeline: "office", limit: 9).isEmpty)
      #expect(try await state(store, document.id) == .delivered)
      #expect(try await store.deliveries(of: document.id).count == 1, "nothing is delivered twice")
    },
  ]

  private static func proof(_ pipeline: String) -> Proof {
    let step = FixedSequence.Step(
      threshold: 0.9, count: 200, wrong: 1, effectiveCount: 180.5, clusters: 40, certainty: 0.96)
    return Proof(
      pipeline: pipeline, contract: ContractReference(name: "thing", version: 1),
      combination: ContentDigest(of: "models"),
      records: Proof.Threshold(wrongAtMost: 0.05, certainty: 0.96, step: step), documents: 210, look: 1)
  }

  private static func revision(
    of id: DocumentID, state: DocumentState, from: Set<DocumentState> = [.review]
  ) -> Revision {
    var answered = record(id, version: 2)
    answered.producer = "person maria"
    return Revision(record: answered, decision: Decision(route: .deliver), state: state, from: from)
  }
}
