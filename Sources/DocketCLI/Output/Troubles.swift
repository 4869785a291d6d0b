import Docket
import Synchronization

/// What a run could not do though it went on: files that stayed where they are, deliveries that wait. Each said once.
final class Troubles: Sendable {
  private struct Heard {
    var said: Set<String> = []
    var files = 0
    /// Keys of deliveries that were not taken, by destination.
    var waiting: [String: Set<String>] = [:]
    /// Documents worked on that have deliveries, and documents that reached a destination.
    var worked: Set<DocumentID> = []
    var delivered: Set<DocumentID> = []
  }

  private let heard = Mutex(Heard())

  /// How many files were left where they are.
  var fileCount: Int { heard.withLock { $0.files } }
  /// How many deliveries each destination did not take.
  var destinations: [String: Int] { heard.withLock { $0.waiting.filter { !$0.value.isEmpty }.mapValues(\.count) } }
  /// How many documents of earlier runs reached a destination.
  var lateCount: Int { heard.withLock { $0.delivered.subtracting($0.worked).count } }

  /// - Returns: what to print; nil where the same was said before.
  func hear(_ step: Runner.RunStep) -> String? {
    switch step {
    case .left(let error):
      return heard.withLock {
        // Such files were taken in; they only stay where they are.
        if error.code != .inboxReadOnly { $0.files += 1 }
        return Troubles.once(error.description, error, &$0.said)
      }
    case .paused(let error):
      return heard.withLock { Troubles.once(error.code.id, error, &$0.said) }
    case .delivery(let entry, nil):
      heard.withLock {
        $0.waiting[entry.destination]?.remove(entry.key)
        $0.delivered.insert(entry.document)
      }
    case .delivery(let entry, let error?):
      return heard.withLock {
        $0.waiting[entry.destination, default: []].insert(entry.key)
        return Troubles.once("\(entry.destination) \(error.code.id)", error, &$0.said)
      }
    case .worked(let document, .delivering, _):
      heard.withLock { _ = $0.worked.insert(document.id) }
    case .arrived, .worked: break
    }
    return nil
  }

  /// What stopped a batch of a watch, unless it is what stopped the one before.
  func hear(_ error: DocketError) -> String? { heard.withLock { Troubles.once(error.description, error, &$0.said) } }

  /// All is well again: what happens anew is said anew. A watch that runs for months remembers nothing else.
  func forget() { heard.withLock { $0 = Heard() } }

  private static func once(_ key: String, _ error: DocketError, _ said: inout Set<String>) -> String? {
    said.insert(key).inserted ? ErrorReport([error]).text : nil
  }
}
