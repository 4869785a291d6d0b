import Docket
import DocketWorkers

/// Puts the parts together: what a command needs, made from the settings.
enum Wiring {
  /// The pool of worker processes.
  static func reader(_ settings: Settings) throws(DocketError) -> any DocumentReader {
    throw DocketError(.readerMissing, "pool")
  }
}
