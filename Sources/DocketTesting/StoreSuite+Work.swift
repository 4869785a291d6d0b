import Docket
import Testing

extension StoreSuite {
  static let intake: [Check] = [
    Check("a token is taken in once") { store in
      let arrival = Arrival(source: "inbox", name: "a", path: "/a", token: "a")
      #expect(try await !store.hasTaken(arrival))
      let first = try await store.admit(Self.arrival("a"), by: whom())
      let second = try await store.admit(Self.arrival("a"), by: whom(at: 2000))
      #expect(first == second)
      #expect(try await store.hasTaken(arrival))
      #expect(try await store.sums().arrived == 1)
    },
    Check("a file that stays is known again under another token, if its place and bytes are the same") { store in
      var new = Self.arrival("a", bytes: "x")
      new.place = "at:1"
      _ = try await store.admit(new, by: whom())
      let again = Arrival(source: "inbox", name: "a", path: "/a", token: "b", place: "at:1")
      #expect(try await !store.recognizes(again, ContentDigest(of: "y")), "other bytes are another file")
      #expect(try await !store.hasTaken(again))
      #expect(try await store.recognizes(again, new.digest))
      #expect(try await store.hasTaken(again))
      let elsewhere = Arrival(source: "inbox", name: "a", path: "/a", token: "c", place: "at:2")
      #expect(try await !store.recognizes(elsewhere, new.digest))
      #expect(try await store.sums().arrived == 1)
    },
    Check("what waits for a worker is counted") { store in
      _ = try await admit(store, "a", "b", "c")
      _ = try await claim(store)
      #expect(try await store.queuedCount(pipeline: "office") == 2)
      #expect(try await store.queuedCount(pipeline: "archive") == 0)
    },
    Check("the same bytes again are a duplicate of the first, in the same pipeline") { store in
      let first = try await store.admit(arrival("a", bytes: "x"), by: whom())
      let again = try await store.admit(arrival("b", bytes: "x"), by: whom())
      let third = try await store.admit(arrival("c", bytes: "x"), by: whom())
      let elsewhere = try await store.admit(arrival("d", bytes: "x", pipeline: "archive"), by: whom())
      #expect(again.state == .duplicate && again.duplicateOf == first.id)
      #expect(third.duplicateOf == first.id, "linked to the first, not in a chain")
      #expect(elsewhere.state == .queued)
      #expect([first, again, third].map(\.arrival) == [1, 2, 3])
      #expect(try await claim(store, limit: 10).map(\.document.id) == [first.id], "a duplicate is not worked on")
    },
    Check("what is admitted is read back as it was") { store in
      let document = try await store.admit(arrival("Ünï\t💶 ' \" .pdf", sensitivity: .restricted), by: whom(at: 12.5))
      #expect(try await store.document(document.id) == document)
      #expect(document.sensitivity == .restricted && document.arrivedAt == 12.5)
    },
  ]

  static let work: [Check] = [
    Check("the oldest are claimed first, each once") { store in
      let documents = try await admit(store, "a", "b", "c")
      #expect(try await claim(store, limit: 2).map(\.document.id) == documents.prefix(2).map(\.id))
      #expect(try await claim(store, limit: 2, owner: other).map(\.document.id) == [documents[2].id])
      #expect(try await claim(store, limit: 2).isEmpty)
      #expect(try await claim(store, limit: 2, pipeline: "archive").isEmpty)
      #expect(try await state(store, documents[0].id) == .working)
    },
    Check("a dead owner is taken over at once, and can save nothing any more") { store in
      let document = try await admit(store, "a")[0]
      let lost = try #require(try await claim(store, owner: dead).first)
      let taken = try #require(try await claim(store).first)
      #expect(taken.fence > lost.fence)
      let late = outcome(document.id, .delivering, to: ["ledger"], children: [child("attachment/1")])
      #expect(await code { try await store.finish(lost, late, by: whom()) } == .leaseLost)
      try await store.release(lost, by: whom())
      #expect(try await state(store, document.id) == .working)
      #expect(try await store.record(document.id, version: nil) == nil, "nothing of it was saved")
      #expect(try await store.sums().arrived == 1)
      try await store.finish(taken, outcome(document.id, .review), by: whom())
      #expect(try await state(store, document.id) == .review)
    },
    Check("a lease is used once") { store in
      let document = try await admit(store, "a")[0]
      let lease = try #require(try await claim(store).first)
      try await store.finish(lease, outcome(document.id, .review), by: whom())
      #expect(await code { try await store.finish(lease, outcome(document.id, .stored), by: whom()) } == .leaseLost)
      #expect(try await state(store, document.id) == .review)
    },
    Check("what is given back is claimed again, with a higher fence") { store in
      _ = try await admit(store, "a")
      let first = try #require(try await claim(store).first)
      try await store.release(first, by: whom())
      let second = try #require(try await claim(store, owner: other).first)
      #expect(second.fence > first.fence)
    },
    Check("finishing saves record, decision, work and deliveries together") { store in
      let document = try await worked(store, "a", .delivering, to: ["ledger", "folder"])
      let made = outcome(document.id, .delivering, to: ["ledger", "folder"])
      let stored = try #require(try await store.record(document.id, version: nil))
      #expect(stored.record == made.record && stored.decision == made.decision)
      #expect(try await store.work(of: document.id) == made.work)
      let deliveries = try await store.deliveries(of: document.id)
      #expect(deliveries.map(\.destination) == ["ledger", "folder"])
      #expect(deliveries.map(\.key) == ["\(document.id)/1/ledger/deliver", "\(document.id)/1/folder/deliver"])
      #expect(try await store.sums().byContract["thing@1"] == [.delivering: 1])
    },
    Check("only an accepted record is delivered") { store in
      for (name, state) in [("a", DocumentState.review), ("b", .rejected), ("c", .stored)] {
        let document = try await worked(store, name, state, to: ["ledger"])
        #expect(try await store.deliveries(of: document.id).isEmpty)
      }
    },
    Check("children are documents that know their parent, place and depth, and carry its sensitivity") { store in
      let mail = try await store.admit(arrival("mail", sensitivity: .confidential), by: whom())
      let lease = try #require(try await claim(store).first)
      let parts = [child("attachment/1"), child("attachment/2", isPartOfRecord: true)]
      try await store.finish(lease, outcome(mail.id, .expanded, children: parts), by: whom())
      let children = try await store.documents(DocumentQuery(parent: mail.id))
      #expect(children.map(\.part?.text) == ["attachment/1", "attachment/2"])
      #expect(children.map(\.state) == [.queued, .stored], "part of the parent's record is not worked on")
      #expect(children.allSatisfy { $0.depth == 1 && $0.sensitivity == .confidential && $0.source == "inbox" })
      let inner = try #require(try await claim(store).first)
      try await store.finish(inner, outcome(inner.document.id, .stored, children: [child("attachment/1")]), by: whom())
      let nested = try await store.documents(DocumentQuery(parent: inner.document.id))
      #expect(nested.map(\.part?.text) == ["attachment/1/attachment/1"])
      #expect(nested.map(\.depth) == [2])
    },
    Check("the parts of an arrival are counted however deep, a document's own children left out") { store in
      let mail = try await store.admit(arrival("mail"), by: whom())
      let lease = try #require(try await claim(store).first)
      let parts = [child("attachment/1"), child("attachment/2")]
      try await store.finish(lease, outcome(mail.id, .expanded, children: parts), by: whom())
      _ = try await store.admit(arrival("other"), by: whom())
      let inner = try #require(try await claim(store).first)
      #expect(try await store.partsBeside(inner.document.id) == 2)
      try await store.finish(inner, outcome(inner.document.id, .stored, children: parts), by: whom())
      #expect(try await store.partsBeside(inner.document.id) == 2)
      #expect(try await store.partsBeside(mail.id) == 2)
      let second = try #require(try await claim(store).first)
      #expect(try await store.partsBeside(second.document.id) == 4)
    },
    Check("worked anew, children are not made twice") { store in
      let mail = try await store.admit(arrival("mail"), by: whom())
      let parts = [child("attachment/1"), child("attachment/2")]
      let first = try #require(try await claim(store).first)
      try await store.finish(first, outcome(mail.id, .review, children: parts), by: whom())
      try await store.replay(mail.id, by: whom())
      let second = try #require(try await claim(store).first)
      try await store.finish(second, outcome(mail.id, .review, children: parts), by: whom())
      #expect(try await store.documents(DocumentQuery(parent: mail.id)).count == 2)
    },
    Check("worked anew, a record has a new version where something changed") { store in
      let document = try await worked(store, "a", .review)
      for (number, version) in [("4711", 1), ("4712", 2), ("4712", 2)] {
        try await store.replay(document.id, by: whom())
        let lease = try #require(try await claim(store).first)
        try await store.finish(lease, outcome(document.id, .review, number: number), by: whom())
        #expect(try await store.record(document.id, version: nil)?.record.version == version)
      }
      #expect(try await store.record(document.id, version: 2)?.record.supersedes == 1)
      #expect(try await store.record(document.id, version: 1)?.record.value("number") == .text("4711"))
    },
    Check("a failure keeps its code and sentence, and can be replayed") { store in
      let document = try await admit(store, "a")[0]
      let lease = try #require(try await claim(store).first)
      let why = DocketErrorSummary(code: "pdf-encrypted", sentence: "The PDF is encrypted.")
      try await store.finish(
        lease, WorkOutcome(state: .failed, error: why, work: StoredWork(error: why)), by: whom())
      #expect(try await store.document(document.id)?.errorCode == "pdf-encrypted")
      #expect(try await store.work(of: document.id)?.error == why)
      #expect(try await store.sums().failures == ["pdf-encrypted": 1])
      try await store.replay(document.id, by: whom())
      #expect(try await store.document(document.id)?.errorCode == nil)
      #expect(try await claim(store).count == 1)
    },
  ]
}
