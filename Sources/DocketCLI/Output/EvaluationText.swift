import Docket

/// An evaluation for people: tables of a terminal's width.
struct EvaluationText {
  let output: Output
  /// Shares of wrong records for which the automation is told.
  let rates: [Double]
  let certainty: Double

  func text(_ evaluation: Evaluation, worst: Int) -> String {
    var lines: [String] = []
    let contracts = evaluation.contracts
    for name in contracts { lines += block(name, evaluation.part(of: name)) }
    if contracts.count > 1 { lines += block("all", evaluation) }
    let wrong = evaluation.worst(max(0, worst))
    if !wrong.isEmpty { lines.append(output.styled("wrong records, the surest first", .bold)) }
    lines += wrong.map(line)
    return lines.joined(separator: "\n")
  }

  private func block(_ name: String, _ evaluation: Evaluation) -> [String] {
    let count = evaluation.verdicts.count
    let right = count - evaluation.wrongRecords
    var lines = [
      output.styled(name, .bold)
        + "   \(count) documents, \(right) wholly right (\(Percent.fine(Double(right) / Double(max(1, count)))))",
      "  field                     given  expected  right   precision  recall   F1",
    ]
    for (path, tally) in evaluation.tallies.sorted(by: { $0.key < $1.key }) { lines.append(row(path, tally)) }
    lines.append(row("all", evaluation.tally))
    let values = evaluation.values
    let coverage = Evaluation.precisions.map { precision in
      "\(Percent.fine(Reliability.coverage(at: precision, values))) at \(Percent.fine(precision))"
    }
    lines.append("  values that some threshold accepts at a precision: " + coverage.joined(separator: ", "))
    lines += ReliabilityPlot(evaluation).lines
    lines.append("  records that go without a person")
    for rate in rates {
      let through = evaluation.straightThrough(wrongAtMost: rate, certainty: certainty)
      let proven =
        through.proven.map { "\(Percent.fine(through.share)) proven, from \(Percent.fine($0.threshold)) on" }
        ?? "none proven"
      lines.append(
        "    \(Percent.fine(rate)) wrong at most: \(proven); \(Percent.fine(through.atBest)) with the truth at hand")
    }
    return lines + ProofText(output: output).curve(evaluation.verdicts, certainty: certainty) + [""]
  }

  private func row(_ name: String, _ tally: Tally) -> String {
    func share(_ value: Double?) -> String { value.map(Percent.text) ?? "–" }
    return "  \(name)".padding(28) + "\(tally.given)".padding(7) + "\(tally.expected)".padding(10)
      + "\(tally.right)".padding(8) + share(tally.precision).padding(11) + share(tally.recall).padding(9)
      + share(tally.f1)
  }

  private func line(_ verdict: Verdict) -> String {
    var reasons = verdict.fields.filter(\.isWrong).map { field in
      let sureness = field.confidence.map { "\(Percent.fine($0)) sure" } ?? "not given"
      return "\(field.path) (\(field.expected.isEmpty ? "not there, " : "")\(sureness))"
    }
    reasons += verdict.reasons.filter { $0 != "unproven" }
    if let truth = verdict.trueContract, truth != verdict.contract.name {
      reasons.append("taken for \(verdict.contract.name), is \(truth)")
    }
    if verdict.isRefused { reasons.append("refused by a person") }
    return "  \(Percent.fine(verdict.confidence).padding(8))\(PlainText.oneLine(verdict.name)): "
      + reasons.joined(separator: ", ")
  }
}

/// Confidence against truth: on a terminal, and as a picture.
struct ReliabilityPlot {
  private let reliability: Reliability

  init(_ evaluation: Evaluation) { reliability = Reliability(evaluation.values) }

  /// A line a tenth of confidence: a bar as long as the share that was right, a mark where the confidence is.
  var lines: [String] {
    guard let error = reliability.error else { return [] }
    return ["  confidence and what was right; on average \(Percent.fine(error)) apart"]
      + reliability.bins.map { bin in
        let width = 40
        let right = Int((bin.rightShare * Double(width)).rounded())
        let mark = min(width - 1, Int(bin.meanConfidence * Double(width)))
        let bar = (0..<width).map { $0 == mark ? "|" : $0 < right ? "█" : "·" }.joined()
        return "    " + Percent.fine(bin.from).padding(6) + bar + "  " + Percent.fine(bin.rightShare).padding(8)
          + "of \(bin.count)"
      }
  }

  /// A square of 320: the diagonal is where confidence and truth agree, a dot's area is how many values it stands for.
  var svg: String {
    let most = Double(reliability.bins.map(\.count).max() ?? 1)
    func x(_ share: Double) -> Int { 40 + Int((share * 260).rounded()) }
    func y(_ share: Double) -> Int { 280 - Int((share * 260).rounded()) }
    var parts = [
      #"<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320" font-family="sans-serif" font-size="11">"#,
      #"<rect width="320" height="320" fill="white"/>"#,
      #"<path d="M40 20V280H300" fill="none" stroke="black"/>"#,
      #"<path d="M40 280L300 20" stroke="gray" stroke-dasharray="4"/>"#,
    ]
    for tenth in stride(from: 0, through: 10, by: 2) {
      let share = Double(tenth) / 10
      parts.append(#"<text x="\#(x(share))" y="295" text-anchor="middle">\#(tenth * 10) %</text>"#)
      parts.append(#"<text x="36" y="\#(y(share) + 4)" text-anchor="end">\#(tenth * 10)</text>"#)
    }
    let points = reliability.bins.map { "\(x($0.meanConfidence)),\(y($0.rightShare))" }
    parts.append(#"<polyline points="\#(points.joined(separator: " "))" fill="none" stroke="steelblue"/>"#)
    for bin in reliability.bins {
      let radius = 2 + Int((8 * (Double(bin.count) / most).squareRoot()).rounded())
      parts.append(
        #"<circle cx="\#(x(bin.meanConfidence))" cy="\#(y(bin.rightShare))" r="\#(radius)" fill="steelblue" fill-opacity="0.6"/>"#
      )
    }
    parts.append(#"<text x="170" y="312" text-anchor="middle">confidence; upwards: what was right</text></svg>"#)
    return parts.joined(separator: "\n") + "\n"
  }
}

extension Comparison {
  var text: String {
    let sign = difference < 0 ? "−" : "+"
    func points(_ share: Double) -> String { "\((share * 1000).rounded() / 10)" }
    let verdict =
      low > 0 ? "The second is better." : high < 0 ? "The first is better." : "The difference may be luck."
    return """
      \(documents) documents in both
        first    F1 \(Percent.text(first.f1 ?? 0))
        second   F1 \(Percent.text(second.f1 ?? 0))
        difference \(sign)\(points(abs(difference))) points, in 95 of 100 samples between \(points(low)) and \(points(high))
        records mended \(mended), broken \(broken)
      \(verdict)
      """
  }

  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/comparison/1")
      json.member("documents", documents)
      json.member("first_f1", first.f1, digits: 4)
      json.member("second_f1", second.f1, digits: 4)
      json.member("difference", difference, digits: 4)
      json.member("low", low, digits: 4)
      json.member("high", high, digits: 4)
      json.member("not_better", notBetter, digits: 4)
      json.member("mended", mended)
      json.member("broken", broken)
    }
    return json.text
  }
}
