package import Docket
import Testing

/// What every store must do. A conformer's tests hand each check a fresh store whose process `StoreSuite.dead` has
/// ended and all others run:
///
/// ```swift
/// @Test("keeps the rules of a store", arguments: StoreSuite.all)
/// func rules(_ check: StoreSuite.Check) async throws {
///   try await check.run(on: MemoryStore(isAlive: StoreSuite.isAlive))
/// }
/// ```
package enum StoreSuite {
  /// One rule, named.
  package struct Check: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    private let body: @Sendable (any Store) async throws -> Void

    init(_ rule: String, _ body: @escaping @Sendable (any Store) async throws -> Void) {
      testDescription = rule
      self.body = body
    }

    package func run(on store: any Store) async throws {
      try await body(store)
      let sums = try await store.sums()
      #expect(sums.addsUp, "every document is in exactly one state")
      #expect(sums.bySource.values.flatMap(\.values).reduce(0, +) == sums.arrived, "and so by source")
      #expect(try await store.verifyEvents(), "the chain of events holds")
    }
  }

  package static let all: [Check] = intake + work + kin + outbox + people + promises + vendors + looking

  package static let dead = LeaseOwner("boot:1:1")
  package static let alive = LeaseOwner("boot:2:2")
  package static let other = LeaseOwner("boot:3:3")
  @Sendable package static func isAlive(_ owner: LeaseOwner) -> Bool { owner != dead }

  // Samples

  package static func whom(at time: Double = 1000) -> Attribution {
    Attribution(actor: "tester", run: "run-1", correlation: "correlation-1", at: time)
  }

  package static func arrival(
    _ name: String, bytes: String? = nil, pipeline: String = "office", token: String? = nil,
    sensitivity: Sensitivity = .internal
  ) -> NewDocument {
    NewDocument(
      digest: ContentDigest(of: bytes ?? name), byteCount: (bytes ?? name).utf8.count, name: name, source: "inbox",
      pipeline: pipeline, token: token ?? name, sensitivity: sensitivity)
  }

  package static func record(_ id: DocumentID, number: String = "4711", version: Int = 1) -> Record {
    Record(
      id: id, version: version, supersedes: version > 1 ? version - 1 : nil,
      contract: ContractReference(name: "thing", version: 1), classification: 0.9,
      fields: [
        RecordField(
          path: "number",
          values: [
            Sourced(
              value: .text(number), raw: number, confidence: 0.8,
              provenance: [Provenance(document: id, locator: .span(0..<4), producer: "sample 1")])
          ], confidence: 0.8)
      ])
  }

  package static func outcome(
    _ id: DocumentID, _ state: DocumentState, number: String = "4711", to destinations: [String] = [],
    children: [NewChild] = []
  ) -> WorkOutcome {
    let route: Decision.Route = state == .review ? .review : state == .rejected ? .reject : .deliver
    return WorkOutcome(
      state: state,
      work: StoredWork(
        classification: Classification(contract: ContractReference(name: "thing", version: 1), confidence: 0.9),
        reading: ContentDigest(of: "reading"), mediaType: "text/plain", pageCount: 1,
        fingerprint: ContentDigest(of: "pipeline"), cpuSeconds: 0.25),
      record: record(id, number: number), decision: Decision(route: route, destinations: destinations),
      children: children)
  }

  package static func child(_ part: String, isPartOfRecord: Bool = false) -> NewChild {
    NewChild(
      member: Member(part: PartPath(part), name: "\(part).txt", digest: ContentDigest(of: part), byteCount: 9),
      isPartOfRecord: isPartOfRecord)
  }

  // Steps that most rules begin with

  static func admit(_ store: any Store, _ names: String...) async throws -> [Document] {
    var documents: [Document] = []
    for name in names { documents.append(try await store.admit(arrival(name), by: whom())) }
    return documents
  }

  static func claim(
    _ store: any Store, limit: Int = 1, owner: LeaseOwner = alive, pipeline: String = "office"
  ) async throws -> [Lease] {
    try await store.claim(pipeline: pipeline, limit: limit, owner: owner, by: whom())
  }

  /// One document, worked into this state; the lease is used up.
  static func worked(
    _ store: any Store, _ name: String, _ state: DocumentState, to destinations: [String] = []
  ) async throws -> Document {
    let document = try await store.admit(arrival(name), by: whom())
    let lease = try #require(try await claim(store).first)
    #expect(lease.document.id == document.id)
    try await store.finish(lease, outcome(document.id, state, to: destinations), by: whom())
    return try #require(try await store.document(document.id))
  }

  static func state(_ store: any Store, _ id: DocumentID) async throws -> DocumentState? {
    try await store.document(id)?.state
  }

  static func due(_ store: any Store, now: Double = 1000, owner: LeaseOwner = alive) async throws -> [OutboxEntry] {
    try await store.claimDeliveries(pipeline: "office", now: now, limit: 100, owner: owner)
  }

  /// The error's code, nil where none was thrown.
  package static func code(_ body: () async throws -> Void) async -> ErrorCode? {
    do {
      try await body()
      return nil
    } catch { return (error as? DocketError)?.code ?? .unexpected }
  }
}
