/// Values that have a form of their own, read where they stand: times, lengths of time, codes, yes and no.
struct PrintedForms {
  let view: DocumentView

  /// The value that begins at a place of a row, and how many words it takes; nil for anything else.
  ///
  /// - Parameter end: the place behind the stretch in which it must stand.
  func value(_ type: FieldType, row: Int, place: Int, end: Int) -> (Value, count: Int)? {
    let line = view.layout.rows[row]
    let code = LabelKeyless.compact(view.layout.token(line, place).text)
    func one(_ value: Value?) -> (Value, count: Int)? { value.map { ($0, 1) } }
    switch type {
    case .percent:
      let rate = view.moneyByRow[row, default: []].first { $0.range.contains(place) && $0.number.isPercent }
      return one(rate.map { .decimal($0.number.value) })
    case .time: return one(time(row, place).map { .text($0) })
    case .bic: return one(Checksum.isBIC(code) ? .text(code) : nil)
    case .gtin: return one(Checksum.isGTIN(code) ? .text(code) : nil)
    case .boolean: return one(truth(view.keys[row][place]))
    case .unit: return one(unit(row, place))
    case .url: return one(url(view.layout.token(line, place).text))
    case .duration:
      let texts = (place..<end).map { view.layout.token(line, $0).text }
      return Period.read(texts, view.words).map { (.text($0.text), $0.count) }
    case .datetime: return moment(row, place)
    case .country: return country(row, place, end)
    case .phone: return phone(row, place, end)
    case .taxID: return taxID(row, place, end)
    case .plate: return plate(row, place, end)
    default: return nil
    }
  }

  private func truth(_ key: String) -> Value? {
    if view.words.has(key, .yes) { return .boolean(true) }
    return view.words.has(key, .no) ? .boolean(false) : nil
  }

  /// `kg`, alone or behind its number.
  private func unit(_ row: Int, _ place: Int) -> Value? {
    let text = view.layout.token(view.layout.rows[row], place).text
    let letters = String(text.drop { !$0.isLetter && $0 != "%" })
    return view.words.has(LabelKey.of(letters), .unit) ? .text(letters) : nil
  }

  private func url(_ text: String) -> Value? {
    let body = String(text.drop { "<([".contains($0) }.reversed().drop { ">)],;.".contains($0) }.reversed())
    let lower = body.lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://") || lower.hasPrefix("www.") else { return nil }
    return body.dropFirst(8).contains(".") || lower.hasPrefix("www.") ? .text(body) : nil
  }

  /// A day with a time behind it, as RFC 3339 without a zone; the day alone where no time follows.
  private func moment(_ row: Int, _ place: Int) -> (Value, count: Int)? {
    guard let found = view.datePlaces.first(where: { $0.row == row && $0.date.range.lowerBound == place }) else {
      return nil
    }
    let day = found.date.date.description
    let next = found.date.range.upperBound
    for behind in next..<min(next + 2, view.layout.rows[row].tokens.count) {
      guard let time = time(row, behind) else { continue }
      return (.text("\(day)T\(time.count == 5 ? "\(time):00" : time)"), behind + 1 - place)
    }
    return (.text(day), found.date.range.count)
  }

  private func country(_ row: Int, _ place: Int, _ end: Int) -> (Value, count: Int)? {
    for count in stride(from: min(3, end - place), through: 1, by: -1) {
      let key = view.keys[row][place..<(place + count)].joined()
      if let code = view.words.countries[key] { return (.text(code), count) }
    }
    return nil
  }

  /// `+49 (0) 30 123-456`: at least six digits and nothing but their marks, as printed.
  func phone(_ row: Int, _ place: Int, _ end: Int) -> (Value, count: Int)? {
    let words = (place..<end).map { view.layout.token(view.layout.rows[row], $0).text }
    guard words[0].first.map({ $0.isNumber || "+(".contains($0) }) == true else { return nil }
    let taken = words.prefix { word in word.allSatisfy { $0.isASCII && ($0.isNumber || "+()/-.".contains($0)) } }
    let digits = taken.joined().filter(\.isNumber).count
    guard (6...15).contains(digits) else { return nil }
    return (.text(taken.joined(separator: " ")), taken.count)
  }

  private func taxID(_ row: Int, _ place: Int, _ end: Int) -> (Value, count: Int)? {
    var joined = ""
    for last in place..<min(end, place + 5) {
      joined += LabelKeyless.compact(view.layout.token(view.layout.rows[row], last).text)
      if TaxID.isVATNumber(joined) { return (.text(joined), last + 1 - place) }
    }
    let token = view.layout.token(view.layout.rows[row], place)
    let text = IDCandidates.trimmed(token.text)
    return (7...15).contains(token.digitCount) && token.letterCount <= 3 ? (.text(text), 1) : nil
  }

  /// `B-AB 1234`, `AB 123 CD`, `1234 BCD`: short groups of capitals and digits, some of each.
  private func plate(_ row: Int, _ place: Int, _ end: Int) -> (Value, count: Int)? {
    let words = (place..<min(end, place + 4)).map { view.layout.token(view.layout.rows[row], $0).text }
    let taken = words.prefix { word in
      word.count <= 9 && word.allSatisfy { $0.isUppercase || $0.isNumber || "-·•".contains($0) }
    }
    let text = taken.joined(separator: " ")
    let letters = text.filter(\.isLetter).count
    let digits = text.filter(\.isNumber).count
    return (4...9).contains(letters + digits) && letters >= 1 && digits >= 1 ? (.text(text), taken.count) : nil
  }

  /// `8:13:39 PM` as `20:13:39`; nil for what no clock shows.
  func time(_ number: Int, _ place: Int) -> String? {
    let row = view.layout.rows[number]
    let text = view.layout.token(row, place).text.uppercased()
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ":") }
    let parts = digits.split(separator: ":").compactMap { Int($0) }
    guard digits.contains(":"), parts.count == 2 || parts.count == 3, parts[0] < 24, parts[1...].allSatisfy({ $0 < 60 })
    else { return nil }
    let after = place + 1 < row.tokens.count ? view.layout.token(row, place + 1).text.uppercased() : ""
    let half = [text.dropFirst(digits.count), after[...]].first { $0.hasPrefix("AM") || $0.hasPrefix("PM") }
    var hour = parts[0]
    if let half, hour <= 12 { hour = hour % 12 + (half.hasPrefix("PM") ? 12 : 0) }
    return ([hour] + parts[1...]).map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
