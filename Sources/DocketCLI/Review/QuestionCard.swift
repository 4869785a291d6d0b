import Docket

/// One question as a person at a terminal sees it: where it stands, the words around, the value, and why it is asked.
struct QuestionCard {
  let question: Question
  /// Of the document, as it came.
  let name: String
  let contract: ContractReference
  /// `3 of 26 documents`.
  let place: String
  /// The mail that the document came in.
  var cover: Cover?

  func text(_ output: Output) -> String {
    var lines = [
      "",
      output.styled("\(PlainText.oneLine(name))", .bold) + output.styled("  \(contract.name) · \(place)", .dim),
    ]
    if let cover { lines.append(output.styled("  in a mail \(cover.line)", .dim)) }
    for line in question.context {
      var line = line
      if question.isBlind { line.marked = 0..<0 }
      lines.append(QuestionCard.shown(line, output))
    }
    lines.append("")
    lines.append(valueLine(output))
    for (index, other) in alternatives.enumerated() {
      lines.append(
        "    \(index + 1)  \(PlainText.oneLine(other.value.canonical))  \(output.styled(Percent.text(other.confidence), .dim))"
      )
    }
    lines.append("  " + output.styled(why, .dim))
    for finding in question.findings { lines.append("  " + output.styled(finding.message, .yellow)) }
    if let before = question.before {
      let value = PlainText.oneLine(before.value)
      lines.append("  " + output.styled("before: \(value), since \(Moment.day(before.since))", .yellow))
    }
    return lines.joined(separator: "\n")
  }

  private var alternatives: ArraySlice<Sourced.Alternative> { QuestionCard.alternatives(of: question) }

  /// The runners-up that are shown, and that a digit picks.
  static func alternatives(of question: Question) -> ArraySlice<Sourced.Alternative> {
    question.isBlind ? [] : question.alternatives.prefix(9).prefix { $0.confidence >= 0.005 }
  }

  static func shown(_ line: ContextLine, _ output: Output) -> String {
    let text = Array(PlainText.oneLine(line.text))
    guard !line.marked.isEmpty, line.marked.upperBound <= text.count else {
      return "  " + output.styled("│ " + String(text.prefix(110)), .dim)
    }
    let before = String(text[..<line.marked.lowerBound])
    let marked = output.styled("⟦\(String(text[line.marked]))⟧", .bold)
    return "  │ " + before + marked + String(text[line.marked.upperBound...])
  }

  private func valueLine(_ output: Output) -> String {
    if question.isBlind {
      return "  \(question.path): " + output.styled("what does it say? Enter, then type it", .bold)
    }
    if question.type == .rows, !question.context.isEmpty {
      return "  \(question.path): " + output.styled("the rows above", .bold)
    }
    guard let current = question.current else {
      return "  \(question.path): " + output.styled("nothing found", .yellow)
    }
    let value = output.styled(PlainText.oneLine(current.value.canonical), .bold)
    return "  \(question.path): \(value)  \(Percent.text(question.confidence))"
  }

  private var why: String {
    var parts = [QuestionCard.words(for: question.reason)]
    if !question.isBlind, let producer = question.current?.provenance.first?.producer {
      parts.append("found by \(producer)")
    }
    if question.required { parts.append("required") }
    return parts.joined(separator: " · ")
  }

  /// Everything behind a question: where its value stands, what it looks like there, what the checks say.
  static func reasons(_ question: Question, _ record: Record) -> String {
    var lines = (question.current?.provenance ?? []).map { provenance in
      "  \(RecordText.place(provenance.locator)), found by \(provenance.producer)"
    }
    if let raw = question.current?.raw, !raw.isEmpty { lines.append("  printed there: \(PlainText.oneLine(raw))") }
    lines += record.findings.map { "  \($0.level.rawValue): \($0.message) (\($0.code))" }
    return lines.isEmpty ? "  Nothing was found that could be it." : lines.joined(separator: "\n")
  }

  /// A reason's code in words; codes that are new show themselves.
  static func words(for reason: String) -> String {
    switch reason {
    case "unproven": "asked because no error rate is proven yet"
    case "below-threshold": "asked because Docket is less sure of the record than the proof asks for"
    case "with-record": "asked because the record waits for another reason"
    case "sampled": "one of the few that went without a person and are checked afterwards"
    case "missing": "asked because a required value is missing"
    case "check-failed": "asked because a check does not hold"
    case "doubtful": "asked because Docket is not sure enough"
    case "always": "the policy always asks for it"
    case "changed": "asked because it differs from what this vendor had before"
    case "first-of-vendor": "asked because it is the first that is known of this vendor"
    default: "asked: \(reason)"
    }
  }
}

extension Cover {
  /// From whom, about what: one line for a terminal.
  var line: String {
    let from = sender.isEmpty ? "" : "from \(PlainText.oneLine(sender))"
    let about = subject.isEmpty ? "" : "“\(String(PlainText.oneLine(subject).prefix(100)))”"
    return [from, about].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
