/// A model of texts learned from lessons, with its card: what it learned from, and how much better it is than what is
/// in use.
package struct TextTeaching: Sendable {
  package let model: TextModel
  package let card: TextCard
  package let weights: [UInt8]

  /// Fewer documents, or fewer classes, are too little to learn from.
  package static let leastDocuments = 10
  private static let leastClasses = 2

  /// - Parameters:
  ///   - lessons: whose zero-shot scores are those of `base`.
  ///   - base: what the scores stand on; `TextCard.zeroShot`, or a shipped model's number.
  ///   - inUse: what the new one is compared with; nil: the base alone.
  /// - Throws: `too-little-to-learn`.
  package init(
    _ lessons: [TextLesson], of kind: TextKind, number: Int, base: String = TextCard.zeroShot, inUse: TextModel? = nil,
    comparedWith: String, source: String? = nil, license: String? = nil
  ) throws(DocketError) {
    // Neither the order in which documents came nor one that came twice changes what is learned.
    // Two readings of one document are two lessons.
    let lessons = Set(lessons).sorted { ($0.id, $0.marks) < ($1.id, $1.marks) }
    let counts = lessons.reduce(into: [:]) { $0[$1.truth ?? TextKind.none, default: 0] += 1 }
    guard lessons.count >= TextTeaching.leastDocuments, counts.count >= TextTeaching.leastClasses,
      Set(lessons.map(\.group)).count >= 2
    else {
      throw DocketError(
        .tooLittleToLearn,
        "For `\(kind.name)`, \(lessons.count) documents of \(counts.count) kinds are there; "
          + "\(TextTeaching.leastDocuments) of at least two are needed.")
    }
    let crossFitted = TextCrossFitting(lessons, of: kind, inUse: inUse)
    let learned = kind.learned(from: lessons, number: number)
    weights = TextModelFile.bytes(of: learned)
    var (contract, path): (ContractReference?, String?) = (nil, nil)
    if case .category(let own, let field) = kind { (contract, path) = (own, field) }
    card = TextCard(
      name: kind.name, number: number, contract: contract, path: path, marks: TextMarks.version, base: base,
      documents: Set(lessons.map(\.id)).sorted(), groups: Set(lessons.map(\.group)).count, classes: counts,
      source: source,
      license: license, split: "cross-fitted in \(crossFitted.parts) parts, groups kept together",
      comparedWith: comparedWith, gain: crossFitted.gain, macroF1: crossFitted.macroF1,
      coverage: crossFitted.coverage(at: 0.95), calibration: crossFitted.calibration,
      weights: ContentDigest(of: weights), weightBytes: weights.count)
    model = try TextModel(card: card.json, weights: weights)
  }
}
