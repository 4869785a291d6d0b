import Testing

@testable import Docket

@Suite struct VerdictTests {
  private let contract = ContractReference(name: "bill", version: 1)

  private func made(_ values: [String: String]) -> StoredRecord {
    let record = Record(
      id: DocumentID(hex: "00"), contract: contract, classification: 1,
      fields: values.sorted { $0.key < $1.key }.map { path, text in
        RecordField(
          path: path, values: [Sourced(value: .text(text), raw: text, confidence: 0.9, provenance: [])],
          confidence: 0.9)
      } + [RecordField(path: "note", values: [], confidence: 0.5)])
    var decision = Decision(route: .review, fields: ["a": .init(isAccepted: false, reason: "unproven")])
    decision.standing = Decision.Standing(confidence: 0.81, isCandidate: true)
    return StoredRecord(record: record, decision: decision)
  }

  private func document(_ state: DocumentState) -> Document {
    Document(
      id: DocumentID(hex: "00"), arrival: 1, digest: ContentDigest(of: "a"), byteCount: 1, name: "a.pdf",
      source: "inbox", pipeline: "office", state: state, sensitivity: .internal, arrivedAt: 0)
  }

  private func answered(_ record: Record, _ answers: [(String, Answer)]) throws -> Record {
    try answers.reduce(record) { try #require($0.answering($1.0, $1.1, person: "maria")) }
  }

  @Test("a record whose values all stood is right; a corrected, an invented and an overlooked one make it wrong")
  func answers() throws {
    let made = made(["a": "1", "b": "2"])
    func verdict(_ answers: [(String, Answer)]) throws -> Verdict {
      try #require(
        Verdict(
          of: document(.held), made: made, said: try answered(made.record, answers), contract: nil))
    }
    let right = try verdict([("a", .accept), ("b", .accept)])
    #expect(!right.isWrong && right.judged == Judged(id: "00", confidence: 0.81, isWrong: false, cluster: "00"))
    #expect(try verdict([("a", .accept), ("b", .edit(.text("3"), raw: "3"))]).isWrong)
    #expect(try verdict([("a", .accept), ("b", .absent)]).isWrong)
    let overlooked = try verdict([("a", .accept), ("b", .accept), ("note", .edit(.text("x"), raw: "x"))])
    #expect(overlooked.isWrong && overlooked.judgedFields.allSatisfy { !$0.isWrong }, "what was given is right")
  }

  @Test("half an answer is none; a refusal is a mistake, and so is another contract")
  func incomplete() throws {
    let made = made(["a": "1", "b": "2"])
    let half = try answered(made.record, [("a", .accept)])
    #expect(Verdict(of: document(.held), made: made, said: half, contract: nil) == nil)
    #expect(Verdict(of: document(.held), made: made, said: half, contract: nil, skipping: ["b"])?.isWrong == false)
    let whole = try answered(half, [("b", .accept)])
    #expect(Verdict(of: document(.review), made: made, said: whole, contract: nil) == nil, "it still waits")
    #expect(Verdict(of: document(.rejected), made: made, said: half, contract: nil)?.isWrong == true)
    var other = whole
    other.contract = ContractReference(name: "letter", version: 1)
    #expect(Verdict(of: document(.held), made: made, said: other, contract: nil)?.isWrong == true)
    #expect(Verdict(of: document(.stored), made: made, said: made.record, contract: nil) == nil, "no person said it")
  }
}
