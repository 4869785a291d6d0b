import Docket

/// Whether a document is one: asked before what stands in it.
extension ReviewLoop {
  /// Nil where the document is one, and its turn goes on.
  func boundaries(of document: Document, _ session: ReviewSession?, place: String) async throws -> Turn? {
    if let turn = try await rows(of: document, session, place: place) { return turn }
    var begins: [Int] = []
    var joined: [Int] = []
    let reading = await desk.office.reading(of: document)
    for page in try await desk.doubtfulPages(of: document, session) {
      output.data(BoundaryCard(document: document, reading: reading, page: page, place: place).text(output))
      asking: while true {
        guard let key = terminal.key() else { return .leave }
        switch key {
        case "y":
          begins.append(page)
          break asking
        case "j":
          joined.append(page)
          break asking
        case "n", "s": return .next
        case "p": return .previous
        case "q": return .leave
        default: output.data(ReviewKeys.nothing)
        }
      }
    }
    if !begins.isEmpty {
      try await say {
        let count = try await desk.split(document, at: begins)
        output.data("  \(count) documents; `docket run` goes on with them")
      }
      return .next
    }
    guard !joined.isEmpty, var session else { return nil }
    for page in joined { session.join(page: page) }
    let answered = session
    try await say { _ = try await desk.save(answered) }
    return nil
  }

  /// Nil where a table is one document, and its turn goes on.
  private func rows(of document: Document, _ session: ReviewSession?, place: String) async throws -> Turn? {
    guard try await desk.areRowsDoubtful(document, session) else { return nil }
    output.data(
      """

      \(output.styled(PlainText.oneLine(document.name), .bold))\(output.styled("  \(place)", .dim))
        is each row a document of its own? y yes · j the table is one · n later · q leave
      """)
    while let key = terminal.key() {
      switch key {
      case "y":
        try await say {
          output.data("  \(try await desk.splitRows(document)) documents; `docket run` goes on with them")
        }
        return .next
      case "j":
        guard var session else { return nil }
        session.joinRows()
        let answered = session
        try await say { _ = try await desk.save(answered) }
        return nil
      case "n", "s": return .next
      case "p": return .previous
      case "q": return .leave
      default: output.data(ReviewKeys.nothing)
      }
    }
    return .leave
  }
}

/// The end of one page and the beginning of the next, as a person at a terminal sees them.
struct BoundaryCard {
  let document: Document
  let reading: Reading?
  let page: Int
  let place: String

  func text(_ output: Output) -> String {
    let before = lines(of: page - 1).suffix(4)
    let after = lines(of: page).prefix(6)
    return
      ([
        "", output.styled(PlainText.oneLine(document.name), .bold) + output.styled("  page \(page) · \(place)", .dim),
      ] + before.map { QuestionCard.shown($0, output) } + [output.styled("  ──── page \(page) ────", .dim)]
      + after.map { QuestionCard.shown($0, output) } + [
        "", "  does a new document begin on page \(page)? y yes · j joined to what is before · n later · q leave",
      ]).joined(separator: "\n")
  }

  private func lines(of number: Int) -> [ContextLine] {
    guard let page = reading?.pages.first(where: { $0.number == number }) else { return [] }
    let whole = Region(page: number, x: 0, y: 0, width: Double(page.width), height: Double(page.height))
    let shown = Reading(mediaType: "", content: .pages([page]))
    return ContextLine.around(.region(whole), in: shown, reach: 0).map {
      ContextLine(text: $0.text, page: $0.page)
    }
  }
}
