/// What the evidence for every contract is drawn from, looked up once a document.
struct PageLook {
  let layout: Layout
  let places: PhrasePlaces
  /// Anything like an amount of money is printed.
  let hasAmount: Bool

  init(_ layout: Layout, phrases: KnownPhrases) {
    self.layout = layout
    places = PhrasePlaces(layout, of: phrases)
    hasAmount = PageLook.hasAmount(layout)
  }

  private static func hasAmount(_ layout: Layout) -> Bool {
    let numbers = NumberScanner(layout.tokens)
    return layout.rows.contains { row in
      row.tokens.indices.contains { place in
        let token = layout.token(row, place)
        guard token.digitCount > 0, let number = numbers.number(token.text) else { return false }
        return number.hasDecimals && !number.isPercent || number.hasCurrency
          || place > 0
            && NumberScanner.currencySigns.contains { $0.sign == layout.token(row, place - 1).text.uppercased() }
      }
    }
  }
}
