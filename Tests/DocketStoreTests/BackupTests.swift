import Docket
import DocketTesting
import Foundation
import Testing

@testable import DocketStore

/// Backups of a workspace, and what is put back of them.
@Suite struct BackupTests {
  private let scratch: ScratchFolder
  private let store: SQLStore
  private let blobs: BlobFolder

  init() async throws {
    scratch = try ScratchFolder()
    try FileManager.default.createDirectory(at: scratch.url("office/.docket"), withIntermediateDirectories: true)
    try scratch.write("format: docket/workspace/1\n", to: "office/docket.yaml")
    try scratch.write("first", to: "office/pipelines/office.yaml")
    store = try await SQLStore.open(path: scratch.path("office/.docket/store.sqlite"), isAlive: StoreSuite.isAlive)
    blobs = try BlobFolder(root: scratch.path("office/.docket"))
    for name in ["a", "b"] { try await arrive(name) }
  }

  @discardableResult
  private func arrive(_ name: String) async throws -> Document {
    let digest = try await blobs.keep(bytes: Array(name.utf8))
    return try await store.admit(
      NewDocument(
        digest: digest, byteCount: name.utf8.count, name: name, source: "inbox", pipeline: "office", token: name,
        sensitivity: .internal), by: StoreSuite.whom())
  }

  private func backup(_ name: String) async throws -> Backup.Outcome {
    try await Backup(of: scratch.path("office"), in: try BackupFolder.make(scratch.path("safe")))
      .make(store, name: name, at: 1000, program: "test")
  }

  private func folder() throws -> BackupFolder { try BackupFolder.open(scratch.path("safe")) }

  private func restore(_ name: String?, into target: String) throws -> Bool {
    let folder = try folder()
    return try Restore(from: folder, into: scratch.path(target))
      .whole(try folder.manifest(name), aside: scratch.path("\(target)/aside"))
  }

  @Test("a second backup copies what is new, and each is put back as it was")
  func incremental() async throws {
    let first = try await backup("1")
    #expect(first.manifest.documents == 2 && first.manifest.originals.count == 2 && first.damaged.isEmpty)
    try await arrive("c")
    try scratch.write("second", to: "office/pipelines/office.yaml")
    let second = try await backup("2")
    #expect(second.manifest.originals.count == 3)
    #expect(second.newBytes == second.manifest.store.byteCount + 1 + 6, "the store, `c` and the pipeline")
    #expect(try folder().names == ["1", "2"])
    #expect(try restore("1", into: "then") == false)
    #expect(try restore(nil, into: "now") == false)
    #expect(
      scratch.text("then/pipelines/office.yaml") == "first" && scratch.text("now/pipelines/office.yaml") == "second")
    for (place, count) in [("then", 2), ("now", 3)] {
      let restored = try await SQLStore.open(path: scratch.path("\(place)/.docket/store.sqlite"))
      #expect(try await restored.sums().arrived == count)
      #expect(try await restored.verifyEvents())
      let blobs = try BlobFolder(root: scratch.path("\(place)/.docket"))
      for document in try await restored.documents(DocumentQuery()) { #expect(blobs.isWhole(document.digest)) }
    }
  }

  @Test("what was there is kept aside, and a workspace that is in use is not touched")
  func replacing() async throws {
    _ = try await backup("1")
    try scratch.write("changed", to: "office/pipelines/office.yaml")
    let test = self
    #expect(await StoreSuite.code { _ = try test.restore("1", into: "office") } == .workspaceBusy)
    #expect(scratch.text("office/pipelines/office.yaml") == "changed")
    try scratch.write("left", to: "idle/.docket/blobs/left")
    try scratch.write("changed", to: "idle/pipelines/office.yaml")
    #expect(try restore("1", into: "idle"))
    #expect(scratch.text("idle/aside/blobs/left") == "left")
    #expect(scratch.text("idle/aside/settings/pipelines/office.yaml") == "changed")
    #expect(scratch.text("idle/pipelines/office.yaml") == "first")
  }

  @Test("a backup that is not what was written is refused before anything is replaced")
  func damaged() async throws {
    let made = try await backup("1")
    let test = self
    let digest = try #require(made.manifest.originals.first?.digest)
    try scratch.write("other", to: "safe/blobs/\(digest.hex.prefix(2))/\(digest.hex)")
    try scratch.write("mine", to: "target/.docket/mine")
    #expect(await StoreSuite.code { _ = try test.restore("1", into: "target") } == .backupDamaged)
    #expect(scratch.names("target") == [".docket"] && scratch.exists("target/.docket/mine"))
    let manifest = "safe/snapshots/1/manifest.jsonl"
    let text = scratch.text(manifest)
    for broken in [
      "", String(text.dropLast(90)), text.replacingOccurrences(of: "\"documents\":2", with: "\"documents\":1"),
    ] {
      try scratch.write(broken, to: manifest)
      #expect(await StoreSuite.code { _ = try test.folder().manifest("1") } == .backupDamaged)
    }
  }

  @Test("a missing or damaged original is told, is in no backup, and is put back from an older one")
  func originals() async throws {
    _ = try await backup("1")
    let document = try #require(try await store.documents(DocumentQuery()).first)
    try scratch.write("other", to: "office/.docket/blobs/\(document.digest.hex.prefix(2))/\(document.digest.hex)")
    #expect(!blobs.isWhole(document.digest))
    let elsewhere = try BackupFolder.make(scratch.path("elsewhere"))
    let made = try await Backup(of: scratch.path("office"), in: elsewhere).make(
      store, name: "2", at: 1, program: "test")
    #expect(made.damaged == [document.digest] && made.manifest.originals.count == 1)
    let stranger = ContentDigest(of: "stranger")
    let missing = try Restore(from: try folder(), into: scratch.path("office")).originals([document.digest, stranger])
    #expect(missing == [stranger])
    #expect(blobs.isWhole(document.digest))
  }

  @Test("a file of the folder that was damaged is copied anew: by its size at once, by its bytes when checked")
  func mending() async throws {
    let digest = try #require(try await backup("1").manifest.originals.first?.digest)
    let place = "safe/blobs/\(digest.hex.prefix(2))/\(digest.hex)"
    try scratch.write("longer", to: place)
    #expect(try await backup("2").newBytes > 0)
    #expect(scratch.text(place).utf8.count == 1)
    try scratch.write("x", to: place)
    _ = try await backup("3")
    #expect(scratch.text(place) == "x", "bytes of the same number are taken for the same")
    _ = try await Backup(of: scratch.path("office"), in: folder(), isChecking: true)
      .make(store, name: "4", at: 1000, program: "test")
    #expect(ContentDigest(of: scratch.text(place)) == digest)
  }

  @Test("older backups go with what they alone needed; a folder with other things is refused")
  func keeping() async throws {
    _ = try await backup("1")
    let gone = try #require(try await store.documents(DocumentQuery()).first)
    try await store.forget([gone.id], by: StoreSuite.whom())
    _ = try await backup("2")
    let place = "safe/blobs/\(gone.digest.hex.prefix(2))/\(gone.digest.hex)"
    #expect(scratch.exists(place))
    #expect(try folder().keep(newest: 1) == ["1"])
    #expect(!scratch.exists(place))
    #expect(try folder().names == ["2"])
    #expect(try restore(nil, into: "now") == false)
    try scratch.write("mine", to: "full/mine")
    let test = self
    #expect(await StoreSuite.code { _ = try BackupFolder.make(test.scratch.path("full")) } == .badInput)
    #expect(await StoreSuite.code { _ = try BackupFolder.open(test.scratch.path("full")) } == .badInput)
  }
}
