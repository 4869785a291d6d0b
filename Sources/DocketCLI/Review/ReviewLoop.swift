import Docket

/// The review at a terminal: one doubtful field after the other, a key each.
struct ReviewLoop {
  let desk: ReviewDesk
  let terminal: Terminal
  let output: Output

  /// What ended a document's turn.
  enum Turn {
    case next, previous, leave
    /// Accepted or rejected: what `u` takes back.
    case settled
    /// Nothing to undo here: the document settled last is meant.
    case undo
  }

  func run() async throws {
    try await go()
    try await say { try await desk.prove(output) }
  }

  private func go() async throws {
    let waiting = try await desk.waiting() + desk.sampled()
    guard !waiting.isEmpty else {
      output.data("Nothing waits for review.")
      return
    }
    output.data(output.styled(ReviewKeys.line, .dim))
    var index = 0
    var settled: [Int] = []
    while waiting.indices.contains(index) {
      let place = "\(index + 1) of \(waiting.count) documents"
      let began = Progress.now
      let turn = try await turn(of: waiting[index].id, place: place)
      await desk.spent(Progress.now - began, on: waiting[index].id)
      switch turn {
      case .next: index += 1
      case .previous: index = max(0, index - 1)
      case .leave: return
      case .settled:
        settled.append(index)
        index += 1
      case .undo:
        guard let last = settled.popLast() else {
          output.data("  nothing to undo")
          continue
        }
        try await takeBack(waiting[last].id)
        index = last
      }
    }
    output.data("\nThat was the last; `docket run` delivers what you accepted once it is held no longer.")
  }

  private func takeBack(_ id: DocumentID) async throws {
    try await say {
      let document = try await desk.document(id)
      try await desk.undo(document)
      output.data("  undone: \(PlainText.oneLine(document.name)) waits again")
    }
  }

  private func turn(of id: DocumentID, place: String) async throws -> Turn {
    let document = try await desk.document(id)
    let isSampled = try await desk.isSampled(document)
    guard document.state == .review || isSampled else { return try await moved(document, place: place) }
    let known = try await desk.session(of: document)
    if let turn = try await boundaries(of: document, known, place: place) { return turn }
    guard var session = try await desk.session(of: document) else { return try await unknown(document, place: place) }
    let cover = try await desk.cover(of: document)
    var skipped: Set<String> = []
    while let question = session.questions.first(where: { !skipped.contains($0.path) }) {
      output.data(
        QuestionCard(
          question: question, name: document.name, contract: session.contract.reference, place: place, cover: cover
        ).text(output))
      guard let key = terminal.key() else { return try await leave(session, .leave) }
      switch key {
      case "q": return try await leave(session, .leave)
      case "n": return try await leave(session, .next)
      case "p": return try await leave(session, .previous)
      case "s": skipped.insert(question.path)
      case "x" where !isSampled: return try await reject(document, session)
      case "d" where !isSampled:
        if try await reclassified(document) { return try await turn(of: id, place: place) }
      case "u":
        guard let undone = session.undo() else { return .undo }
        output.data("  undone: \(undone)")
      case "?": output.data(output.styled(ReviewKeys.line, .dim))
      case "w": output.data(QuestionCard.reasons(question, session.record))
      case "o": showPage(session.reading, question.current?.provenance.first?.locator)
      default: answer(key, question, &session)
      }
    }
    return try await conclude(session, place: place)
  }

  private func answer(_ key: Character, _ question: Question, _ session: inout ReviewSession) {
    let wasTaken: Bool
    // What is not shown is typed, not accepted.
    let key = question.isBlind && (key == "\n" || key == "\r") ? "e" : key
    switch key {
    case "\n", "\r": wasTaken = session.answer(question.path, .accept)
    case "m": wasTaken = session.answer(question.path, .absent)
    case "1"..."9":
      // What is not shown is not picked.
      let number = Int(String(key)) ?? 0
      wasTaken =
        number <= QuestionCard.alternatives(of: question).count && session.answer(question.path, .pick(number))
    case "e":
      guard let typed = terminal.line(prompt: "  \(question.path): ") else { return }
      switch TypedValue.parse(typed, as: question.type) {
      case .success(let value):
        wasTaken = session.answer(question.path, question.answer(typed: value, raw: typed.trimmed))
      case .failure(let refusal):
        output.data("  \(refusal.reason)")
        return
      }
    default: wasTaken = false
    }
    if !wasTaken { output.data(ReviewKeys.nothing) }
  }

  /// All fields are answered: accepted, unless a check still fails, which one key does not override.
  private func conclude(_ session: ReviewSession, place: String) async throws -> Turn {
    guard session.questions.isEmpty else { return try await leave(session, .next) }
    guard try await isMeant(session, place: place) else { return .next }
    var isOverriding = false
    if !session.failedChecks.isEmpty {
      for finding in session.failedChecks { output.data("  " + output.styled(finding.message, .yellow)) }
      let typed = terminal.line(prompt: "  Type `accept` to deliver it all the same, Enter to leave it waiting: ")
      isOverriding = typed?.trimmed == "accept"
    }
    var turn = Turn.next
    try await say {
      let state = try await desk.save(session, overriding: isOverriding)
      if state == .held { turn = .settled }
      let isKept = state == .held || session.document.state != .review
      output.data(isKept ? output.styled("  accepted", .green) : "  kept, still waiting")
    }
    return turn
  }

  /// Where nothing was asked, coming by is no yes: it is typed.
  private func isMeant(_ session: ReviewSession, place: String) async throws -> Bool {
    guard !session.isChanged, session.document.state == .review else { return true }
    let name = output.styled(PlainText.oneLine(session.document.name), .bold)
    let why = try desk.approvals(of: session)
    output.data("\n\(name)  \(session.contract.reference)  \(place): \(why.isEmpty ? "nothing is asked of it." : why)")
    return terminal.line(prompt: "  Type `accept` to let it go, Enter to leave it waiting: ")?.trimmed == "accept"
  }

  private func leave(_ session: ReviewSession, _ turn: Turn) async throws -> Turn {
    if session.isChanged { try await say { _ = try await desk.save(session) } }
    return turn
  }

  private func reject(_ document: Document, _ session: ReviewSession?) async throws -> Turn {
    var turn = Turn.next
    try await say {
      try await desk.reject(document, session)
      output.data("  rejected")
      turn = .settled
    }
    return turn
  }

  /// True where the document was understood anew.
  private func reclassified(_ document: Document) async throws -> Bool {
    let names = desk.contracts.joined(separator: ", ")
    guard let name = terminal.line(prompt: "  document type (\(names)): "), !name.trimmed.isEmpty else { return false }
    var isDone = false
    try await say {
      _ = try await desk.reclassify(document, as: name.trimmed)
      isDone = true
    }
    return isDone
  }

  /// No contract fits: its first lines, so that a person sees what it is.
  private func unknown(_ document: Document, place: String) async throws -> Turn {
    let reading = await desk.office.reading(of: document)
    let cover = try await desk.cover(of: document)
    output.data(UnknownCard(document: document, reading: reading, place: place, cover: cover).text(output))
    while let key = terminal.key() {
      switch key {
      case "d":
        if try await reclassified(document) { return try await turn(of: document.id, place: place) }
      case "x": return try await reject(document, nil)
      case "n", "s": return .next
      case "p": return .previous
      case "u": return .undo
      case "o": showPage(reading, nil)
      case "?": output.data(output.styled(ReviewKeys.unknown, .dim))
      case "q": return .leave
      default: output.data(ReviewKeys.nothing)
      }
    }
    return .leave
  }

  /// Was answered before, here or by somebody else.
  private func moved(_ document: Document, place: String) async throws -> Turn {
    output.data(
      "\n\(output.styled(PlainText.oneLine(document.name), .bold))  \(place): \(document.state.rawValue)."
        + " u takes it back, n next, p previous, q leaves.")
    while let key = terminal.key() {
      switch key {
      case "u":
        try await takeBack(document.id)
        return try await turn(of: document.id, place: place)
      case "n", "s": return .next
      case "p": return .previous
      case "q": return .leave
      default: output.data(ReviewKeys.nothing)
      }
    }
    return .leave
  }

  /// The whole page around a place; the first one where there is none.
  func showPage(_ reading: Reading?, _ locator: Locator?) {
    let lines = reading.map { ContextLine.around(locator, in: $0, reach: 10_000) } ?? []
    output.data("")
    for line in lines { output.data(QuestionCard.shown(line, output)) }
    if lines.isEmpty { output.data("  It has no words.") }
  }

  /// A mistake costs one answer, never the session.
  func say(_ work: () async throws -> Void) async throws {
    do { try await work() } catch let error as DocketError { output.data("  \(error)") }
  }
}
