import Docket
import Testing

extension StoreSuite {
  static let vendors: [Check] = [
    Check("what a vendor had counts once a person has accepted it, and no more when it is undone") { store in
      let id = try await had(store, "a", "DE1", .review)
      #expect(try await past(store, "DE1") == .none, "merely read")
      try await store.revise(accepted(id, "DE1", version: 2, .held), by: whom(at: 2000))
      let known = try await past(store, "DE1")
      let first = KnownValue(value: "DE1", since: 2000)
      #expect(known == VendorPast(newest: first, known: [first]))
      #expect(try await past(store, "DE2").known.isEmpty)
      #expect(try await past(store, "DE2").newest?.value == "DE1")
      #expect(try await past(store, "DE1", of: id) == .none, "a document says nothing of itself")
      try await store.revise(accepted(id, "DE1", version: 3, .review, from: [.held]), by: whom(at: 2100))
      #expect(try await past(store, "DE1") == .none)
      try await store.revise(accepted(id, "DE3", version: 4, .rejected), by: whom(at: 2200))
      #expect(try await past(store, "DE3") == .none, "what was refused says nothing")
    },
    Check("what a person corrected is what the vendor had") { store in
      let id = try await had(store, "a", "DE0", .review)
      try await store.revise(accepted(id, "DE1", version: 2, .held), by: whom(at: 2000))
      #expect(try await past(store, "DE0").known.isEmpty)
      #expect(try await past(store, "DE1").known.map(\.value) == ["DE1"])
    },
    Check("what goes by itself counts once it is delivered; what nobody got or accepted does not") { store in
      let id = try await had(store, "a", "DE1", .delivering, to: ["ledger"])
      #expect(try await past(store, "DE1") == .none)
      let entry = try #require(try await due(store).first)
      try await store.settle(entry, .done(Receipt(key: entry.key, place: "x")), by: whom(at: 3000))
      #expect(try await past(store, "DE1").newest == KnownValue(value: "DE1", since: 3000))
      #expect(try await past(store, "DE1", run: "run-1") == .none, "its own run settled it")
      #expect(try await past(store, "DE1", run: "run-2").newest != nil)
      #expect(try await state(store, id) == .delivered)
      _ = try await had(store, "b", "DE2", .stored)
      #expect(try await past(store, "DE2").known.isEmpty)
    },
    Check("what is worked anew, rejected or taken back says nothing of its vendor any more") { store in
      let dropped = try await had(store, "b", "DE2", .review)
      try await store.revise(accepted(dropped, "DE2", version: 2, .held), by: whom(at: 2200))
      #expect(try await past(store, "DE2").newest != nil)
      try await store.move(dropped, from: [.held], to: .rejected, by: whom(at: 2300))
      #expect(try await past(store, "DE2") == .none)
      let kept = try await had(store, "a", "DE1", .review)
      try await store.revise(accepted(kept, "DE1", version: 2, .stored), by: whom(at: 2000))
      #expect(try await past(store, "DE1").newest != nil)
      try await store.replay(kept, by: whom(at: 2100))
      #expect(try await past(store, "DE1") == .none)
    },
    Check("a vendor is known by the first key of which anything is known, and values keep their first day") { store in
      for (name, iban, time) in [("a", "DE1", 2000.0), ("b", "DE2", 3000), ("c", "DE1", 4000), ("d", "DE2", 5000)] {
        let id = try await had(store, name, iban, .review)
        try await store.revise(accepted(id, iban, version: 2, .held), by: whom(at: time))
      }
      let known = try await past(store, "DE1", "DE9", keys: ["thing tax 9", "thing name ACME"])
      #expect(known.newest == KnownValue(value: "DE2", since: 3000))
      #expect(known.known == [KnownValue(value: "DE1", since: 2000)])
      #expect(try await past(store, "DE1", keys: ["thing tax 9", "other name ACME"]) == .none)
    },
  ]

  private static func habits(_ iban: String) -> VendorHabits {
    VendorHabits(keys: ["thing tax 1", "thing name ACME"], values: [.init(path: "iban", values: [iban])])
  }

  private static func had(
    _ store: any Store, _ name: String, _ iban: String, _ state: DocumentState, to destinations: [String] = []
  ) async throws -> DocumentID {
    let document = try await store.admit(arrival(name), by: whom())
    let lease = try #require(try await claim(store).first)
    var made = outcome(document.id, state, to: destinations)
    made.work.traits.habits = habits(iban)
    try await store.finish(lease, made, by: whom())
    return document.id
  }

  private static func accepted(
    _ id: DocumentID, _ iban: String, version: Int, _ state: DocumentState, from: Set<DocumentState> = [.review]
  ) -> Revision {
    Revision(
      record: record(id, version: version), decision: Decision(route: .deliver), state: state, heldUntil: 9000,
      from: from, habits: habits(iban))
  }

  private static func past(
    _ store: any Store, _ values: String..., keys: [String] = ["thing tax 1"], of document: DocumentID? = nil,
    run: String? = nil
  ) async throws -> VendorPast {
    try await store.past(
      VendorQuestion(
        keys: keys, path: "iban", values: values, document: document ?? DocumentID(hex: "ff"), run: run))
  }
}
