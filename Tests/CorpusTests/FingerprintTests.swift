import Docket
import Foundation
import Testing

/// A stage that gives other outputs must have another fingerprint, or a store would go on with what it made before.
@Suite struct FingerprintTests {
  @Test("what each stage makes of Corpus/ is what `Corpus/fingerprints.json` says, or its version was raised")
  func fingerprints() async throws {
    let file = CorpusCase.root.appending(path: "fingerprints.json")
    let now = try await StageDigests.taken()
    let committed = try? StageDigests(json: String(contentsOf: file, encoding: .utf8))
    if let committed {
      // Another Poppler places words elsewhere: its readings cannot be compared with those committed.
      guard committed.libraries == now.libraries else {
        try Test.cancel("made with \(committed.libraries), here are \(now.libraries)")
      }
      let forgotten = now.forgotten(since: committed)
      for stage in forgotten {
        Issue.record(
          "What `\(stage)` makes of Corpus/ changed: bump the version of `\(stage)` in its fingerprint, then `DOCKET_UPDATE=1 make test`"
        )
      }
      guard forgotten.isEmpty else { return }
    }
    if ProcessInfo.processInfo.environment["DOCKET_UPDATE"] == "1" {
      try now.json.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(committed == now, "Corpus/fingerprints.json is out of date: `DOCKET_UPDATE=1 make test` writes it anew")
    }
  }

  @Test("a stage whose outputs changed is told only where nothing before it or in it accounts for that")
  func forgetting() {
    func digests(_ stages: [(String, String, String)]) -> StageDigests {
      StageDigests(
        libraries: "", corpus: "c", stages: stages.map { .init(name: $0.0, fingerprint: $0.1, outputs: $0.2) })
    }
    let before = digests([("read", "1", "a"), ("classify", "1", "a"), ("extract", "1", "a")])
    #expect(
      digests([("read", "1", "a"), ("classify", "1", "b"), ("extract", "1", "b")]).forgotten(since: before) == [
        "classify"
      ])
    #expect(
      digests([("read", "1", "a"), ("classify", "2", "b"), ("extract", "1", "b")]).forgotten(since: before) == [])
    #expect(
      digests([("read", "1", "a"), ("classify", "2", "a"), ("extract", "1", "a")]).forgotten(since: before) == [])
    #expect(
      digests([("read", "1", "a"), ("classify", "1", "a"), ("extract", "1", "b")]).forgotten(since: before) == [
        "extract"
      ])
  }
}
