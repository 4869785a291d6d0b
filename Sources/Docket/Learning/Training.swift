/// A model learned from lessons, with its card: what it learned from, and how much better it is than what is in use.
package struct Training: Sendable {
  package let ranker: Ranker
  package let card: ModelCard
  package let weights: [UInt8]
  /// What stands in for the ranker on the documents that it was learned from.
  package let standIns: [UInt8]

  /// Fewer documents are too little to learn from.
  package static let leastDocuments = CrossFitting.Gain.leastDocuments
  /// More than these, the newest, are not learned from.
  package static let mostDocuments = 2000

  /// - Parameters:
  ///   - inUse: what the new one is compared with; nil: the zero-shot scores alone.
  ///   - comparedWith: its name, for the card.
  /// - Throws: `too-little-to-learn`.
  package init(
    _ lessons: [Lesson], of contract: Contract, number: Int, inUse: Ranker?, comparedWith: String,
    source: String? = nil, license: String? = nil
  ) throws(DocketError) {
    // Neither the order in which documents came nor one that came twice changes what is learned.
    var seen: Set<String> = []
    let lessons = lessons.filter { !$0.truths.isEmpty && seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
    guard lessons.count >= Training.leastDocuments, Set(lessons.map(\.group)).count >= 2 else {
      throw DocketError(
        .tooLittleToLearn,
        "Of `\(contract.name)`, \(lessons.count) documents with known values are there; "
          + "\(Training.leastDocuments) of at least two vendors are needed.")
    }
    let all = CrossFitting(lessons, of: contract, inUse: inUse).withFamiliar(lessons, of: contract)
    let paths = all.keptPaths
    let crossFitted = all.keeping(paths)
    let producer = "\(contract.name) model \(number)"
    var ranker = Ranker.learned(from: lessons, of: contract, producer: producer)
    ranker.fields.removeAll { !paths.contains($0.path) }
    guard !ranker.fields.isEmpty else {
      throw DocketError(
        .tooLittleToLearn, "Of `\(contract.name)` nothing could be learned that is no worse than its labels."
      )
    }
    weights = RankerFile.bytes(of: ranker.fields)
    standIns = StandInFile.bytes(of: all.standIns(lessons, keeping: paths))
    card = ModelCard(
      number: number, of: ranker, learnedFrom: lessons, contract: contract, crossFitted: crossFitted,
      comparedWith: comparedWith, source: source, license: license, weights: weights, standIns: standIns)
    self.ranker = try Ranker(card: card.json, weights: weights, contract: contract)
  }
}
