import Testing

@testable import Docket

private func phrases(_ texts: String...) -> [String: [WeightedPhrase]] { ["en": texts.map { WeightedPhrase($0) }] }

private let columns = [
  Field(name: "description", type: .text, labels: phrases("description", "item")),
  Field(name: "quantity", type: .quantity, labels: phrases("qty")),
  Field(name: "unit_price", type: .money, labels: phrases("unit price")),
  Field(name: "amount", type: .money, labels: phrases("amount")),
]

private let letter = Contract(
  name: "letter", version: 1, summary: "A letter.", headings: [:],
  fields: [
    Field(name: "sender", type: .party, labels: phrases("from"), role: .issuer),
    Field(
      name: "reader", type: .party, labels: phrases("bill to", "buyer"), notLabels: phrases("ship to"),
      role: .recipient),
    Field(name: "lines", type: .rows, columns: columns),
  ], digest: ContentDigest(of: "letter"))

private let words = [
  LanguageWords(
    language: "en",
    words: [
      .legalForm: ["Ltd"], .contact: ["phone"], .summary: ["total", "vat"], .name: ["name"], .taxID: ["vat no"],
      .unit: ["pcs"],
    ], months: [:], digest: ContentDigest(of: "en"))
]

private func extract(_ rows: [[(String, Float)]]) -> Extraction {
  LabelExtractor(words: words, vocabularies: [:]).extract(
    from: page(rows), for: letter, in: Context(digest: ContentDigest(of: ""), name: "a.pdf", dates: nil))
}

/// A line of words, set closely from a left edge.
private func line(_ text: String, at x: Float = 50) -> [(String, Float)] {
  var place = x
  return text.split(separator: " ").map { word in
    defer { place += Float(word.count) * 5 + 3 }
    return (String(word), place)
  }
}

private func name(_ path: String, in extraction: Extraction) -> String? {
  extraction.candidates["\(path).name"]?.first?.value.canonical
}

@Suite struct PartiesTests {
  @Test("the line above the window names the sender, the block below it the reader")
  func window() {
    let found = extract([
      line("Thank you for your trust"), line("Kessler Ltd · Mill Lane 4 · 12345 Town"), line("Anna Brandl"),
      line("High Street 9"), line("54321 Village"),
    ])
    #expect(name("sender", in: found) == "Kessler Ltd")
    #expect(name("reader", in: found) == "Anna Brandl")
  }

  @Test("labels over two columns say whose each is, tax numbers too")
  func columns() {
    let found = extract([
      line("From:") + line("Bill to:", at: 320), line("Kessler Works") + line("Vogt Ltd", at: 320),
      line("Mill Lane 4") + line("High Street 9", at: 320), line("12345 Town") + line("54321 Village", at: 320),
      line("DE136695976") + line("DE129273398", at: 320),
    ])
    #expect(name("sender", in: found) == "Kessler Works")
    #expect(name("reader", in: found) == "Vogt Ltd")
    #expect(found.candidates["sender.tax_id"]?.first?.value.canonical == "DE136695976")
    #expect(found.candidates["reader.tax_id"]?.first?.value.canonical == "DE129273398")
  }

  @Test("goods are shipped to another than the reader")
  func shipped() {
    let found = extract([
      line("Ship to:") + line("Bill to:", at: 320), line("Warehouse Four") + line("Vogt Ltd", at: 320),
      line("Mill Lane 4") + line("High Street 9", at: 320), line("12345 Town") + line("54321 Village", at: 320),
    ])
    #expect(name("reader", in: found) == "Vogt Ltd")
  }

  @Test("among particulars the name is the one called so")
  func particulars() {
    let found = extract([
      line("Buyer"), line("Number:") + line("GE2020211", at: 200), line("Name:") + line("Vogt Works", at: 200),
      line("Street:") + line("High Street 9", at: 200), line("Remarks"),
    ])
    #expect(name("reader", in: found) == "Vogt Works")
  }

  @Test("a postcode may stand behind the town, as in Britain")
  func british() {
    let found = extract([line("Bill to:"), line("Vogt Works"), line("9 High Street"), line("York"), line("YO1 7AB")])
    #expect(name("reader", in: found) == "Vogt Works")
  }
}

@Suite struct TableTests {
  private func rows(_ lines: [[(String, Float)]]) -> [[String]] {
    (extract(lines).rows["lines"] ?? []).map { row in
      ["description", "quantity", "unit_price", "amount"].map { row[$0]?.value.canonical ?? "" }
    }
  }

  private let heading: [(String, Float)] = [
    ("Description", 50), ("Qty", 300), ("Unit", 400), ("price", 423), ("Amount", 500),
  ]

  @Test("a heading may be cut in two by a hyphen and by the row's end")
  func cut() {
    let found = rows([
      [("Description", 50), ("Qty", 300), ("Unit", 400), ("Am-", 500)], [("price", 400), ("ount", 500)],
      line("Desk") + [("2", 300), ("10.00", 400), ("99.00", 500)],
    ])
    #expect(found == [["Desk", "2", "10.00", "99.00"]])
  }

  @Test("words of a row below belong to the item where its own row has none")
  func below() {
    let found = rows([
      heading, [("2", 300), ("10.00", 400), ("20.00", 500)], line("Oak desk"),
      [("3", 300), ("10.00", 400), ("30.00", 500)], line("Oak chair"),
    ])
    #expect(found.map { $0[0] } == ["Oak desk", "Oak chair"])
  }

  @Test("an amount may stand a row lower than its factors")
  func lower() {
    let found = rows([heading, line("Desk") + [("2", 300), ("10.00", 400)], [("20.00", 500)], [("Total", 50)]])
    #expect(found == [["Desk", "2", "10.00", "20.00"]])
  }

  @Test("a table of names and amounts has items too, and its sums are none")
  func plain() {
    let found = rows([
      [("Description", 50), ("Amount", 500)], line("Oak desk") + [("90.00", 500)], line("Total") + [("90.00", 500)],
      line("Paid on") + [("90.00", 500)],
    ])
    #expect(found == [["Oak desk", "", "", "90.00"]])
  }

  @Test("headings of another table end the items")
  func another() {
    let found = rows([
      heading, line("Desk") + [("2", 300), ("10.00", 400), ("20.00", 500)],
      [("Kind", 50), ("Basis", 300), ("Share", 400)], line("Discount") + [("20.00", 400), ("-1.00", 500)],
    ])
    #expect(found.count == 1)
  }

  @Test("words set upright along the margin are in no row")
  func upright() {
    var reading = page([heading, line("Desk") + [("2", 300), ("10.00", 400), ("20.00", 500)]])
    guard case .pages(var pages) = reading.content else { return }
    pages[0].words.append(Word(text: "Margin", x: 10, y: 0, width: 8, height: 90, line: 9))
    reading.content = .pages(pages)
    #expect(Layout(reading).rows.allSatisfy { row in row.tokens.count >= 4 })
  }
}

@Suite struct HeadingTests {
  @Test("a heading that is the end of a longer word labels the number behind it, a code between or not")
  func compound() {
    let layout = Layout(page([line("Handelsrechnung Nr. 4711"), line("Mietrechnung (387) Nr. 4712")]))
    let number = Field(name: "number", type: .id, required: true)
    let words = ContractPhrases(fields: [number], headings: phrases("Rechnung"))
    let index = LabelIndex(words, places: PhrasePlaces(layout, of: KnownPhrases([words])), layout: layout)
    #expect(index.hits["number"]?.map(\.range.upperBound) == [2, 3])
  }

  private func contract(_ name: String, _ heading: String) -> Contract {
    Contract(
      name: name, version: 1, summary: "It.",
      headings: phrases(heading).mapValues { $0.map { WeightedPhrase($0.text, weight: 4) } },
      fields: [
        Field(name: "number", type: .id, required: true, labels: phrases("number")),
        Field(name: "seller", type: .party, role: .issuer),
      ], digest: ContentDigest(of: name))
  }

  @Test("a phrase before a colon labels another document; a number beside a heading leaves it one")
  func label() {
    let reading = page([line("Trade Bill No 471102 of 05.03.2018"), [("Order", 50), (":", 120), ("2018-4713", 140)]])
    let found = Classifier(words: words).classify(
      reading, among: [contract("one", "order"), contract("other", "trade bill")])
    #expect(found.contract?.name == "other")
  }
}
