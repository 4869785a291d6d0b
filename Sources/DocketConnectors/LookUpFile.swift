package import Docket
import Glibc
import Synchronization

/// Reads the tables of look-ups: a CSV file, or a table of a SQLite file. What was read and has not changed is kept.
package enum LookUpFile {
  /// Larger ones belong into a database of their own.
  private static let largestByteCount = 500_000_000
  private static let largestRowCount = 5_000_000
  private static let kept = Mutex<[String: (token: String, table: LookUpTable)]>([:])

  /// - Parameters:
  ///   - workspace: the folder that relative paths start from.
  ///   - legalForms: words that say nothing of a company: `GmbH`.
  /// - Throws: `bad-configuration` where the file, the table or a column is not there.
  package static func load(
    _ entry: LookUpEntry, workspace: String, legalForms: [String]
  ) throws(DocketError) -> LookUpTable {
    let path = place(entry.path, in: workspace)
    guard let status = FileCalls.status(at: path), status.st_mode & S_IFMT == S_IFREG else {
      throw DocketError(
        .badConfiguration, "The look-up `\(entry.name)` names `\(PathText.shown(path))`, which is no file.")
    }
    let token = FolderSource.token(status)
    let key = "\(path)\n\(entry.table ?? "")\n\(legalForms.joined(separator: "\n"))"
    let known = kept.withLock { $0[key] }
    let table: LookUpTable
    if let known, known.token == token {
      table = known.table
    } else {
      table =
        entry.table == nil
        ? try csv(path, entry, legalForms) : try database(path, entry, legalForms)
      kept.withLock { $0[key] = (token, table) }
    }
    if let missing = entry.missing(in: table.columns).first {
      throw DocketError(
        .badConfiguration,
        "The look-up `\(entry.name)` names a column `\(missing.text)`\(Spelling.suggestion(for: missing.text, in: table.columns))"
      )
    }
    return table
  }

  private static func csv(
    _ path: String, _ entry: LookUpEntry, _ legalForms: [String]
  ) throws(DocketError) -> LookUpTable {
    let bytes = try FileCalls.read(path, limit: largestByteCount + 1)
    guard bytes.count <= largestByteCount else {
      throw DocketError(
        .badConfiguration, "The look-up `\(entry.name)` is larger than \(largestByteCount / 1_000_000) MB.",
        hint: "Put it into a SQLite table, with the columns that are needed.")
    }
    var rows = CSVTable.rows(bytes)
    guard !rows.isEmpty, rows[0].contains(where: { !$0.isEmpty }) else {
      throw DocketError(.badConfiguration, "The look-up `\(entry.name)` has no row of column names.")
    }
    let columns = rows.removeFirst()
    return LookUpTable(columns: columns, rows: rows, digest: ContentDigest(of: bytes), legalForms: legalForms)
  }

  private static func database(
    _ path: String, _ entry: LookUpEntry, _ legalForms: [String]
  ) throws(DocketError) -> LookUpTable {
    let file = try SQLiteFile(path, isReadOnly: true)
    let table = entry.table ?? ""
    let columns = try file.rows("SELECT name FROM pragma_table_info(?)", [.text(table)]).compactMap { $0[0].text }
    guard !columns.isEmpty else {
      throw DocketError(.badConfiguration, "The look-up `\(entry.name)` names a table `\(table)` that is not there.")
    }
    var rows: [[String]] = []
    var hasher = ContentHasher()
    try file.each("SELECT * FROM \(SQLiteFile.quoted(table)) LIMIT \(largestRowCount)") { row in
      let texts = row.map { $0.text ?? "" }
      hasher.update(texts.joined(separator: "\u{1F}").utf8)
      hasher.update("\u{1E}".utf8)
      rows.append(texts)
    }
    return LookUpTable(columns: columns, rows: rows, digest: hasher.finish(), legalForms: legalForms)
  }
}

/// Rows of a CSV file: RFC 4180, with whichever of `,`, `;` and tab its first row has most of.
enum CSVTable {
  static func rows(_ bytes: [UInt8]) -> [[String]] {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let head = bytes[start...].prefix { $0 != 10 }
    let mark = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].max { a, b in
      head.count { $0 == a } < head.count { $0 == b }
    }
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var wasQuote = false
    func ended(_ cell: inout [UInt8]) -> String {
      defer { cell.removeAll(keepingCapacity: true) }
      return String(decoding: cell, as: UTF8.self)
    }
    for byte in bytes[start...] {
      if byte == 34 {
        // A quote after a closing quote is a quote.
        if !isQuoted, wasQuote { cell.append(34) }
        isQuoted.toggle()
        wasQuote = !isQuoted
        continue
      }
      wasQuote = false
      if isQuoted {
        cell.append(byte)
      } else if byte == mark {
        row.append(ended(&cell))
      } else if byte == 10 {
        row.append(ended(&cell))
        if row.count > 1 || !row[0].isEmpty { rows.append(row) }
        row = []
      } else if byte != 13 {
        cell.append(byte)
      }
    }
    if !cell.isEmpty || !row.isEmpty { rows.append(row + [ended(&cell)]) }
    return rows
  }
}
