package import Docket

extension SQLStore {
  package func spend(_ cost: Cost, on document: DocumentID) async throws(DocketError) {
    try await write { try $0.spend(cost, on: document) }
  }

  package func cost(of document: DocumentID) async throws(DocketError) -> Cost? {
    try await read { connection in
      try connection.row("SELECT * FROM cost WHERE document = ?", .text(document.hex)).map(Cost.init)
    }
  }

  package func costs() async throws(DocketError) -> [CostSum] {
    try await read { connection in
      try connection.rows(
        """
        SELECT source, contract, COUNT(*) AS documents, SUM(reading) AS reading, SUM(ocr) AS ocr,
          SUM(understanding) AS understanding, SUM(review) AS review
        FROM cost JOIN document ON document.id = cost.document
        GROUP BY source, contract ORDER BY source, contract IS NULL, contract
        """
      ).map { row in
        CostSum(
          source: row.text("source") ?? "", contract: row.text("contract"), documents: row.integer("documents") ?? 0,
          cost: Cost(row))
      }
    }
  }

  package func growth(since: Double) async throws(DocketError) -> Growth {
    try await read { connection in
      let row = try connection.row(
        """
        SELECT COALESCE(SUM(byte_count), 0) AS arrived, MIN(arrived_at) AS first,
          COALESCE(SUM(CASE WHEN arrived_at >= ? THEN byte_count ELSE 0 END), 0) AS recent
        FROM document WHERE parent IS NULL AND state <> 'duplicate'
        """, .real(since))
      return Growth(
        arrivedBytes: row?.integer("arrived") ?? 0, recentBytes: row?.integer("recent") ?? 0,
        firstAt: row?.real("first"))
    }
  }
}

extension Cost {
  fileprivate init(_ row: SQLRow) {
    self.init(
      reading: row.real("reading") ?? 0, ocr: row.real("ocr") ?? 0, understanding: row.real("understanding") ?? 0,
      review: row.real("review") ?? 0)
  }
}
