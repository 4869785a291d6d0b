import Docket
import Glibc

/// A secret that a pipeline names and does not hold: `env:NAME`, or `file:PATH` from the workspace's folder.
///
/// Read whenever it is needed, so that a new one counts at once; never shown.
struct Secret: Hashable, Sendable {
  let reference: String
  let workspace: String

  /// - Throws: `secret-missing`.
  func value() throws(DocketError) -> String {
    let name = String(reference.dropFirst(reference.hasPrefix("env:") ? 4 : 5))
    if reference.hasPrefix("env:") {
      guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else {
        throw DocketError(.secretMissing, "The environment variable `\(name)` is not set.")
      }
      return value
    }
    let path = place(name, in: workspace)
    guard let bytes = try? FileCalls.read(path, limit: 65_536),
      case let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init),
      let text, !text.isEmpty
    else { throw DocketError(.secretMissing, "The secret in `\(PathText.shown(path))` cannot be read.") }
    return text
  }
}
