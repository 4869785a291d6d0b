import Docket
import Testing

/// A page held against the structured original that came with it.
@Suite struct PageComparisonTests {
  private static let contract = Contract(
    name: "bill", version: 1, summary: "A bill.", standard: "EN 16931",
    fields: [
      field("number", .id, "BT-1", ["bill no"]), field("issued_on", .date, "BT-2", ["bill date"]),
      field("total", .money, "BT-112", ["grand total"]), field("tax_total", .money, "BT-110", ["vat"]),
    ], digest: ContentDigest(of: "bill 1"))

  private static func field(_ name: String, _ type: FieldType, _ standard: String, _ labels: [String]) -> Field {
    Field(
      name: name, type: type, required: true, labels: ["en": labels.map { WeightedPhrase($0) }], standard: standard)
  }

  private static let original = TreeNode(
    name: "Invoice", namespace: "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    children: [
      TreeNode(name: "ID", text: "B-4711"), TreeNode(name: "IssueDate", text: "2026-03-04"),
      TreeNode(name: "TaxTotal", children: [TreeNode(name: "TaxAmount", text: "56.87")]),
      TreeNode(
        name: "LegalMonetaryTotal", children: [TreeNode(name: "TaxInclusiveAmount", text: "529.87")]),
    ])

  /// Lines of words, from the top.
  private func differing(_ lines: [String], source: PageReading.Source = .layer) -> [String?] {
    var words: [Word] = []
    for (number, line) in lines.enumerated() {
      var x: Float = 50
      for text in line.split(separator: " ").map(String.init) {
        let width = Float(text.count) * 6
        words.append(
          Word(text: text, x: x, y: 100 + 20 * Float(number), width: width, height: 10, line: Int32(number)))
        x += width + 4
      }
    }
    let page = PageReading(number: 1, width: 600, height: 800, unit: .point, source: source, words: words)
    let reading = Reading(
      mediaType: "application/pdf", content: .pages([page]),
      embedded: [EmbeddedTree(name: "a.xml", part: PartPath("attachment/1"), root: Self.original)])
    let context = Context(digest: ContentDigest(of: ""), name: "a.pdf")
    return PageComparison(words: [], vocabularies: [:]).extract(from: reading, for: Self.contract, in: context)
      .findings.map(\.field)
  }

  private static let same = [
    "Bill No: B-4711", "Bill Date: 2026-03-04", "VAT 19 % 37.62", "VAT 7 % 19.25", "Grand Total 529.87",
  ]

  @Test("a page that says the same is not told of, even where it shows a sum in parts")
  func same() { #expect(differing(Self.same) == []) }

  @Test("a total, a number and a date that stand nowhere on the page are told, where it has others")
  func other() {
    #expect(differing(Self.same.map { $0.replacing("529.87", with: "629.87") }) == ["total"])
    #expect(differing(Self.same.map { $0.replacing("B-4711", with: "B-4712") }) == ["number"])
    #expect(differing(Self.same.map { $0.replacing("2026-03-04", with: "2026-03-05") }) == ["issued_on"])
  }

  @Test("a page that is silent contradicts nothing")
  func silent() { #expect(differing(["See the attached file.", "VAT 56.87"]) == []) }

  @Test("what OCR read is no witness")
  func read() { #expect(differing(Self.same.map { $0.replacing("529.87", with: "629.87") }, source: .ocr) == []) }
}
