import Docket

/// How many documents ended how, for the line on standard error that sums up.
struct OutcomeSum: Sendable {
  private(set) var total = 0
  private var counts: [String: Int] = [:]
  private var decisions: [String: Int] = [:]

  /// - Parameter outcome: `ok` or an error code.
  mutating func add(_ outcome: String) {
    total += 1
    counts[outcome, default: 0] += 1
  }

  /// - Parameter decisions: how many records are to be delivered, reviewed …
  mutating func add(decisions: [String: Int]) {
    for (decision, count) in decisions { self.decisions[decision, default: 0] += count }
  }

  var failed: Int { total - counts["ok", default: 0] }

  /// What to type where no contract fits; nil where one always did.
  var advice: String? {
    guard let count = decisions["unknown"], count > 0 else { return nil }
    return "docket: `docket contract` lists the contracts, `--contract NAME` says which it is; "
      + "a new one goes into a workspace's contracts/."
  }

  /// `38 documents: 36 ok, 1 pdf-encrypted, 1 empty-file`.
  var text: String {
    let codes = counts.sorted {
      ($0.key == "ok" ? 0 : 1, -$0.value, $0.key) < ($1.key == "ok" ? 0 : 1, -$1.value, $1.key)
    }
    let parts = codes.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    let routes = decisions.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    return "\(total) \(total == 1 ? "document" : "documents")" + (parts.isEmpty ? "" : ": \(parts)")
      + (routes.isEmpty ? "" : " (\(routes))")
  }

  /// One line for a file that failed.
  static func line(_ file: String, _ error: DocketError) -> String {
    "\(PlainText.oneLine(file)): \(error.sentence) (\(error.code.id))"
  }
}
