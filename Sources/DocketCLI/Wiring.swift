import Docket
import DocketWorkers

/// Puts the parts together: what a command needs, made from the settings.
enum Wiring {
  /// The pool of worker processes.
  static func reader(_ settings: Settings) throws(DocketError) -> any DocumentReader {
    return WorkerPool(try Program.reader(), policy: .init(workers: try settings.workers()))
  }

  /// What a reading becomes, by the shipped contracts.
  /// - Parameter contract: what every document is, by `name` or `name@version`; nil: found out.
  static func pipeline(_ settings: Settings, contract: String?) throws -> Pipeline {
    throw DocketError(.unknownContract, "none")
  }
}
