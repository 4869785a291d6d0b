package import Docket

/// Separated values (CSV, TSV): a table. The divider, the coding and the heading row are found out.
package struct TableParser: Parser {
  package static var mediaTypes: Set<String> { [MediaType.csv] }
  package static var version: String { "table 1" }
  package init() {}

  package func read(_ input: ParserInput, into output: any ParserOutput) throws(DocketError) -> ReadingSummary {
    let decoded = TextDecoding.decode(input.bytes)
    let bytes = Array(decoded.text.utf8)
    guard let dialect = TableDialect(Array(bytes.prefix(65_536)), isNamed: true) else {
      return ReadingSummary(
        mediaType: MediaType.plain, content: .text(TextReading(text: decoded.text)), findings: decoded.findings)
    }
    var values = SeparatedValues(bytes, divider: dialect.divider, from: dialect.preamble)
    var rows: [[String]] = []
    while let row = values.next() { rows.append(row.map { String(decoding: $0, as: UTF8.self) }) }
    while rows.last?.allSatisfy(\.isEmpty) == true { rows.removeLast() }
    let heading = TableShape(rows).heading.map { "row \($0 + 1) names them" } ?? "no row names them"
    return ReadingSummary(
      mediaType: input.mediaType, content: .table(TableReading(rows: rows)),
      findings: decoded.findings + [
        Finding("table-dialect", .note, "Columns are divided by \(dialect.name); \(heading).")
      ])
  }
}

/// What kinds of values a table's columns hold, and which row names them.
struct TableShape {
  enum Kind { case empty, number, date, text }

  /// The row of names, counted from 0; nil where the first row holds values like the others.
  private(set) var heading: Int?

  init(_ rows: [[String]]) {
    let sample = rows.prefix(200).map { $0.map(TableShape.kind) }
    // Exports of banks begin with a few lines about the account: the widest rows are the table.
    let width = sample.map(\.count).max() ?? 0
    guard width > 1, let first = sample.firstIndex(where: { row in row.count { $0 != .empty } * 10 >= width * 7 }),
      first + 1 < sample.count
    else { return }
    let names = sample[first]
    let values = sample[(first + 1)...]
    let isWords = names.allSatisfy { $0 == .text || $0 == .empty }
    // Where all columns are texts, nothing tells names from values but that names are all different and short.
    let isOther = names.indices.contains { column in
      values.contains { column < $0.count && ($0[column] == .number || $0[column] == .date) }
    }
    let texts = rows[first].filter { !$0.isEmpty }
    let isShort = texts.allSatisfy { $0.count <= 40 } && Set(texts).count == texts.count
    if isWords, isOther || isShort { heading = first }
  }

  static func kind(_ cell: String) -> Kind {
    let scalars = cell.unicodeScalars
    if scalars.isEmpty { return .empty }
    let digits = scalars.count { ("0"..."9").contains($0) }
    guard digits > 0 else { return .text }
    let signs = scalars.count { ".,-+/: '%€$£".unicodeScalars.contains($0) }
    guard digits + signs == scalars.count else { return .text }
    let parts = cell.split { "-./".contains($0) }
    return parts.count == 3 && digits >= 5 && parts.allSatisfy { $0.count <= 4 } ? .date : .number
  }
}
