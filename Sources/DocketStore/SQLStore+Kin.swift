package import Docket

extension SQLStore {
  package func kin(of id: DocumentID) async throws(DocketError) -> [Kin] {
    try await read { connection in
      // A link is seen from both ends.
      try connection.rows(
        """
        SELECT kin.other AS id, kin.kind AS kind, kin.likeness AS likeness, document.arrival AS arrival
        FROM kin JOIN document ON document.id = kin.other WHERE kin.document = ?
        UNION
        SELECT kin.document, kin.kind, kin.likeness, document.arrival
        FROM kin JOIN document ON document.id = kin.document WHERE kin.other = ?
        ORDER BY arrival LIMIT 100
        """, .text(id.hex), .text(id.hex)
      ).compactMap { row in
        guard let other = row.text("id"), let kind = row.text("kind").flatMap(Kin.Kind.init) else { return nil }
        return Kin(document: DocumentID(hex: other), kind: kind, likeness: row.real("likeness") ?? 1)
      }
    }
  }
}

extension SQLConnection {
  /// More than these are not compared.
  private static var mostKin: Int { 50 }

  /// Keeps what a document is known by in place of what was kept before, and its links to others.
  ///
  /// - Returns: its kin, but for those in a silent state, in the order of arrival.
  func link(_ document: Document, by traits: Traits) throws -> [Kin] {
    for table in ["trait", "sketch_band", "kin"] {
      try execute("DELETE FROM \(table) WHERE document = ?", .text(document.id.hex))
    }
    try execute(
      "INSERT INTO trait (document, identity, value_digest, sketch) VALUES (?, ?, ?, ?)", .text(document.id.hex),
      SQLValue(traits.identity?.hex), SQLValue(traits.values?.hex), SQLValue(traits.sketch?.text))
    let bands = (traits.sketch?.bands ?? []).enumerated().map { ($0.offset, Int($0.element)) }
    var near: Set<String> = []
    for (band, hash) in bands {
      let rows = try rows(
        "SELECT document FROM sketch_band WHERE band = ? AND hash = ? LIMIT \(Self.mostKin)", .integer(band),
        .integer(hash))
      near.formUnion(rows.compactMap { $0.text("document") })
      try execute(
        "INSERT INTO sketch_band (band, hash, document) VALUES (?, ?, ?)", .integer(band), .integer(hash),
        .text(document.id.hex))
    }
    if let identity = traits.identity {
      let rows = try rows(
        "SELECT document FROM trait WHERE identity = ? LIMIT \(Self.mostKin)", .text(identity.hex))
      near.formUnion(rows.compactMap { $0.text("document") })
    }
    return try kin(of: document, traits, among: near.subtracting([document.id.hex]))
  }

  private func kin(of document: Document, _ traits: Traits, among ids: Set<String>) throws -> [Kin] {
    var found: [(arrival: Int, kin: Kin)] = []
    for id in ids.sorted() {
      guard
        let row = try row(
          """
          SELECT trait.identity, trait.value_digest, trait.sketch, document.state, document.arrival, document.pipeline
          FROM trait JOIN document ON document.id = trait.document WHERE trait.document = ?
          """, .text(id)), row.text("pipeline") == document.pipeline, let arrival = row.integer("arrival")
      else { continue }
      let other = Traits(
        identity: row.text("identity").flatMap(ContentDigest.init(hex:)),
        values: row.text("value_digest").flatMap(ContentDigest.init(hex:)),
        sketch: row.text("sketch").flatMap(WordSketch.init(text:)))
      guard let kin = Kin(DocumentID(hex: id), other, to: traits) else { continue }
      try execute(
        "INSERT INTO kin (document, other, kind, likeness) VALUES (?, ?, ?, ?)", .text(document.id.hex), .text(id),
        .text(kin.kind.rawValue), .real(kin.likeness))
      let state = row.text("state").flatMap(DocumentState.init)
      if state.map({ !Kin.silent.contains($0) }) == true { found.append((arrival, kin)) }
    }
    return found.sorted { $0.arrival < $1.arrival }.map(\.kin)
  }
}
