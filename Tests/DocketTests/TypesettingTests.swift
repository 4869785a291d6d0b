import Testing

@testable import Docket

private let slip = Contract(
  name: "slip", version: 1, summary: "A slip.",
  fields: [
    Field(name: "number", type: .id, required: true, labels: ["en": [WeightedPhrase("order no")]]),
    Field(name: "total", type: .money, labels: ["en": [WeightedPhrase("total")]]),
  ], digest: ContentDigest(of: "typesetting"))

private func found(_ content: Reading.Content) -> Extraction {
  LabelExtractor(words: [], vocabularies: [:]).extract(
    from: Reading(mediaType: "text/plain", content: content), for: slip,
    in: Context(digest: ContentDigest(of: ""), name: "a"))
}

@Suite struct TypesettingTests {
  @Test("values are found in a text by their labels, beside and below, and stand in its characters")
  func text() throws {
    let text = "Grüße\n\nOrder no    PO-10233\n\n                Total\n               12.50\n"
    let extraction = found(.text(TextReading(text: text)))
    let number = try #require(extraction.candidates["number"]?.first)
    #expect(number.value.canonical == "PO-10233")
    #expect(number.locators == [.span(19..<27)])
    let total = try #require(extraction.candidates["total"]?.first)
    #expect(total.value.canonical == "12.50")
    #expect(total.locators == [.span(66..<71)])
  }

  @Test("values of a sheet stand in its cells")
  func sheet() throws {
    let extraction = found(
      .table(
        TableReading(sheets: [.init(name: "a", rows: [["x"]]), .init(name: "b", rows: [["Order no", "PO-10233"]])])))
    let number = try #require(extraction.candidates["number"]?.first)
    #expect(number.locators == [.cell(sheet: 2, row: 1, column: 2)])
  }

  @Test("columns of a table in a text stand below one another, however long its cells are")
  func table() throws {
    let text = "Hello\nA long description\tTotal\nx\t12.50\nbye"
    let table = TextTable(rows: [[6..<24, 25..<30], [31..<32, 33..<38]])
    let extraction = found(.text(TextReading(text: text, tables: [table])))
    let total = try #require(extraction.candidates["total"]?.first)
    #expect(total.value.canonical == "12.50")
    #expect(total.locators == [.cell(sheet: 1, row: 2, column: 2)])
    let setting = try #require(
      Typesetting(
        Reading(mediaType: "text/html", content: .text(TextReading(text: text, tables: [table]))), words: WordSets([])))
    let words = setting.pages[0].words
    #expect(words.map(\.text) == ["Hello", "A", "long", "description", "Total", "x", "12.50", "bye"])
    #expect(words[4].x == words[6].x)
    #expect(words[1].x == words[5].x)
  }

  @Test("a form feed begins a page, a paragraph is wrapped, and a subject is the first line")
  func pages() throws {
    let paragraph = Array(repeating: "word", count: 60).joined(separator: " ")
    let text = TextReading(headers: [.init(name: "subject", value: "Order no X1")], text: "one\u{0C}\(paragraph)\n")
    let setting = try #require(
      Typesetting(Reading(mediaType: "message/rfc822", content: .text(text)), words: WordSets([])))
    #expect(setting.pages.map(\.words.count) == [4, 60])
    #expect(Set(setting.pages[1].words.map(\.line)).count == 3)
    #expect(found(.text(text)).candidates["number"]?.first?.locators == [.header("subject", ordinal: 1)])
  }
}
