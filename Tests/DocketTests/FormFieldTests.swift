import Testing

@testable import Docket

private func label(_ text: String) -> [String: [WeightedPhrase]] { ["en": [WeightedPhrase(text)]] }

private let contract = Contract(
  name: "form", version: 1, summary: "A form.",
  fields: [
    Field(name: "client", type: .text, labels: label("client"), notLabels: label("first date")),
    Field(name: "signer", type: .person, labels: label("1. name")),
    Field(name: "owner", type: .text, labels: ["en": [WeightedPhrase("owner of the firm"), WeightedPhrase("name")]]),
    Field(name: "begins", type: .date, labels: label("run"), range: .from),
    Field(name: "ends", type: .date, labels: label("run"), range: .to),
  ], dates: .mdy, digest: ContentDigest(of: "form"))

private let words = LanguageWords(
  language: "en", words: [.name: ["name"], .to: ["to"], .stop: ["for", "of"]], months: [2: ["feb"]],
  digest: ContentDigest(of: "form words"))

private func best(_ path: String, _ rows: [[(String, Float)]]) -> String? {
  LabelExtractor(words: [words], vocabularies: [:])
    .extract(from: page(rows), for: contract, in: Context(digest: ContentDigest(of: ""), name: "a.pdf"))
    .candidates[path]?.first?.value.canonical
}

@Suite struct FormFieldTests {
  @Test("words that forms print without blanks are several")
  func packed() {
    #expect(PackedWord.parts(of: "03/24/20-03/30/20") == [0..<8, 8..<9, 9..<17])
    #expect(PackedWord.parts(of: "NAME=Anna") == [0..<5, 5..<9])
    for word in ["A=", "555-0199-22", "2026-01-02", "a=b=c", "12/3-4/5", "E=mc2"] {
      #expect(PackedWord.parts(of: word).isEmpty, "\(word)")
    }
  }

  @Test("a period's days go to its ends, whatever the form")
  func periods() {
    for row: [(String, Float)] in [
      [("Run:", 40), ("03/04/26-03/09/26", 90)], [("Run", 40), ("03/04/26", 90), ("-", 140), ("03/09/26", 150)],
      [("Run", 40), ("03/04/26", 90), ("to", 140), ("03/09/26", 155)],
    ] {
      #expect(best("begins", [row]) == "2026-03-04")
      #expect(best("ends", [row]) == "2026-03-09")
    }
    #expect(best("begins", [[("Run:", 40), ("Feb13/26", 90), ("-", 140), ("Feb14/26", 150)]]) == "2026-02-13")
  }

  @Test("a numbered question's label is found, one within a longer label is not")
  func questions() {
    let rows: [[(String, Float)]] = [
      [("1.", 40), ("Name", 55), ("2.", 300), ("Owner", 315), ("of", 350), ("the", 365), ("firm", 385)],
      [("Reed,", 40), ("Ann", 70), ("B.", 90), ("Kite", 300), ("Mills", 325)],
    ]
    #expect(best("signer", rows) == "Ann B. Reed")
    #expect(best("owner", rows) == "Kite Mills")
  }

  @Test("what stands behind a label ends where another begins, and goes on below where the line ends openly")
  func cells() {
    #expect(
      best("client", [[("Client", 40), ("First", 200), ("date", 230)], [("Kite", 40), ("Mills", 65)]]) == "Kite Mills")
    #expect(best("client", [[("Client", 40), ("Name:", 120), ("Kite", 200), ("Mills", 225)]]) == "Kite Mills")
    #expect(best("client", [[("Client:", 40), ("Friends", 80), ("of", 120)], [("Mills", 80)]]) == "Friends of Mills")
    #expect(best("client", [[("Client:", 40), ("N/A", 80)]]) == nil)
  }

  @Test("people's names as registers write them are put straight")
  func people() {
    #expect(PersonName.straight("Moore, W. John") == "W. John Moore")
    #expect(PersonName.straight("John Moore, Jr.") == "John Moore, Jr.")
    #expect(PersonName.straight("John Moore") == "John Moore")
  }
}
