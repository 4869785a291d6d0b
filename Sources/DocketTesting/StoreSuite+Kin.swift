import Docket
import Testing

extension StoreSuite {
  static let kin: [Check] = [
    Check("the same thing with the same values is a duplicate, kept and linked, and is not delivered") { store in
      let first = try await known(store, "a", by: traits("4711", values: "x"))
      let again = try await known(store, "b", by: traits("4711", values: "x"))
      #expect(try await state(store, first) == .delivering)
      let document = try await store.document(again)
      #expect(document?.state == .duplicate && document?.duplicateOf == first)
      #expect(try await store.record(again, version: nil) != nil)
      #expect(try await store.deliveries(of: again).isEmpty)
      #expect(try await store.kin(of: again) == [Kin(document: first, kind: .same)])
      #expect(try await store.kin(of: first) == [Kin(document: again, kind: .same)])
      // A third is one of the first, not of the second.
      let third = try await known(store, "c", by: traits("4711", values: "x"))
      #expect(try await store.document(third)?.duplicateOf == first)
    },
    Check("the same thing with other values waits for a person") { store in
      let first = try await known(store, "a", by: traits("4711", values: "x"))
      let other = try await known(store, "b", by: traits("4711", values: "y"))
      #expect(try await state(store, other) == .review)
      #expect(try await store.deliveries(of: other).isEmpty)
      #expect(try await store.kin(of: first).map(\.kind) == [.differs])
      let unrelated = try await known(store, "c", by: traits("4712", values: "x"))
      #expect(try await state(store, unrelated) == .delivering)
      #expect(try await store.kin(of: unrelated).isEmpty)
    },
    Check("what was refused is repeated by nobody") { store in
      let lease = try await lease(store, "a")
      var refused = outcome(lease.document.id, .rejected)
      refused.work.traits = traits("4711", values: "x")
      try await store.finish(lease, refused, by: whom())
      let again = try await known(store, "b", by: traits("4711", values: "x"))
      #expect(try await state(store, again) == .delivering)
    },
    Check("nearly the same words are linked, and nothing else happens") { store in
      let words = (0..<60).map { "word\($0) \(1000 + $0)" }
      let first = try await known(store, "a", by: Traits(sketch: WordSketch(words)))
      let near = try await known(store, "b", by: Traits(sketch: WordSketch(words.dropLast(2) + ["smudged"])))
      #expect(try await state(store, near) == .delivering)
      let kin = try #require(try await store.kin(of: near).first)
      #expect(kin.document == first && kin.kind == .near && kin.likeness >= 0.8)
      let other = (0..<60).map { "other\($0) \(5000 + $0)" }
      let far = try await known(store, "c", by: Traits(sketch: WordSketch(other)))
      #expect(try await store.kin(of: far).isEmpty)
    },
  ]

  private static func traits(_ number: String, values: String) -> Traits {
    Traits(identity: ContentDigest(of: number), values: ContentDigest(of: values))
  }

  private static func lease(_ store: any Store, _ name: String) async throws -> Lease {
    _ = try await store.admit(arrival(name), by: whom())
    return try #require(try await claim(store).first)
  }

  /// A document that was to be delivered, known by these traits.
  private static func known(_ store: any Store, _ name: String, by traits: Traits) async throws -> DocumentID {
    let lease = try await lease(store, name)
    var made = outcome(lease.document.id, .delivering, to: ["ledger"])
    made.work.traits = traits
    try await store.finish(lease, made, by: whom())
    return lease.document.id
  }
}
