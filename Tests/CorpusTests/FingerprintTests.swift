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
      if let stage = now.forgotten(since: committed) {
        Issue.record(
          "What `\(stage)` makes of Corpus/ changed: bump the version in its fingerprint, then `DOCKET_UPDATE=1 make test`"
        )
        return
      }
    }
    if ProcessInfo.processInfo.environment["DOCKET_UPDATE"] == "1" {
      try now.json.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(committed == now, "Corpus/fingerprints.json is out of date: `DOCKET_UPDATE=1 make test` writes it anew")
    }
  }

  @Test("the first stage whose outputs changed is told, unless its fingerprint did too")
  func forgetting() {
    func digests(_ stages: [(String, String)], inputs: String = "i") -> StageDigests {
      StageDigests(
        libraries: "", inputs: inputs,
        stages: zip(["classify", "extract", "normalize"], stages).map {
          .init(name: $0, fingerprint: $1.0, outputs: $1.1)
        })
    }
    let before = digests([("1", "a"), ("1", "a"), ("1", "a")])
    #expect(digests([("1", "a"), ("1", "b"), ("1", "b")]).forgotten(since: before) == "extract")
    #expect(digests([("2", "a"), ("1", "b"), ("1", "b")]).forgotten(since: before) == "extract")
    #expect(digests([("1", "a"), ("2", "b"), ("1", "b")]).forgotten(since: before) == nil)
    #expect(digests([("1", "a"), ("2", "a"), ("1", "a")]).forgotten(since: before) == nil)
    #expect(digests([("1", "b"), ("1", "b"), ("1", "b")], inputs: "j").forgotten(since: before) == nil)
  }
}
