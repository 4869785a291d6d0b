/// A workspace's memory: documents, leases, records, the outbox, events. Every call is one transaction.
///
/// Bytes (originals, readings) lie in a `BlobStore`; a store holds only their digests.
/// All conformers are held to `StoreSuite`.
package protocol Store: Sendable {
  // Intake

  /// Whether this version of a source's file was taken in before.
  func hasTaken(_ arrival: Arrival) async throws(DocketError) -> Bool
  /// Whether a file with these bytes was taken in from the arrival's `place` before: the same file under a new token,
  /// which is known from now on.
  func recognizes(_ arrival: Arrival, _ digest: ContentDigest) async throws(DocketError) -> Bool
  /// Makes a document of an arrival whose bytes are durable. The same bytes taken in before by the same pipeline
  /// make it a `duplicate` of the first; the same token twice gives the document it gave before.
  func admit(_ arrival: NewDocument, by whom: Attribution) async throws(DocketError) -> Document

  // Work

  /// Documents that wait for a worker.
  func queuedCount(pipeline: String) async throws(DocketError) -> Int
  /// Queued documents, oldest first, each claimed with a fence higher than any before; those of dead owners too.
  func claim(pipeline: String, limit: Int, owner: LeaseOwner, by whom: Attribution) async throws(DocketError) -> [Lease]
  /// Saves what became of a document, its children, record and deliveries, links it to its kin, and settles what
  /// becomes of it among those. Throws `lease-lost` when taken over.
  func finish(_ lease: Lease, _ outcome: WorkOutcome, by whom: Attribution) async throws(DocketError)
  /// Gives a document back unfinished. Does nothing when it was taken over.
  func release(_ lease: Lease, by whom: Attribution) async throws(DocketError)

  /// Gives back whatever this owner still holds from a batch that ended badly. Called while nothing is in hand.
  func giveBack(pipeline: String, owner: LeaseOwner, by whom: Attribution) async throws(DocketError)

  // Outbox

  /// Deliveries that are due, oldest first, claimed for `owner`.
  func claimDeliveries(
    pipeline: String, now: Double, limit: Int, owner: LeaseOwner
  ) async throws(DocketError) -> [OutboxEntry]
  /// Saves how a delivery went; a document whose deliveries are all done is `delivered`. Throws `lease-lost` where
  /// it was claimed anew in the meantime.
  func settle(_ entry: OutboxEntry, _ result: DeliveryResult, by whom: Attribution) async throws(DocketError)
  /// Deliveries that wait for their next time are due now; what is tried early counts as the try before.
  func hurryDeliveries(pipeline: String) async throws(DocketError)

  // People

  /// A new version of a record made by a person, and what follows. Throws `lease-lost` where another version came
  /// in between.
  func revise(_ revision: Revision, by whom: Attribution) async throws(DocketError)
  /// A person puts a document without a record elsewhere: rejects it, or takes that back. Throws `lease-lost` where
  /// it is in none of the states that the person saw.
  func move(
    _ document: DocumentID, from: Set<DocumentState>, to state: DocumentState, by whom: Attribution
  ) async throws(DocketError)
  /// A person takes a waiting document apart: it is `expanded`, and its children are queued. Throws `lease-lost`
  /// where it waits no longer.
  func divide(_ document: DocumentID, into children: [NewChild], by whom: Attribution) async throws(DocketError)
  /// Documents in `held` whose time is over go on to `delivering` or `stored`.
  func releaseHeld(pipeline: String, now: Double, by whom: Attribution) async throws(DocketError) -> Int
  /// Puts documents back into the queue: failed ones, or any that a person wants worked anew.
  func replay(_ document: DocumentID, by whom: Attribution) async throws(DocketError)
  /// Puts given-up deliveries of a document back into the outbox.
  func replayDeliveries(of document: DocumentID, by whom: Attribution) async throws(DocketError)

  // Promises

  /// Keeps a proof under the next number; none is ever changed.
  func save(_ proof: Proof, by whom: Attribution) async throws(DocketError) -> Proof
  /// In the order of their numbers.
  func proofs(pipeline: String) async throws(DocketError) -> [Proof]
  /// Documents that wait no longer and whose record has several versions: what people may have said. The newest
  /// arrivals first.
  func answered(pipeline: String, limit: Int) async throws(DocketError) -> [Document]
  /// Documents that went without a person and were drawn to be asked about, until somebody was. Oldest first.
  func sampled(pipeline: String, limit: Int) async throws(DocketError) -> [Document]

  // Looking

  /// How many parts the arrival that a document came in is known to hold, however deep; the document's own children
  /// are not counted.
  func partsBeside(_ id: DocumentID) async throws(DocketError) -> Int
  func document(_ id: DocumentID) async throws(DocketError) -> Document?
  /// By id prefix of at least six digits, by digest prefix of at least six, or by the name it came with.
  func documents(matching text: String) async throws(DocketError) -> [Document]
  /// In order of arrival, after `after`.
  func documents(_ query: DocumentQuery) async throws(DocketError) -> [Document]
  /// The newest version, or a given one.
  func record(_ id: RecordID, version: Int?) async throws(DocketError) -> StoredRecord?
  func work(of id: DocumentID) async throws(DocketError) -> StoredWork?
  /// Documents of the same thing or with the same words, in the order of arrival.
  func kin(of id: DocumentID) async throws(DocketError) -> [Kin]
  /// What a vendor had before in records that were delivered, or that a person accepted. Rejected, retracted and
  /// forgotten ones are not among them, nor is what was merely read.
  func past(_ question: VendorQuestion) async throws(DocketError) -> VendorPast
  func deliveries(of id: DocumentID) async throws(DocketError) -> [OutboxEntry]
  func events(of id: DocumentID) async throws(DocketError) -> [Event]
  /// Of all documents, in order, after one of them.
  func events(after sequence: Int, limit: Int) async throws(DocketError) -> [Event]
  /// Of the newest event; 0 where there is none.
  func lastSequence() async throws(DocketError) -> Int
  func sums() async throws(DocketError) -> StatusSums
  /// Of the documents that arrived or were worked on in one run, as they are now; `arrived` counts them.
  func sums(ofRun run: String) async throws(DocketError) -> StatusSums
  func runs(limit: Int) async throws(DocketError) -> [RunEntry]
  func save(_ run: RunEntry) async throws(DocketError)
  /// Whether the chain of events is unbroken.
  func verifyEvents() async throws(DocketError) -> Bool
}

/// Keeps bytes by what they are: originals by their digest, readings by the key of what made them.
package protocol BlobStore: Sendable {
  /// Durable when it returns: written aside, synced, renamed. Throws `arrival-unreadable` where the file cannot be
  /// read; `disk-full` and `file-system` are the workspace's own.
  func keep(fileAt path: String, limit: Int) async throws(DocketError) -> (digest: ContentDigest, byteCount: Int)
  func keep(bytes: [UInt8]) async throws(DocketError) -> ContentDigest
  func path(of digest: ContentDigest) -> String
  /// Whether an original is there.
  func holds(_ digest: ContentDigest) async -> Bool
  /// Nil where no reading of this key was kept, or it is damaged.
  func reading(_ key: ContentDigest) async throws(DocketError) -> Reading?
  func keep(_ reading: Reading, pageCount: Int, key: ContentDigest) async throws(DocketError)
}

extension Store {
  /// Whether a person, not Docket, took the file apart that these pages are of.
  package func isSettled(_ document: Document) async throws(DocketError) -> Bool {
    guard document.part?.isStretch == true, let parent = document.parent else { return false }
    return try await events(of: parent).contains { $0.kind == .divided }
  }
}

extension DocketError {
  /// A person's answer came too late.
  package static func movedOn(_ document: DocumentID) -> DocketError {
    DocketError(
      .leaseLost, "Somebody else has changed the document in the meantime.", hint: "Look at it again.",
      document: document)
  }
}
