import Docket

/// The tables of one kind of record: made where they are missing, widened where the contract has grown.
///
/// The main table has a row a thing, with `docket_id` (which others may refer to: it stays when the row is written
/// anew), `docket_record`, `docket_version`, `docket_identity` and `docket_delivery`; a table of rows has `docket_id`
/// and `docket_row`, counted from 1.
struct SheetSchema {
  let main: String
  let columns: [String]
  let below: [(name: String, columns: [String])]
  private let sheet: RecordSheet

  init(_ sheet: RecordSheet, table: String?) {
    self.sheet = sheet
    let main = table ?? SheetSchema.name(sheet.name)
    self.main = main
    columns = SheetSchema.names(sheet.columns)
    below = sheet.tables.map { ("\(main)_\(SheetSchema.name($0.name))", SheetSchema.names($0.columns)) }
  }

  /// What each delivery did, so that none is done twice; and what it was, long after its row was written anew.
  static let journal = "docket_delivery"

  func prepare(_ file: SQLiteFile) throws(DocketError) {
    try file.rows(
      """
      CREATE TABLE IF NOT EXISTS \(SheetSchema.journal) (
        key TEXT PRIMARY KEY, operation TEXT NOT NULL, record TEXT NOT NULL, version INTEGER NOT NULL,
        contract TEXT NOT NULL, table_name TEXT NOT NULL, docket_id INTEGER, effect TEXT NOT NULL)
      """)
    let own = [
      "docket_id INTEGER PRIMARY KEY AUTOINCREMENT", "docket_record TEXT", "docket_version INTEGER",
      "docket_identity TEXT",
      "docket_delivery TEXT",
    ]
    if try make(main, own, zip(columns, sheet.columns), in: file) {
      try file.rows("CREATE UNIQUE INDEX \(index("record")) ON \(SQLiteFile.quoted(main)) (docket_record)")
      try file.rows("CREATE UNIQUE INDEX \(index("identity")) ON \(SQLiteFile.quoted(main)) (docket_identity)")
    }
    for (table, (name, columns)) in zip(sheet.tables, below) {
      let own = [
        "docket_id INTEGER NOT NULL REFERENCES \(SQLiteFile.quoted(main)) (docket_id)",
        "docket_row INTEGER NOT NULL",
      ]
      if try make(name, own, zip(columns, table.columns), in: file) {
        let index = SQLiteFile.quoted("\(name)_row")
        try file.rows("CREATE UNIQUE INDEX \(index) ON \(SQLiteFile.quoted(name)) (docket_id, docket_row)")
      }
    }
  }

  private func index(_ what: String) -> String { SQLiteFile.quoted("\(main)_docket_\(what)") }

  /// True where it was made.
  private func make(
    _ table: String, _ own: [String], _ columns: some Sequence<(String, RecordSheet.Column)>, in file: SQLiteFile
  ) throws(DocketError) -> Bool {
    let wanted = columns.map { (name: $0.0, definition: "\(SQLiteFile.quoted($0.0)) \(SheetSchema.type($0.1.kind))") }
    let present = Set(
      try file.rows("SELECT name FROM pragma_table_info(?)", [.text(table)]).compactMap { $0[0].text?.lowercased() })
    guard !present.isEmpty else {
      let all = (own + wanted.map(\.definition)).joined(separator: ", ")
      try file.rows("CREATE TABLE \(SQLiteFile.quoted(table)) (\(all))")
      return true
    }
    guard present.contains("docket_id") else {
      throw DocketError(
        .destinationRefused, "The database has a table `\(table)` that was not made by Docket.",
        hint: "Name another with `table:`, or deliver to a file of its own.")
    }
    for column in wanted where !present.contains(column.name.lowercased()) {
      try file.rows("ALTER TABLE \(SQLiteFile.quoted(table)) ADD COLUMN \(column.definition)")
    }
    return false
  }

  /// Numbers are `NUMERIC`, so that they compare and add up as numbers.
  private static func type(_ kind: RecordSheet.Kind) -> String {
    switch kind {
    case .text: "TEXT"
    case .integer, .boolean: "INTEGER"
    case .decimal: "NUMERIC"
    }
  }

  /// `seller.name` as `seller_name`.
  static func name(_ path: String) -> String { String(path.map { $0 == "." || $0 == "-" ? "_" : $0 }) }

  /// SQLite tells names apart without case; what falls together with another, or with a column of ours, gets a number.
  private static func names(_ columns: [RecordSheet.Column]) -> [String] {
    var taken: Set<String> = [
      "docket_id", "docket_row", "docket_record", "docket_version", "docket_identity", "docket_delivery",
    ]
    return columns.map { column in
      let plain = name(column.name)
      var candidate = plain
      var number = 2
      while !taken.insert(candidate.lowercased()).inserted {
        candidate = "\(plain)_\(number)"
        number += 1
      }
      return candidate
    }
  }
}
