import Docket
import Synchronization

/// What a run could not do though it went on: files that stayed where they are, deliveries that wait. Each said once.
final class Troubles: Sendable {
  private let heard = Mutex<(said: Set<String>, files: Int, destinations: [String: Int])>(([], 0, [:]))

  /// How many files were left where they are.
  var fileCount: Int { heard.withLock { $0.files } }
  /// How many tries each destination refused.
  var destinations: [String: Int] { heard.withLock { $0.destinations } }

  /// - Returns: what to print; nil where the same was said before.
  func hear(_ step: Runner.RunStep) -> String? {
    switch step {
    case .left(let error):
      return heard.withLock {
        $0.files += 1
        return Troubles.once(error.description, error, &$0.said)
      }
    case .undelivered(let destination, let error):
      return heard.withLock {
        $0.destinations[destination, default: 0] += 1
        return Troubles.once("\(destination) \(error.code.id)", error, &$0.said)
      }
    case .arrived, .worked: return nil
    }
  }

  /// What stopped a batch of a watch, unless it is what stopped the one before.
  func hear(_ error: DocketError) -> String? { heard.withLock { Troubles.once(error.description, error, &$0.said) } }

  /// All is well again: what happens anew is said anew.
  func forget() { heard.withLock { $0.said = [] } }

  private static func once(_ key: String, _ error: DocketError, _ said: inout Set<String>) -> String? {
    said.insert(key).inserted ? ErrorReport([error]).text : nil
  }
}
