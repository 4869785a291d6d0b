package import Docket

extension SQLStore {
  package func save(_ proof: Proof, by whom: Attribution) async throws(DocketError) -> Proof {
    try await write { connection in
      var kept = proof
      kept.number = (try connection.row("SELECT MAX(number) AS last FROM proof")?.integer("last") ?? 0) + 1
      try connection.execute(
        """
        INSERT INTO proof (number, pipeline, contract, contract_version, combination, body, actor, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        .integer(kept.number), .text(kept.pipeline), .text(kept.contract.name), .integer(kept.contract.version),
        .text(kept.combination.hex), .text(kept.storedJSON), .text(whom.actor), .real(whom.at))
      try connection.record(
        .proven, of: nil, digest: ContentDigest(of: kept.storedJSON), detail: "proof \(kept.number)", by: whom)
      return kept
    }
  }

  package func proofs(pipeline: String) async throws(DocketError) -> [Proof] {
    try await read { connection in
      try connection.rows("SELECT body FROM proof WHERE pipeline = ? ORDER BY number", .text(pipeline))
        .compactMap { $0.text("body") }.map(Proof.init(storedJSON:))
    }
  }

  package func answered(pipeline: String, limit: Int) async throws(DocketError) -> [Document] {
    try await read { connection in
      let states = Verdict.settledStates.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
      return try connection.rows(
        """
        SELECT \(Document.columns) FROM document WHERE pipeline = ? AND state IN (\(states))
        AND EXISTS (SELECT 1 FROM record WHERE record.id = document.id AND record.version > 1)
        ORDER BY arrival DESC LIMIT ?
        """, .text(pipeline), .integer(limit)
      ).map(Document.init)
    }
  }

  package func sampled(pipeline: String, limit: Int) async throws(DocketError) -> [Document] {
    try await read { connection in
      try connection.rows(
        """
        SELECT \(Document.columns) FROM document JOIN sampled ON sampled.document = document.id
        WHERE pipeline = ? AND is_answered = 0 AND state IN ('delivered', 'stored') ORDER BY arrival LIMIT ?
        """, .text(pipeline), .integer(limit)
      ).map(Document.init)
    }
  }
}

extension SQLConnection {
  /// Remembers a document that goes without a person and was drawn to be asked about.
  func draw(_ decision: Decision, of document: Document, in state: DocumentState) throws {
    guard decision.isSampled, state == .delivering || state == .stored else { return }
    try execute(
      "INSERT INTO sampled (document) VALUES (?) ON CONFLICT (document) DO NOTHING", .text(document.id.hex))
  }
}
