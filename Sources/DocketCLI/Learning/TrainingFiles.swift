import Docket

/// Lessons from files whose truth is known.
struct TrainingFiles {
  let files: [String]
  let book: TruthBook
  let settings: Settings
  let reading: ReadSettings
  let library: Library
  let output: Output

  /// About places on the pages of a contract's documents.
  func places(of contract: Contract) async throws -> [Lesson] {
    let extract = try Wiring.pipeline(
      settings, library, contract: contract.name, rankers: Rankers(studied: [contract.reference]),
      texts: TextModels.none
    ).extract
    return try await lessons { file throws(DocketError) in
      try await extract.lesson(
        id: file.id, group: file.group, reading: file.reading, contract: contract, context: file.context,
        truths: file.truth.single)
    }
  }

  /// About whole texts; the contract where they are its documents'.
  func texts(of kind: TextKind, _ contract: Contract?) async throws -> [TextLesson] {
    guard case .category(_, let path) = kind, let contract else { return try await types() }
    let extract = try Wiring.pipeline(
      settings, library, contract: contract.name, rankers: Rankers.none, texts: TextModels.none
    ).extract
    let vocabulary = contract.field(path)?.vocabulary.flatMap { library.vocabulary($0) }
    return try await lessons { file throws(DocketError) in
      guard let said = file.truth.single[path] ?? nil else { return nil }
      guard let truth = vocabulary?.value(of: said) else {
        throw DocketError(.badInput, "`\(PlainText.oneLine(said))` is no value of `\(kind.name)`.")
      }
      return try await extract.textLesson(
        id: file.id, group: file.group, reading: file.reading, contract: contract, path: path, context: file.context,
        truth: truth)
    }
  }

  private func types() async throws -> [TextLesson] {
    let classifier = Classifier(words: library.words)
    let contracts = library.newestContracts
    return try await lessons { file throws(DocketError) in
      guard let name = file.truth.contract else { return nil }
      let isNone = name == TextKind.none
      guard isNone || contracts.contains(where: { $0.name == name }) else {
        throw DocketError(.unknownContract, "There is no contract `\(PlainText.oneLine(name))`.")
      }
      return classifier.textLesson(
        id: file.id, group: file.group, reading: file.reading, among: contracts, truth: isNone ? nil : name)
    }
  }

  private func lessons<Lesson: Sendable>(
    _ make: @escaping @Sendable (StudiedFile) async throws(DocketError) -> Lesson?
  ) async throws -> [Lesson] {
    let scratch = try ScratchSpace()
    let study = FileStudy(
      reader: try Wiring.reader(settings, library: library), settings: reading, book: book, scratch: scratch, make: make
    )
    let inputs = FileArguments.splittingGivenWords(try FileArguments.expand(files, scratch: scratch))
    let width = try settings.workers() * 2
    return try await Interruption.guarding(output, advice: "Call it again.") { stop in
      let progress = Progress(output, total: inputs.count)
      var lessons: [Lesson] = []
      try await OrderedWork.run(inputs, width: width, stop: stop, work: study.study) { input, result in
        await progress.advance(current: input.shown, failed: result.failure != nil)
        if let failure = result.failure { await progress.note(OutcomeSum.line(failure.place, failure.error)) }
        if let lesson = result.lesson { lessons.append(lesson) }
      }
      await progress.finish()
      return lessons
    }
  }
}
