import Testing

@testable import Docket

private let words = [
  LanguageWords(
    language: "en",
    words: [
      .day: ["days"], .week: ["weeks"], .month: ["month", "months"], .year: ["year", "years"],
      .number: ["zero", "one", "two", "three"], .yes: ["yes"], .no: ["no"], .unit: ["kg", "pcs"],
    ], months: [3: ["march"]], countries: ["GB": ["United Kingdom"], "DE": ["Germany"]],
    digest: ContentDigest(of: "en")),
  LanguageWords(
    language: "es", words: [:], months: [3: ["marzo"]], digest: ContentDigest(of: "es")),
]

private func field(_ name: String, _ type: FieldType, _ label: String, isList: Bool = false) -> Field {
  Field(
    name: name, type: type, isList: isList, vocabulary: type == .category ? "levels" : nil,
    labels: ["en": [WeightedPhrase(label)]])
}

private let contract = Contract(
  name: "slip", version: 1, summary: "A slip.",
  fields: [
    field("term", .duration, "term"), field("active", .boolean, "active"), field("seen", .datetime, "last seen"),
    field("land", .country, "country"), field("phone", .phone, "phone"), field("web", .url, "website"),
    field("vat", .taxID, "vat no"), field("plate", .plate, "plate"), field("weight", .quantity, "weight"),
    field("weight_unit", .unit, "weight"), field("seats", .integer, "seats"), field("level", .category, "priority"),
    field("colours", .text, "colours", isList: true), field("day", .date, "day"),
  ], digest: ContentDigest(of: "forms"))

private let levels = Vocabulary(
  name: "levels", version: 1,
  values: [
    .init(name: "low", labels: ["en": [WeightedPhrase("low")]]),
    .init(name: "urgent", labels: ["en": [WeightedPhrase("urgent"), WeightedPhrase("very high")]]),
  ], digest: ContentDigest(of: "levels"))

/// A line of words, as they stand beside one another.
private func values(_ path: String, _ line: String) -> [String] {
  var x: Float = 50
  let row = line.split(separator: " ").map { word -> (String, Float) in
    defer { x += 5 * Float(word.count) + 5 }
    return (String(word), x)
  }
  let found = LabelExtractor(words: words, vocabularies: ["levels": levels]).extract(
    from: page([row]), for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.pdf"))
  return found.candidates[path, default: []].map(\.value.canonical)
}

@Suite struct PrintedFormsTests {
  @Test(
    "a length of time is read in digits and words",
    arguments: [
      ("Term: 24 months", "P24M"), ("Term: two (2) years", "P2Y"), ("Term: thirty 30 days", "P30D"),
      ("Term: 1 year and 6 months", "P1Y6M"), ("Term: 18-month", "P18M"), ("Term: 4 calendar weeks", "P4W"),
    ])
  func durations(line: String, value: String) {
    #expect(values("term", line).first == value)
  }

  @Test(
    "what is no length of time is none", arguments: ["Term: 2026", "Term: months", "Term: 1,500.00 years", "Term:"])
  func noDurations(line: String) {
    #expect(values("term", line) == [])
  }

  @Test("yes and no, countries, units and values of a vocabulary have their canonical form")
  func canonical() {
    #expect(values("active", "Active: yes") == ["true"])
    #expect(values("active", "Active: perhaps") == [])
    #expect(values("land", "Country: United Kingdom") == ["GB"])
    #expect(values("land", "Country: DE") == ["DE"])
    #expect(values("weight", "Weight: 12.5 kg").first == "12.5")
    #expect(values("weight_unit", "Weight: 12.5 kg") == ["kg"])
    #expect(values("seats", "Seats: 12").first == "12")
    #expect(values("level", "Priority: very high") == ["urgent"])
    #expect(values("level", "Priority: unheard") == [])
  }

  @Test("times, telephones, sites, tax numbers and plates are taken whole")
  func codes() {
    #expect(values("seen", "Last seen: 2026-03-04 14:25") == ["2026-03-04T14:25:00"])
    #expect(values("seen", "Last seen: 2026-03-04") == ["2026-03-04"])
    #expect(values("phone", "Phone: +49 (0) 30 123-456") == ["+49 (0) 30 123-456"])
    #expect(values("phone", "Phone: 12") == [])
    #expect(values("web", "Website: www.lindwurm.example,") == ["www.lindwurm.example"])
    #expect(values("vat", "VAT no: DE 136695976") == ["DE136695976"])
    #expect(values("plate", "Plate: B-AB 1234") == ["B-AB 1234"])
    #expect(values("plate", "Plate: none") == [])
  }

  @Test("a list is cut at its commas")
  func lists() {
    #expect(values("colours", "Colours: red, dark green; blue") == ["red", "dark green", "blue"])
  }

  @Test("Spanish puts `de` between the parts of a date")
  func dates() {
    #expect(values("day", "Day: 4 de marzo de 2026") == ["2026-03-04"])
  }

  @Test("lengths of time are typed as ISO 8601 has them")
  func typed() {
    #expect(TypedValue.parse("p1y6m", as: .duration) == .success(.text("P1Y6M")))
    for wrong in ["2 years", "P", "P6M1Y", "PM", "P1Y1Y"] {
      #expect(throws: TypedValue.Refusal.self) { try TypedValue.parse(wrong, as: .duration).get() }
    }
  }

  @Test("a checksum is that of the field's type")
  func checksums() {
    #expect(Checksum.holds("4006381333931", for: .gtin) == true)
    #expect(Checksum.holds("4006381333932", for: .gtin) == false)
    #expect(Checksum.holds("DE136695976", for: .taxID) == true)
    #expect(Checksum.holds("12/345/67890", for: .taxID) == nil)
  }
}
