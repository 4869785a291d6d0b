import Docket

/// What a simulation came to: counts first, then the documents.
struct HistoryReport {
  let pipeline: String
  let output: Output
  private var same = 0
  private var skipped = 0
  /// How many documents each kind of change is of.
  private var counts: [String: Int] = [:]
  private var changed: [(document: Document, words: [String])] = []
  /// More are only counted.
  private static let longest = 100

  init(pipeline: String, output: Output) {
    self.pipeline = pipeline
    self.output = output
  }

  mutating func skip() { skipped += 1 }

  mutating func add(_ outcome: HistorySimulation.Outcome) {
    guard !outcome.isSame else {
      same += 1
      return
    }
    let words = HistoryReport.words(outcome)
    for word in words { counts[word.kind, default: 0] += 1 }
    changed.append((outcome.document, words.map(\.text)))
    if output.isJSON { line(outcome) }
  }

  func end() {
    if output.isJSON { return summary() }
    var line = "\(pipeline): \(same + changed.count) past documents, \(same) as before, \(changed.count) would change"
    if skipped > 0 { line += "; of \(skipped) no reading was kept" }
    output.data(line)
    for (kind, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      output.data("  \(String(count).padding(6))\(kind)")
    }
    for (document, words) in changed.prefix(HistoryReport.longest) {
      output.data("\(document.id.hex.prefix(8))  \(PlainText.oneLine(document.name)): \(words.joined(separator: "; "))")
    }
    if changed.count > HistoryReport.longest {
      output.note("… and \(changed.count - HistoryReport.longest) more, which `--json` lists.")
    }
  }

  /// The kinds of change are counted; the texts say more of one document, but no value of it.
  private static func words(_ outcome: HistorySimulation.Outcome) -> [(kind: String, text: String)] {
    let before = outcome.before
    guard let after = outcome.after else { return [("taken apart", "would be taken apart")] }
    var words: [(kind: String, text: String)] = []
    if before.contract != after.contract {
      let change = "\(before.contract?.description ?? "unknown") → \(after.contract?.description ?? "unknown")"
      return [(change, change)]
    }
    if before.route != after.route {
      let change = "\(before.route?.rawValue ?? "none") → \(after.route?.rawValue ?? "none")"
      let why = after.reasons.isEmpty ? "" : " (\(after.reasons.joined(separator: ", ")))"
      words.append((change, change + why))
    }
    if before.destinations != after.destinations {
      words.append(("other destinations", "\(list(before.destinations)) → \(list(after.destinations))"))
    }
    if before.approval != after.approval {
      let roles = after.approval?.missing(among: [:]) ?? []
      words.append(("other approvals", roles.isEmpty ? "no approval" : "approval of \(roles.joined(separator: ", "))"))
    }
    let paths = Set(before.values.keys).union(after.values.keys).filter { before.values[$0] != after.values[$0] }
    if !paths.isEmpty {
      let shown = paths.sorted().prefix(5).joined(separator: ", ")
      words.append(("other values", "values of \(shown)\(paths.count > 5 ? " …" : "")"))
    }
    return words
  }

  private static func list(_ names: [String]) -> String { names.isEmpty ? "nowhere" : names.joined(separator: ", ") }

  private func line(_ outcome: HistorySimulation.Outcome) {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/history/1")
      json.member("type", "document")
      json.member("document", outcome.document.id.hex)
      json.member("name", outcome.document.name)
      json.memberArray("changes") { json in for word in HistoryReport.words(outcome) { json.string(word.text) } }
    }
    output.data(json.text)
  }

  private func summary() {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/history/1")
      json.member("type", "history")
      json.member("pipeline", pipeline)
      json.member("same", same)
      json.member("changed", changed.count)
      json.member("without_reading", skipped)
      json.memberObject("kinds") { json in
        for (kind, count) in counts.sorted(by: { $0.key < $1.key }) { json.member(kind, count) }
      }
    }
    output.data(json.text)
  }
}
