import Docket

extension ReviewedDocuments {
  /// Those that people answered about, as lessons about their texts; of each contract the newest documents.
  ///
  /// - Parameter base: what the lessons stand on.
  func texts(of kind: TextKind, on base: [TextModel]) async throws -> [TextLesson] {
    switch kind {
    case .types: try await types(on: base)
    case .category(let contract, let path): try await category(path, of: contract, kind, on: base)
    }
  }

  /// A record that a person confirmed or corrected is of the contract that it is of.
  private func types(on base: [TextModel]) async throws -> [TextLesson] {
    let classifier = Classifier(words: office.library.words)
    var lessons: [TextLesson] = []
    for (contract, reviewed) in try await reviewed(only: nil) {
      for one in reviewed.prefix(Training.mostDocuments) {
        guard let reading = await office.reading(of: one.document), let file = pipelines[one.document.pipeline] else {
          continue
        }
        var possible = file.accepts.compactMap(office.library.contract)
        if !possible.contains(where: { $0.name == contract.name }) { possible.append(contract) }
        let id = one.document.lessonID
        if let lesson = classifier.textLesson(
          id: id, group: one.group ?? id, reading: reading, among: possible, truth: contract.name, on: base)
        {
          lessons.append(lesson)
        }
      }
    }
    return lessons
  }

  private func category(
    _ path: String, of reference: ContractReference, _ kind: TextKind, on base: [TextModel]
  ) async throws -> [TextLesson] {
    var stages: [String: ExtractStage] = [:]
    var lessons: [TextLesson] = []
    for (contract, reviewed) in try await reviewed(only: reference.name) where contract.reference == reference {
      let vocabulary = contract.field(path)?.vocabulary.flatMap { office.library.vocabulary($0) }
      for one in reviewed.prefix(Training.mostDocuments) {
        guard let said = one.truths[path] ?? nil, let truth = vocabulary?.value(of: said),
          let reading = await office.reading(of: one.document), let file = pipelines[one.document.pipeline]
        else { continue }
        let extract =
          try stages[file.name] ?? office.understanding(file, rankers: Rankers.none, texts: TextModels.none).extract
        stages[file.name] = extract
        let id = one.document.lessonID
        lessons.append(
          try await extract.textLesson(
            id: id, group: id, reading: reading, contract: contract, path: path, context: one.context(in: file),
            truth: truth, on: base))
      }
    }
    return lessons
  }
}
