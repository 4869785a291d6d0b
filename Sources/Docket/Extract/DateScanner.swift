/// A date as printed, with the other day it may mean.
struct PrintedDate {
  var date: CalendarDate
  /// The same digits in the other order, where the calendar has both days.
  var other: CalendarDate?
  /// Places in the row.
  var range: Range<Int>
  var hasTimeBehind: Bool
  /// A letter or an impossible digit was read as the digit it looks like.
  var isMended = false
}

/// Reads dates in a document's own order of day, month and year.
struct DateScanner {
  private let months: [String: Int]
  /// Settled by the document itself or by its source; nil: both orders are possible.
  let order: DateOrder?
  private let isFromPixels: Bool

  /// - Parameter months: by the keys of their names.
  init(months: [String: Int], layout: Layout, words: WordSets, stated: DateOrder?) {
    self.months = months
    isFromPixels = layout.isFromPixels
    order = DateScanner.order(of: layout) ?? stated ?? DateScanner.byAddress(layout, words)
  }

  /// Who writes to `Redmond, WA 98052` writes the month first.
  private static func byAddress(_ layout: Layout, _ words: WordSets) -> DateOrder? {
    let isThere = layout.rows.contains { row in
      row.segments.contains { segment in
        segment.range.dropFirst().contains { place in
          let (state, postcode) = (layout.token(row, place - 1).text, layout.token(row, place).text)
          guard postcode.prefix(5).allSatisfy({ $0.isASCII && $0.isNumber }),
            postcode.count == 5 || postcode.count == 10,
            state.count >= 2, state.prefix(2).allSatisfy(\.isUppercase), words.has(LabelKey.of(state), .monthFirst)
          else { return false }
          let next = place + 1
          return next == segment.range.upperBound || words.has(layout.token(row, next).key, .country)
        }
      }
    }
    return isThere ? .mdy : nil
  }

  /// What an unambiguous date of the document, or its currency, says of the order.
  private static func order(of layout: Layout) -> DateOrder? {
    var dayFirst = 0
    var monthFirst = 0
    for token in layout.tokens where token.digitCount >= 4 {
      guard let (parts, mark) = numbers(in: token.text), parts.count == 3, parts[0].count <= 2 else { continue }
      guard let a = Int(parts[0]), let b = Int(parts[1]) else { continue }
      if a > 12, a <= 31, b <= 12 { dayFirst += 1 }
      if b > 12, b <= 31, a <= 12 { monthFirst += 1 }
      // Dots stand between day and month where the day comes first, everywhere.
      if mark == ".", a <= 12, b <= 12, parts[2].count == 4 { dayFirst += 1 }
    }
    if dayFirst != monthFirst { return dayFirst > monthFirst ? .dmy : .mdy }
    return byCurrency(layout)
  }

  /// Who pays in US dollars writes the month first, who pays in euros, pounds, francs or ringgit the day; nil where
  /// both or neither stand there.
  private static func byCurrency(_ layout: Layout) -> DateOrder? {
    var hasDollars = false
    var hasOthers = false
    for token in layout.tokens {
      let text = token.text.uppercased()
      if ["€", "£", "₹"].contains(where: text.contains)
        || ["EUR", "GBP", "CHF", "MYR", "RM", "INR", "RS"].contains(text)
        || text.hasPrefix("RM") && token.digitCount > 0
      {
        hasOthers = true
      }
      // A bare `$` is used for ringgit, Singapore and other dollars too.
      if text.hasPrefix("US$") || text.hasPrefix("USD") || text.hasSuffix("USD") { hasDollars = true }
    }
    if hasDollars == hasOthers { return nil }
    return hasDollars ? .mdy : .dmy
  }

  func dates(in row: Layout.Row, of layout: Layout) -> [PrintedDate] {
    var found: [PrintedDate] = []
    var place = 0
    while place < row.tokens.count {
      if var date = date(at: place, row, layout) {
        if isFromPixels { date = MisreadDate.inReach(date) }
        let next = date.range.upperBound
        date.hasTimeBehind = next < row.tokens.count && DateScanner.isTime(layout.token(row, next).text)
        found.append(date)
        place = date.range.upperBound
      } else {
        place += 1
      }
    }
    return found
  }

  static func isTime(_ text: String) -> Bool {
    let parts = text.split(separator: ":")
    return parts.count >= 2 && parts.count <= 3 && parts[0].count <= 2 && parts.allSatisfy { Int($0.prefix(2)) != nil }
  }

  /// The day that words say together, as they follow one another in a sentence; nil where they say none, or more.
  func date(of words: [String]) -> (date: CalendarDate, other: CalendarDate?)? {
    let found = words.count == 1 ? oneWord(words[0]) : several(words)
    return found.map { (date: $0.0, other: $0.1) }
  }

  private func date(at place: Int, _ row: Layout.Row, _ layout: Layout) -> PrintedDate? {
    let text = layout.token(row, place).text
    guard text.unicodeScalars.contains(where: { ("0"..."9").contains($0) }) || months[LabelKey.of(text)] != nil else {
      return nil
    }
    if let (date, other) = oneWord(text) {
      return PrintedDate(date: date, other: other, range: place..<(place + 1), hasTimeBehind: false)
    }
    for count in [3, 4, 5, 2] where place + count <= row.tokens.count {
      let words = (place..<(place + count)).map { layout.token(row, $0).text }
      if let (date, other) = several(words) {
        return PrintedDate(date: date, other: other, range: place..<(place + count), hasTimeBehind: false)
      }
    }
    guard isFromPixels, let mended = MisreadDate.digits(of: text), let (date, other) = numeric(mended) else {
      return nil
    }
    return PrintedDate(
      date: date, other: other, range: place..<(place + 1), hasTimeBehind: false, isMended: true)
  }

  // One word

  private func oneWord(_ text: String) -> (CalendarDate, CalendarDate?)? {
    var body = text[...]
    // `Date:25/12/2018`, `(25/12/2018)`.
    if let colon = body.firstIndex(of: ":"), body[..<colon].contains(where: \.isLetter) {
      body = body[body.index(after: colon)...]
    }
    while let first = body.first, !first.isNumber, !first.isLetter { body = body.dropFirst() }
    while let last = body.last, !last.isNumber { body = body.dropLast() }
    // `2018-12-25T10:00`, `25/12/201810:00`: what follows the year is a time.
    if let mark = body.firstIndex(of: "T"), body[..<mark].count == 10 { body = body[..<mark] }
    if let (parts, _) = DateScanner.numbers(in: String(body)), parts.count == 3 { return numeric(parts) }
    if let named = named(in: body) { return (named, nil) }
    guard body.count == 8, let number = Int(body) else { return nil }
    return CalendarDate.plausible(number / 10_000, number / 100 % 100, number % 100).map { ($0, nil) }
  }

  /// Three groups of digits with one kind of mark between.
  private static func numbers(in text: String) -> (parts: [String], mark: Character)? {
    var parts = [""]
    var mark: Character?
    for character in text {
      if character.isASCII, character.isNumber {
        parts[parts.count - 1].append(character)
      } else if "/.-".contains(character) {
        if let mark, mark != character { return nil }
        mark = character
        parts.append("")
      } else {
        return nil
      }
    }
    guard let mark, parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.count <= 4 }) else { return nil }
    return (parts, mark)
  }

  private func numeric(_ parts: [String]) -> (CalendarDate, CalendarDate?)? {
    guard let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2]) else { return nil }
    if parts[0].count == 4 { return CalendarDate.plausible(a, b, c).map { ($0, nil) } }
    guard parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4 || parts[2].count == 2 else { return nil }
    let year = parts[2].count == 4 ? c : CalendarDate.century(c)
    let dayFirst = CalendarDate.plausible(year, b, a)
    let monthFirst = CalendarDate.plausible(year, a, b)
    switch order {
    case .dmy: if let dayFirst { return (dayFirst, nil) }
    case .mdy: if let monthFirst { return (monthFirst, nil) }
    case .ymd:
      if parts[2].count == 2, let date = CalendarDate.plausible(CalendarDate.century(a), b, c) { return (date, nil) }
    case nil: break
    }
    if let dayFirst { return (dayFirst, monthFirst == dayFirst || order != nil ? nil : monthFirst) }
    if let monthFirst { return (monthFirst, nil) }
    return parts[2].count == 2 ? CalendarDate.plausible(CalendarDate.century(a), b, c).map { ($0, nil) } : nil
  }

  /// `25-Dec-2018`, `25Dec2018`, `12/Dec/18`.
  private func named(in text: Substring) -> CalendarDate? {
    var day = ""
    var name = ""
    var year = ""
    for character in text {
      if character.isLetter {
        guard year.isEmpty else { return nil }
        name.append(character)
      } else if character.isASCII, character.isNumber {
        if name.isEmpty { day.append(character) } else { year.append(character) }
      } else if !"-./,".contains(character) {
        return nil
      }
    }
    if day.isEmpty { return monthFirst(text) }
    guard let month = months[LabelKey.of(name)], let dayNumber = Int(day), let yearNumber = Int(year),
      year.count == 4 || year.count == 2
    else { return nil }
    return CalendarDate.plausible(year.count == 4 ? yearNumber : CalendarDate.century(yearNumber), month, dayNumber)
  }

  /// `Feb13/20`, `Feb-13-2020`.
  private func monthFirst(_ text: Substring) -> CalendarDate? {
    let name = text.prefix(while: \.isLetter)
    let numbers = text.dropFirst(name.count).split { !$0.isNumber }
    guard let month = months[LabelKey.of(name)], numbers.count == 2, numbers[0].count <= 2,
      let day = Int(numbers[0]), let year = Int(numbers[1]), numbers[1].count == 2 || numbers[1].count == 4
    else { return nil }
    return CalendarDate.plausible(numbers[1].count == 4 ? year : CalendarDate.century(year), month, day)
  }

  // Several words

  /// `25 Dec 2018`, `25. Dezember 2018`, `December 25, 2018`, `1st of March 2018`, `4 de marzo de 2018`, `25 12 2018`.
  private func several(_ words: [String]) -> (CalendarDate, CalendarDate?)? {
    var day: Int?
    var month: Int?
    var year: Int?
    for (index, word) in words.enumerated() {
      let key = LabelKey.of(word)
      // `13 th`: superscripts are words of their own.
      if index > 0, ["ST", "ND", "RD", "TH"].contains(key), day != nil, month == nil { continue }
      if let named = months[key] {
        guard month == nil else { return nil }
        month = named
      } else if ["OF", "DE", "DEL", "DAY"].contains(key) {
        guard index > 0, index < words.count - 1 else { return nil }
      } else {
        let digits = word.filter(\.isNumber)
        let rest = LabelKey.of(word.filter { !$0.isNumber })
        guard let number = Int(digits), ["", "ST", "ND", "RD", "TH", "ER"].contains(rest), !word.contains("/"),
          !word.contains(":")
        else { return nil }
        if digits.count == 4, year == nil, month != nil || day != nil {
          year = number
        } else if digits.count <= 2, day == nil {
          day = number
        } else if digits.count == 2, month != nil, day != nil, year == nil {
          year = CalendarDate.century(number)
        } else {
          return nil
        }
      }
    }
    guard let day, let month, let year else { return nil }
    return CalendarDate.plausible(year, month, day).map { ($0, nil) }
  }
}

extension CalendarDate {
  /// A day of the years that post has: 1980 to 2049.
  static func plausible(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate? {
    (1980...2049).contains(year) ? CalendarDate(year: year, month: month, day: day) : nil
  }

  /// Of a year of two digits.
  static func century(_ year: Int) -> Int { year < 50 ? 2000 + year : 1900 + year }
}
