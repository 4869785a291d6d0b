package import Docket

extension SQLStore {
  package func claimDeliveries(
    pipeline: String, now: Double, limit: Int, owner: LeaseOwner
  ) async throws(DocketError) -> [OutboxEntry] {
    let isAlive = isAlive
    return try await write { connection in
      let owners = try connection.rows(
        "SELECT DISTINCT owner FROM delivery WHERE pipeline = ? AND state = 'waiting' AND owner IS NOT NULL",
        .text(pipeline))
      for gone in owners.compactMap({ $0.text("owner") }) where gone != owner.text && !isAlive(LeaseOwner(gone)) {
        try connection.execute(
          "UPDATE delivery SET owner = NULL WHERE pipeline = ? AND state = 'waiting' AND owner = ?", .text(pipeline),
          .text(gone))
      }
      return try connection.rows(
        """
        UPDATE delivery SET owner = ?, attempts = attempts + 1
        WHERE key IN (SELECT key FROM delivery WHERE pipeline = ? AND state = 'waiting' AND owner IS NULL
          AND next_at <= ? ORDER BY rowid LIMIT ?)
        RETURNING rowid AS place_in_queue, \(OutboxEntry.columns)
        """, .text(owner.text), .text(pipeline), .real(now), .integer(limit)
      ).sorted { ($0.integer("place_in_queue") ?? 0) < ($1.integer("place_in_queue") ?? 0) }.map(OutboxEntry.init)
    }
  }

  package func hurryDeliveries(pipeline: String) async throws(DocketError) {
    try await write { connection in
      try connection.execute(
        """
        UPDATE delivery SET next_at = COALESCE(not_before, 0), attempts = MAX(attempts - 1, 0)
        WHERE pipeline = ? AND state = 'waiting' AND owner IS NULL AND attempts > 0
        """, .text(pipeline))
    }
  }

  package func settle(
    _ entry: OutboxEntry, _ result: DeliveryResult, by whom: Attribution
  ) async throws(DocketError) {
    try await write { connection in
      try connection.save(result, of: entry)
      switch result {
      case .done:
        let kind: Event.Kind = entry.operation == .retract ? .retracted : .delivered
        try connection.record(kind, of: entry.document, detail: entry.destination, by: whom)
        if kind == .retracted { try connection.unsettleHabits(of: entry.document) }
      case .later, .postponed: break
      case .givenUp(let code): try connection.record(.undelivered, of: entry.document, detail: code, by: whom)
      }
      try connection.settleDocument(entry.document, at: whom.at)
    }
  }
}

extension SQLConnection {
  /// Every claim raises `attempts`, so it is the fence: who was taken over changes nothing.
  fileprivate func save(_ result: DeliveryResult, of entry: OutboxEntry) throws {
    let (change, arguments): (String, [SQLValue]) =
      switch result {
      case .done(let receipt, let findings):
        (
          "state = 'done', place = ?, error_code = NULL, not_before = NULL, findings = ?",
          [.text(receipt.place), SQLValue(OutboxEntry.kept(findings))]
        )
      case .later(let at, let code, let notBefore):
        ("next_at = ?, error_code = ?, not_before = ?", [.real(at), .text(code), SQLValue(notBefore)])
      case .givenUp(let code): ("state = 'given-up', error_code = ?", [.text(code)])
      case .postponed(let at, let code):
        ("next_at = ?, error_code = ?, attempts = MAX(attempts - 1, 0)", [.real(at), .text(code)])
      }
    let changed = try execute(
      "UPDATE delivery SET owner = NULL, \(change) WHERE key = ? AND attempts = ? AND state = 'waiting'",
      arguments + [.text(entry.key), .integer(entry.attempts)])
    guard changed == 1 else {
      throw DocketError(.leaseLost, "Another process has taken over the delivery.", document: entry.document)
    }
  }

  /// A document whose deliveries are all done is delivered; one with a delivery given up waits for a person.
  fileprivate func settleDocument(_ id: DocumentID, at time: Double) throws {
    let open = try rows("SELECT state, error_code FROM delivery WHERE document = ? AND state <> 'done'", .text(id.hex))
    if let givenUp = open.first(where: { $0.text("state") == "given-up" }) {
      if !open.contains(where: { $0.text("state") == "waiting" }) {
        try setState(.undelivered, of: id, error: givenUp.text("error_code"))
      }
    } else if open.isEmpty {
      let changed = try execute(
        "UPDATE document SET state = 'delivered', error_code = NULL WHERE id = ? AND state IN ('delivering', 'undelivered')",
        .text(id.hex))
      if changed == 1 { try settleHabits(of: id, at: time) }
    }
  }
}

extension OutboxEntry {
  static let columns = """
    key, document, version, destination, operation, state, attempts, next_at, place, error_code, not_before, findings
    """

  init(_ row: SQLRow) throws {
    guard let key = row.text("key"), let document = row.text("document"),
      let operation = row.text("operation").flatMap(Delivery.Operation.init(rawValue:)),
      let state = row.text("state").flatMap(State.init(rawValue:))
    else { throw DocketError(.storeDamaged, "The store holds a delivery that cannot be understood.") }
    self.init(
      key: key, document: DocumentID(hex: document), version: row.integer("version") ?? 0,
      destination: row.text("destination") ?? "", operation: operation, state: state,
      attempts: row.integer("attempts") ?? 0, nextAt: row.real("next_at") ?? 0, place: row.text("place"),
      errorCode: row.text("error_code"), notBefore: row.real("not_before"),
      findings: try OutboxEntry.findings(row.text("findings")))
  }

  /// Nothing where there are none.
  static func kept(_ findings: [Finding]) -> String? {
    guard !findings.isEmpty else { return nil }
    var json = JSONWriter()
    json.array { json in for finding in findings { json.element(finding) } }
    return json.text
  }

  private static func findings(_ text: String?) throws -> [Finding] {
    guard let text else { return [] }
    do { return try JSONValue(parsing: text).list(Finding.init) } catch {
      throw DocketError(.storeDamaged, "The store holds a delivery that cannot be understood.", cause: error.what)
    }
  }
}
