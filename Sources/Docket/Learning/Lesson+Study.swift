extension ExtractStage {
  /// A lesson from a reading whose true values are known; the contract must be among those studied.
  ///
  /// - Parameter truths: by field or leaf path; what cannot be learned is left out.
  package func lesson(
    id: String, group: String, reading: Reading, contract: Contract, context: Context, truths: [String: String?]
  ) async throws(DocketError) -> Lesson {
    let extraction = try await run(Input(reading: reading, contract: contract), in: context)
    var known: [String: String?] = [:]
    for (written, truth) in truths {
      if let path = Lesson.path(written, in: contract) { known[path] = truth }
    }
    // Words are not needed any more, and thousands of lessons are kept.
    var light = reading
    if case .pages(var pages) = reading.content {
      for index in pages.indices { pages[index].words = [] }
      light.content = .pages(pages)
    } else {
      light.content = .pages([])
    }
    return Lesson(
      id: id, group: group, extraction: extraction, reading: light, contract: contract, context: context,
      truths: known)
  }
}
