import Docket

/// The documents of a workspace that people answered about, as lessons.
struct ReviewedDocuments {
  let office: Office
  let pipelines: [String: PipelineFile]

  init(office: Office) throws {
    self.office = office
    pipelines = Dictionary(try office.pipelines().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What people said of a document.
  struct Reviewed {
    var document: Document
    var truths: [String: String?]
    var group: String?
    /// As it is printed; empty where no vendor is known.
    var vendor: String

    func context(in file: PipelineFile) -> Context {
      Context(of: document, in: file)
    }
  }

  /// What there is of one contract: lessons, and the same documents as they are remembered.
  struct Of {
    var contract: Contract
    var lessons: [Lesson]
    var remembered: [RememberedDocument]
  }

  /// By contract, in the order of their names; of each the newest documents.
  func found(only name: String?) async throws -> [Of] {
    var found: [Of] = []
    for (contract, reviewed) in try await reviewed(only: name) {
      var stages: [String: ExtractStage] = [:]
      var of = Of(contract: contract, lessons: [], remembered: [])
      for one in reviewed.prefix(Training.mostDocuments) {
        guard let reading = await office.reading(of: one.document), let file = pipelines[one.document.pipeline] else {
          continue
        }
        let extract =
          try stages[file.name]
          ?? office.understanding(file, rankers: Rankers(studied: [contract.reference])).extract
        stages[file.name] = extract
        let context = one.context(in: file)
        let id = one.document.lessonID
        let lesson = try await extract.lesson(
          id: id, group: one.group ?? id, reading: reading, contract: contract, context: context, truths: one.truths)
        of.lessons.append(lesson)
        let at = try await answeredAt(one.document)
        if let known = RememberedDocument(lesson, vendor: one.vendor, answeredAt: at) { of.remembered.append(known) }
      }
      found.append(of)
    }
    return found
  }

  /// When somebody said something of it last, in seconds since 1970.
  private func answeredAt(_ document: Document) async throws -> Double {
    try await office.store.events(of: document.id).last { [.revised, .held].contains($0.kind) }?.whom.at ?? 0
  }

  func reviewed(only name: String?) async throws -> [(Contract, [Reviewed])] {
    var documents: [Document] = []
    for pipeline in pipelines.keys.sorted() {
      documents += try await office.store.answered(pipeline: pipeline, limit: Training.mostDocuments)
    }
    var byContract: [ContractReference: [Reviewed]] = [:]
    // A refused document has no true values.
    for document in documents where document.state != .rejected {
      guard let record = try await office.store.record(document.id, version: nil)?.record,
        name == nil || record.contract.name == name, let contract = office.library.contract(record.contract)
      else { continue }
      let truths = record.answeredTruths(by: contract)
      guard !truths.isEmpty else { continue }
      byContract[contract.reference, default: []].append(
        Reviewed(
          document: document, truths: truths, group: record.group(by: contract),
          vendor: record.vendorName(by: contract) ?? ""))
    }
    return byContract.sorted { $0.key.description < $1.key.description }.compactMap { reference, reviewed in
      office.library.contract(reference).map { ($0, reviewed) }
    }
  }
}
