import Testing

@testable import Docket

/// A page of words in rows, each word with its left edge; rows are 20 apart, words 10 high.
func page(_ rows: [[(String, Float)]], source: PageReading.Source = .layer) -> Reading {
  var words: [Word] = []
  for (number, row) in rows.enumerated() {
    for (text, x) in row {
      words.append(
        Word(
          text: text, x: x, y: Float(number * 20 + 20), width: Float(text.count) * 5, height: 10,
          line: Int32(number)))
    }
  }
  let page = PageReading(number: 1, width: 600, height: 800, unit: .point, source: source, words: words)
  return Reading(mediaType: "application/pdf", content: .pages([page]))
}

private let contract = Contract(
  name: "thing", version: 1, summary: "A thing.", headings: ["en": [WeightedPhrase("Thing Note")]],
  fields: [
    Field(
      name: "number", type: .id, required: true, labels: ["en": [WeightedPhrase("note no")]],
      notLabels: ["en": [WeightedPhrase("customer no")]]),
    Field(name: "issued_on", type: .date, required: true, labels: ["en": [WeightedPhrase("date")]]),
    Field(
      name: "total", type: .money, required: true, labels: ["en": [WeightedPhrase("total")]],
      notLabels: ["en": [WeightedPhrase("sub total")]]),
    Field(name: "iban", type: .iban, labels: ["en": [WeightedPhrase("IBAN")]]),
  ], digest: ContentDigest(of: "thing"))

private func extract(_ reading: Reading, dates: DateOrder? = nil) -> Extraction {
  LabelExtractor(words: [], vocabularies: [:]).extract(
    from: reading, for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.pdf", dates: dates))
}

@Suite struct LabelExtractorTests {
  @Test("takes the value beside its label, and not that of a false friend")
  func beside() {
    let found = extract(
      page([
        [("Customer", 50), ("No", 95), ("88123", 120)], [("Note", 50), ("No:", 75), ("4711-A", 120)],
        [("Sub", 50), ("Total", 70), ("90.00", 300)], [("Total", 50), ("107.10", 300)],
      ]))
    #expect(found.candidates["number"]?.first?.value == .text("4711-A"))
    #expect(found.candidates["total"]?.first?.value.canonical == "107.10")
  }

  @Test("takes the value below its label")
  func below() {
    let found = extract(page([[("Note", 50), ("No", 75), ("Date", 200)], [("4711", 50), ("31.03.2026", 200)]]))
    #expect(found.candidates["number"]?.first?.value == .text("4711"))
    #expect(found.candidates["issued_on"]?.first?.value.canonical == "2026-03-31")
  }

  @Test("the place it names holds the value's words and no others")
  func tight() throws {
    let found = extract(page([[("Note", 50), ("No:", 75), ("4711", 120), ("Page", 300)]]))
    let place = try #require(found.candidates["number"]?.first?.locators.first)
    #expect(place == .region(Region(page: 1, x: 120, y: 20, width: 20, height: 10)))
  }

  @Test("an ambiguous date is proposed both ways, with a finding")
  func ambiguous() {
    let found = extract(page([[("Date", 50), ("03/04/2026", 100)]]))
    #expect(found.candidates["issued_on"]?.map(\.value.canonical).sorted() == ["2026-03-04", "2026-04-03"])
    #expect(found.candidates["issued_on"]?.allSatisfy { $0.findings.contains { $0.code == "ambiguous-date" } } == true)
  }

  @Test("another date of the document, its currency or its source settles the order")
  func settled() {
    let other = extract(page([[("Date", 50), ("03/04/2026", 100)], [("Paid", 50), ("25/04/2026", 100)]]))
    #expect(other.candidates["issued_on"]?.first?.value.canonical == "2026-04-03")
    let dollars = extract(page([[("Date", 50), ("03/04/2026", 100)], [("Total", 50), ("USD", 100), ("12.00", 140)]]))
    #expect(dollars.candidates["issued_on"]?.first?.value.canonical == "2026-03-04")
    let stated = extract(page([[("Date", 50), ("03/04/2026", 100)]]), dates: .mdy)
    #expect(stated.candidates["issued_on"]?.first?.value.canonical == "2026-03-04")
  }

  @Test("an address in the United States says that the month stands first, a German one does not")
  func address() {
    func day(_ address: [(String, Float)]) -> String? {
      let words = LanguageWords(
        language: "en", words: [.monthFirst: ["DE", "WA"], .country: ["usa"]], months: [:],
        digest: ContentDigest(of: ""))
      let reading = page([[("Date", 50), ("03/04/2026", 100)], address])
      return LabelExtractor(words: [words], vocabularies: [:]).extract(
        from: reading, for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.pdf")
      ).candidates["issued_on"]?.first?.value.canonical
    }
    #expect(day([("Redmond,", 50), ("WA", 93), ("98052", 106)]) == "2026-03-04")
    #expect(day([("Redmond,", 50), ("WA", 93), ("98052", 106), ("USA", 134)]) == "2026-03-04")
    #expect(day([("DE", 50), ("80331", 63), ("Town", 91)]) == "2026-04-03")
  }

  @Test("a false friend above a value counts for nothing where the value's own row names it")
  func ownLabel() {
    let due = Contract(
      name: "bill", version: 1, summary: "A bill.",
      fields: [
        Field(
          name: "due_on", type: .date, labels: ["en": [WeightedPhrase("due date")]],
          notLabels: ["en": [WeightedPhrase("invoice date")]])
      ], digest: ContentDigest(of: "due"))
    let reading = page([
      [("INVOICE", 40), ("DATE:", 78), ("2026-03-04", 110)], [("DUE", 50), ("DATE:", 78), ("2026-04-03", 110)],
      [("Invoice", 250), ("date", 290)], [("2026-03-04", 250)],
    ])
    let found = LabelExtractor(words: [], vocabularies: [:]).extract(
      from: reading, for: due, in: Context(digest: ContentDigest(of: ""), name: "a.pdf"))
    #expect(found.candidates["due_on"]?.first?.value.canonical == "2026-04-03")
    #expect((found.candidates["due_on"]?.first?.score ?? 0) > 1)
    #expect(found.candidates["due_on"]?.dropFirst().allSatisfy { $0.score < 0 } == true)
  }

  @Test("an IBAN counts by its check digits, one that fails them only behind its label and with a finding")
  func iban() {
    let good = extract(page([[("DE89", 50), ("3704", 80), ("0044", 110), ("0532", 140), ("0130", 170), ("00", 200)]]))
    #expect(good.candidates["iban"]?.first?.value == .text("DE89370400440532013000"))
    let bad = extract(page([[("IBAN", 50), ("DE88370400440532013000", 90)]]))
    #expect(bad.candidates["iban"]?.first?.findings.first?.code == "iban-checksum")
    #expect(extract(page([[("DE88370400440532013000", 90)]])).candidates["iban"] == nil)
  }
}

@Suite struct AmountTests {
  @Test("where amounts have decimals a long number under a total's heading is no total")
  func whole() {
    let found = extract(
      page([
        [("1.00", 300)], [("2.00", 300)], [("3.00", 300)], [("4.00", 300)], [("5.00", 300)],
        [("Total", 300)], [("15.00", 300)], [("84743", 300)],
      ]))
    #expect(found.candidates["total"]?.first?.value.canonical == "15.00")
  }

  @Test("the beginning of an IBAN that passes the check by chance is none")
  func beginning() {
    // `DE18619239693729` alone would pass.
    let blocks: [(String, Float)] = [
      ("DE18", 50), ("6192", 80), ("3969", 110), ("3729", 140), ("3068", 170), ("26", 200),
    ]
    #expect(Checksum.isIBAN("DE18619239693729"))
    #expect(extract(page([blocks])).candidates["iban"]?.map(\.value) == [.text("DE18619239693729306826")])
  }
}

@Suite struct NumberScannerTests {
  @Test(
    "reads numbers in the document's own style",
    arguments: [
      ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("12,50", "12.50"), ("RM34.80", "34.80"), ("€12,00", "12.00"),
      ("-5.00", "-5.00"), ("5.00-", "-5.00"), ("(5.00)", "-5.00"), ("1'000.00", "1000.00"), ("7", "7"),
    ])
  func numbers(printed: String, canonical: String) {
    let scanner = NumberScanner([])
    #expect(scanner.number(printed)?.value.description == canonical)
  }

  @Test("takes no word, date or time for a number")
  func refusals() {
    let scanner = NumberScanner([])
    for text in ["abc", "12/03/2026", "12:30:10", "1,23,4", ""] { #expect(scanner.number(text) == nil, "\(text)") }
  }
}

@Suite struct LayoutTests {
  @Test("words of one height are one row, whatever the reader's lines say")
  func rows() {
    let layout = Layout(page([[("A", 50), ("B", 300)], [("C", 50)]]))
    #expect(layout.rows.count == 2)
    #expect(layout.rows[0].segments.count == 2)
  }

  @Test("single letters at even distances are one word")
  func spaced() {
    let layout = Layout(page([[("N", 50), ("O", 62), ("T", 74), ("E", 86)], [("x", 50)]]))
    #expect(layout.rows[0].tokens.map { layout.tokens[$0].text } == ["NOTE"])
  }

  @Test("a page that lies askew is read in straight rows")
  func askew() {
    var reading = page((0..<6).map { _ in [("left", 50), ("middle", 250), ("right", 480)] }, source: .ocr)
    guard case .pages(var pages) = reading.content else { return }
    for index in pages[0].words.indices { pages[0].words[index].y += pages[0].words[index].x * 0.03 }
    reading.content = .pages(pages)
    #expect(Layout(reading).rows.count == 6)
  }
}

@Suite struct TaxIDTests {
  @Test("knows VAT numbers by their country's form and check digit")
  func forms() {
    #expect(TaxID.isVATNumber("DE136695976") && TaxID.hasValidCheckDigit("DE136695976"))
    #expect(TaxID.isVATNumber("DE136695975") && !TaxID.hasValidCheckDigit("DE136695975"))
    #expect(TaxID.isVATNumber("ATU12345678"))
    #expect(!TaxID.isVATNumber("XX123456789") && !TaxID.isVATNumber("DE12345"))
  }
}
