import ArgumentParser
import Docket

/// `docket memory list|show|forget|rollback`: what is remembered of vendors' documents.
struct MemoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory",
    abstract: "What is remembered of the documents that people answered about: list, show, forget, rollback.",
    discussion: """
      `docket train` remembers, of each answered document, by which words it is known again, names and numbers that \
      people confirmed, and where each value stood. Similar documents are then read with it. Every change makes a new \
      snapshot; proofs of an error rate hold for one snapshot alone.
      """,
    subcommands: [List.self, Show.self, Forget.self, Rollback.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "A line a vendor: how many documents, since when, until when.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let memory = try MemoryCommand.used(MemoryShelf(workspace: try workspace.folder()))
      let output = common.output
      for vendor in memory.vendors {
        output.data(output.isJSON ? MemoryText.json(vendor, snapshot: memory.number) : MemoryText.line(vendor))
      }
      if memory.isEmpty { output.note("docket: Nothing is remembered; `docket train` learns from answers.") }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Each fact about a vendor or of a document: from which documents, until when.")
    @Argument(help: "A vendor's name, or a document: its id, its name, or the first digits of its SHA-256.")
    var what: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let memory = try MemoryCommand.used(MemoryShelf(workspace: try workspace.folder()))
      let choice = try await MemoryChoice(what, in: memory, workspace, common)
      for var vendor in memory.vendors {
        vendor.documents.removeAll { !choice.isMeant($0) }
        guard !vendor.documents.isEmpty else { continue }
        guard common.output.isJSON else {
          common.output.data(MemoryText.shown(vendor, snapshot: memory.number))
          continue
        }
        for fact in vendor.facts {
          common.output.data(MemoryText.json(fact, of: vendor, snapshot: memory.number))
        }
      }
    }
  }

  struct Forget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forget",
      abstract: "Makes a snapshot without a vendor or a document, which is not remembered again.",
      discussion: "Older snapshots still hold it, until ten newer ones are there or their files are removed.")
    @Argument(help: "A vendor's name, or a document: its id, its name, or the first digits of its SHA-256.")
    var what: String
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let shelf = MemoryShelf(workspace: try workspace.folder())
      let memory = try MemoryCommand.used(shelf)
      let choice = try await MemoryChoice(what, in: memory, workspace, common)
      let number = try shelf.next()
      guard let forgotten = memory.forgetting(in: number, at: SystemClock().now(), { choice.isMeant($1) }) else {
        throw MemoryChoice.unknown(what)
      }
      try shelf.take(forgotten.memory)
      common.output.data(
        "\(MemoryText.documents(forgotten.count)) forgotten; snapshot \(number) holds "
          + "\(MemoryText.documents(forgotten.memory.count)). Proofs of other snapshots are void.")
    }
  }

  struct Rollback: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rollback", abstract: "Goes back to the snapshot that held before; at last to none.")
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let shelf = MemoryShelf(workspace: try workspace.folder())
      let history = try shelf.history()
      let now = history.last ?? 0
      // What held before the present one came, whatever was gone back to since.
      let before = history.prefix { $0 != now }.last { $0 == 0 || FileBytes.exists(shelf.file($0)) } ?? 0
      try shelf.use(before)
      common.output.data(before == 0 ? "Nothing is remembered any more." : "The snapshot \(before) holds again.")
    }
  }

  /// What holds now.
  /// - Throws: `memory-damaged`.
  static func used(_ shelf: MemoryShelf) throws(DocketError) -> Memory { try shelf.memory(try shelf.inUse()) }
}

/// Which remembered documents a person means.
struct MemoryChoice {
  private let vendor: String
  private let digest: String

  /// A vendor's name, the beginning of a digest, or what the workspace knows a document by.
  /// - Throws: `unknown-memory`.
  init(_ what: String, in memory: Memory, _ workspace: WorkspaceOptions, _ common: CommonOptions) async throws {
    let all = memory.vendors.flatMap(\.documents)
    let key = Memory.key(of: what)
    if !key.isEmpty, all.contains(where: { $0.vendorKey == key }) {
      (vendor, digest) = (key, "")
      return
    }
    vendor = ""
    let isDigest = what.count >= 6 && all.contains { $0.id.hasPrefix(what) }
    if isDigest {
      digest = what
    } else {
      let office = try await Office.open(workspace, common)
      guard let document = try? await office.document(what) else { throw MemoryChoice.unknown(what) }
      digest = document.lessonID
    }
    guard all.contains(where: isMeant) else { throw MemoryChoice.unknown(what) }
  }

  func isMeant(_ document: RememberedDocument) -> Bool {
    vendor.isEmpty ? document.id.hasPrefix(digest) : document.vendorKey == vendor
  }

  static func unknown(_ what: String) -> DocketError {
    DocketError(.unknownMemory, "Nothing is remembered of `\(PlainText.oneLine(what))`.")
  }
}
