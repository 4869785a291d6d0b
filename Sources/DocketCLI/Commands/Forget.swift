import ArgumentParser
import Docket
import Glibc

/// `docket forget ID|FILE…`: erasure of a document and all that came of it.
struct ForgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Erases documents: originals, readings, records, answers, and what was remembered of them.",
    discussion: """
      All that lies in a document goes with it, and whatever arrived with the same bytes. What stays is a tombstone: \
      that it was there, its digest, when it was forgotten and by whom; the sums stay true. What destinations have is \
      listed; `--retract` takes it back first. Models that learned from it are named: learn anew and remove them. \
      Backups made before still hold it. `docket verify --forgotten` proves that nothing is left.
      """)

  @Argument(help: "Ids, first digits or names.")
  var documents: [String]

  @Flag(help: "Take back what destinations were given; nothing is erased where one does not answer.")
  var retract = false

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common)
    let room = StoreRoom(folder: office.folder, store: office.store, blobs: office.blobs)
    var chosen: [Document] = []
    for text in documents { chosen.append(try await office.document(text)) }
    let oblivion = try await Oblivion(of: chosen, office: office, room: room)
    for document in oblivion.documents {
      ChangeLine(
        document: document, state: document.state.isResting ? document.state : .rejected, isPlan: confirm.dryRun
      )
      .show(output, "\(confirm.dryRun ? "would forget" : "forget") \(ForgetCommand.line(document))")
    }
    for line in consequences(oblivion) { output.note("docket: \(line)") }
    if confirm.dryRun { return }
    try confirm.ask("Erase \(Amount.count(oblivion.documents.count, "document")) for good?", output)
    if retract { try await oblivion.retract() }
    room.log("forget") { json in
      json.memberArray("documents") { json in for document in oblivion.documents { json.string(document.id.hex) } }
    }
    for note in try await oblivion.erase() { output.note("docket: \(note)") }
    var remains: [DocketError] = []
    let search = RemainsSearch(room: room)
    for document in oblivion.documents {
      guard let erasure = try await room.store.erasure(of: document.id) else { continue }
      remains += try await search.remains(of: erasure)
    }
    guard remains.isEmpty else { throw ErrorReport(remains) }
    output.note(
      "docket: Forgotten; nothing of \(oblivion.documents.count == 1 ? "it" : "them") is left in the workspace"
        + (oblivion.models.isEmpty ? "." : " but what these models made of it."))
  }

  private static func line(_ document: Document) -> String {
    let name = document.name.isEmpty ? "(forgotten before)" : PlainText.oneLine(document.name)
    return "\(document.id.hex.prefix(8)) \(name), \(document.state.rawValue)"
  }

  private func consequences(_ oblivion: Oblivion) -> [String] {
    var lines: [String] = []
    for (destination, entries) in Dictionary(grouping: oblivion.delivered, by: \.destination).sorted(by: {
      $0.key < $1.key
    }) {
      let what = Amount.count(entries.count, "delivery").replacing("deliverys", with: "deliveries")
      lines.append(
        retract
          ? "\(what) to `\(destination)` \(entries.count == 1 ? "is" : "are") taken back first."
          : "`\(destination)` keeps \(what); `--retract` takes back what it has.")
    }
    if !oblivion.models.isEmpty {
      lines.append(
        "Learned from it: \(oblivion.models.joined(separator: ", ")). Learn anew with `docket train`, and remove these."
      )
    }
    if !oblivion.kin.isEmpty {
      let ids = oblivion.kin.prefix(5).map { String($0.hex.prefix(8)) }.joined(separator: ", ")
      lines.append("Of the same thing, and not touched: \(ids).")
    }
    return lines
  }
}

extension ConfirmOptions {
  /// - Throws: `usage` where nobody can answer and `--yes` is not there; `interrupted` where the answer is no.
  func ask(_ question: String, _ output: Output) throws(DocketError) {
    if yes { return }
    guard !noInput, isatty(0) == 1 else {
      throw DocketError(.usage, "Nobody is there to answer: \(question)", hint: "Say `--yes`, or look with `-n` first.")
    }
    Output.write("\(question) [y/N] ", to: 2)
    guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
      throw DocketError(.interrupted, "Nothing was done.", hint: "Look with `-n` what would be.")
    }
  }
}
