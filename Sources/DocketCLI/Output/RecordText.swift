import Docket

/// A record for people: each field with its value, how sure Docket is, and where it stands.
struct RecordText: Sendable {
  let output: Output
  /// Where it is at hand: then who read a value off a picture is said, too.
  var reading: Reading?

  /// What one document became, several lines.
  func text(_ line: ExtractionLine) -> String {
    let place = PlainText.oneLine(line.part.map { "\(line.file) \($0)" } ?? line.file)
    var out = output.styled(place, .bold)
    guard line.outcome == "ok" else { return out + "   \(output.styled(line.outcome, .red))\n" }
    if let reading = line.reading { out += "   \(size(of: reading))" }
    guard case .record(let result) = line.understood else {
      if case .parts(let splitting) = line.understood { return out + "   \(splitting.parts.count) documents\n" }
      return out + "   no contract fits\n"
    }
    out += "   \(result.record.contract) \(Percent.text(result.record.classification))"
    out += "   \(result.decision.route.rawValue)   all right with \(Percent.fine(result.record.confidence))\n"
    out += fields(result.record, result.decision)
    for finding in result.record.findings + result.decision.reasons {
      out += "  \(output.styled(finding.level.rawValue, style(finding.level))) \(finding.message) (\(finding.code))\n"
    }
    return out
  }

  /// A line a field that has a value, then a line a row of each table.
  func fields(_ record: Record, _ decision: Decision) -> String {
    let filled = record.fields.filter { !$0.values.isEmpty }
    let width = filled.map { $0.path.count }.max() ?? 0
    var out = ""
    for field in filled {
      for value in field.values {
        let asked = decision.fields[field.path].map { $0.isAccepted ? "" : "?" } ?? ""
        out += "  \(pad(field.path, width))  \(output.styled(PlainText.short(value.value.canonical), .bold))\(asked)"
        out += output.styled("   \(Percent.text(value.confidence)) · \(evidence(value))", .dim) + "\n"
      }
    }
    for table in record.tables {
      for (index, row) in table.rows.enumerated() {
        let cells = row.compactMap { cell in
          cell.values.first.map {
            "\(cell.path.dropFirst(table.path.count + 1)) \(PlainText.short($0.value.canonical))"
          }
        }
        out += "  \(table.path)[\(index + 1)]  \(cells.joined(separator: " · "))\n"
      }
    }
    return out
  }

  /// Where a value stands and what it looks like there.
  func evidence(_ value: Sourced) -> String {
    let places = value.provenance.map { RecordText.place($0.locator) }
    let raw = PlainText.short(value.raw)
    if value.isRemembered { return "\(places.first ?? "nowhere") read “\(raw)”, remembered" + readers(of: value) }
    let printed = raw.isEmpty || raw == PlainText.short(value.value.canonical) ? "" : " “\(raw)”"
    return (places.first ?? "nowhere") + printed + readers(of: value)
  }

  /// `, read by both`: whose words stand where a value does; empty where one reader alone read the page.
  private func readers(of value: Sourced) -> String {
    guard let reading, case .region(let region)? = value.provenance.first?.locator,
      let page = reading.pages.first(where: { $0.number == region.page })
    else { return "" }
    let readers = page.words.filter { word in
      let (x, y) = (Double(word.x + word.width / 2), Double(word.y + word.height / 2))
      return x >= region.x && x <= region.x + region.width && y >= region.y && y <= region.y + region.height
    }.compactMap(\.reader)
    // One that the other did not confirm is what a person should know of.
    guard let told = [WordReader.lines, .tesseract, .both].first(where: readers.contains) else { return "" }
    let names = [WordReader.lines: "the line reader", .tesseract: "Tesseract", .both: "both readers alike"]
    return ", read by \(names[told] ?? told.word)"
  }

  /// `page 1 at 402,611`.
  static func place(_ locator: Locator) -> String {
    switch locator {
    case .region(let region): "page \(region.page) at \(Int(region.x)),\(Int(region.y))"
    case .path(let path): PlainText.oneLine(end(ofPath: path))
    case .cell(let sheet, let row, let column): "sheet \(sheet) row \(row) column \(column)"
    case .span(let range): "characters \(range.lowerBound) to \(range.upperBound)"
    case .header(let name, _): "header \(PlainText.oneLine(name))"
    case .person(let person): "person \(PlainText.oneLine(person))"
    case .check(let code): "check \(code)"
    }
  }

  /// The last two steps of a path in a tree, first ones of their name without a number; JSON has the whole path.
  private static func end(ofPath path: String) -> String {
    let steps = path.split(separator: "/").map { $0.hasSuffix("[1]") ? $0.dropLast(3) : $0 }
    return (steps.count > 2 ? "…/" : "/") + steps.suffix(2).joined(separator: "/")
  }

  private func size(of reading: Reading) -> String {
    let count = reading.pages.count
    return count == 0 ? reading.mediaType : "\(count) \(count == 1 ? "page" : "pages")"
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func style(_ level: Finding.Level) -> Output.Style {
    switch level {
    case .note: .dim
    case .warning: .yellow
    case .error: .red
    }
  }
}
