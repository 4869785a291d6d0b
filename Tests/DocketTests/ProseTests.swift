import Testing

@testable import Docket

private let words = LanguageWords(
  language: "en",
  words: [
    .legalForm: ["Inc", "LLC", "Co", "Corp"], .number: ["zero", "one", "two", "three"], .year: ["year", "years"],
    .month: ["month", "months"], .own: ["this"], .stop: ["the"], .definedTerm: ["company", "employee", "parties"],
  ], months: [1: ["january", "jan"], 2: ["february", "feb"]], digest: ContentDigest(of: "en"))

private let places = Vocabulary(
  name: "places", version: 1,
  values: [
    .init(name: "york", labels: ["en": [WeightedPhrase("York")]]),
    .init(name: "new_york", labels: ["en": [WeightedPhrase("New York")]]),
  ], digest: ContentDigest(of: "places"))

private func phrases(_ texts: String...) -> [String: [WeightedPhrase]] { ["en": texts.map { WeightedPhrase($0) }] }

private let contract = Contract(
  name: "pact", version: 1, summary: "A pact.", headings: phrases("pact"),
  fields: [
    Field(name: "side", type: .party, isList: true, phrases: phrases("by and between", "… (the “Company”)")),
    Field(name: "law", type: .category, vocabulary: "places", phrases: phrases("governed by the laws of")),
    Field(name: "start", type: .date, phrases: phrases("made as of", "dated")),
    Field(
      name: "length", type: .duration, phrases: phrases("shall end", "a period of … from today"),
      notPhrases: phrases("shall not hire")),
  ], digest: ContentDigest(of: "pact"))

/// A page of a text, ten words a line.
private func reading(_ text: String) -> Reading {
  let parts = text.split(separator: " ").map(String.init)
  let lines = stride(from: 0, to: parts.count, by: 10).map { start in
    parts[start..<min(parts.count, start + 10)].enumerated().map { ($0.element, Float(40 + 50 * $0.offset)) }
  }
  return page(lines)
}

private func candidates(_ path: String, _ text: String) -> [Candidate] {
  ProseExtractor(words: [words], vocabularies: ["places": places])
    .extract(from: reading(text), for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.pdf"))
    .candidates[path, default: []]
}

private func values(_ path: String, _ text: String) -> [String] { candidates(path, text).map(\.value.canonical) }

@Suite struct ProseTests {
  @Test("a list of names follows its phrase, what is said about each left out")
  func names() {
    let text =
      "This Pact is by and between Kite Mills, Inc., a Utah corporation (“Kite”), and Ann B. Reed (the “Employee”)."
    #expect(values("side.name", text) == ["Kite Mills, Inc.", "Ann B. Reed"])
    #expect(
      values("side.name", "signed by and between Reed and Co. and Beta & Sons LLC today") == [
        "Reed and Co.", "Beta & Sons LLC",
      ])
  }

  @Test("words for somebody named elsewhere are no names")
  func roles() {
    #expect(values("side.name", "an action by and between the Company and the Employee") == [])
  }

  @Test("a name stands before the bracket that says what it is called")
  func before() {
    let text = "offered by us to Delta Corp., a Utah corporation in good standing (the “Company”), in June"
    #expect(values("side.name", text) == ["Delta Corp."])
  }

  @Test("of a vocabulary's words the longest counts, over the end of a line too")
  func vocabulary() {
    let text = "one two three four five it is governed by the laws of the State of New York alone"
    #expect(values("law", text) == ["new_york"])
    #expect(candidates("law", text).first?.raw == "New York")
  }

  @Test("another document's date is none of this one's")
  func another() {
    let beginning = String(repeating: "word ", count: 40) + "ends here. "
    #expect(values("start", beginning + "The Lending Pact of both, dated January 13, 2020, ends") == [])
    #expect(values("start", beginning + "This Lending Pact of both, dated January 13, 2020, ends") == ["2020-01-13"])
    #expect(values("start", beginning + "the Pact is dated January 13, 2020 and ends") == ["2020-01-13"])
    #expect(values("start", "LENDING PACT dated January 13, 2020") == ["2020-01-13"])
  }

  @Test("words of a sentence that speak against a value lower it")
  func against() throws {
    let plain = try #require(candidates("length", "It shall end after two years.").first)
    let other = try #require(candidates("length", "We shall not hire him and it shall end after two years.").first)
    #expect(other.score < plain.score - 2)
    let next = try #require(candidates("length", "We shall not hire anyone. It shall end after two years.").first)
    #expect(next.score == plain.score)
  }

  @Test("dates as sentences write them")
  func dates() {
    #expect(values("start", "This is made as of January 13, 2026, by us") == ["2026-01-13"])
    #expect(values("start", "This is made as of this 3rd day of February, 2026 by us") == ["2026-02-03"])
    #expect(values("start", "This is made as of the 13 th day of February, 2026 by us") == ["2026-02-13"])
    #expect(values("start", "It is made as of a day to be agreed upon by all of them, not January 13, 2026") == [])
  }

  @Test("lengths of time in words, in digits, in both, and in one word")
  func periods() {
    #expect(values("length", "This shall end two (2) years from now") == ["P2Y"])
    #expect(values("length", "This shall end on the one-year anniversary") == ["P1Y"])
    #expect(values("length", "for a period of 18 full months from today") == ["P18M"])
    #expect(values("length", "for a period of trust. It shall end soon") == [])
  }

  @Test("a value that goes over the end of a line has a box on each")
  func boxes() {
    let text = "one two three four five six this was made as of January 13, 2026"
    let boxes = candidates("start", text).first?.locators ?? []
    #expect(boxes.count == 1)
    let broken = "one two three four five this was made as of January 13, 2026"
    #expect(values("start", broken) == ["2026-01-13"])
  }
}
