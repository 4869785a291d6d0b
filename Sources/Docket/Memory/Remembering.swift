extension Extraction {
  /// Nil where nothing is remembered of the contract, or there are no words to go by.
  func recall(in memory: Memory, _ contract: String, _ digest: ContentDigest) -> Recall? {
    signature.flatMap { Recall(of: $0, contract: contract, in: memory, excluding: digest) }
  }

  /// The candidates with what similar documents say for them, and remembered values among them. Documents of no family
  /// that is known stay as they are, and so does what a structured original says.
  func remembering(_ recall: Recall, of contract: Contract, producer: String) -> Extraction {
    guard recall.isFamiliar else { return self }
    var remembering = self
    for (path, candidates) in candidates where candidates.contains(where: { $0.features?.place != nil }) {
      guard !candidates.contains(where: \.isExact) else { continue }
      let field = RememberedField(path, isText: RememberedDocument.isText(contract.leafType(path)), recall)
      let supported = candidates.map { $0.remembered(by: field, producer: " + \(producer)") }
      let proposals = field.proposals(for: candidates, producer: producer).map {
        $0.remembered(by: field, producer: "")
      }
      remembering.candidates[path] = (supported + proposals).bestFirst
    }
    return remembering
  }
}

extension Candidate {
  fileprivate func remembered(by field: RememberedField, producer: String) -> Candidate {
    var remembered = self
    remembered.recalled = field.recalled(self)
    let support = field.support(for: self)
    guard support > 0 else { return remembered }
    remembered.producer += producer
    remembered.features?.support = support
    return remembered
  }
}

extension Lesson {
  /// As it is with what is remembered of others: never of itself or another reading of it.
  func remembering(_ memory: Memory?) -> Lesson {
    guard let memory, let recall = recall(in: memory) else { return self }
    var lesson = self
    lesson.extraction = extraction.remembering(recall, of: contract, producer: memory.producer)
    return lesson
  }

  private func recall(in memory: Memory) -> Recall? {
    extraction.recall(in: memory, contract.name, context.digest)
  }
}
