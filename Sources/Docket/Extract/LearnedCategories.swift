/// Values of closed sets by what was learned about whole texts: which category a request belongs to, whether it says so
/// or not. A value that is printed behind its label counts as the zero-shot score that learning stands on.
struct LearnedCategories {
  let texts: TextModels

  /// The candidates of the contract's fields that were learned, anew: one a value, with what labels propose in it.
  ///
  /// - Parameter found: as the extractors propose.
  func applied(to found: Extraction, of reading: Reading, for contract: Contract) -> Extraction {
    var applied = found
    for field in contract.fields where field.isLearnedFromText {
      let kind = TextKind.category(contract: contract.reference, path: field.name)
      guard let last = texts[kind].last else { continue }
      let proposed = found.candidates[field.name] ?? []
      guard !proposed.contains(where: \.isExact), let place = LearnedCategories.place(of: reading) else { continue }
      let marks = TextMarks(TextWords.of(reading), form: last.form)
      guard !marks.isEmpty else { continue }
      let scores = texts[kind].scores(LearnedCategories.zeroShot(proposed), marks)
      applied.candidates[field.name] =
        scores.sorted { $0.key < $1.key }.map { name, score in
          let printed = proposed.first { $0.value.canonical == name }
          var candidate =
            printed
            ?? Candidate(path: field.name, value: .text(name), raw: "", score: 0, locators: [place], producer: "")
          candidate.score = score
          candidate.features = nil
          candidate.producer = printed.map { "\($0.producer) + \(last.producer)" } ?? last.producer
          return candidate
        }.bestFirst
    }
    return applied
  }

  /// By value: what is printed speaks for it, nothing against it.
  static func zeroShot(_ proposed: [Candidate]) -> [String: Double] {
    proposed.reduce(into: [:]) { $0[$1.value.canonical] = max(0, $0[$1.value.canonical] ?? 0, $1.score) }
  }

  /// Nothing that is printed says it: all that was looked at is where it comes from. Nil for what has no place.
  private static func place(of reading: Reading) -> Locator? {
    switch reading.content {
    case .pages(let pages):
      pages.first.map {
        .region(Region(page: $0.number, x: 0, y: 0, width: Double($0.width), height: Double($0.height)))
      }
    case .text(let text): .span(0..<text.text.unicodeScalars.count)
    case .table: .cell(sheet: 1, row: 1, column: 1)
    case .tree(let root): .path("/\(root.name)[1]")
    }
  }
}

extension Field {
  /// One value of a closed set, which a text may say without naming it.
  package var isLearnedFromText: Bool { type == .category && !isList && vocabulary != nil }
}

extension Vocabulary {
  /// The value of a name or a label, however it is written: `HR Support` is `hr_support`.
  package func value(of text: String) -> String? {
    let key = LabelKey.of(text)
    return values.first { LabelKey.of($0.name) == key }?.name
      ?? values.first { $0.labels.inOrder.contains { LabelKey.of($0.text) == key } }?.name
  }
}

extension ExtractStage {
  /// A lesson about a field's text, from a reading whose true value is known.
  ///
  /// - Parameters:
  ///   - base: what is in use that the lesson stands on.
  ///   - truth: a value of the field's vocabulary.
  package func textLesson(
    id: String, group: String, reading: Reading, contract: Contract, path: String, context: Context, truth: String,
    on base: [TextModel] = []
  ) async throws(DocketError) -> TextLesson {
    let kind = TextKind.category(contract: contract.reference, path: path)
    let extraction = try await run(Input(reading: reading, contract: contract), in: context)
    let marks = TextMarks(TextWords.of(reading), form: kind.form)
    let zeroShot = LearnedCategories.zeroShot(extraction.candidates[path] ?? [])
    return TextLesson(id: id, group: group, marks: marks, zeroShot: base.scores(zeroShot, marks), truth: truth)
  }
}

extension Classifier {
  /// A lesson about what a document is; nil where its text does not say it, but its structure.
  package func textLesson(
    id: String, group: String, reading: Reading, among contracts: [Contract], truth: String?, on base: [TextModel] = []
  ) -> TextLesson? {
    guard let zeroShot = zeroShot(reading, among: contracts) else { return nil }
    let marks = TextMarks(TextWords.of(reading), form: TextKind.types.form)
    let scores = base.scores(zeroShot, marks).filter { zeroShot.keys.contains($0.key) }
    return TextLesson(id: id, group: group, marks: marks, zeroShot: scores, truth: truth)
  }
}
