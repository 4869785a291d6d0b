/// Amounts. Source of the weights: the method's zero-shot type terms.
struct MoneyCandidates {
  let view: DocumentView

  func candidates(_ field: Field) -> [Candidate] {
    // Nine digits without a decimal mark are a number of something, not an amount.
    func isPossible(_ place: DocumentView.MoneyPlace) -> Bool {
      let number = place.number
      return (number.hasDecimals || !number.isGlued && number.value.magnitude.units < 1_000_000_000)
        && (field.type != .integer || !number.hasDecimals)
    }
    // What was read says what is usual in the document; what may stand there instead is only weighed by it.
    let places = view.money.filter(isPossible)
    let others = view.others.amounts.filter { isPossible($0.place) }
    let weights = (places + others.map(\.place)).map {
      view.evidence.weight(field.name, row: view.layout.rows[$0.row], range: $0.range)
    }
    let withDecimals = places.indices.filter { places[$0].number.hasDecimals && !places[$0].number.isPercent }
    let largest = withDecimals.map { places[$0].number.value }.max()
    let labelled = places.indices.filter { weights[$0].supporting > 0.5 && weights[$0].opposing < 0.5 }
    // A number without decimals is no amount beside others that have them.
    let largestLabelled =
      (labelled.filter { places[$0].number.hasDecimals }.map { places[$0].number.value }.max())
      ?? labelled.map { places[$0].number.value }.max()
    let rounding = field.required ? Rounding(view, labelled: labelled.map { places[$0].number.value.approximate }) : nil
    // Where amounts are written with decimals, a number without is hardly one.
    let isDecimalUsual =
      field.type == .money && (withDecimals.count * 2 >= places.count || withDecimals.count >= 6)
    func isAmount(_ place: DocumentView.MoneyPlace) -> Bool {
      place.number.hasDecimals || place.number.hasCurrency || !isDecimalUsual
    }
    var counts: [DecimalNumber: Int] = [:]
    for place in places { counts[place.number.value, default: 0] += 1 }
    return weights.indices.map { index in
      let other = index < places.count ? nil : others[index - places.count]
      let place = other?.place ?? places[index]
      let row = view.layout.rows[place.row]
      let weight = weights[index]
      let keys = view.keys[place.row]
      let isInclusive = keys.contains { $0.hasPrefix("INCL") }
      var score =
        4 * weight.supporting - (isInclusive ? 0 : 3 * weight.opposing) - 2 + field.bias + (field.required ? 0.8 : 0)
      let number = place.number
      let isUnlabelled = field.labels.isEmpty
      if number.hasDecimals, number.value == largest { score += field.required ? 0.8 : 0 }
      if weight.supporting > 0.5, weight.opposing < 0.5, isAmount(place) {
        if number.value == largestLabelled { score += 1 }
        if let top = largest, top.approximate > 0 { score += 0.5 * min(1, number.value.approximate / top.approximate) }
        score += 0.4 * view.layout.height(of: row)
      }
      // What was read twice alike was hardly misread.
      let worth = field.required && view.layout.isFromPixels ? 0.7 : 0.3
      score += worth * Double(min(2, counts[number.value, default: 0] - (other == nil ? 1 : 0)))
      if view.layout.height(of: row) > 0.35 { score += 0.4 }
      score += number.hasDecimals ? 0.5 : isDecimalUsual ? -2.2 : -0.8
      if number.hasCurrency { score += 0.2 }
      if place.range.upperBound == row.tokens.count { score += 0.3 }
      if number.value.isZero { score -= 2 }
      if number.isPercent { score -= 3 }
      if number.isGlued { score -= 1 }
      if number.isMended { score -= 0.6 }
      if let rounding { score += rounding.support(for: number.value.approximate, against: 3 * weight.opposing) }
      if isUnlabelled { score -= 3 }
      let found = view.candidate(field.name, .decimal(number.value), row: place.row, range: place.range, score: score)
      return other.map { found.reading($0.variant, odds: $0.odds) } ?? found
    }
  }
}
