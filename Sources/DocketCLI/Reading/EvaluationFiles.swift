import Docket

/// Reads results and truth from files of JSON lines.
enum EvaluationFiles {
  private static let mostBytes = 1_000_000_000

  /// Of lines that `docket evaluate --json` printed, or that `docket extract --json` did, against the truth.
  /// - Throws: `bad-input`, with the line's number.
  static func evaluation(
    _ paths: [String], truth: String?, ignoringChecks: Bool = false
  ) throws -> Evaluation {
    let truths = try truth.map { path in try lines(path) { json throws(JSONMistake) in try TruthLine(json) } } ?? []
    let byStem = Dictionary(truths.map { ($0.stem, $0) }, uniquingKeysWith: { first, _ in first })
    let byDigest = Dictionary(
      truths.compactMap { truth in truth.sha256.map { ($0, truth) } }, uniquingKeysWith: { first, _ in first })
    var verdicts: [String: Verdict] = [:]
    var order: [String] = []
    func take(_ verdict: Verdict, isWhole: Bool) {
      if verdicts[verdict.id] == nil { order.append(verdict.id) } else if !isWhole { return }
      verdicts[verdict.id] = verdict
    }
    for path in paths {
      _ = try lines(path) { json throws(JSONMistake) in
        switch try json["schema"].string {
        case "docket/evaluation/1":
          if try json["type"].string == "document" { take(try Verdict(evaluation: json), isWhole: true) }
        case "docket/extraction/1":
          let digest = try json["sha256"].optional { json throws(JSONMistake) in try json.string } ?? ""
          let stem = TruthLine.stem(of: try json["file"].string)
          guard let truth = byDigest[digest] ?? byStem[stem] else { return }
          take(
            try Verdict(extraction: json, truth: truth, ignoringChecks: ignoringChecks), isWhole: json["part"].isNull)
        default: throw JSONMistake("the line is neither an extraction nor an evaluation")
        }
      }
    }
    return Evaluation(order.compactMap { verdicts[$0] })
  }

  private static func lines<Value>(
    _ path: String, _ read: (JSONValue) throws(JSONMistake) -> Value
  ) throws -> [Value] {
    let bytes = try FileBytes.start(of: path == "-" ? "/dev/stdin" : path, limit: mostBytes)
    var values: [Value] = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      if text.allSatisfy(\.isWhitespace) { continue }
      do throws(JSONMistake) { values.append(try read(JSONValue(parsing: text))) } catch {
        throw DocketError(
          .badInput, "`\(PathText.shown(path))`, line \(number + 1), cannot be understood: \(error.what).",
          hint: "See `docket help evaluate` for what the lines hold.")
      }
    }
    return values
  }
}
