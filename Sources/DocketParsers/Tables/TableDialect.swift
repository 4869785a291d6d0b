/// How a file of separated values is written: what divides its cells. Found by trying: the right divider gives rows
/// of one length.
struct TableDialect {
  let divider: UInt8
  /// Bytes at the start that tell the divider to a spreadsheet: `sep=;`.
  let preamble: Int

  private static let dividers: [UInt8] = [0x3B, 0x09, 0x2C, 0x7C]

  /// How alike the rows are, by the most frequent count of cells.
  private struct Fit {
    var columns: Int
    var rows: Int
    /// Of the rows.
    var share: Double
    var longest: Int
  }

  /// - Parameter text: the start of a file, at most; it may end within a row.
  init?(_ text: [UInt8], isNamed: Bool) {
    preamble = TableDialect.preamble(text)
    if preamble > 0, text.count > 4 {
      divider = text[4]
      return
    }
    var best: (divider: UInt8, fit: Fit)?
    for divider in TableDialect.dividers {
      guard let fit = TableDialect.fit(text, divider), TableDialect.isLikely(fit, isNamed: isNamed) else { continue }
      let isBetter = best.map { (fit.share, fit.columns) > ($0.fit.share, $0.fit.columns) } ?? true
      if isBetter { best = (divider, fit) }
    }
    guard let best else { return nil }
    divider = best.divider
  }

  static func isTable(_ text: TextStart, isNamed: Bool) -> Bool {
    TableDialect(text.scalars, isNamed: isNamed) != nil
  }

  var name: String {
    switch divider {
    case 0x3B: "semicolons"
    case 0x09: "tabs"
    case 0x7C: "bars"
    default: "commas"
    }
  }

  private static func preamble(_ text: [UInt8]) -> Int {
    guard text.hasPrefix(ignoringCase: "sep="), let end = text.firstIndex(of: 0x0A), end <= 6 else { return 0 }
    return end + 1
  }

  /// A file that is called a table may be ragged; one that is not must leave no doubt, for prose has commas too.
  private static func isLikely(_ fit: Fit, isNamed: Bool) -> Bool {
    if isNamed { return fit.columns >= 2 && fit.share >= 0.5 }
    return fit.columns >= 3 && fit.rows >= 3 && fit.share == 1 && fit.longest <= 200
  }

  private static func fit(_ text: [UInt8], _ divider: UInt8) -> Fit? {
    var reader = SeparatedValues(text, divider: divider)
    var counts: [Int: Int] = [:]
    var longest = 0
    while let row = reader.next(), counts.count < 200 {
      // What the look at the start cut off is no row.
      if reader.isAtEnd, text.count >= 65_500 { break }
      if row.allSatisfy(\.isEmpty) { continue }
      counts[row.count, default: 0] += 1
      longest = max(longest, row.map(\.count).max() ?? 0)
    }
    let rows = counts.values.reduce(0, +)
    guard let best = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), rows > 0 else { return nil }
    return Fit(columns: best.key, rows: rows, share: Double(best.value) / Double(rows), longest: longest)
  }
}

/// Rows of separated values (RFC 4180, with any divider), one after the other.
struct SeparatedValues {
  private let bytes: [UInt8]
  private let divider: UInt8
  private var at: Int

  /// - Parameter bytes: in UTF-8; line ends of any kind.
  init(_ bytes: [UInt8], divider: UInt8, from start: Int = 0) {
    self.bytes = bytes
    self.divider = divider
    at = start
  }

  var isAtEnd: Bool { at >= bytes.count }

  /// The cells of the next row as bytes, quotes taken off; nil at the end.
  mutating func next() -> [[UInt8]]? {
    guard at < bytes.count else { return nil }
    var row: [[UInt8]] = []
    while true {
      row.append(cell())
      guard at < bytes.count else { return row }
      let byte = bytes[at]
      at += 1
      if byte == divider { if at == bytes.count { row.append([]) } else { continue } }
      if byte == 0x0D, at < bytes.count, bytes[at] == 0x0A { at += 1 }
      return row
    }
  }

  /// Ends before a divider or a line end.
  private mutating func cell() -> [UInt8] {
    let start = at
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    if at < bytes.count, bytes[at] == 0x22, let quoted = quoted() { return quoted }
    at = start
    while at < bytes.count, bytes[at] != divider, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
    var range = bytes[start..<at]
    while range.last == 0x20 { range.removeLast() }
    return Array(range.drop { $0 == 0x20 })
  }

  /// A cell in quotes; nil where what follows the closing one is no end of a cell: then the quotes are text.
  private mutating func quoted() -> [UInt8]? {
    var out: [UInt8] = []
    var index = at + 1
    while index < bytes.count {
      if bytes[index] == 0x22 {
        if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
          out.append(0x22)
          index += 2
          continue
        }
        index += 1
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        guard index == bytes.count || [divider, 0x0A, 0x0D].contains(bytes[index]) else { return nil }
        at = index
        return out
      }
      out.append(bytes[index])
      index += 1
    }
    return nil
  }
}
