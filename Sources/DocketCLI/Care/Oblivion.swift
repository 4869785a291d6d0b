import Docket
import DocketStore
import Glibc

/// What has to go so that a document is forgotten, and taking it away.
struct Oblivion {
  let office: Office
  let room: StoreRoom
  /// The chosen ones, all that lies in them, and whatever arrived with the same bytes.
  let documents: [Document]
  /// What destinations were given.
  let delivered: [OutboxEntry]
  /// Names of models that learned from one of them, `invoice 3`.
  let models: [String]
  /// Of the same thing, with bytes of their own: they stay.
  let kin: [DocumentID]

  init(of chosen: [Document], office: Office, room: StoreRoom) async throws {
    self.office = office
    self.room = room
    var documents: [Document] = []
    for document in chosen {
      for one in try await room.store.family(of: document) where !documents.contains(where: { $0.id == one.id }) {
        documents.append(one)
      }
    }
    try Oblivion.mustStandAlone(documents)
    var delivered: [OutboxEntry] = []
    var kin: [DocumentID] = []
    for document in documents {
      delivered += try await room.store.deliveries(of: document.id).filter { $0.state == .done }
      kin += try await room.store.kin(of: document.id).map(\.document)
    }
    self.documents = documents
    self.delivered = delivered
    self.kin = Set(kin).subtracting(documents.map(\.id)).sorted()
    models = Oblivion.models(in: room.folder, learnedFrom: documents)
  }

  /// Whoever erases an attachment keeps it as long as the mail is there.
  private static func mustStandAlone(_ documents: [Document]) throws(DocketError) {
    for document in documents {
      guard let parent = document.parent, !documents.contains(where: { $0.id == parent }) else { continue }
      throw DocketError(
        .badInput, "`\(PlainText.oneLine(document.name))` lies in another document, whose bytes hold it.",
        hint: "Forget that one with all that is in it: `docket forget \(parent.hex.prefix(8))`.", document: document.id)
    }
  }

  private static func models(in folder: String, learnedFrom documents: [Document]) -> [String] {
    let digests = Set(documents.map(\.digest.hex))
    return FileBytes.names(in: "\(folder)/models").flatMap { name in
      FileBytes.names(in: "\(folder)/models/\(name)").compactMap { number in
        guard let card = try? ModelShelf.card(in: "\(folder)/models/\(name)/\(number)"),
          card.documents.contains(where: { digests.contains(String($0.prefix(64))) })
        else { return nil }
        return "\(name) \(number)"
      }
    }
  }

  /// Takes back what destinations were given.
  func retract() async throws {
    for (pipeline, entries) in Dictionary(
      grouping: delivered,
      by: { entry in
        documents.first { $0.id == entry.document }?.pipeline ?? ""
      }
    ).sorted(by: { $0.key < $1.key }) {
      try await office.takeBack(entries, in: pipeline)
    }
  }

  /// The store first, so that nothing names a file that is gone; then files; then the store's own free pages.
  /// - Returns: what is to be said.
  func erase() async throws -> [String] {
    var readings: [ContentDigest] = []
    for document in documents {
      if let key = try await room.store.work(of: document.id)?.reading { readings.append(key) }
    }
    try await room.store.forget(documents.map(\.id), by: room.attribution())
    var notes: [String] = []
    for key in Set(readings).sorted() where try await !room.store.needs(reading: key) {
      try room.blobs.remove(reading: key)
    }
    // Those of tombstones as well: what an earlier try left.
    let digests = Set(documents.map(\.digest)).union(try await room.store.erasures(.forgotten).map(\.digest))
    for digest in digests.sorted() where try await !room.store.needs(original: digest) {
      try room.blobs.remove(original: digest)
    }
    notes += try unlearn(digests)
    for path in room.blobs.keptStores { try FileBytes.remove(path) }
    try await room.store.scrub()
    return notes
  }

  /// A snapshot of what is remembered, without them; older ones that hold them go.
  private func unlearn(_ digests: Set<ContentDigest>) throws -> [String] {
    let shelf = MemoryShelf(workspace: room.folder)
    func isMeant(_ document: RememberedDocument) -> Bool {
      ContentDigest(hex: String(document.id.prefix(64))).map(digests.contains) ?? false
    }
    var notes: [String] = []
    if let memory = try shelf.used().memory {
      let number = try shelf.next()
      if let made = memory.forgetting(in: number, at: SystemClock().now(), { isMeant($1) }) {
        try shelf.take(made.memory)
        notes.append("What was remembered of \(made.count) is gone; snapshot \(number) holds without it.")
      }
    }
    for number in shelf.numbers {
      guard let memory = try? shelf.memory(number) else { continue }
      let holds = memory.contracts.contains { memory.documents(of: $0).contains(where: isMeant) }
      if holds { try FileBytes.remove(shelf.file(number)) }
    }
    return notes
  }
}
