import Testing

@testable import Docket

private let cover = Cover(
  sender: "billing@mill.example", subject: "Thing note 4711-A", text: "Dear all,\nplease pay 107.10 soon.\n")

private let contract = Contract(
  name: "thing", version: 1, summary: "A thing.", headings: ["en": [WeightedPhrase("Thing Note")]],
  fields: [
    Field(name: "number", type: .id, required: true, labels: ["en": [WeightedPhrase("no")]]),
    Field(name: "total", type: .money, required: true, labels: ["en": [WeightedPhrase("total")]]),
  ], digest: ContentDigest(of: "thing"))

@Suite struct CoverTests {
  @Test("a mail gives its sender's address, its subject and its text; a page gives none")
  func ofMail() throws {
    let text = TextReading(
      headers: [
        .init(name: "from", value: "Billing <billing@mill.example>"), .init(name: "subject", value: "Thing note"),
      ], text: "Hello.")
    let found = try #require(Cover(Reading(mediaType: "message/rfc822", content: .text(text))))
    #expect(found == Cover(sender: "billing@mill.example", subject: "Thing note", text: "Hello."))
    #expect(Cover(page([[("Hello", 10)]])) == nil)
  }

  @Test("numbers and amounts that the mail names too are likelier, and the record says so")
  func supported() throws {
    func candidate(_ path: String, _ value: Value, _ raw: String, _ score: Double) -> Candidate {
      Candidate(path: path, value: value, raw: raw, score: score, locators: [], producer: "test")
    }
    let found = Extraction(candidates: [
      "number": [candidate("number", .text("8888"), "8888", 1), candidate("number", .text("4711-A"), "4711-A", 0.8)],
      "total": [
        candidate("total", .decimal(DecimalNumber("90.00")!), "90.00", 1),
        candidate("total", .decimal(DecimalNumber("107.10")!), "107.10", 0.9),
      ],
    ])
    let supported = CoverSupport(cover).applied(to: found, of: contract)
    #expect(supported.candidates["number"]?.map(\.value.canonical) == ["4711-A", "8888"])
    #expect(supported.candidates["total"]?.map(\.value.canonical) == ["107.10", "90.00"])
    #expect(supported.candidates["number"]?.first?.findings.map(\.code) == ["in-mail"])
    #expect(supported.candidates["number"]?.last?.findings.isEmpty == true)
    let silent = Cover(sender: "", subject: "Hi", text: "See attached.")
    #expect(CoverSupport(silent).applied(to: found, of: contract) == found)
  }

  @Test("what the subject calls a document counts, but makes none of a page that says nothing")
  func classified() {
    let classifier = Classifier(words: [])
    func share(_ rows: [[(String, Float)]], _ cover: Cover?) -> Double {
      let said = classifier.classify(page(rows), among: [contract], cover: cover)
      return said.contract == nil ? 1 - said.confidence : said.confidence
    }
    let faint: [[(String, Float)]] = [[("No:", 50), ("4711-A", 100)], [("Total:", 50), ("107.10", 100)]]
    #expect(share(faint, cover) > share(faint, nil))
    #expect(share([[("Hello", 50), ("there", 100)]], cover) < 0.5)
  }

  @Test("a condition on the sender holds for what came in his mail, and for the mail itself")
  func sender() {
    let condition = Condition.sender(["mill.example"])
    let record = Record(id: DocumentID(hex: ""), contract: contract.reference, classification: 1, fields: [])
    let said = Classification(contract: contract.reference, confidence: 1)
    let sheet = ReadingFacts(of: page([[("Hello", 10)]]), classification: said)
    let digest = ContentDigest(of: "")
    #expect(condition.holds(for: record, facts: sheet, in: Context(digest: digest, name: "a.pdf", cover: cover)))
    #expect(!condition.holds(for: record, facts: sheet, in: Context(digest: digest, name: "a.pdf")))
    let text = TextReading(headers: [.init(name: "from", value: "Billing <billing@mill.example>")], text: "")
    let mail = ReadingFacts(of: Reading(mediaType: "message/rfc822", content: .text(text)), classification: said)
    #expect(condition.holds(for: record, facts: mail, in: Context(digest: digest, name: "a.eml")))
  }
}
