import Docket
import DocketStore

/// Looks over all that a workspace keeps, and says what is not as it should be. Changes nothing.
struct Verification {
  let room: StoreRoom
  /// Whether originals are only looked for, not read and digested, and readings left out.
  let isQuick: Bool
  private(set) var problems: [DocketError] = []
  /// What is no fault, and worth knowing.
  private(set) var notes: [String] = []
  private(set) var counts = Counts()

  struct Counts {
    var documents = 0
    var originals = 0
    var readings = 0
    var records = 0
    var deliveries = 0
    var models = 0
    var events = 0
    var pruned = 0
    var forgotten = 0
  }

  /// More of one kind are counted, not listed.
  static let mostListed = 100

  init(room: StoreRoom, isQuick: Bool) {
    self.room = room
    self.isQuick = isQuick
  }

  /// - Parameter known: a seal that was kept elsewhere.
  mutating func run(known: Checkpoint? = nil) async throws {
    for words in try await room.store.problems() {
      problems.append(DocketError(.storeDamaged, "SQLite finds the store damaged: \(PlainText.short(words))."))
    }
    try await sums()
    try await events(known)
    try await documents()
    learned()
    try await strays()
  }

  private mutating func sums() async throws {
    let sums = try await room.store.sums()
    guard !sums.addsUp else { return }
    problems.append(
      DocketError(
        .inconsistent,
        "The states add up to \(sums.states.values.reduce(0, +)), but \(sums.arrived) documents arrived."))
  }

  private mutating func events(_ known: Checkpoint?) async throws {
    counts.events = try await room.store.checkpoint().sequence
    if try await !room.store.verifyEvents() {
      problems.append(DocketError(.chainBroken, "The chain of \(counts.events) events is broken."))
    }
    guard let known else { return }
    let seal = try await room.store.seal(of: known.sequence)
    if seal?.hasPrefix(known.seal.lowercased()) != true {
      problems.append(
        DocketError(
          .chainBroken,
          seal == nil
            ? "There are only \(counts.events) events; the checkpoint is of \(known.sequence)."
            : "The first \(known.sequence) events are not those that the checkpoint seals."))
    }
  }

  // Documents

  private mutating func documents() async throws {
    let erased = try await room.erased()
    counts.pruned = erased.values.count { $0 == .pruned }
    counts.forgotten = erased.values.count { $0 == .forgotten }
    var seen = Set<ContentDigest>()
    var after = 0
    while true {
      let page = try await room.store.documents(DocumentQuery(after: after, limit: 500))
      guard let last = page.last else { return }
      for document in page {
        counts.documents += 1
        if erased[document.id] == nil, seen.insert(document.digest).inserted { original(of: document) }
        if erased[document.id] != .forgotten { try await record(of: document) }
      }
      after = last.arrival
    }
  }

  private mutating func original(of document: Document) {
    counts.originals += 1
    let isThere = FileBytes.exists(room.blobs.path(of: document.digest))
    if isThere, isQuick || room.blobs.isWhole(document.digest) { return }
    problems.append(
      DocketError(
        .originalDamaged,
        "The original of `\(PlainText.oneLine(document.name))` \(isThere ? "is not what came in" : "is missing").",
        document: document.id))
  }

  private mutating func record(of document: Document) async throws {
    let work = try await room.store.work(of: document.id)
    var pages: Set<Int>?
    if let key = work?.reading {
      counts.readings += 1
      if isQuick {
        // Neither read nor looked for.
      } else if let reading = try? await room.blobs.reading(key) {
        if case .pages(let all) = reading.content { pages = Set(all.map(\.number)) }
      } else {
        notes.append(
          "The reading of document \(document.id.hex.prefix(8)) is not there; it is made anew when asked for.")
      }
    }
    let stored = try await room.store.record(document.id, version: nil)
    let deliveries = try await room.store.deliveries(of: document.id)
    counts.deliveries += deliveries.count
    for delivery in deliveries where delivery.version > stored?.record.version ?? 0 {
      problems.append(wrong("A delivery to `\(delivery.destination)` is of a record that is not there.", document))
    }
    if document.state == .delivered, deliveries.contains(where: { $0.state != .done }) {
      problems.append(wrong("It counts as delivered, and a delivery of it still waits.", document))
    }
    guard let stored else { return }
    counts.records += 1
    if let words = Verification.doubt(of: stored.record, pages: pages) { problems.append(wrong(words, document)) }
  }

  private func wrong(_ words: String, _ document: Document) -> DocketError {
    DocketError(.inconsistent, words, document: document.id)
  }

  /// What is wrong with where a record's values come from, nil for nothing.
  static func doubt(of record: Record, pages: Set<Int>?) -> String? {
    for field in record.fields + record.tables.flatMap({ $0.rows.flatMap { $0 } }) {
      for value in field.values {
        guard !value.provenance.isEmpty else { return "The value of `\(field.path)` comes from nowhere." }
        for provenance in value.provenance {
          guard case .region(let region) = provenance.locator, provenance.document == record.id else { continue }
          let isSound = [region.x, region.y, region.width, region.height].allSatisfy(\.isFinite) && region.width >= 0
          if !isSound || pages.map({ !$0.contains(region.page) }) == true {
            return "The value of `\(field.path)` stands on page \(region.page), which was not read."
          }
        }
      }
    }
    return nil
  }

  // What was learned

  private mutating func learned() {
    let memory = MemoryShelf(workspace: room.folder)
    for number in memory.numbers {
      counts.models += 1
      do throws(DocketError) { _ = try memory.memory(number) } catch { problems.append(error) }
    }
    for name in FileBytes.names(in: "\(room.folder)/models") {
      for number in FileBytes.names(in: "\(room.folder)/models/\(name)") where Int(number) != nil {
        counts.models += 1
        let folder = "\(room.folder)/models/\(name)/\(number)"
        do throws(DocketError) { try Verification.model(in: folder) } catch {
          var problem = error
          problem.hint = "Leave it with `docket models rollback \(name)`, or learn anew with `docket train`."
          problems.append(problem)
        }
      }
    }
  }

  private static func model(in folder: String) throws(DocketError) {
    let digest = ContentDigest(of: try ModelShelf.weights(in: folder))
    let card = try ModelShelf.card(in: folder)
    let stated = (card as? ModelCard)?.weights ?? (card as? TextCard)?.weights
    guard stated == digest else {
      throw DocketError(
        .modelDamaged, "The weights in `\(PlainText.oneLine(folder))` are not those that its card names.")
    }
  }

  /// Files that nothing needs: a run that was killed left them. Those of the last day may still be needed.
  private mutating func strays() async throws {
    let strays = try await room.strays(olderThan: 86_400)
    if !strays.isEmpty {
      notes.append("\(Amount.count(strays.count, "file")) belong to no document; `docket prune` removes them.")
    }
    for path in room.blobs.keptStores {
      notes.append("`\(PlainText.oneLine(path))` was kept at an upgrade; `docket prune` removes it after 30 days.")
    }
  }
}

extension StoreRoom {
  /// What was taken away of documents.
  func erased() async throws -> [DocumentID: Erasure.Kind] {
    var kinds: [DocumentID: Erasure.Kind] = [:]
    for kind in Erasure.Kind.allCases {
      for erasure in try await store.erasures(kind) { kinds[erasure.document] = kind }
    }
    return kinds
  }

  /// Each original that is to be there, once, with the first document that it is of.
  func eachOriginal(_ body: (ContentDigest, Document) async throws -> Void) async throws {
    let erased = try await erased()
    var seen = Set<ContentDigest>()
    var after = 0
    while true {
      let page = try await store.documents(DocumentQuery(after: after, limit: 500))
      guard let last = page.last else { return }
      for document in page where erased[document.id] == nil && seen.insert(document.digest).inserted {
        try await body(document.digest, document)
      }
      after = last.arrival
    }
  }

  /// Originals and readings that no document needs.
  /// - Parameter age: in seconds; younger ones may be of a document that is just coming in.
  func strays(olderThan age: Double) async throws -> [(shelf: BlobFolder.Shelf, digest: ContentDigest)] {
    let latest = SystemClock().now() - age
    var found: [(shelf: BlobFolder.Shelf, digest: ContentDigest)] = []
    for shelf in BlobFolder.Shelf.allCases {
      for digest in blobs.all(shelf) where (blobs.writtenAt(shelf, digest) ?? 0) <= latest {
        let isNeeded =
          shelf == .blobs ? try await store.needs(original: digest) : try await store.needs(reading: digest)
        if !isNeeded { found.append((shelf, digest)) }
      }
    }
    return found
  }
}
