import Docket
import Testing

extension StoreSuite {
  static let outbox: [Check] = [
    Check("a document is delivered when every destination has it") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger", "folder"])
      let entries = try await due(store)
      #expect(entries.map(\.destination) == ["ledger", "folder"] && entries.allSatisfy { $0.attempts == 1 })
      #expect(try await due(store, owner: other).isEmpty, "claimed once")
      try await store.settle(entries[0], .done(Receipt(key: entries[0].key, place: "line 1")), by: whom())
      #expect(try await state(store, document.id) == .delivering)
      try await store.settle(entries[1], .done(Receipt(key: entries[1].key, place: "a.pdf")), by: whom())
      #expect(try await state(store, document.id) == .delivered)
      #expect(try await store.deliveries(of: document.id).map(\.place) == ["line 1", "a.pdf"])
      #expect(try await store.sums().waitingDeliveries == 0)
    },
    Check("a delivery that has to wait is not due before its time") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger"])
      let entry = try #require(try await due(store).first)
      try await store.settle(entry, .later(at: 1500, errorCode: "destination-unavailable"), by: whom())
      #expect(try await due(store, now: 1499).isEmpty)
      #expect(try await due(store, now: 1500).map(\.attempts) == [2])
      #expect(try await state(store, document.id) == .delivering)
    },
    Check("a delivery that waits is due at once when somebody is in a hurry, and loses no try by it") { store in
      _ = try await worked(store, "a", .delivering, to: ["ledger"])
      let entry = try #require(try await due(store).first)
      try await store.hurryDeliveries(pipeline: "office")
      try await store.settle(entry, .later(at: 1500, errorCode: "destination-unavailable"), by: whom())
      try await store.hurryDeliveries(pipeline: "another")
      #expect(try await due(store, now: 1499).isEmpty)
      try await store.hurryDeliveries(pipeline: "office")
      #expect(try await due(store, now: 0).map(\.attempts) == [1])
    },
    Check("a destination that names a time is left alone until then, whoever is in a hurry") { store in
      _ = try await worked(store, "a", .delivering, to: ["ledger"])
      let entry = try #require(try await due(store).first)
      try await store.settle(
        entry, .later(at: 1500, errorCode: "destination-unavailable", notBefore: 1400), by: whom())
      try await store.hurryDeliveries(pipeline: "office")
      #expect(try await due(store, now: 1399).isEmpty)
      let again = try #require(try await due(store, now: 1400).first)
      try await store.settle(again, .later(at: 1600, errorCode: "destination-unavailable"), by: whom())
      try await store.hurryDeliveries(pipeline: "office")
      #expect(try await due(store, now: 0).count == 1, "it named none this time")
    },
    Check("a delivery that is postponed is due later, and no try is counted") { store in
      _ = try await worked(store, "a", .delivering, to: ["ledger"])
      let entry = try #require(try await due(store).first)
      try await store.settle(entry, .postponed(to: 1500, errorCode: "destination-unavailable"), by: whom())
      #expect(try await due(store, now: 1499).isEmpty)
      #expect(try await due(store, now: 1500).map(\.attempts) == [1])
    },
    Check("what was lost on the way to a destination is kept with the delivery") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger"])
      let entry = try #require(try await due(store).first)
      let lost = Finding("mapping-lossy", .note, "`cents` loses what stands after the point.", field: "total")
      try await store.settle(entry, .done(Receipt(key: entry.key, place: "x"), findings: [lost]), by: whom())
      #expect(try await store.deliveries(of: document.id).map(\.findings) == [[lost]])
    },
    Check("a delivery given up waits for a person, and is tried again when one says so") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger", "folder"])
      let entries = try await due(store)
      try await store.settle(entries[0], .givenUp(errorCode: "destination-refused"), by: whom())
      #expect(try await state(store, document.id) == .delivering, "the other is still on its way")
      try await store.settle(entries[1], .done(Receipt(key: entries[1].key, place: "a.pdf")), by: whom())
      #expect(try await state(store, document.id) == .undelivered)
      #expect(try await store.document(document.id)?.errorCode == "destination-refused")
      try await store.replayDeliveries(of: document.id, by: whom())
      #expect(try await state(store, document.id) == .delivering)
      let again = try await due(store)
      #expect(again.map(\.destination) == ["ledger"], "what was delivered is not delivered again")
      try await store.settle(again[0], .done(Receipt(key: again[0].key, place: "line 1")), by: whom())
      #expect(try await state(store, document.id) == .delivered)
      #expect(try await store.document(document.id)?.errorCode == nil)
    },
    Check("a dead owner's deliveries are taken over, and it can settle nothing any more") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger"])
      let lost = try #require(try await due(store, owner: dead).first)
      let taken = try #require(try await due(store).first)
      let receipt = Receipt(key: taken.key, place: "line 1")
      #expect(await code { try await store.settle(lost, .givenUp(errorCode: "usage"), by: whom()) } == .leaseLost)
      try await store.settle(taken, .done(receipt), by: whom())
      #expect(await code { try await store.settle(taken, .done(receipt), by: whom()) } == .leaseLost, "settled once")
      #expect(try await state(store, document.id) == .delivered)
    },
  ]

  static let people: [Check] = [
    Check("a person's answer is a new version that says what it supersedes") { store in
      let document = try await worked(store, "a", .review)
      var record = record(document.id, number: "4712", version: 2)
      record.producer = "person maria"
      let decision = Decision(route: .deliver, destinations: ["ledger"])
      try await store.revise(Revision(record: record, decision: decision, state: .delivering), by: whom())
      #expect(try await store.record(document.id, version: nil)?.record == record)
      #expect(try await store.record(document.id, version: 1)?.record.value("number") == .text("4711"))
      #expect(try await due(store).map(\.key) == ["\(document.id)/2/ledger/deliver"])
    },
    Check("of two answers to one version the second is refused") { store in
      let document = try await worked(store, "a", .review)
      let decision = Decision(route: .review)
      let first = Revision(record: record(document.id, number: "1", version: 2), decision: decision, state: .review)
      let second = Revision(record: record(document.id, number: "2", version: 2), decision: decision, state: .review)
      try await store.revise(first, by: whom())
      #expect(await code { try await store.revise(second, by: whom()) } == .leaseLost)
      #expect(try await store.record(document.id, version: nil)?.record.value("number") == .text("1"))
    },
    Check("an answer to a document that moved on is refused") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger"])
      let late = Revision(
        record: record(document.id, number: "1", version: 2), decision: Decision(route: .reject), state: .rejected)
      #expect(await code { try await store.revise(late, by: whom()) } == .leaseLost)
      #expect(try await state(store, document.id) == .delivering)
    },
    Check("what a person takes apart is expanded, its parts are queued, and it is done once") { store in
      let document = try await worked(store, "a", .review)
      let parts = Part.pages(through: 5, starts: [3]).compactMap { NewChild(part: $0, of: document) }
      try await store.divide(document.id, into: parts, by: whom())
      #expect(try await state(store, document.id) == .expanded)
      let children = try await store.documents(DocumentQuery(parent: document.id))
      #expect(children.map(\.part?.text) == ["pages/1-2", "pages/3-5"])
      #expect(children.allSatisfy { $0.state == .queued && $0.digest == document.digest })
      #expect(try await store.events(of: document.id).last?.kind == .divided)
      #expect(await code { try await store.divide(document.id, into: parts, by: whom()) } == .leaseLost)
    },
    Check("what has no record is rejected and taken back by hand, by whoever saw it as it is") { store in
      let document = try await worked(store, "a", .failed)
      try await store.move(document.id, from: [.failed], to: .rejected, by: whom())
      #expect(try await state(store, document.id) == .rejected)
      #expect(try await store.sums().failures.isEmpty)
      #expect(
        await code { try await store.move(document.id, from: [.failed], to: .rejected, by: whom()) } == .leaseLost)
      try await store.move(document.id, from: [.rejected], to: .review, by: whom())
      #expect(try await state(store, document.id) == .review)
      #expect(try await store.events(of: document.id).suffix(2).map(\.detail) == ["rejected", "review"])
    },
    Check("what is held goes on when its time is over, and can be taken back before") { store in
      let document = try await worked(store, "a", .review)
      let accepted = Revision(
        record: record(document.id, version: 2), decision: Decision(route: .deliver, destinations: ["ledger"]),
        state: .held, heldUntil: 1600)
      try await store.revise(accepted, by: whom())
      #expect(try await store.releaseHeld(pipeline: "office", now: 1599, by: whom()) == 0)
      #expect(try await due(store).isEmpty, "nothing leaves while it can be undone")
      let undone = Revision(
        record: record(document.id, version: 3), decision: Decision(route: .review), state: .review, from: [.held])
      try await store.revise(undone, by: whom())
      #expect(try await store.releaseHeld(pipeline: "office", now: 1700, by: whom()) == 0)
      var again = accepted
      again.record = record(document.id, version: 4)
      try await store.revise(again, by: whom())
      #expect(try await store.releaseHeld(pipeline: "office", now: 1600, by: whom()) == 1)
      #expect(try await state(store, document.id) == .delivering)
      #expect(try await due(store).map(\.version) == [4])
    },
    Check("what is held for no destination becomes stored") { store in
      let document = try await worked(store, "a", .review)
      let accepted = Revision(
        record: record(document.id, version: 2), decision: Decision(route: .deliver), state: .held, heldUntil: 1600)
      try await store.revise(accepted, by: whom())
      #expect(try await store.releaseHeld(pipeline: "office", now: 1600, by: whom()) == 1)
      #expect(try await state(store, document.id) == .stored)
    },
    Check("what is on its way or delivered is not worked anew") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger"])
      #expect(await code { try await store.replay(document.id, by: whom()) } == .badInput)
      let nobody = DocumentID(hex: String(repeating: "f", count: 32))
      #expect(await code { try await store.replay(nobody, by: whom()) } != nil)
    },
  ]
}
