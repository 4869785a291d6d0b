import Docket

/// Reads results and truth from files of JSON lines.
enum EvaluationFiles {
  /// Of lines that `docket evaluate --json` printed, or that `docket extract --json` did, against the truth.
  /// - Throws: `bad-input`, with the line's number.
  static func evaluation(
    _ paths: [String], truth: String?, ignoringChecks: Bool = false
  ) throws -> Evaluation {
    let truths = try TruthBook(truth, for: "evaluate")
    var verdicts: [String: Verdict] = [:]
    var order: [String] = []
    func take(_ verdict: Verdict, isWhole: Bool) {
      if verdicts[verdict.id] == nil { order.append(verdict.id) } else if !isWhole { return }
      verdicts[verdict.id] = verdict
    }
    for path in paths {
      _ = try JSONLinesFile.values(path, for: "evaluate") { json throws(JSONMistake) in
        switch try json["schema"].string {
        case "docket/evaluation/1":
          if try json["type"].string == "document" { take(try Verdict(evaluation: json), isWhole: true) }
        case "docket/extraction/1":
          let digest = try json["sha256"].optional { json throws(JSONMistake) in try json.string } ?? ""
          guard let truth = truths.line(file: try json["file"].string, digest: digest) else { return }
          take(
            try Verdict(extraction: json, truth: truth, ignoringChecks: ignoringChecks), isWhole: json["part"].isNull)
        default: throw JSONMistake("the line is neither an extraction nor an evaluation")
        }
      }
    }
    return Evaluation(order.compactMap { verdicts[$0] })
  }
}
