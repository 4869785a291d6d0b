/// Two dates of one row with a dash or a short word between: a period, from the first to the second.
struct DatePeriod {
  /// Places in the view's dates.
  var from: Int
  var to: Int

  static func all(in view: DocumentView) -> [DatePeriod] {
    view.datePlaces.indices.dropLast().compactMap { place in
      let (first, second) = (view.datePlaces[place], view.datePlaces[place + 1])
      guard first.row == second.row, first.date.range.upperBound <= second.date.range.lowerBound else { return nil }
      let row = view.layout.rows[first.row]
      let between = first.date.range.upperBound..<second.date.range.lowerBound
      let gap =
        view.layout.token(row, second.date.range.lowerBound).x0
        - view.layout.token(row, first.date.range.upperBound - 1).x1
      guard between.count <= 2, gap < 6 * view.layout.unit, second.date.date >= first.date.date,
        between.allSatisfy({ joins(view.layout.token(row, $0), view) }), !between.isEmpty
      else { return nil }
      return DatePeriod(from: place, to: place + 1)
    }
  }

  private static func joins(_ token: Token, _ view: DocumentView) -> Bool {
    token.key.isEmpty && token.text != "/" || view.words.has(token.key, .to)
  }
}
