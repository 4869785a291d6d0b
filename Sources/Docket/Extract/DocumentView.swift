/// A document as candidates are found in it: rows, labels, numbers and dates, read once for all fields.
struct DocumentView {
  let layout: Layout
  let words: WordSets
  let numbers: NumberScanner
  let dates: DateScanner
  let labels: LabelIndex
  let evidence: LabelEvidence
  /// Keys of each row's tokens.
  let keys: [[String]]
  let money: [MoneyPlace]
  let moneyByRow: [Int: [MoneyPlace]]
  let datePlaces: [(row: Int, date: PrintedDate)]
  let others: OtherReadings
  /// A mail's body: sentences, without the places that letters have.
  var isMessage = false
  /// Values are proposed though nothing but their form speaks for them: what was learned chooses.
  var isWide = false

  struct MoneyPlace {
    var row: Int
    var range: Range<Int>
    var number: PrintedNumber
  }

  init(_ reading: Reading, contract: Contract, lexicon: Lexicon, stated: DateOrder?) {
    layout = Layout(reading)
    words = lexicon.words
    numbers = NumberScanner(layout.tokens)
    dates = DateScanner(months: lexicon.months, layout: layout, words: words, stated: stated)
    labels = LabelIndex(
      lexicon.book.phrases(of: contract), places: PhrasePlaces(layout, of: lexicon.book.phrases(ofAny: [contract])),
      layout: layout)
    evidence = LabelEvidence(index: labels, layout: layout, qualifiers: words[.qualifier])
    let layout = layout
    keys = layout.rows.map { row in row.tokens.map { layout.tokens[$0].key } }
    datePlaces = layout.rows.flatMap { [layout, dates] row in
      dates.dates(in: row, of: layout).map { (row.number, $0) }
    }
    money = DocumentView.money(layout, numbers, datePlaces)
    moneyByRow = Dictionary(grouping: money, by: \.row)
    others = layout.isFromPixels ? OtherReadings(layout, numbers: numbers, scanner: dates, dates: datePlaces) : .init()
  }

  private static func money(
    _ layout: Layout, _ numbers: NumberScanner, _ dates: [(row: Int, date: PrintedDate)]
  ) -> [MoneyPlace] {
    let taken = Dictionary(grouping: dates, by: \.row)
    var found: [MoneyPlace] = []
    for row in layout.rows {
      var place = 0
      while place < row.tokens.count {
        defer { place += 1 }
        if taken[row.number]?.contains(where: { $0.date.range.contains(place) }) == true { continue }
        let token = layout.token(row, place)
        guard token.digitCount > 0 else { continue }
        // `1 234,56`: a thousand set apart by a blank.
        if place + 1 < row.tokens.count, token.text.count <= 3, token.text.allSatisfy(\.isNumber),
          !token.text.hasPrefix("0")
        {
          let next = layout.token(row, place + 1)
          let isNear = next.x0 - token.x1 < 0.9 * layout.unit
          let isGroup =
            next.text.count >= 6 && next.text.prefix(3).allSatisfy(\.isNumber)
            && ".,".contains(next.text[next.text.index(next.text.startIndex, offsetBy: 3)])
          if isNear, isGroup, let number = numbers.number(token.text + next.text), number.hasDecimals {
            found.append(MoneyPlace(row: row.number, range: place..<(place + 2), number: number))
            place += 1
            continue
          }
        }
        if layout.isFromPixels, let cut = numbers.cutNumber(at: place, row, layout) {
          found.append(MoneyPlace(row: row.number, range: place..<(place + 2), number: cut))
          place += 1
          continue
        }
        guard var number = numbers.number(token.text) else { continue }
        if place + 1 < row.tokens.count, layout.token(row, place + 1).text == "%" { number.isPercent = true }
        for side in [place - 1, place + 1] where row.tokens.indices.contains(side) {
          let text = layout.token(row, side).text
          if NumberScanner.currencySigns.contains(where: { $0.sign == text.uppercased() }) { number.hasCurrency = true }
          // A minus set apart.
          if side < place, text == "-" || text == "–", !number.value.isNegative,
            token.x0 - layout.token(row, side).x1 < 0.5 * layout.unit
          {
            number.value = number.value.negated
          }
        }
        found.append(MoneyPlace(row: row.number, range: place..<(place + 1), number: number))
      }
    }
    return found
  }

  /// Whether a label begins its stretch of words and is most of it: `Buyer:`, not `we thank our client`.
  func leads(_ hit: LabelIndex.Hit) -> Bool {
    let row = layout.rows[hit.row]
    let segment = layout.segment(of: row, at: hit.range.lowerBound)
    let isColon = [":", "="].contains(layout.token(row, hit.range.upperBound - 1).text.suffix(1))
    let before = segment.range.lowerBound..<hit.range.lowerBound
    guard before.isEmpty || before.count == 1 && DocumentView.isEnumerator(layout.token(row, before.lowerBound).text)
    else { return false }
    return isColon || hit.extraWords - before.count <= 2
  }

  /// `1.`, `b)`: what numbers the questions of a form.
  static func isEnumerator(_ text: String) -> Bool {
    text.unicodeScalars.count <= 4 && (text.hasSuffix(".") || text.hasSuffix(")"))
      && text.dropLast().allSatisfy { $0.isLetter || $0.isNumber || $0 == "(" }
  }

  /// Whether a label is part of a longer one, whosever it is: `Name` of `Name of station`, `period` of `notice period`.
  func isPart(_ hit: LabelIndex.Hit) -> Bool {
    labels.byRow[hit.row]?.contains {
      $0.range.count > hit.range.count && $0.range.lowerBound <= hit.range.lowerBound
        && $0.range.upperBound >= hit.range.upperBound
    } ?? false
  }

  func candidate(
    _ path: String, _ value: Value, row: Int, range: Range<Int>, score: Double, findings: [Finding] = []
  ) -> Candidate {
    let line = layout.rows[row]
    return Candidate(
      path: path, value: value, raw: layout.text(line, range), score: score,
      locators: [.region(layout.region(line, range))], producer: LabelExtractor.name,
      readingConfidence: layout.confidence(line, range), findings: findings)
  }
}
