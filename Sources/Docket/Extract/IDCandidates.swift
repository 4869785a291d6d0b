/// Numbers of documents, orders, customers.
struct IDCandidates {
  let view: DocumentView

  /// The row of the best proposal, nil where none is likely.
  func best(_ field: Field) -> Int? {
    let proposals = places(field)
    guard let top = proposals.max(by: { $0.candidate.score < $1.candidate.score }), top.candidate.score > 0 else {
      return nil
    }
    return top.row
  }

  func candidates(_ field: Field) -> [Candidate] { places(field).map(\.candidate) }

  private func places(_ field: Field) -> [(row: Int, candidate: Candidate)] {
    var found: [(row: Int, candidate: Candidate)] = []
    let dates = Dictionary(grouping: view.datePlaces, by: \.row)
    for row in view.layout.rows {
      for place in row.tokens.indices {
        let token = view.layout.token(row, place)
        guard token.digitCount > 0, token.digitCount + token.letterCount >= 2 else { continue }
        let weight = view.evidence.weight(field.name, row: row, range: place..<(place + 1))
        guard weight.supporting > 0.2 || view.isWide && token.digitCount >= 3 else { continue }
        let text = IDCandidates.trimmed(token.text)
        guard !text.isEmpty else { continue }
        var score = 4 * weight.supporting - 3 * weight.opposing - 2 + field.bias + (field.required ? 0.8 : 0)
        let digits = token.digitCount
        if (4...12).contains(digits) { score += 0.5 }
        if digits < 3 { score -= 1 }
        if dates[row.number]?.contains(where: { $0.date.range.contains(place) }) == true { score -= 2.5 }
        if view.numbers.number(text)?.hasDecimals == true { score -= 1.5 }
        if Checksum.isIBAN(LabelKeyless.compact(text)) { score -= 3 }
        score -= 0.02 * Double(min(row.number, 40))
        found.append(
          (
            row.number,
            view.candidate(field.name, .text(text), row: row.number, range: place..<(place + 1), score: score)
          ))
        if let joined = continued(row, place) {
          found.append(
            (
              row.number,
              view.candidate(field.name, .text(joined.text), row: row.number, range: joined.range, score: score - 0.3)
            ))
        }
      }
    }
    return found
  }

  /// `123 / 4`, `RE 2018 / 44`: a number that goes on after a slash or a dash.
  private func continued(_ row: Layout.Row, _ place: Int) -> (text: String, range: Range<Int>)? {
    guard place + 2 < row.tokens.count, ["/", "-"].contains(view.layout.token(row, place + 1).text),
      view.layout.token(row, place + 2).digitCount > 0
    else { return nil }
    let range = place..<(place + 3)
    return (range.map { view.layout.token(row, $0).text }.joined(), range)
  }

  /// Behind the last `#` or `:`, without marks at either end.
  static func trimmed(_ text: String) -> String {
    var body = text[...]
    if let mark = body.lastIndex(where: { $0 == "#" || $0 == ":" }), mark < body.index(before: body.endIndex) {
      body = body[body.index(after: mark)...]
    }
    while let first = body.first, !first.isLetter, !first.isNumber { body = body.dropFirst() }
    while let last = body.last, !last.isLetter, !last.isNumber { body = body.dropLast() }
    return String(body)
  }
}

/// Text by its letters and digits alone, in capitals.
enum LabelKeyless {
  static func compact(_ text: some StringProtocol) -> String {
    var compact = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "A"..."Z", "0"..."9": compact.unicodeScalars.append(scalar)
      case "a"..."z": compact.unicodeScalars.append(Unicode.Scalar(scalar.value - 32)!)
      default: break
      }
    }
    return compact
  }
}
