import Docket
import DocketConnectors
import DocketStore
import DocketTesting
import Foundation
import Testing

/// Runs that are killed at random moments, several at a time, on one workspace. `Scripts/kill-test.sh` does the same
/// to the shipped programs, on real documents and 200 times.
@Suite struct KillTests {
  @Test("killed at any moment, nothing is lost, nothing is delivered twice, and the records are the same")
  func kills() async throws {
    let undisturbed = try ScratchFolder()
    let disturbed = try ScratchFolder()
    for folder in [undisturbed, disturbed] { try Office.fill(folder) }
    try await Office.run(in: undisturbed.root)

    var dice = Dice(seed: 4711)
    for _ in 0..<6 {
      let moments = (0..<2).map { _ in 3000 + dice.roll(90_000) }
      async let first: Void = killedRun(in: disturbed.root, after: moments[0])
      async let second: Void = killedRun(in: disturbed.root, after: moments[1])
      _ = await (first, second)
    }
    try await Office.run(in: disturbed.root)

    let expected = try await Office.outcome(of: undisturbed)
    let found = try await Office.outcome(of: disturbed)
    #expect(found.records == expected.records)
    #expect(found.states == expected.states)
    #expect(found.delivered == expected.delivered)
    #expect(found.delivered.count == Set(found.delivered).count, "nothing twice")
    #expect(found.keys.count == Set(found.keys).count)
    #expect(found.states[.delivered] == found.delivered.count)
    #expect(disturbed.names("inbox").filter { $0.hasSuffix(".txt") }.isEmpty)
    #expect(disturbed.text("error.txt") == "")
    #expect(expected.states[.failed] == 5 && expected.states[.duplicate] == 18, "the mix is what it should be")
  }

  private func killedRun(in root: String, after microseconds: Int) async {
    await #expect(processExitsWith: .signal(SIGKILL)) { [root, microseconds] in
      let killer = Thread {
        usleep(UInt32(microseconds))
        kill(getpid(), SIGKILL)
      }
      killer.start()
      do { try await Office.run(in: root) } catch {
        // Whatever else ends it is a failure of its own, and says so.
        try? "\(error) \((error as? DocketError)?.cause ?? "")".write(
          toFile: "\(root)/error.txt", atomically: true, encoding: .utf8)
        exit(1)
      }
      kill(getpid(), SIGKILL)
    }
  }
}

/// A workspace of small files that say themselves what they are.
private enum Office {
  struct Outcome {
    var records: [String]
    var states: [DocumentState: Int]
    var keys: [String]
    /// Digest and part of what stands in the destination's file, sorted.
    var delivered: [String]
  }

  static func fill(_ folder: ScratchFolder) throws {
    for number in 0..<50 {
      let text =
        switch number % 5 {
        case 0: "thing \(number)"
        case 1: "thing \(number)?\nattach thing a\(number)\nattach attach thing b\(number)"
        case 2: "mail a@example.org\nattach thing c\(number)\nattach nothing \(number)\nattach thing d\(number)!"
        case 3: "thing e\(number % 10)"
        default: number % 10 == 4 ? "fail pdf-damaged \(number)" : "thing f\(number)"
        }
      try folder.write(text, to: "inbox/\(number).txt")
      if number % 5 == 0 { try folder.write(text, to: "inbox/again/\(number).txt") }
    }
    try FileManager.default.createDirectory(at: folder.url("out"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: folder.url(".docket"), withIntermediateDirectories: true)
  }

  static func run(in root: String) async throws {
    let store = try await SQLStore.open(path: "\(root)/.docket/store.sqlite")
    let blobs = try BlobFolder(root: "\(root)/.docket")
    let file = SamplePipeline.file()
    let runner = Runner(
      file: file,
      desk: WorkDesk(
        file: file, pipeline: SamplePipeline.pipeline(to: ["ledger"]), reader: ScriptedReader(), blobs: blobs,
        settings: ReadSettings()),
      store: store, blobs: blobs, sources: [FolderSource(name: "inbox", folder: "\(root)/inbox", settle: 0)],
      destinations: [JSONLDestination(name: "ledger", path: "\(root)/out/records.jsonl")], clock: RunningClock(),
      owner: ProcessOwner.current, lanes: 3)
    let whom = Attribution(actor: "tester", run: "\(getpid())", correlation: "\(getpid())", at: 0)
    _ = try await runner.batch(by: whom, shouldStop: { false })
  }

  static func outcome(of folder: ScratchFolder) async throws -> Outcome {
    let store = try await SQLStore.open(path: folder.path(".docket/store.sqlite"))
    let sums = try await store.sums()
    #expect(sums.addsUp)
    #expect(try await store.verifyEvents())
    var records: [CanonicalLine] = []
    for document in try await store.documents(DocumentQuery()) {
      guard let stored = try await store.record(document.id, version: nil) else { continue }
      records.append(
        CanonicalLine(
          record: stored.record, decision: stored.decision, digest: document.digest, part: document.part))
    }
    let lines = folder.text("out/records.jsonl").split(separator: "\n")
    let objects = try lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
    return Outcome(
      records: records.sorted().map(\.json), states: sums.states,
      keys: objects.compactMap { $0["delivery"] as? String },
      delivered: objects.map { "\($0["sha256"] ?? "") \($0["part"] as? String ?? "")" }.sorted())
  }
}
