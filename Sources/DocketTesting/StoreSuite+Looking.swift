import Docket
import Testing

extension StoreSuite {
  static let looking: [Check] = [
    Check("a document is found by six digits of its id or digest, and by its name") { store in
      let document = try await admit(store, "4711_a%.pdf", "b")[0]
      for text in [
        document.id.hex, String(document.id.hex.prefix(6)), String(document.id.hex.prefix(9)).uppercased(),
        String(document.digest.hex.prefix(6)), document.digest.hex, "4711_a%.pdf", "inbox/4711_a%.pdf",
      ] {
        #expect(try await store.documents(matching: text).map(\.id) == [document.id], "\(text)")
      }
      for text in [String(document.id.hex.prefix(5)), "4711", "4711-a%.pdf", "%%%%%%", "______", ""] {
        #expect(try await store.documents(matching: text).isEmpty, "\(text)")
      }
    },
    Check("documents are listed in order of arrival, by state, from where the last list ended") { store in
      let documents = try await admit(store, "a", "b", "c", "d")
      _ = try await claim(store)
      let queued = DocumentQuery(states: [.queued], limit: 2)
      #expect(try await store.documents(queued).map(\.arrival) == [2, 3])
      #expect(try await store.documents(DocumentQuery(states: [.queued], after: 3)).map(\.id) == [documents[3].id])
      #expect(try await store.documents(DocumentQuery(pipeline: "archive")).isEmpty)
      #expect(try await store.documents(DocumentQuery(states: [])).isEmpty)
    },
    Check("events say who did what, in order, without gaps and without content") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger"])
      let entry = try #require(try await due(store).first)
      try await store.settle(entry, .done(Receipt(key: entry.key, place: "line 1")), by: whom(at: 2000))
      let events = try await store.events(of: document.id)
      #expect(events.map(\.kind) == [.arrived, .claimed, .finished, .delivered])
      #expect(events.map(\.sequence) == [1, 2, 3, 4])
      #expect(events.allSatisfy { $0.whom.actor == "tester" && $0.whom.correlation == "correlation-1" })
      #expect(events.last?.whom.at == 2000)
      #expect(events[0].digest == document.digest)
      #expect(try await store.lastSequence() == 4)
      #expect(try await store.events(after: 1, limit: 2).map(\.kind) == [.claimed, .finished])
    },
    Check("runs are kept, newest first, and brought up to date") { store in
      var first = RunEntry(id: "1", pipeline: "office", actor: "tester", beganAt: 1000)
      try await store.save(first)
      try await store.save(RunEntry(id: "2", pipeline: "office", actor: "tester", beganAt: 2000))
      first.endedAt = 1500
      first.arrived = 3
      try await store.save(first)
      #expect(try await store.runs(limit: 10).map(\.id) == ["2", "1"])
      #expect(try await store.runs(limit: 10).last == first)
      #expect(try await store.runs(limit: 1).count == 1)
    },
    Check("the sum holds at every step of a random walk") { store in
      var dice = Dice(seed: 7)
      for step in 0..<150 {
        try await randomStep(on: store, step, &dice)
        let sums = try await store.sums()
        #expect(sums.addsUp)
        for state in DocumentState.allCases {
          let listed = try await store.documents(DocumentQuery(states: [state]))
          #expect(listed.count == sums.states[state] ?? 0)
        }
      }
    },
  ]

  private static func randomStep(on store: any Store, _ step: Int, _ dice: inout Dice) async throws {
    let owner = dice.roll(2) == 0 ? dead : alive
    switch dice.roll(4) {
    case 0: _ = try await store.admit(arrival("\(step)", bytes: "\(dice.roll(40))"), by: whom())
    case 1, 2:
      guard let lease = try await claim(store, owner: owner).first else { return }
      let states: [DocumentState] = [.review, .delivering, .stored, .failed, .expanded]
      let state = states[dice.roll(states.count)]
      let made = outcome(
        lease.document.id, state, to: state == .delivering ? ["ledger"] : [],
        children: state == .expanded && lease.document.depth < 3 ? [child("attachment/1"), child("attachment/2")] : [])
      if dice.roll(5) > 0 { try await store.finish(lease, made, by: whom()) }
    default:
      for entry in try await due(store, owner: owner) where dice.roll(3) > 0 {
        let results: [DeliveryResult] = [
          .done(Receipt(key: entry.key, place: "x")), .later(at: 0, errorCode: "usage"), .givenUp(errorCode: "usage"),
        ]
        try await store.settle(entry, results[dice.roll(3)], by: whom())
      }
    }
  }
}

/// Numbers that are the same in every run.
package struct Dice {
  private var state: UInt64
  package init(seed: UInt64) { state = seed }

  /// From 0, below `sides`.
  package mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(sides))
  }
}
