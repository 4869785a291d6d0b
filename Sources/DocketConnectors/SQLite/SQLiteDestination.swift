package import Docket

/// Tables in a SQLite file: a row a thing, rows of the record in tables beside it.
///
///     ledger: { sqlite: { path: out/ledger.sqlite } }
///
/// The tables are made from the contract (or the mapping) and grow with it. A record of a thing that is there already,
/// by the contract's identity, takes its row's place. Each delivery is one transaction together with its key in
/// `docket_delivery`, so that a killed run and two at once deliver each once. What is retracted loses its row; the
/// journal keeps what there was.
package actor SQLiteDestination: Destination {
  package nonisolated let name: String
  private let path: String
  private let table: String?

  package init(name: String, path: String, table: String? = nil) {
    self.name = name
    self.path = path
    self.table = table
  }

  package func deliver(_ delivery: Delivery) async throws(DocketError) -> Receipt { try write(delivery) }

  package func retract(_ delivery: Delivery) async throws(DocketError) -> Receipt { try write(delivery) }

  /// The file is opened for each delivery: one that was moved away or replaced in between is never written to.
  private func write(_ delivery: Delivery) throws(DocketError) -> Receipt {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try FileCalls.makeFolder(String(path[..<slash]))
    }
    try SQLiteDestination.holdsExactly(delivery.sheet)
    let schema = SheetSchema(delivery.sheet, table: table)
    let file = try SQLiteFile(path)
    let place = try file.transaction { () throws(DocketError) in
      try schema.prepare(file)
      if let known = try SQLiteDestination.known(delivery.key, in: file) { return known }
      let (row, effect) =
        switch delivery.operation {
        case .deliver: try SheetWriting(file: file, schema: schema, delivery: delivery).put()
        case .retract: try SheetWriting(file: file, schema: schema, delivery: delivery).takeAway()
        }
      try file.rows(
        "INSERT INTO \(SheetSchema.journal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
          .text(delivery.key), .text(delivery.operation.rawValue), .text(delivery.record.hex),
          .integer(Int64(delivery.version)), .text(delivery.contract.description), .text(schema.main),
          row.map { .integer($0) } ?? .null, .text(effect.rawValue),
        ])
      return SQLiteDestination.shown(schema.main, row)
    }
    return Receipt(key: delivery.key, place: "\(path) \(place)")
  }

  private static func known(_ key: String, in file: SQLiteFile) throws(DocketError) -> String? {
    let sql = "SELECT table_name, docket_id FROM \(SheetSchema.journal) WHERE key = ?"
    return try file.rows(sql, [.text(key)]).first.map { shown($0[0].text ?? "", $0[1].integer) }
  }

  private static func shown(_ table: String, _ row: Int64?) -> String { row.map { "\(table)/\($0)" } ?? table }

  /// SQLite keeps a fraction in fifteen digits: what has more would be another number afterwards.
  private static func holdsExactly(_ sheet: RecordSheet) throws(DocketError) {
    for value in (sheet.values + sheet.tables.flatMap { $0.rows.joined() }).compactMap({ $0 }) {
      guard case .decimal(let number) = value, number.scale > 0 else { continue }
      guard number.units.magnitude < 1_000_000_000_000_000 else {
        throw DocketError(
          .destinationRefused, "A number of the record has more than fifteen digits, which SQLite would round.",
          hint: "Deliver it as a text, with a mapping that says `as: text`.")
      }
    }
  }
}

/// What became of a delivery.
enum SheetEffect: String {
  case inserted, updated, removed
  /// A newer version of the record was there already, or what is to be taken back is not there any more.
  case nothing
}

/// One delivery's change of the tables, inside its transaction.
private struct SheetWriting {
  let file: SQLiteFile
  let schema: SheetSchema
  let delivery: Delivery

  private var main: String { SQLiteFile.quoted(schema.main) }

  func put() throws(DocketError) -> (row: Int64?, SheetEffect) {
    let own = try row("docket_record", .text(delivery.record.hex))
    if let own, own.version > delivery.version { return (own.id, .nothing) }
    let same =
      try delivery.sheet.identity.map { (identity) throws(DocketError) in
        try row("docket_identity", .text(identity.hex))
      } ?? nil
    // A corrected record of another thing leaves the row of the one it was taken for.
    if let own, let same, own.id != same.id { try delete(own.id) }
    let id: Int64
    if let present = same ?? own {
      id = present.id
      try update(id)
    } else {
      id = try insert()
    }
    try putRows(below: id)
    return (id, same ?? own == nil ? .inserted : .updated)
  }

  /// Only what this very version put there: a newer one stays.
  func takeAway() throws(DocketError) -> (row: Int64?, SheetEffect) {
    guard let own = try row("docket_record", .text(delivery.record.hex)), own.version == delivery.version else {
      return (nil, .nothing)
    }
    try delete(own.id)
    return (own.id, .removed)
  }

  private func row(
    _ column: String, _ value: SQLiteValue
  ) throws(DocketError) -> (id: Int64, version: Int)? {
    try file.rows("SELECT docket_id, docket_version FROM \(main) WHERE \(column) = ?", [value]).first.flatMap { row in
      row[0].integer.map { ($0, Int(row[1].integer ?? 0)) }
    }
  }

  private var values: [(column: String, value: SQLiteValue)] {
    [
      ("docket_record", .text(delivery.record.hex)), ("docket_version", .integer(Int64(delivery.version))),
      ("docket_identity", SQLiteValue(delivery.sheet.identity?.hex)), ("docket_delivery", .text(delivery.key)),
    ] + zip(schema.columns, delivery.sheet.values).map { ($0, SQLiteValue($1)) }
  }

  private func insert() throws(DocketError) -> Int64 {
    let names = values.map { SQLiteFile.quoted($0.column) }.joined(separator: ", ")
    let marks = values.map { _ in "?" }.joined(separator: ", ")
    try file.rows("INSERT INTO \(main) (\(names)) VALUES (\(marks))", values.map(\.value))
    return file.lastRow
  }

  private func update(_ id: Int64) throws(DocketError) {
    let changes = values.map { "\(SQLiteFile.quoted($0.column)) = ?" }.joined(separator: ", ")
    try file.rows("UPDATE \(main) SET \(changes) WHERE docket_id = ?", values.map(\.value) + [.integer(id)])
  }

  private func putRows(below id: Int64) throws(DocketError) {
    for (table, (name, columns)) in zip(delivery.sheet.tables, schema.below) {
      try file.rows("DELETE FROM \(SQLiteFile.quoted(name)) WHERE docket_id = ?", [.integer(id)])
      let names = (["docket_id", "docket_row"] + columns.map(SQLiteFile.quoted)).joined(separator: ", ")
      let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
      for (number, row) in table.rows.enumerated() {
        try file.rows(
          "INSERT INTO \(SQLiteFile.quoted(name)) (\(names)) VALUES (\(marks))",
          [.integer(id), .integer(Int64(number + 1))] + row.map { SQLiteValue($0) })
      }
    }
  }

  private func delete(_ id: Int64) throws(DocketError) {
    for (name, _) in schema.below {
      try file.rows("DELETE FROM \(SQLiteFile.quoted(name)) WHERE docket_id = ?", [.integer(id)])
    }
    try file.rows("DELETE FROM \(main) WHERE docket_id = ?", [.integer(id)])
  }
}

extension SQLiteDestination: ConfiguredDestination {
  package static let manual = ConnectorManual(
    kind: "sqlite", summary: "Tables in a SQLite file, made from the contract or the mapping; one row a thing.",
    settings: [
      .init("path", "The file; made if it is not there.", isRequired: true),
      .init("table", "The main table's name; the contract's or the mapping's unless given."),
    ],
    example: "ledger: { sqlite: { path: out/ledger.sqlite } }")

  package init(_ entry: PipelineFile.DestinationEntry, workspace: String) throws(DocketError) {
    self.init(
      name: entry.name, path: place(entry.settings["path", default: ""], in: workspace),
      table: entry.settings["table"])
  }
}
