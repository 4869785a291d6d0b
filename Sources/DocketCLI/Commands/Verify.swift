import ArgumentParser
import Docket
import DocketStore

/// `docket verify`: whether all that is kept is as it was written.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks the store, originals, records, events, models and memory; says what is wrong and what to type.",
    discussion: """
      Originals are read and their digests compared; records must say where each value comes from; the chain of events \
      must be unbroken, and with `--checkpoint` go on from a seal that was kept elsewhere (each `verify` and each backup \
      tells one). `--forgotten` looks in every table and file for what is left of documents that were forgotten; \
      `--absent TEXT` for a text that must stand nowhere. Exit code 16: something is wrong.
      """)

  @Flag(help: "Only look whether originals are there, and leave readings out.")
  var quick = false

  @Option(help: ArgumentHelp("A seal that an earlier `verify` or backup told.", valueName: "number:seal"))
  var checkpoint: String?

  @Flag(help: "Prove that nothing is left of documents that were forgotten.")
  var forgotten = false

  @Option(help: ArgumentHelp("Prove that a text stands nowhere in the workspace's own files.", valueName: "text"))
  var absent: [String] = []

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    var known: Checkpoint?
    if let checkpoint {
      guard let stated = Checkpoint(checkpoint) else {
        throw ValidationError("--checkpoint takes a number, a colon and a seal: 412:9f2c41ab77d0….")
      }
      known = stated
    }
    let room = try await StoreRoom.open(workspace)
    if forgotten || !absent.isEmpty { return try await prove(in: room, output) }
    var verification = Verification(room: room, isQuick: quick)
    try await verification.run(known: known)
    let seal = try await room.store.checkpoint()
    output.data(output.isJSON ? json(verification, seal) : text(verification, seal))
    for note in verification.notes.prefix(Verification.mostListed) where !output.isJSON {
      output.note("docket: \(note)")
    }
    guard verification.problems.isEmpty else {
      if !output.isJSON { ErrorReport(Array(verification.problems.prefix(Verification.mostListed))).print() }
      throw ExitCode.integrity
    }
  }

  private func text(_ verification: Verification, _ seal: Checkpoint) -> String {
    let counts = verification.counts
    var parts = [
      Amount.count(counts.documents, "document"), Amount.count(counts.originals, "original"),
      Amount.count(counts.readings, "reading"), Amount.count(counts.records, "record"),
      Amount.count(counts.events, "event"),
    ]
    if counts.models > 0 { parts.append("\(counts.models) of what was learned") }
    if counts.pruned > 0 { parts.append("\(counts.pruned) pruned") }
    if counts.forgotten > 0 { parts.append("\(counts.forgotten) forgotten") }
    let found = verification.problems.count
    let end = found == 0 ? "all is well" : "\(found) wrong"
    return "\(parts.joined(separator: ", ")): \(end)\ncheckpoint \(seal)"
  }

  private func json(_ verification: Verification, _ seal: Checkpoint) -> String {
    let counts = verification.counts
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/verification/1")
      json.member("is_whole", verification.problems.isEmpty)
      for (name, count) in [
        ("documents", counts.documents), ("originals", counts.originals), ("readings", counts.readings),
        ("records", counts.records), ("deliveries", counts.deliveries), ("events", counts.events),
        ("learned", counts.models), ("pruned", counts.pruned), ("forgotten", counts.forgotten),
      ] { json.member(name, count) }
      json.member("checkpoint", seal.description)
      json.memberArray("problems") { json in
        for problem in verification.problems {
          json.object { json in
            json.member("code", problem.code.id)
            json.member("message", problem.sentence)
            json.member("hint", problem.hint)
            json.member("document", problem.document?.hex)
          }
        }
      }
      json.memberArray("notes") { json in for note in verification.notes { json.string(note) } }
    }
    return json.text
  }

  private func prove(in room: StoreRoom, _ output: Output) async throws {
    let search = RemainsSearch(room: room)
    var remains: [DocketError] = []
    var count = 0
    if forgotten {
      for erasure in try await room.store.erasures(.forgotten) {
        count += 1
        remains += try await search.remains(of: erasure)
      }
      output.data(
        "\(Amount.count(count, "document")) forgotten: \(remains.isEmpty ? "nothing is left" : "\(remains.count) left")"
      )
    }
    for text in absent {
      let places = try await search.places(of: text)
      remains += places.map {
        DocketError(.erasureIncomplete, "The text stands in \($0).", hint: "See `docket forget --help`.")
      }
      output.data("\(places.isEmpty ? "stands nowhere" : "stands in " + places.joined(separator: ", "))")
    }
    guard remains.isEmpty else {
      ErrorReport(Array(remains.prefix(Verification.mostListed))).print()
      throw ExitCode.integrity
    }
  }
}
