import Docket
import DocketStore

/// How long the pipelines of a workspace keep documents' bytes.
struct Retention {
  private let room: StoreRoom
  /// By pipeline, in seconds.
  private let originals: [String: Double]
  private let failed: [String: Double]

  init(_ pipelines: [PipelineFile], room: StoreRoom) {
    self.room = room
    func period(_ key: String) -> [String: Double] {
      Dictionary(
        pipelines.compactMap { file in
          file.retention[key].flatMap(DurationWord.seconds).map { (file.name, Double($0)) }
        }, uniquingKeysWith: { first, _ in first })
    }
    originals = period("originals")
    failed = period("failed")
  }

  /// Documents whose time is over: those that rest, and all that lies in them.
  /// - Parameter now: seconds since 1970.
  func due(at now: Double) async throws -> [Document] {
    guard !originals.isEmpty || !failed.isEmpty else { return [] }
    let erased = try await room.erased()
    var due: [Document] = []
    var after = 0
    let resting = Set(DocumentState.allCases.filter(\.isResting))
    while true {
      let page = try await room.store.documents(DocumentQuery(states: resting, after: after, limit: 500))
      guard let last = page.last else { return due }
      for document in page where erased[document.id] == nil && isOver(document, now) {
        if try await !isAwaited(document) { due.append(document) }
      }
      after = last.arrival
    }
  }

  private func isOver(_ document: Document, _ now: Double) -> Bool {
    let period =
      document.state == .failed
      ? failed[document.pipeline] ?? originals[document.pipeline] : originals[document.pipeline]
    return period.map { now - document.arrivedAt > $0 } ?? false
  }

  /// Whether somebody waits for something that lies in it, or for what it lies in.
  private func isAwaited(_ document: Document) async throws -> Bool {
    var above = document.parent
    while let id = above, let container = try await room.store.document(id) {
      if !container.state.isResting { return true }
      above = container.parent
    }
    return try await holdsAwaited(document.id)
  }

  private func holdsAwaited(_ id: DocumentID) async throws -> Bool {
    for child in try await room.store.documents(DocumentQuery(parent: id, limit: 100_000)) {
      if !child.state.isResting { return true }
      if try await holdsAwaited(child.id) { return true }
    }
    return false
  }

  /// The store says first that they are gone, then the files go that nobody else needs.
  static func remove(_ documents: [Document], from room: StoreRoom) async throws {
    var readings: [ContentDigest] = []
    for document in documents {
      if let key = try await room.store.work(of: document.id)?.reading { readings.append(key) }
    }
    try await room.store.prune(documents.map(\.id), by: room.attribution())
    for digest in Set(documents.map(\.digest)).sorted() where try await !room.store.needs(original: digest) {
      try room.remove(.blobs, digest)
    }
    for key in Set(readings).sorted() where try await !room.store.needs(reading: key) {
      try room.remove(.readings, key)
    }
  }
}

extension StoreRoom {
  func remove(_ shelf: BlobFolder.Shelf, _ digest: ContentDigest) throws(DocketError) {
    switch shelf {
    case .blobs: try blobs.remove(original: digest)
    case .readings: try blobs.remove(reading: digest)
    }
  }
}
