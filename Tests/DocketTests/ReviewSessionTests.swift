import Docket
import Testing

@Suite struct ReviewSessionTests {
  private static let place = Provenance(
    locator: .region(Region(page: 1, x: 1, y: 1, width: 5, height: 5)), producer: "labels 1")

  /// Two asked fields; the judge accepts whatever a person has answered.
  private func session(findings: [Finding] = []) -> ReviewSession {
    let contract = Contract(
      name: "thing", version: 1, summary: "A thing.",
      fields: [Field(name: "number", type: .id, required: true), Field(name: "total", type: .money)],
      digest: ContentDigest(of: "thing"))
    let fields = ["number", "total"].map { path in
      RecordField(
        path: path,
        values: [
          Sourced(value: .text("A"), raw: "A", confidence: 0.6, provenance: [ReviewSessionTests.place])
        ], confidence: 0.6)
    }
    let record = Record(
      id: DocumentID(hex: "01"), version: 3, contract: contract.reference, classification: 1, fields: fields,
      findings: findings)
    let document = Document(
      id: DocumentID(hex: "01"), arrival: 1, digest: ContentDigest(of: "x"), byteCount: 1, name: "a.pdf",
      source: "inbox", pipeline: "office", arrivedAt: 0)
    let asked = Decision(
      route: .review,
      fields: [
        "number": .init(isAccepted: false, reason: "unproven"), "total": .init(isAccepted: false, reason: "unproven"),
      ])
    return ReviewSession(
      document: document, record: record, decision: asked, contract: contract, reading: nil, person: "maria"
    ) { record in
      let open = record.fields.filter { !$0.isAnswered }
      let fields = Dictionary(
        uniqueKeysWithValues: open.map { ($0.path, Decision.FieldDecision(isAccepted: false, reason: "unproven")) })
      return (record, Decision(route: open.isEmpty ? .deliver : .review, fields: fields))
    }
  }

  @Test("asks required fields first and stops asking what was answered")
  func order() {
    var session = session()
    #expect(session.questions.map(\.path) == ["number", "total"])
    let wasTaken = session.answer("number", .accept)
    #expect(wasTaken)
    #expect(session.questions.map(\.path) == ["total"])
  }

  @Test("several answers make one new version of the record")
  func versions() {
    var session = session()
    _ = session.answer("number", .accept)
    _ = session.answer("total", .edit(.text("B"), raw: "B"))
    #expect(session.decision.route == .deliver)
    #expect(session.concluded.version == 4 && session.concluded.supersedes == 3)
    #expect(session.concluded.value("total") == .text("B"))
  }

  @Test("a page that may begin a document is asked until a person says that it does not")
  func boundary() {
    var session = session(findings: [Boundary(page: 3, confidence: 0.5, verdict: .doubtful).doubt])
    #expect(session.doubtfulPages == [3])
    session.join(page: 3)
    #expect(session.doubtfulPages.isEmpty && session.concluded.producer == "person maria")
    _ = session.undo()
    #expect(session.doubtfulPages == [3])
  }

  @Test("undo takes the last answer back and asks again")
  func undo() {
    var session = session()
    _ = session.answer("number", .absent)
    #expect(session.undo() == "number")
    #expect(session.undo() == nil)
    #expect(session.questions.count == 2 && !session.isChanged)
  }

  @Test("an answer to nothing changes nothing")
  func nothing() {
    var session = session()
    let wasTaken = session.answer("number", .pick(1))
    #expect(!wasTaken && !session.isChanged)
  }
}
