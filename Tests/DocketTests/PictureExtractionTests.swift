import Testing

@testable import Docket

private let words = [
  LanguageWords(
    language: "en",
    words: [
      .legalForm: ["Ltd", "Sdn Bhd", "Bhd"], .rounding: ["rounding"], .street: ["lane", "no"], .contact: ["tel"],
      .trade: ["hardware"],
    ], months: [3: ["march"]], digest: ContentDigest(of: "en"))
]

private let contract = Contract(
  name: "slip", version: 1, summary: "What is handed over a counter.",
  fields: [
    Field(name: "shop", type: .party, required: true, role: .issuer),
    Field(name: "issued_on", type: .date, required: true, labels: ["en": [WeightedPhrase("date")]]),
    Field(name: "currency", type: .currency),
    Field(
      name: "total", type: .money, required: true, labels: ["en": [WeightedPhrase("total amount")]],
      notLabels: ["en": [WeightedPhrase("cash"), WeightedPhrase("rounding")]]),
  ], digest: ContentDigest(of: "slip"))

/// What is proposed first for a field of a page that was read from a picture.
private func best(
  _ path: String, _ rows: [[(String, Float)]], doubted: Set<String> = [], or variants: [String: WordVariant] = [:]
) -> Candidate? {
  var reading = page(rows, source: .ocr)
  guard case .pages(var pages) = reading.content else { return nil }
  for index in pages[0].words.indices {
    pages[0].words[index].confidence = doubted.contains(pages[0].words[index].text) ? 0.2 : 0.95
    pages[0].words[index].variants = variants[pages[0].words[index].text].map { [$0] } ?? []
  }
  reading.content = .pages(pages)
  let found = LabelExtractor(words: words, vocabularies: [:]).extract(
    from: reading, for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.jpg"))
  return found.candidates[path]?.first
}

@Suite struct PictureExtractionTests {
  @Test("a scribble above the letterhead is no name")
  func scribble() {
    let found = best(
      "shop.name", [[("wor", 100), ("etx", 130)], [("ANNA", 100), ("MILLS", 130), ("LTD", 165)]],
      doubted: ["wor", "etx"])
    #expect(found?.value == .text("ANNA MILLS LTD"))
  }

  @Test("what else may stand there is taken where it fits better, and the value says so")
  func otherReadings() {
    let date = best(
      "issued_on", [[("Date:", 100), ("03/03/201B", 140)]], doubted: ["03/03/201B"],
      or: ["03/03/201B": WordVariant(text: "05/03/2019", probability: 0.3)])
    #expect(date?.value == .date(CalendarDate(year: 2019, month: 3, day: 5)!))
    #expect(date?.raw == "05/03/2019")
    #expect(date?.findings.map(\.code).contains("other-reading") == true)
    #expect(date?.readingConfidence == Double(Float(0.3)))
    let rows: [[(String, Float)]] = [
      [("Soap", 100), ("22.25", 200)], [("Total", 60), ("amount", 100), ("2.25", 200)],
    ]
    let twice = best("total", rows, doubted: ["2.25"], or: ["2.25": WordVariant(text: "22.25", probability: 0.3)])
    #expect(twice?.value == .decimal(DecimalNumber("22.25")!))
    let unlikely = best("total", rows, or: ["2.25": WordVariant(text: "82.25", probability: 0.02)])
    #expect(unlikely?.value == .decimal(DecimalNumber("2.25")!))
  }

  @Test("a name goes on in the next line where that is a legal form, misread or not, or closes a bracket")
  func twoLines() {
    let form = best("shop.name", [[("ANNA", 100), ("MILLS", 130)], [("SON", 100), ("BHD", 120)]])
    #expect(form?.value == .text("ANNA MILLS SDN BHD"))
    #expect(form?.raw == "ANNA MILLS SON BHD")
    #expect(form?.findings.map(\.code) == ["mended"])
    let bracket = best(
      "shop.name", [[("ANNA", 100), ("HARDWARE", 130), ("(OLD", 180)], [("TOWN)", 100), ("LTD", 135)]])
    #expect(bracket?.value == .text("ANNA HARDWARE (OLD TOWN) LTD"))
  }

  @Test("an address goes on behind a comma, and ends before a number with its label")
  func address() {
    let found = best(
      "shop.address",
      [
        [("ANNA", 100), ("LTD", 130)], [("NO", 100), ("7,", 115), ("OLD", 130), ("MILL,", 150)],
        [("MILL", 100), ("LANE,", 125)], [("12345", 100), ("TOWN", 130)], [("Tel", 100), ("0123", 120), ("4567", 145)],
      ])
    #expect(found?.value == .text("NO 7, OLD MILL, MILL LANE, 12345 TOWN"))
  }

  @Test("the rounded total is the one that was paid")
  func rounding() {
    let found = best(
      "total",
      [
        [("Total", 50), ("Amount", 80), ("12.03", 200)], [("Rounding", 50), ("0.02", 200)],
        [("Cash", 50), ("12.05", 200)],
      ])
    #expect(found?.value.canonical == "12.05")
  }

  @Test("an amount that OCR cut at its mark is one")
  func cut() {
    #expect(best("total", [[("Total", 50), ("Amount", 80), ("14.", 200), ("65", 220)]])?.value.canonical == "14.65")
  }

  @Test("a label is found with a wrong letter in it")
  func garbled() {
    let found = best("total", [[("9.00", 200)], [("Tota1", 50), ("Amoumt", 80), ("7.00", 200)]])
    #expect(found?.value.canonical == "7.00")
  }

  @Test(
    "a date with letters or impossible digits is read as what it looks like, and says so",
    arguments: [("D2/O2/2017", "2017-02-02"), ("19/62/2018", "2018-02-19"), ("21/08/2617", "2017-08-21")])
  func dates(printed: String, day: String) {
    let found = best("issued_on", [[("Date", 50), (printed, 100)]])
    #expect(found?.value.canonical == day)
    #expect(found?.findings.map(\.code).contains("mended") == true)
  }

  @Test("of equally frequent currencies the first on the page is proposed first; a letter read as a sign is none")
  func currencies() {
    let found = best(
      "currency", [[("$/B", 50)], [("GBP", 50), ("1.00", 80), ("CHF", 120), ("SEK", 160), ("NOK", 200), ("PLN", 240)]])
    #expect(found?.value == .text("GBP"))
  }
}

@Suite struct ClassifierEvidenceTests {
  private func contract(_ name: String, heading: String, not: String = "") -> Contract {
    Contract(
      name: name, version: 1, summary: "It.", headings: ["en": [WeightedPhrase(heading)]],
      notHeadings: not.isEmpty ? [:] : ["en": [WeightedPhrase(not)]], phrases: ["en": [WeightedPhrase("come again")]],
      fields: [
        Field(name: "number", type: .id, labels: ["en": [WeightedPhrase("number")]]),
        Field(name: "buyer", type: .text, labels: ["en": [WeightedPhrase("buyer")]]),
      ], digest: ContentDigest(of: name + not))
  }

  private func name(_ rows: [[(String, Float)]], among contracts: [Contract]) -> String? {
    Classifier(words: words).classify(page(rows), among: contracts).contract?.name
  }

  @Test("words within sentences make no page a document")
  func prose() {
    let sentence = ["the", "buyer", "states", "the", "number", "of", "the", "trade", "bill", "in", "this", "letter"]
    let row = sentence.enumerated().map { ($0.element, Float(50 + $0.offset * 36)) }
    #expect(name([row, row, row], among: [contract("bill", heading: "trade bill")]) == nil)
  }

  @Test("a look-alike's heading speaks against a contract")
  func lookalike() {
    let rows: [[(String, Float)]] = [
      [("Quotation", 50)], [("Number:", 50), ("4711", 100)], [("Buyer:", 50), ("Anna", 100)],
    ]
    let open = contract("bill", heading: "quotation")
    #expect(name(rows, among: [open]) == "bill")
    #expect(name(rows, among: [contract("bill", heading: "trade bill", not: "quotation")]) == nil)
  }
}
