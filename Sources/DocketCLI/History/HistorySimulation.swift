import Docket

/// What a pipeline would make today of the documents that were worked on before: from the readings that were kept, and
/// without changing anything.
struct HistorySimulation {
  private let office: Office
  private let file: PipelineFile

  init(_ office: Office, _ file: PipelineFile) {
    self.office = office
    self.file = file
  }

  /// What Docket made of a document, before any person said something.
  struct Standing: Hashable {
    /// Nil where no contract fits.
    var contract: ContractReference?
    var route: Decision.Route?
    var destinations: [String] = []
    var approval: Approval?
    /// By path, cells by row.
    var values: [String: String] = [:]
    /// Codes of why a person is asked; for the report alone.
    var reasons: [String] = []

    fileprivate var compared: Standing {
      var compared = self
      compared.reasons = []
      return compared
    }
  }

  struct Outcome {
    var document: Document
    var before: Standing
    /// Nil where it would be taken apart.
    var after: Standing?
    var isSame: Bool { before.compared == after?.compared }
  }

  func run(_ report: HistoryReport) async throws {
    let desk = try office.workDesk(file, proofs: try await office.proofsInForce(file))
    let states = Set(DocumentState.allCases).subtracting([.queued, .working, .duplicate, .expanded, .failed])
    var report = report
    var after = 0
    while true {
      let documents = try await office.store.documents(
        DocumentQuery(states: states, pipeline: file.name, after: after, limit: 200))
      guard let last = documents.last else { break }
      after = last.arrival
      for document in documents { try await look(at: document, desk, &report) }
    }
    report.end()
  }

  private func look(at document: Document, _ desk: WorkDesk, _ report: inout HistoryReport) async throws {
    guard let work = try await office.store.work(of: document.id), work.mediaType != nil else { return }
    guard let reading = await office.reading(of: document) else { return report.skip() }
    let made = try await madeByDocket(document)
    let understood = try await desk.reconsider(
      document, reading: reading, cover: try await Cover.of(document, office.store, office.blobs),
      isSettled: try await office.store.isSettled(document),
      history: made.map { RecordedVendorHistory($0.record) } ?? NoVendorHistory())
    let before = made.map { Standing($0.record, $0.decision) } ?? Standing()
    let after: Standing? =
      switch understood {
      case .record(let result): Standing(result.record, result.decision)
      case .unknown: Standing()
      case .parts: nil
      }
    report.add(Outcome(document: document, before: before, after: after))
  }

  /// The newest version that no person had a hand in.
  private func madeByDocket(_ document: Document) async throws -> StoredRecord? {
    var stored = try await office.store.record(document.id, version: nil)
    while let newest = stored, newest.record.producer.hasPrefix("person "), let before = newest.record.supersedes {
      stored = try await office.store.record(document.id, version: before)
    }
    return stored
  }
}

extension HistorySimulation.Standing {
  init(_ record: Record, _ decision: Decision) {
    contract = record.contract
    route = decision.route
    destinations = decision.route == .reject ? [] : decision.destinations
    approval = decision.approval
    for reason in decision.reasons where !reasons.contains(reason.code) { reasons.append(reason.code) }
    for field in record.fields where !field.values.isEmpty { values[field.path] = Self.text(field) }
    for table in record.tables {
      for (number, row) in table.rows.enumerated() {
        for cell in row where !cell.values.isEmpty {
          values[CellPath(table: table.path, row: number + 1, column: cell.column).description] = Self.text(cell)
        }
      }
    }
  }

  private static func text(_ field: RecordField) -> String {
    field.values.map(\.value.canonical).joined(separator: "\u{1F}")
  }
}
