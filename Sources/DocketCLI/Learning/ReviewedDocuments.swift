import Docket

/// The documents of a workspace that people answered about, as lessons.
struct ReviewedDocuments {
  let office: Office

  /// In these a person is done with a document.
  private static let settled: Set<DocumentState> = [.held, .delivering, .delivered, .stored, .undelivered]

  /// By contract: what people said of its documents, the newest last.
  private struct Reviewed {
    var document: Document
    var truths: [String: String?]
    var group: String?
  }

  /// By contract, in the order of their names; of each the newest documents, in the order of arrival.
  func lessons(only name: String?) async throws -> [(contract: Contract, lessons: [Lesson])] {
    var found: [(contract: Contract, lessons: [Lesson])] = []
    for (contract, reviewed) in try await reviewed(only: name) {
      let studied = Rankers(studied: [contract.reference])
      var lessons: [Lesson] = []
      for one in reviewed.suffix(Training.mostDocuments) {
        guard let reading = await office.reading(of: one.document),
          let extract = try stage(one.document.pipeline, studied)
        else { continue }
        let context = Context(
          document: one.document.id, digest: one.document.digest, name: one.document.name,
          source: one.document.source, sensitivity: one.document.sensitivity, dates: try dates(one.document))
        let id = [one.document.digest.hex, one.document.part.map { "\($0)" }].compactMap { $0 }.joined(separator: " ")
        lessons.append(
          try await extract.lesson(
            id: id, group: one.group ?? id, reading: reading, contract: contract, context: context,
            truths: one.truths))
      }
      found.append((contract, lessons))
    }
    return found
  }

  private func reviewed(only name: String?) async throws -> [(Contract, [Reviewed])] {
    var byContract: [ContractReference: [Reviewed]] = [:]
    let documents = try await documents()
    for document in documents {
      guard let record = try await office.store.record(document.id, version: nil)?.record,
        name == nil || record.contract.name == name, let contract = office.library.contract(record.contract)
      else { continue }
      let truths = record.answeredTruths(by: contract)
      guard !truths.isEmpty else { continue }
      byContract[contract.reference, default: []].append(
        Reviewed(document: document, truths: truths, group: record.group(by: contract)))
    }
    return byContract.sorted { $0.key.description < $1.key.description }.compactMap { reference, reviewed in
      office.library.contract(reference).map { ($0, reviewed) }
    }
  }

  private func documents() async throws -> [Document] {
    var all: [Document] = []
    try await office.eachDocument(ReviewedDocuments.settled) { all.append($0) }
    return all
  }

  private func stage(_ pipeline: String, _ rankers: Rankers) throws -> ExtractStage? {
    guard let file = try office.pipelines().first(where: { $0.name == pipeline }) else { return nil }
    return try office.understanding(file, rankers: rankers).extract
  }

  private func dates(_ document: Document) throws -> DateOrder? {
    try office.pipelines().first { $0.name == document.pipeline }?.sources.first { $0.name == document.source }?.dates
  }
}
