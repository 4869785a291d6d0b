import Testing

@testable import Docket

private let contract = Contract(
  name: "slip", version: 1, summary: "A slip.",
  fields: [
    Field(name: "note", type: .text, labels: ["en": [WeightedPhrase("remark")]]),
    Field(name: "ship_to", type: .address, labels: ["en": [WeightedPhrase("deliver to")]]),
    Field(name: "rate", type: .percent, labels: ["en": [WeightedPhrase("vat rate")]]),
    Field(name: "time", type: .time, labels: ["en": [WeightedPhrase("time")]]),
    Field(name: "bic", type: .bic, labels: ["en": [WeightedPhrase("bic")]]),
    Field(name: "article", type: .gtin, labels: ["en": [WeightedPhrase("ean")]]),
  ], digest: ContentDigest(of: "labelled"))

private func values(_ path: String, _ rows: [[(String, Float)]]) -> [String] {
  let found = LabelExtractor(words: [], vocabularies: [:]).extract(
    from: page(rows), for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.pdf"))
  return found.candidates[path, default: []].map(\.value.canonical)
}

@Suite struct LabelledCandidatesTests {
  @Test("a text stands behind its label or below it; a word within a sentence labels nothing")
  func text() {
    #expect(values("note", [[("Remark:", 50), ("ring", 90), ("twice", 115)]]) == ["ring twice"])
    #expect(values("note", [[("Remark", 50)], [("ring", 50), ("twice", 75)]]) == ["ring twice"])
    let sentence: [(String, Float)] = [
      ("we", 50), ("thank", 65), ("you", 95), ("for", 115), ("the", 135), ("remark", 155),
    ]
    #expect(values("note", [sentence]) == [])
  }

  @Test("an address takes the lines below its label, as long as they follow closely, and has a number")
  func address() {
    let rows: [[(String, Float)]] = [
      [("Deliver", 50), ("to", 90)], [("Anna", 50)], [("1", 50), ("Mill", 60), ("Lane", 85)], [], [], [("Total", 50)],
    ]
    #expect(values("ship_to", rows) == ["Anna 1 Mill Lane"])
    #expect(values("ship_to", [[("Deliver", 50), ("to", 90)], [("Anna", 50)]]) == [])
  }

  @Test("a rate is a number with its sign, a time one that a clock shows")
  func forms() {
    #expect(values("rate", [[("VAT", 50), ("rate", 75), ("19", 110), ("%", 125)]]) == ["19"])
    #expect(values("time", [[("Time:", 50), ("8:13:39", 90), ("PM", 130)]]) == ["20:13:39"])
    #expect(values("time", [[("01/02/2025", 50), ("9:05am", 110)]]) == ["09:05"])
    #expect(values("time", [[("Time:", 50), ("27:13", 90)]]) == [])
  }

  @Test("codes count by their form and check digit")
  func codes() {
    #expect(values("bic", [[("our", 50), ("BIC", 70), ("COBADEFFXXX", 100)]]) == ["COBADEFFXXX"])
    #expect(values("bic", [[("BIC", 50), ("UNKNOWN", 100)]]) == [])
    #expect(values("article", [[("EAN", 50), ("4006381333931", 100)]]) == ["4006381333931"])
    #expect(values("article", [[("EAN", 50), ("4006381333932", 100)]]) == [])
  }
}
