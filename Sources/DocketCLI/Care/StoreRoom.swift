import Docket
import DocketConnectors
import DocketStore

/// A workspace's store and originals alone: what care is taken of even where pipelines or contracts have mistakes.
struct StoreRoom: Sendable {
  let folder: String
  let store: any StoreCare
  let blobs: BlobFolder

  var docket: String { "\(folder)/.docket" }

  /// Tells the log of something that was done here.
  func log(_ event: String, _ members: (inout JSONWriter) -> Void = { _ in }) {
    WorkspaceLog(docket: docket, correlation: ProcessOwner.newID().hex, settings: nil).write(.notice, event, members)
  }

  /// - Throws: `no-workspace`, `store-damaged`, `workspace-busy`.
  static func open(_ workspace: WorkspaceOptions) async throws -> StoreRoom {
    let folder = try workspace.folder()
    try mustBeWhole(folder)
    try FileCalls.makeFolder("\(folder)/.docket")
    return StoreRoom(
      folder: folder, store: try await SQLStore.open(path: "\(folder)/.docket/store.sqlite"),
      blobs: try BlobFolder(root: "\(folder)/.docket"))
  }

  /// A restore that was cut off between its last two steps has left no store: an empty one must not take its place.
  static func mustBeWhole(_ folder: String) throws(DocketError) {
    guard !FileBytes.exists("\(folder)/.docket"), FileBytes.exists(Restore.stage(of: folder)) else { return }
    throw DocketError(
      .inconsistent, "A restore of this workspace was cut off.",
      hint: "Type the same `docket restore BACKUP --force` again.")
  }

  func attribution() -> Attribution {
    let run = ProcessOwner.newID().hex
    return Attribution(actor: Person.current, run: run, correlation: run, at: SystemClock().now())
  }
}

/// How much, in words.
enum Amount {
  /// `0 bytes`, `812 bytes`, `3.4 MB`.
  static func bytes(_ count: Int) -> String {
    guard count >= 1000 else { return "\(count) bytes" }
    var value = Double(count)
    var unit = ""
    for next in ["kB", "MB", "GB", "TB"] where value >= 1000 {
      value /= 1000
      unit = next
    }
    let tenths = Int((value * 10).rounded())
    return value < 10 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int(value.rounded())) \(unit)"
  }

  /// `1 document`, `2 documents`.
  static func count(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
}
