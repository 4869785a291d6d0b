/// Dates. Both readings of an ambiguous one are proposed, and a finding says so.
struct DateCandidates {
  let view: DocumentView
  let contract: Contract

  /// The row where the document's own number stands best: its date is likely beside it.
  var numberRow: Int? = nil

  func candidates(_ field: Field) -> [Candidate] {
    let first = field.range == nil && contract.fields.first { $0.type == .date }?.name == field.name
    let periods = field.range == nil ? [] : DatePeriod.all(in: view)
    return places.flatMap { place in
      let position = place.position
      let row = view.layout.rows[place.row]
      let period = place.other == nil ? periods.first { $0.from == position || $0.to == position } : nil
      // What speaks for a period stands before its first day.
      let start = period.map { view.datePlaces[$0.from].date.range } ?? place.date.range
      let weight = view.evidence.weight(field.name, row: row, range: start)
      var score = 4 * weight.supporting - 3 * weight.opposing - 2 + field.bias + (field.required ? 0.8 : 0)
      if field.required || first {
        if position == 0 { score += view.datePlaces.count <= 1 ? 1.4 : 0.8 }
        score -= 0.03 * Double(min(position, 20))
        score -= 0.2 * Double(row.page - 1)
        if view.layout.height(of: row) > 0.6 { score -= 0.3 }
        if place.date.hasTimeBehind { score += 0.4 }
        if let numberRow {
          if place.row == numberRow { score += 1.5 } else if abs(place.row - numberRow) == 1 { score += 0.5 }
        }
        if weight.supporting == 0 { score += otherLabel(field, row: row, range: place.date.range) ? -1.5 : 0.7 }
      }
      if let period, let end = field.range {
        score += (end == .from ? period.from : period.to) == position ? 1.5 : -2
      }
      if view.keys[place.row].contains(where: { view.words.has($0, .version) }) { score -= 2 }
      if place.date.isMended { score -= 0.4 }
      var found = [
        view.candidate(
          field.name, .date(place.date.date), row: place.row, range: place.date.range, score: score,
          findings: finding(place.date, field))
      ]
      if let other = place.date.other {
        found.append(
          view.candidate(
            field.name, .date(other), row: place.row, range: place.date.range, score: score - 0.4,
            findings: finding(place.date, field)))
      }
      return place.other.map { other in found.map { $0.reading(other.variant, odds: other.odds) } } ?? found
    }
  }

  /// The dates that were read, then those that may stand there instead, each with how many dates stand before it.
  private var places: [(position: Int, row: Int, date: PrintedDate, other: OtherReadings.Date?)] {
    view.datePlaces.enumerated().map { ($0.offset, $0.element.row, $0.element.date, nil) }
      + view.others.dates.map { ($0.position, $0.row, $0.date, $0) }
  }

  /// Another date field's label claims it.
  private func otherLabel(_ field: Field, row: Layout.Row, range: Range<Int>) -> Bool {
    contract.fields.contains { other in
      other.type == .date && other.name != field.name
        && view.evidence.weight(other.name, row: row, range: range).supporting > 0.5
    }
  }

  private func finding(_ date: PrintedDate, _ field: Field) -> [Finding] {
    let mended = date.isMended ? [Finding.mended(field.name)] : []
    guard date.other != nil else { return mended }
    return mended + [
      Finding(
        "ambiguous-date", .warning, "The date of `\(field.name)` may be read day first or month first.",
        field: field.name)
    ]
  }
}
