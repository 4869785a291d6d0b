import ArgumentParser
import Docket

/// `docket review`: at a terminal one doubtful field after the other; its subcommands are for scripts.
struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Answers what Docket is not sure of: a session, or subcommands for scripts.",
    subcommands: [
      Session.self, List.self, Show.self, Accept.self, Approve.self, Edit.self, Reject.self, Reclassify.self, Undo.self,
      Split.self, Export.self, Apply.self,
    ], defaultSubcommand: Session.self)

  struct Session: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "session", abstract: "One doubtful field after the other.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let desk = try ReviewDesk(try await Office.open(workspace, common))
      guard let terminal = Terminal() else {
        throw DocketError(
          .usage, "A review session needs a terminal.",
          hint: "For scripts there is `docket review list --json` and `apply`.")
      }
      try await ReviewLoop(desk: desk, terminal: terminal, output: common.output).run()
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "What waits, and why: a line a document.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let desk = try ReviewDesk(try await Office.open(workspace, common))
      for document in try await desk.waiting() + desk.sampled() {
        let session = try await desk.session(of: document)
        let questions = session?.questions ?? []
        if output.isJSON {
          output.data(ReviewLine(document: document, session: session).json)
        } else {
          let what = session.map { "\($0.contract.reference)" } ?? "unknown type"
          let asked = questions.prefix(5).map(\.path).joined(separator: ", ") + (questions.count > 5 ? " …" : "")
          let why = asked.isEmpty ? try desk.approvals(of: session) : asked
          output.data(
            "\(document.id.hex.prefix(8))  \(what.padding(14))\(String(questions.count).padding(4))"
              + PlainText.oneLine(document.name) + (why.isEmpty ? "" : "   \(output.styled(why, .dim))"))
        }
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "The questions of one document.")
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let output = common.output
      let (desk, document, session) = try await ReviewCommand.open(document, workspace, common)
      if output.isJSON {
        output.data(ReviewLine(document: document, session: session).json)
        return
      }
      for question in session.questions {
        output.data(
          QuestionCard(
            question: question, name: document.name, contract: session.contract.reference,
            place: "\(session.questions.count) questions"
          ).text(output))
      }
      let approvals = try desk.approvals(of: session)
      if !approvals.isEmpty { output.data(approvals) }
    }
  }

  struct Accept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accept", abstract: "Accepts a document's asked fields as they stand, or one of them.")
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @Option(help: "This field alone: `total`, `lines`, `lines[3].amount`.") var field: String?
    @Flag(help: "Deliver it though a check does not hold.") var overrideChecks = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      var (desk, _, session) = try await ReviewCommand.open(document, workspace, common)
      for path in field.map({ [$0] }) ?? session.questions.map(\.path) {
        guard session.answer(path, .accept) else { throw ReviewCommand.noField(path) }
      }
      ReviewCommand.say(try await desk.save(session, overriding: overrideChecks), session, common.output)
    }
  }

  struct Edit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "edit", abstract: "Gives a field another value, or says that it is not on the document.")
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @Argument(help: "FIELD=VALUE; FIELD= for not on the document.") var answers: [String]
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      var (desk, _, session) = try await ReviewCommand.open(document, workspace, common)
      for text in answers {
        guard let mark = text.firstIndex(of: "=") else { throw ValidationError("`\(text)` is not FIELD=VALUE.") }
        try session.give(String(text[..<mark]), value: String(text[text.index(after: mark)...]))
      }
      ReviewCommand.say(try await desk.save(session), session, common.output)
    }
  }

  static func open(
    _ text: String, _ workspace: WorkspaceOptions, _ common: CommonOptions
  ) async throws -> (ReviewDesk, Document, ReviewSession) {
    let desk = try ReviewDesk(try await Office.open(workspace, common))
    let document = try await desk.office.document(text)
    if try await !desk.isSampled(document) { try mustWait(document) }
    guard let session = try await desk.session(of: document) else {
      throw DocketError(
        .badInput, "No contract fits the document yet.",
        hint: "Say which with `docket review reclassify \(document.id.hex.prefix(8)) NAME`.")
    }
    return (desk, document, session)
  }

  static func mustWait(_ document: Document) throws(DocketError) {
    guard document.state == .review else {
      throw DocketError(
        .badInput, "The document does not wait for review: it is \(document.state.rawValue).",
        hint: "`docket review list` shows what waits.")
    }
  }

  static func noField(_ path: String) -> DocketError {
    DocketError(
      .badInput, "The record has no field `\(path)` that can be answered so.", hint: "See `docket review show`.")
  }

  static func say(_ state: DocumentState, _ session: ReviewSession, _ output: Output) {
    let asked = session.questions.map(\.path)
    ChangeLine(
      document: session.document, state: state, asked: asked, failedChecks: session.failedChecks.map(\.code)
    ).show(output, "\(PlainText.oneLine(session.document.name)): \(state.rawValue)")
    if state == .review, !output.isJSON {
      if session.areRowsDoubtful { output.note("  each row may be a document of its own") }
      for page in session.doubtfulPages { output.note("  a new document may begin on page \(page)") }
      for finding in session.failedChecks { output.note("  \(finding.message)") }
      if !asked.isEmpty { output.note("  still asked: \(asked.joined(separator: ", "))") }
      if asked.isEmpty, session.decision.approval != nil {
        output.note("  waits for approval: `docket review show` says whose")
      }
    }
  }
}

extension ReviewSession {
  /// An answer as scripts write it: a value, or nothing for absent.
  mutating func give(_ path: String, value: String) throws {
    let leaf = CellPath(path).map { "\($0.table).\($0.column)" } ?? path
    let said: Answer
    if value.isEmpty {
      said = .absent
    } else {
      switch TypedValue.parse(value, as: contract.leafType(leaf)) {
      case .success(let typed):
        let question = questions.first { $0.path == path }
        said = question?.answer(typed: typed, raw: value) ?? .edit(typed, raw: value)
      case .failure(let refusal):
        throw DocketError(.badInput, "`\(path)`: \(refusal.reason).", hint: "Type it as the contract wants it.")
      }
    }
    guard answer(path, said) else { throw ReviewCommand.noField(path) }
  }
}
