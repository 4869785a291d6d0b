package import Docket

extension SQLStore {
  package func past(_ question: VendorQuestion) async throws(DocketError) -> VendorPast {
    try await read { connection in
      // What this run itself settled comes after its first event.
      let first = try question.run.flatMap {
        try connection.row("SELECT MIN(sequence) AS first FROM event WHERE run = ?", .text($0))?.integer("first")
      }
      for key in question.keys {
        let newest = try connection.habit(of: key, question, "ORDER BY settled DESC", before: first)
        guard let newest else { continue }
        func since(_ value: String) throws -> KnownValue? {
          try connection.habit(of: key, question, "AND value = ? ORDER BY settled", [.text(value)], before: first)
        }
        return VendorPast(
          newest: try since(newest.value) ?? newest, known: try question.values.compactMap { try since($0) })
      }
      return .none
    }
  }
}

extension SQLConnection {
  /// The first settled one in some order.
  fileprivate func habit(
    of key: String, _ question: VendorQuestion, _ order: String, _ more: [SQLValue] = [], before first: Int?
  ) throws -> KnownValue? {
    let row = try rows(
      """
      SELECT value, at FROM habit
      WHERE vendor = ? AND path = ? AND settled IS NOT NULL AND settled < ? AND document <> ? \(order) LIMIT 1
      """,
      [.text(key), .text(question.path), .integer(first ?? .max), .text(question.document.hex)] + more
    ).first
    guard let value = row?.text("value") else { return nil }
    return KnownValue(value: value, since: row?.real("at") ?? 0)
  }

  /// Keeps what a document's record says of its vendor in place of what it said before; nothing of it counts yet.
  func keep(_ habits: VendorHabits?, of document: DocumentID) throws {
    try execute("DELETE FROM habit WHERE document = ?", .text(document.hex))
    for key in habits?.keys ?? [] {
      for entry in habits?.values ?? [] {
        for value in entry.values {
          try execute(
            "INSERT INTO habit (document, vendor, path, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            .text(document.hex), .text(key), .text(entry.path), .text(value))
        }
      }
    }
  }

  /// From the newest event on it is known what the vendor had in a document.
  func settleHabits(of document: DocumentID, at time: Double) throws {
    try execute(
      """
      UPDATE habit SET settled = (SELECT MAX(sequence) FROM event), at = ? WHERE document = ? AND settled IS NULL
      """, .real(time), .text(document.hex))
  }

  /// What was taken back says nothing of its vendor any more.
  func unsettleHabits(of document: DocumentID) throws {
    try execute("UPDATE habit SET settled = NULL, at = NULL WHERE document = ?", .text(document.hex))
  }
}
