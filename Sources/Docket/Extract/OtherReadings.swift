/// Amounts and dates that may stand where others were read: by the other reader, or by a letter the line reader
/// hesitated over. Labels weigh them as they weigh what was read; they begin behind it by how much less probable they
/// are.
struct OtherReadings {
  struct Amount {
    var place: DocumentView.MoneyPlace
    var variant: WordVariant
    /// The logarithm of the variant's probability over that of what was read.
    var odds: Double
  }

  struct Date {
    var row: Int
    var date: PrintedDate
    var variant: WordVariant
    var odds: Double
    /// How many of the document's dates stand before it.
    var position: Int
  }

  private(set) var amounts: [Amount] = []
  private(set) var dates: [Date] = []

  /// Of a document: more is a page that nobody could read.
  static let limit = 200

  init() {}

  init(
    _ layout: Layout, numbers: NumberScanner, scanner: DateScanner, dates known: [(row: Int, date: PrintedDate)]
  ) {
    var count = 0
    // One copy, in which one token at a time says something else.
    var other = layout
    for row in layout.rows {
      for (place, index) in row.tokens.enumerated() {
        let token = layout.tokens[index]
        for variant in token.variants where variant.text.contains(where: \.isNumber) {
          guard count < OtherReadings.limit else { return }
          count += 1
          let odds = OtherReadings.odds(variant, of: token)
          other.tokens[index] = token.saying(variant)
          defer { other.tokens[index] = token }
          let said = scanner.dates(in: row, of: other).first { $0.range.contains(place) }
          if let said {
            let read = known.first { $0.row == row.number && $0.date.range.contains(place) }
            guard said.date != read?.date.date else { continue }
            let position = known.firstIndex { ($0.row, $0.date.range.lowerBound) >= (row.number, place) } ?? known.count
            dates.append(Date(row: row.number, date: said, variant: variant, odds: odds, position: position))
          } else if let number = numbers.number(variant.text), number.value != numbers.number(token.text)?.value {
            let place = DocumentView.MoneyPlace(row: row.number, range: place..<place + 1, number: number)
            amounts.append(Amount(place: place, variant: variant, odds: odds))
          }
        }
      }
    }
  }

  private static func odds(_ variant: WordVariant, of token: Token) -> Double {
    Elementary.log(max(0.001, Double(variant.probability)) / max(0.001, token.confidence))
  }
}

extension Candidate {
  /// The same value's place, said by another text than the one that was believed.
  func reading(_ variant: WordVariant, odds: Double) -> Candidate {
    var candidate = self
    candidate.score += odds
    candidate.raw = variant.text
    candidate.readingConfidence = Double(variant.probability)
    candidate.findings.append(
      Finding(
        "other-reading", .note, "`\(path)` was read as `\(raw)` at first; what else may stand there fits better.",
        field: path))
    return candidate
  }
}
