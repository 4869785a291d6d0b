import Docket
import Synchronization

/// Uploads that are in hand: from their head to the end of their document's work. Never more than may be.
final class UploadQueue: Sendable {
  private struct Uploads {
    /// Accepted, and no document yet.
    var coming = 0
    var documents: Set<DocumentID> = []
    /// Documents of other sources that wait in the same queue.
    var others = 0
  }

  let most: Int
  private let uploads = Mutex(Uploads())

  init(most: Int) { self.most = most }

  var count: Int { uploads.withLock { $0.coming + $0.documents.count } }

  /// A place for an upload whose head has come; false where there is none.
  func reserve() -> Bool {
    uploads.withLock { uploads in
      guard uploads.coming + uploads.documents.count + uploads.others < most else { return false }
      uploads.coming += 1
      return true
    }
  }

  /// The upload did not come, or needs no work.
  func release() { uploads.withLock { $0.coming = max(0, $0.coming - 1) } }

  /// The upload is a document now.
  func began(_ document: DocumentID) {
    uploads.withLock {
      $0.coming = max(0, $0.coming - 1)
      $0.documents.insert(document)
    }
  }

  func ended(_ document: DocumentID) { _ = uploads.withLock { $0.documents.remove(document) } }

  func isWaiting(_ document: DocumentID) -> Bool { uploads.withLock { $0.documents.contains(document) } }

  var waiting: [DocumentID] { uploads.withLock { $0.documents.sorted() } }

  /// - Parameter queued: documents that wait in the workspace, uploads among them.
  func note(queued: Int) {
    uploads.withLock { $0.others = max(0, queued - $0.documents.count) }
  }
}
