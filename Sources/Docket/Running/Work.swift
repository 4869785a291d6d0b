/// Who did something, in which run, and what belongs together.
package struct Attribution: Hashable, Sendable {
  /// The system's user id, or the pipeline.
  package var actor: String
  package var run: String
  /// Joins the events of one command.
  package var correlation: String
  /// Seconds since 1970.
  package var at: Double

  package init(actor: String, run: String, correlation: String, at: Double) {
    self.actor = actor
    self.run = run
    self.correlation = correlation
    self.at = at
  }
}

/// A document that is to be admitted; its bytes are durable already.
package struct NewDocument: Hashable, Sendable {
  package var digest: ContentDigest
  package var byteCount: Int
  package var name: String
  package var source: String
  package var pipeline: String
  /// Nil where no source must be told.
  package var token: String?
  /// As in the arrival.
  package var place: String?
  package var sensitivity: Sensitivity

  package init(
    digest: ContentDigest, byteCount: Int, name: String, source: String, pipeline: String, token: String?,
    place: String? = nil, sensitivity: Sensitivity
  ) {
    self.place = place
    self.digest = digest
    self.byteCount = byteCount
    self.name = name
    self.source = source
    self.pipeline = pipeline
    self.token = token
    self.sensitivity = sensitivity
  }
}

/// A process that holds leases: boot, process and start time together are never used twice.
package struct LeaseOwner: Hashable, Sendable {
  package var text: String
  package init(_ text: String) { self.text = text }
}

/// A document that this process may work on, until somebody claims it with a higher fence.
package struct Lease: Hashable, Sendable {
  package var document: Document
  package var owner: LeaseOwner
  package var fence: Int
  package init(document: Document, owner: LeaseOwner, fence: Int) {
    self.document = document
    self.owner = owner
    self.fence = fence
  }
}

/// What became of a document, to be saved in one transaction.
package struct WorkOutcome: Hashable, Sendable {
  package var state: DocumentState
  package var error: DocketErrorSummary?
  package var work: StoredWork
  package var record: Record?
  package var decision: Decision?
  package var children: [NewChild]

  package init(
    state: DocumentState, error: DocketErrorSummary? = nil, work: StoredWork = .init(), record: Record? = nil,
    decision: Decision? = nil, children: [NewChild] = []
  ) {
    self.state = state
    self.error = error
    self.work = work
    self.record = record
    self.decision = decision
    self.children = children
  }
}

/// An error as it is kept: never the document's content.
package struct DocketErrorSummary: Hashable, Sendable {
  package var code: String
  package var sentence: String
  package init(_ error: DocketError) {
    code = error.code.id
    sentence = error.sentence
  }
  package init(code: String, sentence: String) {
    self.code = code
    self.sentence = sentence
  }
}

/// What is kept of a document's way besides its record.
package struct StoredWork: Hashable, Sendable {
  package var classification: Classification?
  /// The key under which its reading is kept.
  package var reading: ContentDigest?
  package var mediaType: String?
  package var pageCount: Int?
  /// Of the pipeline that made the record.
  package var fingerprint: ContentDigest?
  package var error: DocketErrorSummary?
  package var cpuSeconds: Double
  /// Of these, seconds of reading a document with pictures of words.
  package var ocrSeconds = 0.0
  /// Seconds from the reading to the decision.
  package var understandingSeconds = 0.0
  /// What it is known by among other documents; a store keeps them apart.
  package var traits = Traits()

  package init(
    classification: Classification? = nil, reading: ContentDigest? = nil, mediaType: String? = nil,
    pageCount: Int? = nil, fingerprint: ContentDigest? = nil, error: DocketErrorSummary? = nil, cpuSeconds: Double = 0
  ) {
    self.classification = classification
    self.reading = reading
    self.mediaType = mediaType
    self.pageCount = pageCount
    self.fingerprint = fingerprint
    self.error = error
    self.cpuSeconds = cpuSeconds
  }
}

/// A child found inside a document; its bytes are durable already.
package struct NewChild: Hashable, Sendable {
  package var member: Member
  /// Part of the parent's own record (an e-invoice inside its PDF): kept, not worked on.
  package var isPartOfRecord: Bool
  package init(member: Member, isPartOfRecord: Bool = false) {
    self.member = member
    self.isPartOfRecord = isPartOfRecord
  }

  /// Some pages of a document as a document: the same bytes, told apart by the part. Nil for the whole.
  package init?(part: Part, of document: Document) {
    guard let path = part.path else { return nil }
    self.init(
      member: Member(
        part: path, name: part.name(of: document.name), digest: document.digest, byteCount: document.byteCount))
  }
}

/// A person's new version of a record.
package struct Revision: Hashable, Sendable {
  package var record: Record
  package var decision: Decision
  package var state: DocumentState
  /// Seconds since 1970 until which a held document can be undone.
  package var heldUntil: Double?
  /// The state it must be in for this to be saved.
  package var from: Set<DocumentState>
  /// A person has said yes to the record as it stands.
  package var isAccepted: Bool { [.held, .delivering, .delivered, .stored].contains(state) }
  /// Whose the record is now, and what its vendor is watched for.
  package var habits: VendorHabits?
  package init(
    record: Record, decision: Decision, state: DocumentState, heldUntil: Double? = nil,
    from: Set<DocumentState> = [.review], habits: VendorHabits? = nil
  ) {
    self.record = record
    self.decision = decision
    self.state = state
    self.heldUntil = heldUntil
    self.from = from
    self.habits = habits
  }
}

/// A record as it is kept, with the decision on it.
package struct StoredRecord: Hashable, Sendable {
  package var record: Record
  package var decision: Decision
  package init(record: Record, decision: Decision) {
    self.record = record
    self.decision = decision
  }

  /// The same as the version after `newest`; `newest` itself where it says the same already, so that working a
  /// document anew makes a version only where something changed.
  package func following(_ newest: StoredRecord?) -> StoredRecord {
    guard let newest else { return self }
    var next = self
    next.record.version = newest.record.version
    next.record.supersedes = newest.record.supersedes
    if next == newest { return newest }
    next.record.version += 1
    next.record.supersedes = newest.record.version
    return next
  }
}

/// Which documents to list.
package struct DocumentQuery: Hashable, Sendable {
  package var states: Set<DocumentState>
  package var pipeline: String?
  package var parent: DocumentID?
  /// Those that arrived after this one.
  package var after: Int
  package var limit: Int
  package init(
    states: Set<DocumentState> = Set(DocumentState.allCases), pipeline: String? = nil, parent: DocumentID? = nil,
    after: Int = 0, limit: Int = 1000
  ) {
    self.states = states
    self.pipeline = pipeline
    self.parent = parent
    self.after = after
    self.limit = limit
  }
}
