/// A piece of business as data: what a document will say, and what its record must be.
struct Deal {
  var kind: String
  var language: Language
  var number: String
  var issued: Day
  var due: Day
  var delivered: Day
  var orderReference: String
  var seller: Company
  var buyer: Company
  var lines: [Line]
  /// Of tax, in percent.
  var rate: Int
  var currency: String
  /// Taken off the sum of the lines, before tax; in cents.
  var allowance = 0
  /// Paid before; in cents.
  var prepaid = 0
  /// What a false total has too much, in cents.
  var surcharge = 0

  struct Line {
    var description: String
    var quantity: Int
    /// In cents.
    var price: Int
    /// Where it is not the deal's.
    var rate: Int?
    var amount: Int { quantity * price }
  }

  /// In cents.
  var sum: Int { lines.reduce(0) { $0 + $1.amount } }
  var net: Int { sum - allowance }
  var tax: Int { taxes.reduce(0) { $0 + $1.tax } }
  var total: Int { net + tax + surcharge }
  var open: Int { total - prepaid }

  /// By rate, highest first; an allowance is taken off the lines of the deal's own rate.
  var taxes: [(rate: Int, net: Int, tax: Int)] {
    Set(lines.map { $0.rate ?? rate }).sorted(by: >).map { rate in
      let sum = lines.reduce(0) { $0 + (($1.rate ?? self.rate) == rate ? $1.amount : 0) }
      let net = rate == self.rate ? sum - allowance : sum
      return (rate, net, (net * rate + 50) / 100)
    }
  }

  init(kind: String, language: Language, lines count: Int, random: inout SeededGenerator) {
    self.kind = kind
    self.language = language
    number = random.pick(["", "R", "2026-", "A-"]) + String(random.number(10_000...999_999))
    issued = Day(year: random.number(2022...2026), month: random.number(1...12), day: random.number(13...28))
    due = issued.later(by: random.pick([14, 30]))
    delivered = issued.earlier(by: random.number(1...9))
    orderReference = "PO-" + String(random.number(1_000...99_999))
    seller = Company(language: language, random: &random)
    buyer = Company(language: language, random: &random)
    let words = Invention.products(language)
    lines = (0..<count).map { _ in
      Line(description: random.pick(words), quantity: random.number(1...24), price: random.number(120...48_900))
    }
    rate = [.de: 19, .es: 21, .it: 22, .nl: 21][language] ?? 20
    currency = language == .en ? "GBP" : "EUR"
  }
}

struct Company {
  var name: String
  var street: String
  var city: String
  var postcode: String
  var country: String
  var taxID: String
  var iban: String

  init(language: Language, random: inout SeededGenerator) {
    let form = random.pick(Invention.forms(language))
    name = "\(random.pick(Invention.names)) \(random.pick(Invention.trades(language))) \(form)"
    street = Invention.street(language, &random)
    city = random.pick(Invention.cities(language))
    postcode = String(random.number(10_000...98_999))
    country = language == .en ? "GB" : language.rawValue.uppercased()
    if language == .nl { postcode = "\(postcode.prefix(4)) AB" }
    taxID = Invention.taxID(country, &random)
    iban = Invention.iban(country == "GB" ? "DE" : country, &random)
  }
}

/// A day, with as much of a calendar as documents need.
struct Day {
  var year: Int
  var month: Int
  var day: Int

  private static func length(_ month: Int) -> Int { month == 2 ? 28 : [4, 6, 9, 11].contains(month) ? 30 : 31 }

  func later(by days: Int) -> Day {
    var next = self
    next.day += days
    while next.day > Day.length(next.month) {
      next.day -= Day.length(next.month)
      next.month += 1
      if next.month > 12 { (next.month, next.year) = (1, next.year + 1) }
    }
    return next
  }

  /// Within the month: days are 13 or more.
  func earlier(by days: Int) -> Day { Day(year: year, month: month, day: day - days) }

  private func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
  var iso: String { "\(year)-\(two(month))-\(two(day))" }
  var digits: String { "\(year)\(two(month))\(two(day))" }

  func printed(_ language: Language, style: Int) -> String {
    let english = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    let german = [
      "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
      "Dezember",
    ]
    let french = [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
      "décembre",
    ]
    let spanish = [
      "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
      "diciembre",
    ]
    let italian = [
      "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
      "novembre", "dicembre",
    ]
    let dutch = [
      "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
      "december",
    ]
    switch (language, style % 3) {
    case (_, 2): return iso
    case (.en, 0): return "\(two(day))/\(two(month))/\(year)"
    case (.en, _): return "\(day) \(english[month - 1]) \(year)"
    case (.de, 0): return "\(two(day)).\(two(month)).\(year)"
    case (.de, _): return "\(day). \(german[month - 1]) \(year)"
    case (.fr, 0), (.es, 0), (.it, 0): return "\(two(day))/\(two(month))/\(year)"
    case (.nl, 0): return "\(two(day))-\(two(month))-\(year)"
    case (.fr, _): return "\(day) \(french[month - 1]) \(year)"
    case (.es, _): return "\(day) de \(spanish[month - 1]) de \(year)"
    case (.it, _): return "\(day) \(italian[month - 1]) \(year)"
    case (.nl, _): return "\(day) \(dutch[month - 1]) \(year)"
    }
  }
}

/// Amounts in cents.
enum Cents {
  static func plain(_ cents: Int) -> String {
    let part = cents % 100
    return "\(cents / 100).\(part < 10 ? "0" : "")\(part)"
  }

  static func printed(_ cents: Int, _ language: Language) -> String {
    if cents < 0 { return "-\(printed(-cents, language))" }
    let whole = String(cents / 100)
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped += language == .en ? "," : language == .fr ? " " : "." }
      grouped.append(digit)
    }
    let part = cents % 100
    return "\(grouped)\(language == .en ? "." : ",")\(part < 10 ? "0" : "")\(part)"
  }
}
