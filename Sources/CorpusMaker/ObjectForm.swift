import Foundation

/// A kind of document as data: what it is called, who it is from and for, and what it says behind which labels.
struct ObjectForm {
  let contract: String
  /// Paths of the names of who sends it and whom it is for.
  let issuer: String?
  let recipient: String?
  /// Two wordings, each in all languages: `Invoice / Rechnung / …`, in the order of `Language`.
  let titles: [String]
  let lines: [Line]

  /// A value behind a label.
  struct Line {
    let path: String
    let kind: Kind
    let labels: [String]

    init(_ path: String, _ kind: Kind, _ labels: String, _ others: String) {
      self.path = path
      self.kind = kind
      self.labels = [labels, others]
    }
  }

  enum Kind {
    case id, iban, taxID, gtin, plate, email, phone, url, login
    case issuer, recipient, address, person, company, product, place, country
    /// The later the number, the later the day.
    case day(Int)
    case moment, money, smallMoney, percent, count, weight, weightUnit, truth
    case duration(Unit)
    /// A value of a vocabulary with its words in all languages.
    case category(String, String)
  }

  enum Unit: String { case day, week, month, year }

  /// Of several languages' words that of one.
  static func word(_ words: String, _ place: Int) -> String { words.components(separatedBy: " / ")[place] }
}

/// One document of a form: every line with what is printed and what must be found.
struct FilledForm {
  let form: ObjectForm
  let language: Language
  let issuer: Company
  let recipient: Company
  let title: String
  private(set) var lines: [(path: String, label: String, printed: String, value: String)] = []

  /// - Parameter wording: which of the two wordings.
  init(_ form: ObjectForm, _ language: Language, wording: Int, random: inout SeededGenerator) {
    self.form = form
    self.language = language
    issuer = Company(language: language, random: &random)
    recipient = Company(language: language, random: &random)
    let place = Language.allCases.firstIndex(of: language) ?? 0
    title = ObjectForm.word(form.titles[wording % 2], place)
    var filling = Filling(language: language, place: place, issuer: issuer, recipient: recipient, random: &random)
    for line in form.lines {
      let (printed, value) = filling.value(of: line.kind, style: wording, random: &random)
      lines.append((line.path, ObjectForm.word(line.labels[wording % 2], place), printed, value))
    }
  }

  var expected: Expected {
    var expected = Expected()
    expected.type = form.contract
    expected.fields = lines.filter { !$0.value.isEmpty }.map { ($0.path, $0.value) }
    let isLabelled = { (path: String) in lines.contains { $0.path == path } }
    if let path = form.issuer, !isLabelled(path) { expected.fields.append((path, issuer.name)) }
    if let path = form.recipient, path.hasSuffix(".name"), !isLabelled(path) {
      expected.fields.append((path, recipient.name))
    }
    return expected
  }
}

/// Makes values up; what belongs together (a weight and its unit, two days) comes from one place.
private struct Filling {
  let language: Language
  let place: Int
  let issuer: Company
  let recipient: Company
  private let first: Day
  private let weight: Int

  init(language: Language, place: Int, issuer: Company, recipient: Company, random: inout SeededGenerator) {
    self.language = language
    self.place = place
    self.issuer = issuer
    self.recipient = recipient
    first = Day(year: random.number(2021...2026), month: random.number(1...12), day: random.number(13...28))
    weight = random.number(20...900)
  }

  private static let people = [
    "Anna Lindwurm", "Marc Pellerin", "Julia Thornbury", "Peter Rosental", "Clara Beaulac", "David Yarrowby",
  ]
  private static let words: [String: [[String]]] = [
    "day": [["days"], ["Tage"], ["jours"], ["días"], ["giorni"], ["dagen"]],
    "week": [["weeks"], ["Wochen"], ["semaines"], ["semanas"], ["settimane"], ["weken"]],
    "month": [["months"], ["Monate"], ["mois"], ["meses"], ["mesi"], ["maanden"]],
    "year": [["years"], ["Jahre"], ["ans"], ["años"], ["anni"], ["jaar"]],
    "truth": [["yes", "no"], ["ja", "nein"], ["oui", "non"], ["sí", "no"], ["sì", "no"], ["ja", "nee"]],
    "country": [["Germany"], ["Österreich"], ["Belgique"], ["Portugal"], ["Svizzera"], ["Duitsland"]],
  ]
  private static let countries = ["DE", "AT", "BE", "PT", "CH", "DE"]

  mutating func value(
    of kind: ObjectForm.Kind, style: Int, random: inout SeededGenerator
  ) -> (printed: String, value: String) {
    func same(_ text: String) -> (String, String) { (text, text) }
    switch kind {
    case .id: return same(random.pick(["A-", "K", "2026-", "X7-"]) + String(random.number(10_000...999_999)))
    case .iban: return same(issuer.iban)
    case .taxID: return same(recipient.taxID)
    case .gtin: return same(Invention.gtin(&random))
    case .plate:
      return same("\(random.pick(["AB", "KR", "MX"]))-\(random.number(100...999))-\(random.pick(["CD", "T", "ZP"]))")
    case .email: return same("office\(random.number(10...99))@\(random.pick(Invention.names).lowercased()).example")
    case .phone: return same("+\(random.number(31...49)) \(random.number(20...99)) \(random.number(100_000...999_999))")
    case .url: return same("www.\(random.pick(Invention.names).lowercased()).example")
    case .login: return same("\(random.pick(Invention.names).lowercased())\(random.number(10...99))")
    case .issuer: return same(issuer.name)
    case .recipient: return same(recipient.name)
    case .address: return same("\(recipient.street), \(recipient.postcode) \(recipient.city)")
    case .person: return same(random.pick(Filling.people))
    case .company: return same(Company(language: language, random: &random).name)
    case .product: return same(random.pick(Invention.products(language)))
    case .place: return same(random.pick(Invention.cities(language)))
    case .category(let name, let words): return (ObjectForm.word(words, place), name)
    default: return measured(kind, style, &random)
    }
  }

  private func measured(
    _ kind: ObjectForm.Kind, _ style: Int, _ random: inout SeededGenerator
  ) -> (printed: String, value: String) {
    switch kind {
    case .country: return (Filling.words["country"]?[place][0] ?? "", Filling.countries[place])
    case .day(let number):
      let day = (0..<number * 5).reduce(first) { day, _ in day.later(by: 28) }
      return (day.printed(language, style: style), day.iso)
    case .moment: return ("\(first.printed(language, style: style)) 14:25", "\(first.iso)T14:25:00")
    case .money, .smallMoney:
      let cents = random.number(12_000...940_000) / (kind.isSmall ? 20 : 1)
      return ("\(Cents.printed(cents, language)) €", Cents.plain(cents))
    case .percent:
      let hundredths = random.number(101...899)
      return ("\(Cents.printed(hundredths, language)) %", Cents.plain(hundredths))
    case .count:
      let count = random.number(2...60)
      return (String(count), String(count))
    case .weight: return ("\(weight) kg", String(weight))
    case .weightUnit: return ("", "kg")
    case .truth:
      let isTrue = random.chance(50)
      return (Filling.words["truth"]?[place][isTrue ? 0 : 1] ?? "", isTrue ? "true" : "false")
    case .duration(let unit):
      let count = random.number(2...11)
      let letter = unit.rawValue.prefix(1).uppercased()
      return ("\(count) \(Filling.words[unit.rawValue]?[place][0] ?? "")", "P\(count)\(letter)")
    default: return ("", "")
    }
  }
}

extension ObjectForm.Kind {
  fileprivate var isSmall: Bool { if case .smallMoney = self { true } else { false } }
}
