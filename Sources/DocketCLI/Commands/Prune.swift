import ArgumentParser
import Docket
import DocketStore
import Glibc

/// `docket prune`: what is kept no longer than the pipelines' `retention:` says.
struct PruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Removes originals whose time is over by the pipelines' `retention:`, and files that nothing needs.",
    discussion: """
      `retention: { originals: 10y, failed: 90d }` counts from the arrival. The records stay, and the documents stay \
      counted; their bytes and what was read of them go, and `docket explain` says so. What waits for a person or a \
      destination stays, and so does what holds or lies in such a document. Files that a killed run left, and stores \
      kept at an upgrade more than 30 days ago, go as well.
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    let office = try await Office.open(workspace, common)
    let room = StoreRoom(folder: office.folder, store: office.store, blobs: office.blobs)
    let due = try await Retention(try office.pipelines(), room: room).due(at: SystemClock().now())
    for document in due where output.isJSON || confirm.dryRun {
      ChangeLine(document: document, state: document.state, isPlan: confirm.dryRun)
        .show(output, "would prune \(document.id.hex.prefix(8)) \(PlainText.oneLine(document.name))")
    }
    let strays = try await room.strays(olderThan: 86_400)
    let kept = room.blobs.keptStores.filter { PruneCommand.isOld($0) }
    if confirm.dryRun {
      output.note(
        "docket: \(Amount.count(due.count, "document")) would lose their bytes, "
          + "\(Amount.count(strays.count + kept.count, "file")) that nothing needs would go.")
      return
    }
    let before = room.blobs.usage
    try await Retention.remove(due, from: room)
    for stray in strays { try room.remove(stray.shelf, stray.digest) }
    for path in kept { try FileBytes.remove(path) }
    room.log("prune") { json in
      json.member("documents", due.count)
      json.member("files", strays.count + kept.count)
    }
    let after = room.blobs.usage
    let freed = before.originals + before.readings + before.store - after.originals - after.readings - after.store
    output.note(
      "docket: \(Amount.count(due.count, "document")) pruned, \(Amount.count(strays.count + kept.count, "file")) that "
        + "nothing needed removed, \(Amount.bytes(max(0, freed))) freed.")
  }

  private static func isOld(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && Double(status.st_mtim.tv_sec) < SystemClock().now() - 30 * 86_400
  }
}
