/// The review of one document: its questions, the answers so far, and what they come to. Pure: saving is the caller's.
package struct ReviewSession: Sendable {
  package let document: Document
  package let contract: Contract
  /// Nil where the reading was not kept: questions then have no context.
  package let reading: Reading?
  private let judge: Judge
  /// Versions of the record, the stored one first; each answer adds one, each undo takes one away.
  private var versions: [Version]
  private let person: String
  /// What the vendor had last, by field.
  private let before: [String: KnownValue]

  /// Checks a record again after an answer, and decides on it.
  package typealias Judge = @Sendable (Record) -> (record: Record, decision: Decision)

  private struct Version: Sendable {
    var record: Record
    var decision: Decision
    /// The path that made it; nil for the stored one.
    var answered: String?
  }

  package init(
    document: Document, record: Record, decision: Decision, contract: Contract, reading: Reading?, person: String,
    before: [String: KnownValue] = [:], judge: @escaping Judge
  ) {
    self.document = document
    self.contract = contract
    self.reading = reading
    self.person = person
    self.judge = judge
    self.before = before
    versions = [Version(record: record, decision: decision, answered: nil)]
  }

  package var record: Record { versions[versions.count - 1].record }
  package var decision: Decision { versions[versions.count - 1].decision }
  package var isChanged: Bool { versions.count > 1 }
  /// As the store has it.
  package var stored: Record { versions[0].record }

  /// What is still asked: doubtful fields that no person has answered.
  package var questions: [Question] {
    Question.list(of: record, document: document.id, decision: decision, contract: contract, reading: reading)
      .filter { !isAnswered($0.path) }
      .map { question in
        var question = question
        question.before = question.reason == Finding.otherOfVendor ? before[question.path] : nil
        return question
      }
  }

  private func isAnswered(_ path: String) -> Bool { versions.contains { $0.answered == path } }

  /// Checks that do not hold: with one of these a record is accepted only by a person who says so expressly.
  package var failedChecks: [Finding] { record.findings.filter { $0.level == .error } }

  /// Pages on which a new document may begin, as long as no person has said that none does.
  package var doubtfulPages: [Int] { record.findings.compactMap(\.doubtfulPage) }

  /// Each row may be a document, and no person has said that the table is one.
  package var areRowsDoubtful: Bool { record.findings.contains { $0.code == Finding.rowsDoubtCode } }

  /// A person says that no document begins on a page.
  package mutating func join(page: Int) { settle("page \(page)") { $0.doubtfulPage == page } }

  /// A person says that the table is one document.
  package mutating func joinRows() { settle("rows") { $0.code == Finding.rowsDoubtCode } }

  private mutating func settle(_ what: String, _ isSettled: (Finding) -> Bool) {
    var next = record
    next.findings.removeAll(where: isSettled)
    next.version += 1
    next.supersedes = record.version
    next.producer = "person \(person)"
    let judged = judge(next)
    versions.append(Version(record: judged.record, decision: judged.decision, answered: what))
  }

  /// False where the path names no field or there is no such runner-up; nothing changes then.
  package mutating func answer(_ path: String, _ answer: Answer) -> Bool {
    guard let answered = record.answering(path, answer, person: person) else { return false }
    let judged = judge(answered)
    versions.append(Version(record: judged.record, decision: judged.decision, answered: path))
    return true
  }

  /// Takes the last answer back; the path it was given to, nil where there is none.
  package mutating func undo() -> String? {
    guard versions.count > 1 else { return nil }
    return versions.removeLast().answered
  }

  /// The record as a person accepts it: a version of its own, even where nothing had to be answered.
  package var accepted: Record {
    guard !isChanged else { return concluded }
    var final = record
    final.version += 1
    final.supersedes = record.version
    final.producer = "person \(person)"
    return final
  }

  /// The record to be saved: one version above the stored one, however many answers it took.
  package var concluded: Record {
    guard isChanged, let stored = versions.first?.record else { return record }
    var final = record
    final.version = stored.version + 1
    final.supersedes = stored.version
    final.producer = "person \(person)"
    return final
  }
}
