/// What was learned about a contract from reviewed documents.
package struct Ranker: Hashable, Sendable {
  package var contract: ContractReference
  /// As provenance names it: `receipt model 3`.
  package var producer: String
  package var fields: [FieldRanker]
  /// By path: what turns its scores into probabilities.
  package var calibrations: [String: Calibration]
  /// `Lesson.id` of each document that it was learned from: on these it flatters itself.
  package var learnedFrom: Set<String>
  /// Of the weights and the card.
  package var digest: ContentDigest

  package init(
    contract: ContractReference, producer: String, fields: [FieldRanker], calibrations: [String: Calibration] = [:],
    learnedFrom: Set<String> = [], digest: ContentDigest
  ) {
    self.contract = contract
    self.producer = producer
    self.fields = fields
    self.calibrations = calibrations
    self.learnedFrom = learnedFrom
    self.digest = digest
  }

  /// The candidates of the fields that were learned, scored anew; all others as they are.
  func ranked(_ extraction: Extraction) -> Extraction {
    var ranked = extraction
    for field in fields {
      guard let candidates = extraction.candidates[field.path] else { continue }
      ranked.candidates[field.path] = field.ranked(candidates, producer: producer)
    }
    return ranked
  }
}

extension Extraction {
  /// With what similar documents say for candidates in their scores, where nothing was learned.
  private func supported(but learned: Set<String>) -> Extraction {
    var supported = self
    for (path, candidates) in candidates where !learned.contains(path) {
      guard candidates.contains(where: { $0.features?.support ?? 0 > 0 }) else { continue }
      supported.candidates[path] =
        candidates.map { candidate in
          var candidate = candidate
          candidate.score += candidate.features?.support ?? 0
          return candidate
        }.bestFirst
    }
    return supported
  }

  /// Scored anew by what was learned and what is remembered, where there is either; ready to be chosen from.
  func understood(by ranker: Ranker?) -> Extraction {
    let learned = Set(ranker?.fields.map(\.path) ?? [])
    return (ranker?.ranked(self) ?? self).supported(but: learned).settled()
  }

  /// Without features, and with no more proposals a field than extractors hand on.
  func settled() -> Extraction {
    var settled = self
    settled.candidates = candidates.mapValues { candidates in
      guard candidates.contains(where: { $0.features != nil }) else { return candidates }
      var values: Set<Value> = []
      return candidates.filter {
        values.insert($0.value)
        return values.count <= LabelExtractor.limit
      }.map { candidate in
        var plain = candidate
        plain.features = nil
        return plain
      }
    }
    return settled
  }
}

/// The rankers of a pipeline, and what is to be told of those that cannot be used.
package struct Rankers: Hashable, Sendable {
  package var rankers: [Ranker]
  /// By contract: why its documents are understood without what was learned.
  package var troubles: [ContractReference: Finding]
  /// Contracts whose candidates are handed on with their features, for learning: nothing is ranked then.
  package var studied: Set<ContractReference>
  /// What was confirmed on documents like those to come; nil: nothing is remembered.
  package var memory: Memory?
  /// Why nothing is remembered, though something should be.
  package var memoryTrouble: Finding?

  package static let none = Rankers()

  package init(
    _ rankers: [Ranker] = [], troubles: [ContractReference: Finding] = [:], studied: Set<ContractReference> = [],
    memory: Memory? = nil, memoryTrouble: Finding? = nil
  ) {
    self.rankers = rankers
    self.troubles = troubles
    self.studied = studied
    self.memory = memory
    self.memoryTrouble = memoryTrouble
  }

  /// Whether something here was learned from a document.
  func knows(_ lesson: String) -> Bool { rankers.contains { $0.learnedFrom.contains(lesson) } }

  package subscript(contract: ContractReference) -> Ranker? { rankers.first { $0.contract == contract } }

  /// Contracts whose candidates need features.
  var described: Set<ContractReference> { studied.union(rankers.map(\.contract)) }

  /// Changes whenever what was learned does.
  var digests: [ContentDigest] {
    rankers.map(\.digest).sorted()
      + troubles.map { ContentDigest(of: "\($0.key) \($0.value.code)") }.sorted()
      + studied.map { ContentDigest(of: "studied \($0)") }.sorted()
      + [memory.map(\.digest), memoryTrouble.map { ContentDigest(of: "memory \($0.code)") }].compactMap { $0 }
  }
}
