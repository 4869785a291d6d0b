/// What can be measured of a candidate.
extension FeatureReader {
  private static let commonCount = 24
  private static let typedCount = 12
  static let measureCount = commonCount + typedCount

  func measures(
    of candidate: Candidate, _ lines: [Line], _ weight: LabelEvidence.Weight, _ group: CandidateGroup
  ) -> [Float] {
    let measures = common(candidate, lines, weight, group) + typed(candidate, lines, group)
    return measures.map { Float($0.isFinite ? $0 : 0) }
  }

  private func common(
    _ candidate: Candidate, _ lines: [Line], _ weight: LabelEvidence.Weight, _ group: CandidateGroup
  ) -> [Double] {
    let layout = view.layout
    let (first, last) = (lines[0], lines[lines.count - 1])
    let row = layout.rows[first.row]
    let unit = max(1, layout.unit)
    let pageWidth = max(1, layout.pageSizes[row.page]?.width ?? 1)
    let tokens = lines.flatMap { line in line.range.map { layout.token(layout.rows[line.row], $0) } }
    let (x0, x1) = (tokens.map(\.x0).min() ?? 0, tokens.map(\.x1).max() ?? 0)
    let scalars = candidate.raw.unicodeScalars
    let count = Double(max(1, scalars.count))
    let digits = Double(scalars.count { $0.properties.numericType != nil })
    let letters = Double(scalars.count { $0.properties.isAlphabetic })
    let capitals = Double(scalars.count { $0.properties.isUppercase })
    let segment = row.segments.firstIndex { $0.range.contains(first.range.lowerBound) } ?? 0
    func gap(_ row: Layout.Row, _ left: Int, _ right: Int) -> Double {
      guard row.tokens.indices.contains(left), row.tokens.indices.contains(right) else { return 10 }
      return min(10, max(0, layout.token(row, right).x0 - layout.token(row, left).x1) / unit)
    }
    let fromBottom = layout.rows.count - 1 - first.row
    return [
      layout.height(of: row), x0 / pageWidth, x1 / pageWidth,
      Double(first.row) / Double(max(1, layout.rows.count - 1)), Elementary.log(1 + Double(first.row)),
      Elementary.log(1 + Double(fromBottom)), Double(min(3, row.page - firstPage)),
      Double(min(3, lastPage - row.page)), (tokens.map(\.height).max() ?? 0) / unit, (x1 - x0) / pageWidth,
      Double(min(12, tokens.count)), Elementary.log(count), digits / count, letters / count, capitals / count,
      (count - digits - letters) / count, Double(lines.count), Double(min(6, segment)),
      Double(min(6, row.segments.count)), gap(row, first.range.lowerBound - 1, first.range.lowerBound),
      gap(layout.rows[last.row], last.range.upperBound - 1, last.range.upperBound),
      Double(min(4, group.count(of: candidate))), weight.supporting, weight.opposing,
    ]
  }

  private func typed(_ candidate: Candidate, _ lines: [Line], _ group: CandidateGroup) -> [Double] {
    switch candidate.value {
    case .decimal(let number): amount(number, lines, group)
    case .date(let date): day(date, lines)
    case .text, .boolean: text(candidate, lines)
    }
  }

  private func amount(_ number: DecimalNumber, _ lines: [Line], _ group: CandidateGroup) -> [Double] {
    let value = number.magnitude.approximate
    let largest = group.numbers.last?.approximate ?? 0
    let above = group.numbers.count { number < $0 }
    let pairs = sums.pairs(for: number)
    let row = view.layout.rows[lines[0].row]
    let money = view.moneyByRow[lines[0].row]?.first { $0.range == lines[0].range }?.number
    return [
      Elementary.log(1 + value), Double(min(8, above)), largest > 0 ? min(1, value / largest) : 0,
      above == 0 ? 1 : 0, number.isNegative ? 1 : 0, number.scale >= 2 ? 1 : 0, number.isZero ? 1 : 0,
      money?.hasCurrency == true ? 1 : 0, Double(min(4, pairs.sum)), Double(min(4, pairs.part)),
      lines[0].range.upperBound == row.tokens.count ? 1 : 0, Double(min(30, group.numbers.count)),
    ]
  }

  private func day(_ date: CalendarDate, _ lines: [Line]) -> [Double] {
    let places = view.datePlaces
    let position = places.firstIndex { $0.row == lines[0].row && $0.date.range.overlaps(lines[0].range) } ?? 0
    let place = places.indices.contains(position) ? places[position] : nil
    let inRow = places.count { $0.row == lines[0].row }
    let before = places.count { $0.row == lines[0].row && $0.date.range.upperBound <= lines[0].range.lowerBound }
    // Both readings of a date that may be read two ways stand at one place: what is learned of it tells them apart by
    // which one is the likelier, by nothing else.
    let printed = place?.date.date ?? date
    let days = Set(places.map(\.date.date))
    let earlier = days.count { $0 < printed }
    let later = days.count { printed < $0 }
    return [
      Double(min(8, earlier)), Double(min(8, later)), earlier == 0 ? 1 : 0, later == 0 ? 1 : 0,
      Double(min(10, position)), Double(min(10, max(0, places.count - 1 - position))), Double(min(4, inRow)),
      Double(min(4, before)), place?.date.hasTimeBehind == true ? 1 : 0, place?.date.other != nil ? 1 : 0,
      Double(printed.year - 2000) / 10, printed == date ? 0 : 1,
    ]
  }

  private func text(_ candidate: Candidate, _ lines: [Line]) -> [Double] {
    let text = candidate.value.canonical
    let parts = text.split(separator: " ")
    let (first, last) = (lines[0], lines[lines.count - 1])
    let start = view.layout.segment(of: view.layout.rows[first.row], at: first.range.lowerBound)
    let end = view.layout.segment(of: view.layout.rows[last.row], at: last.range.upperBound - 1)
    let hasPostcode = parts.contains { part in part.count { $0.isASCII && $0.isNumber } == 5 }
    let wordy = parts.count { part in part.allSatisfy { $0.isLetter || ".,&'-".contains($0) } }
    return [
      Double(wordy) / Double(max(1, parts.count)), Double(min(8, text.count { $0 == "," })),
      Double(min(15, parts.last?.count ?? 0)), hasPostcode ? 1 : 0,
      Double(min(6, first.range.lowerBound - start.range.lowerBound)),
      Double(min(6, max(0, end.range.upperBound - last.range.upperBound))),
      text.last.map { ",&-".contains($0) } == true ? 1 : 0, text.last == "." ? 1 : 0,
      Double(lines.count { view.layout.rows[$0.row].segments.count > 1 }),
      Double(min(6, text.count { $0 == "-" || $0 == "/" })), text.contains("(") ? 1 : 0,
      Double(min(12, text.count { $0.isASCII && $0.isNumber })),
    ]
  }
}
