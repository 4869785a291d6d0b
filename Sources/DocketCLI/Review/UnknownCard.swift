import Docket

/// A document that no contract fits, as a person at a terminal sees it: what it is, and its first lines.
struct UnknownCard {
  let document: Document
  let reading: Reading?
  let place: String
  /// The mail that the document came in.
  let cover: Cover?

  /// Who wrote a mail, and about what.
  private var headers: [String] {
    guard case .text(let text)? = reading?.content, !text.headers.isEmpty else {
      return cover.map { ["  in a mail \($0.line)"] } ?? []
    }
    return text.headers.filter { ["from", "subject"].contains($0.name) }.map {
      "  \($0.name): \(PlainText.oneLine($0.value))"
    }
  }

  func text(_ output: Output) -> String {
    let lines = reading.map { ContextLine.around(nil, in: $0, reach: 4) } ?? []
    let kind = reading.map { "  \($0.mediaType)" } ?? ""
    return
      ([
        "",
        output.styled(PlainText.oneLine(document.name), .bold) + output.styled("\(kind) · \(place)", .dim),
      ] + headers + lines.map { QuestionCard.shown($0, output) } + [
        "", "  no contract fits: d says which, x rejects, n goes on",
      ]).joined(separator: "\n")
  }
}

/// The keys that are valid now, each with its word.
enum ReviewKeys {
  static let line =
    "Enter accept · 1-9 pick · e edit · m not on the document · s skip · n/p next, previous · d type · x reject · "
    + "u undo · w why · o whole page · ? help · q leave"
  static let unknown = "d type · x reject · n/p next, previous · u undo · o whole page · ? help · q leave"
  static let nothing = "  That key does nothing here; ? shows those that do."
}
