/// Rows of comma-separated values (RFC 4180) that no spreadsheet takes for a formula.
package enum CSVRow {
  /// Values, made safe, without a line end.
  package static func text(_ values: some Sequence<String>) -> String {
    values.map { quoted(safe($0)) }.joined(separator: ",")
  }

  /// A value as a spreadsheet must not execute it: what it would compute gets an apostrophe in front. Plain numbers,
  /// negative ones too, stay as they are.
  ///
  /// https://owasp.org/www-community/attacks/CSV_Injection
  package static func safe(_ value: String) -> String {
    guard let first = value.unicodeScalars.first(where: { $0 != " " }),
      "=+-@\t\r\n|%＝＋－＠".unicodeScalars.contains(first)
    else { return value }
    return DecimalNumber(value) != nil ? value : "'\(value)"
  }

  /// A cell, in quotes where it must be.
  package static func quoted(_ cell: String) -> String {
    let isPlain =
      !cell.utf8.contains { [34, 44, 59, 10, 13].contains($0) } && !cell.hasPrefix(" ") && !cell.hasSuffix(" ")
    guard !isPlain else { return cell }
    var out = "\""
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { out.unicodeScalars.append("\"") }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }
}

extension Record {
  /// Leaf values for destinations that want columns: header fields in contract order, absent ones empty; several
  /// values are joined by `; `. Tables are left out.
  package var cells: [Delivery.Cell] {
    fields.map { field in
      Delivery.Cell(path: field.path, value: field.values.map(\.value.canonical).joined(separator: "; "))
    }
  }
}
