import Docket

/// The review at a terminal: one doubtful field after the other, a key each.
struct ReviewLoop {
  let desk: ReviewDesk
  let terminal: Terminal
  let output: Output

  /// What ended a document's turn.
  private enum Turn { case next, previous, leave }

  func run() async throws {
    let waiting = try await desk.waiting()
    guard !waiting.isEmpty else {
      output.data("Nothing waits for review.")
      return
    }
    output.data(output.styled(ReviewKeys.line, .dim))
    var index = 0
    while waiting.indices.contains(index) {
      let place = "\(index + 1) of \(waiting.count) documents"
      switch try await turn(of: waiting[index], place: place) {
      case .next: index += 1
      case .previous: index = max(0, index - 1)
      case .leave: return
      }
    }
    output.data("\nThat was the last; `docket run` delivers what you accepted once it is held no longer.")
  }

  private func turn(of document: Document, place: String) async throws -> Turn {
    guard var session = try await desk.session(of: document) else { return try await unknown(document, place: place) }
    var skipped: Set<String> = []
    while let question = session.questions.first(where: { !skipped.contains($0.path) }) {
      output.data(
        QuestionCard(question: question, name: document.name, contract: session.contract.reference, place: place)
          .text(output))
      guard let key = terminal.key() else { return .leave }
      switch key {
      case "q": return try await leave(session, .leave)
      case "n": return try await leave(session, .next)
      case "p": return try await leave(session, .previous)
      case "s": skipped.insert(question.path)
      case "x":
        try await desk.reject(session)
        output.data("  rejected")
        return .next
      case "d":
        guard let name = terminal.line(prompt: "  document type: "), !name.trimmed.isEmpty else { continue }
        try await say { _ = try await desk.reclassify(document, as: name.trimmed) }
        return try await turn(of: document, place: place)
      case "u": output.data(session.undo().map { "  undone: \($0)" } ?? "  nothing to undo")
      case "?": output.data(output.styled(ReviewKeys.line, .dim))
      case "w":
        for finding in session.record.findings { output.data("  \(finding.level.rawValue): \(finding.message)") }
      default: answer(key, question, &session)
      }
    }
    return try await conclude(session, place: place)
  }

  private func answer(_ key: Character, _ question: Question, _ session: inout ReviewSession) {
    let wasTaken: Bool
    switch key {
    case "\n", "\r": wasTaken = session.answer(question.path, .accept)
    case "m": wasTaken = session.answer(question.path, .absent)
    case "1"..."9": wasTaken = session.answer(question.path, .pick(Int(String(key)) ?? 0))
    case "e":
      guard let typed = terminal.line(prompt: "  \(question.path): ") else { return }
      switch TypedValue.parse(typed, as: question.type) {
      case .success(let value): wasTaken = session.answer(question.path, .edit(value, raw: typed.trimmed))
      case .failure(let refusal):
        output.data("  \(refusal.reason)")
        return
      }
    default: wasTaken = false
    }
    if !wasTaken { output.data("  That key does nothing here; ? shows those that do.") }
  }

  /// All fields are answered: accepted, unless a check still fails, which one key does not override.
  private func conclude(_ session: ReviewSession, place: String) async throws -> Turn {
    guard session.questions.isEmpty else { return try await leave(session, .next) }
    var isOverriding = false
    if !session.failedChecks.isEmpty {
      for finding in session.failedChecks { output.data("  " + output.styled(finding.message, .yellow)) }
      let typed = terminal.line(prompt: "  Type `accept` to deliver it all the same, Enter to leave it waiting: ")
      isOverriding = typed?.trimmed == "accept"
    }
    try await say {
      let state = try await desk.save(session, overriding: isOverriding)
      output.data(state == .held ? output.styled("  accepted", .green) : "  kept, still waiting")
    }
    return .next
  }

  private func leave(_ session: ReviewSession, _ turn: Turn) async throws -> Turn {
    if session.isChanged { try await say { _ = try await desk.save(session) } }
    return turn
  }

  private func unknown(_ document: Document, place: String) async throws -> Turn {
    output.data(
      "\n\(output.styled(PlainText.oneLine(document.name), .bold))  \(place): no contract fits. d says which, n next, q leaves."
    )
    guard let key = terminal.key() else { return .leave }
    switch key {
    case "d":
      guard let name = terminal.line(prompt: "  document type: "), !name.trimmed.isEmpty else { return .next }
      try await say { _ = try await desk.reclassify(document, as: name.trimmed) }
      return try await desk.session(of: document) == nil ? .next : try await turn(of: document, place: place)
    case "p": return .previous
    case "q": return .leave
    default: return .next
    }
  }

  /// A mistake costs one answer, never the session.
  private func say(_ work: () async throws -> Void) async throws {
    do { try await work() } catch let error as DocketError { output.data("  \(error)") }
  }
}
