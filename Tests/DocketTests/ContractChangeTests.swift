import Testing

@testable import Docket

private let old = Contract(
  name: "slip", version: 1, summary: "A slip.", identity: [["number"]],
  fields: [
    Field(name: "number", type: .id, required: true), Field(name: "total", type: .money, sensitivity: .confidential),
    Field(name: "lines", type: .rows, columns: [Field(name: "text", type: .text)]),
  ], checks: [Check(code: "positive", rule: .range(field: "total", from: .zero, to: nil))],
  status: .init(initial: "open", next: ["open": ["paid"]], final: ["paid"]), digest: ContentDigest(of: "old"))

private func changes(_ change: (inout Contract) -> Void) -> [String] {
  var new = old
  change(&new)
  return old.changes(to: new).map { "\($0.isBreaking ? "breaking" : "additive") \($0.path) \($0.what)" }
}

@Suite struct ContractChangeTests {
  @Test("words for finding values change nothing for those who take the records")
  func words() {
    #expect(
      changes {
        $0.summary = "Another."
        $0.headings = ["en": [WeightedPhrase("slip")]]
        $0.fields[0].labels = ["en": [WeightedPhrase("no")]]
      } == [])
  }

  @Test("what is new and may be missing is additive")
  func additive() {
    #expect(
      changes {
        $0.fields.append(Field(name: "note", type: .text))
        $0.fields[2].columns.append(Field(name: "count", type: .quantity))
        $0.checks.append(Check(code: "two", rule: .checksum(field: "number", type: .gtin)))
        $0.status?.next["paid"] = ["refunded"]
      } == [
        "additive lines.count is new", "additive note is new", "additive  the check `two` is new",
        "additive  the state `refunded` is new",
      ])
  }

  @Test("what somebody may rely on and is gone or other is breaking")
  func breaking() {
    #expect(changes { $0.fields.removeFirst() } == ["breaking number is gone"])
    #expect(changes { $0.fields[1].type = .text } == ["breaking total was money, is text"])
    #expect(changes { $0.fields[1].isList = true } == ["breaking total was money, is list of money"])
    #expect(changes { $0.fields[0].required = false } == ["breaking number is no longer required"])
    #expect(changes { $0.fields[1].sensitivity = nil } == ["breaking total is less sensitive than it was"])
    #expect(changes { $0.fields[2].columns[0].name = "words" }.contains("breaking lines.text is gone"))
    #expect(changes { $0.checks = [] } == ["breaking  the check `positive` is gone"])
    #expect(changes { $0.identity = [["total"]] } == ["breaking  is told apart by other fields"])
    #expect(
      changes { $0.fields.append(Field(name: "note", type: .text, required: true)) } == [
        "breaking note is new and required: records of before lack it"
      ])
  }
}

@Suite struct WordSketchTests {
  private static let words = (0..<80).map { "word\($0) \(1000 + $0 * 7)" }

  @Test("a text with a few other words is alike, one with other numbers is not")
  func likeness() throws {
    let sketch = try #require(WordSketch(WordSketchTests.words))
    #expect(sketch.likeness(to: sketch) == 1)
    let rescanned = try #require(WordSketch(WordSketchTests.words.dropLast(3) + ["smudge", "w0rd78 1546"]))
    #expect(sketch.likeness(to: rescanned) >= 0.8)
    let nextMonth = try #require(WordSketch((0..<80).map { "word\($0) \(5000 + $0 * 7)" }))
    #expect(sketch.likeness(to: nextMonth) < 0.3)
    #expect(Set(sketch.bands).intersection(rescanned.bands).isEmpty == false)
  }

  @Test("it is kept as text and read again; a few words have none")
  func text() throws {
    let sketch = try #require(WordSketch(WordSketchTests.words))
    #expect(WordSketch(text: sketch.text) == sketch)
    #expect(WordSketch(["only a few words"]) == nil)
    #expect(WordSketch(text: "") == nil)
  }

  @Test("case and marks do not count")
  func marks() {
    let upper = WordSketchTests.words.map { "\($0.uppercased())," }
    #expect(WordSketch(upper) == WordSketch(WordSketchTests.words))
  }
}
