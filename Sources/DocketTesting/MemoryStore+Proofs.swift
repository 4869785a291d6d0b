package import Docket

extension MemoryStore {
  package func save(_ proof: Proof, by whom: Attribution) -> Proof {
    var numbered = proof
    numbered.number = kept.count + 1
    kept.append(numbered)
    note(
      .proven, of: nil, digest: ContentDigest(of: numbered.storedJSON), detail: "proof \(numbered.number)", by: whom)
    return numbered
  }

  package func proofs(pipeline: String) -> [Proof] { kept.filter { $0.pipeline == pipeline } }

  package func answered(pipeline: String, limit: Int) -> [Document] {
    let found = rows.filter {
      $0.document.pipeline == pipeline && Verdict.settledStates.contains($0.document.state)
        && $0.versions.contains { $0.record.version > 1 }
    }
    return Array(found.reversed().prefix(limit).map(\.document))
  }

  package func sampled(pipeline: String, limit: Int) -> [Document] {
    let found = rows.filter {
      $0.document.pipeline == pipeline && $0.isSampled && [.delivered, .stored].contains($0.document.state)
    }
    return Array(found.prefix(limit).map(\.document))
  }
}
