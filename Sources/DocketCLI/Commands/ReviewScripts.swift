import ArgumentParser
import Docket

extension ReviewCommand {
  struct Reject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reject", abstract: "Refuses a document: it goes nowhere.")
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let desk = try ReviewDesk(try await Office.open(workspace, common))
      let document = try await desk.office.document(document)
      try ReviewCommand.mustWait(document)
      try await desk.reject(document, try await desk.session(of: document))
      ChangeLine(document: document, state: .rejected).show(
        common.output, "\(PlainText.oneLine(document.name)): rejected")
    }
  }

  struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve", abstract: "Says yes to a record that waits for somebody's approval.",
      discussion: """
        A route's `approve: ROLE` asks for a person of that role (`roles:` in `docket.yaml`) who has not answered the \
        record's questions; a policy's `four_eyes` for two people.
        """)
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let (desk, document, session) = try await ReviewCommand.open(document, workspace, common)
      try ReviewCommand.mustWait(document)
      guard session.decision.approval != nil else {
        throw DocketError(
          .badInput, "The record waits for nobody's approval.", hint: "Answer it with `docket review accept`.")
      }
      // Who approves after somebody who said so expressly need not say it again.
      let isOverridden = session.decision.approval?.signatures.isEmpty == false
      guard session.questions.isEmpty, session.failedChecks.isEmpty || isOverridden else {
        throw DocketError(
          .badInput, "The record's questions come first.",
          hint: "See `docket review show \(document.id.hex.prefix(8))`.")
      }
      ReviewCommand.say(try await desk.save(session, overriding: true), session, common.output)
    }
  }

  struct Reclassify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reclassify", abstract: "Says what a document is; it is understood anew as that.")
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @Argument(help: "The contract's name.") var contract: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let desk = try ReviewDesk(try await Office.open(workspace, common))
      let document = try await desk.office.document(document)
      let state = try await desk.reclassify(document, as: contract)
      let asked = try await desk.session(of: document)?.questions.map(\.path) ?? []
      ChangeLine(document: document, state: state, asked: asked).show(
        common.output, "\(PlainText.oneLine(document.name)): \(state.rawValue) as \(contract)")
    }
  }

  struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo", abstract: "Takes back what was accepted or rejected, as long as it was not delivered.")
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let desk = try ReviewDesk(try await Office.open(workspace, common))
      let document = try await desk.office.document(document)
      try await desk.undo(document)
      ChangeLine(document: document, state: .review).show(
        common.output, "\(PlainText.oneLine(document.name)): waits for review again")
    }
  }

  struct Split: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "split", abstract: "Says on which pages of a waiting document new ones begin; without any, on none.")
    @Argument(help: "An id, its first digits, or a file's name.") var document: String
    @Argument(help: "Pages of the file, counted from 1.") var pages: [Int] = []
    @Flag(help: "Each row of a table is a document.") var rows = false
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let desk = try ReviewDesk(try await Office.open(workspace, common))
      let document = try await desk.office.document(document)
      try ReviewCommand.mustWait(document)
      guard rows else { return try await ReviewCommand.split(document, at: pages, desk, common.output) }
      let count = try await desk.splitRows(document)
      ChangeLine(document: document, state: .expanded).show(
        common.output, "\(PlainText.oneLine(document.name)): \(count) documents")
    }
  }

  /// Apart at these pages; at none, it is said to be one document.
  static func split(_ document: Document, at pages: [Int], _ desk: ReviewDesk, _ output: Output) async throws {
    let name = PlainText.oneLine(document.name)
    if !pages.isEmpty {
      let count = try await desk.split(document, at: pages)
      return ChangeLine(document: document, state: .expanded).show(output, "\(name): \(count) documents")
    }
    guard var session = try await desk.session(of: document) else { return }
    for page in session.doubtfulPages { session.join(page: page) }
    if session.areRowsDoubtful { session.joinRows() }
    say(try await desk.save(session), session, output)
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "All questions as JSON lines, for answering elsewhere.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let desk = try ReviewDesk(try await Office.open(workspace, common))
      for document in try await desk.waiting() + desk.sampled() {
        common.output.data(ReviewLine(document: document, session: try await desk.session(of: document)).json)
      }
    }
  }

  struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "apply", abstract: "Takes answers from JSON lines, as `export` writes the questions.",
      discussion: #"""
        A line: {"document": "ID", "answers": {"total": "12.00", "due_on": null}, "accept_rest": true}. Where pages may \
        begin a document, {"document": "ID", "split": [3]} takes it apart there, and "split": [] says that it is one.
        """#)
    @Argument(help: "A file of JSON lines, or - for standard input.") var file: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var confirm: ConfirmOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let path = file == "-" ? "/dev/stdin" : file
      let text = String(decoding: try FileBytes.start(of: path, limit: 100_000_000), as: UTF8.self)
      let desk = try ReviewDesk(try await Office.open(workspace, common))
      var wrong = 0
      for (number, line) in text.split(separator: "\n").enumerated() where !line.allSatisfy(\.isWhitespace) {
        do {
          try await apply(String(line), desk)
        } catch let error as DocketError {
          wrong += 1
          common.output.note("line \(number + 1): \(error)")
        } catch let mistake as JSONMistake {
          wrong += 1
          common.output.note("line \(number + 1): \(mistake)")
        }
      }
      if !confirm.dryRun { try await desk.prove(common.output) }
      if wrong > 0 { throw ExitCode.badInput }
    }

    private func apply(_ line: String, _ desk: ReviewDesk) async throws {
      let json = try JSONValue(parsing: line)
      let document = try await desk.office.document(try json["document"].string)
      if !json["split"].isNull {
        let pages = try json["split"].list { page throws(JSONMistake) in try page.integer }
        try ReviewCommand.mustWait(document)
        if confirm.dryRun { return }
        return try await ReviewCommand.split(document, at: pages, desk, common.output)
      }
      let isSampled = try await desk.isSampled(document)
      let isAsked = document.state == .review || isSampled
      guard isAsked, var session = try await desk.session(of: document) else {
        throw DocketError(.badInput, "The document does not wait for review.")
      }
      for (path, value) in try json["answers"].members.sorted(by: { $0.key < $1.key }) {
        try session.give(path, value: value.isNull ? "" : try value.string)
      }
      if case .boolean(true) = json["accept_rest"] {
        for question in session.questions { _ = session.answer(question.path, .accept) }
      }
      let state = confirm.dryRun ? document.state : try await desk.save(session)
      ReviewCommand.say(state, session, common.output)
    }
  }
}

/// What is asked about one document, as one line of JSON.
struct ReviewLine {
  let document: Document
  let session: ReviewSession?

  var json: String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/review/1")
      json.member("document", document.id.hex)
      json.member("name", document.name)
      json.member("contract", session?.contract.reference.description)
      json.member("waits_for", texts: session?.decision.approval?.missing(among: [:]) ?? [])
      json.memberArray("doubtful_pages") { json in for page in session?.doubtfulPages ?? [] { json.number(page) } }
      json.memberArray("questions") { json in
        for question in session?.questions ?? [] {
          json.object { json in
            json.member("field", question.path)
            json.member("type", question.type.rawValue)
            json.member("value", question.isBlind ? nil : question.current?.value.canonical)
            json.member("confidence", question.confidence, digits: 4)
            json.member("reason", question.reason)
            if let before = question.before {
              json.memberObject("before") { json in
                json.member("value", before.value)
                json.member("since", Moment.text(before.since))
              }
            }
            json.memberArray("alternatives") { json in
              for other in question.alternatives where !question.isBlind { json.string(other.value.canonical) }
            }
          }
        }
      }
    }
    return json.text
  }
}
