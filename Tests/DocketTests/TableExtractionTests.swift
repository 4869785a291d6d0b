import Testing

@testable import Docket

private func column(_ name: String, _ type: FieldType, _ labels: String...) -> Field {
  Field(name: name, type: type, labels: ["en": labels.map { WeightedPhrase($0) }])
}

private let contract = Contract(
  name: "bill", version: 1, summary: "A bill.",
  fields: [
    Field(
      name: "lines", type: .rows,
      columns: [
        column("description", .text, "description"), column("quantity", .quantity, "qty"),
        column("unit_price", .money, "unit price"), column("amount", .money, "amount"),
      ])
  ], digest: ContentDigest(of: "bill"))

private let words = [
  LanguageWords(language: "en", words: [.summary: ["total"]], months: [:], digest: ContentDigest(of: "en"))
]

/// The rows' amounts and names, as `name amount`.
private func items(_ rows: [[(String, Float)]]) -> [String] {
  let found = LabelExtractor(words: words, vocabularies: [:]).extract(
    from: page(rows), for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.pdf"))
  return (found.rows["lines"] ?? []).map { cells in
    ["description", "quantity", "unit_price", "amount"].compactMap { cells[$0]?.value.canonical }
      .joined(separator: " ")
  }
}

@Suite struct TableExtractionTests {
  private static let headings: [(String, Float)] = [
    ("Description", 50), ("Qty/Hours", 250), ("Unit", 340), ("Price", 365), ("Amount", 450),
  ]

  @Test("amounts without decimals count where they stand under their headings")
  func whole() {
    let found = items([
      TableExtractionTests.headings, [("Sink", 50), ("3", 265), ("61", 365), ("183", 465)],
      [("Filter", 50), ("6", 265), ("96", 365), ("576", 465)],
    ])
    #expect(found == ["Sink 3 61 183", "Filter 6 96 576"])
  }

  @Test("an amount at the far end of its column counts as under its heading")
  func wide() {
    let found = items([TableExtractionTests.headings, [("Sink", 50), ("1", 20), ("61.00", 365), ("61.00", 560)]])
    #expect(found == ["Sink 1 61.00 61.00"])
  }

  @Test("a row with an amount alone is an item where the rows then add up to a printed sum")
  func lone() {
    let rows = [
      TableExtractionTests.headings, [("Notice", 50), ("45.93", 455)],
      [("Copy", 50), ("1", 265), ("0.75", 365), ("0.75", 455)],
    ]
    #expect(items(rows + [[("Total", 50), ("46.68", 455)]]) == ["Notice 45.93", "Copy 1 0.75 0.75"])
    #expect(items(rows + [[("Total", 50), ("99.00", 455)]]) == ["Copy 1 0.75 0.75"])
  }

  @Test("a row without a price is part of the one above where the rows add up without it")
  func part() {
    let rows = [
      TableExtractionTests.headings, [("Laptop", 50), ("1", 265), ("900.00", 365), ("900.00", 455)],
      [("Levy", 50), ("1", 265), ("4.24", 455)],
    ]
    #expect(items(rows + [[("Total", 50), ("900.00", 455)]]) == ["Laptop 1 900.00 900.00"])
    #expect(items(rows + [[("Total", 50), ("904.24", 455)]]) == ["Laptop 1 900.00 900.00", "Levy 1 4.24"])
  }
}
