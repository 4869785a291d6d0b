/// How good records are, measured on documents whose answers are known.
package struct Evaluation: Hashable, Sendable {
  package var verdicts: [Verdict]

  package init(_ verdicts: [Verdict]) { self.verdicts = verdicts }

  /// Of precision, for which the coverage is told.
  package static let precisions = [0.99, 0.98, 0.95, 0.9]

  /// Names of the contracts that the documents truly are, in order.
  package var contracts: [String] { Set(verdicts.map { $0.trueContract ?? $0.contract.name }).sorted() }

  package func part(of contract: String) -> Evaluation {
    Evaluation(verdicts.filter { ($0.trueContract ?? $0.contract.name) == contract })
  }

  /// All values of all fields together.
  package var tally: Tally { Tally(of: verdicts.flatMap(\.fields)) }

  /// By field path.
  package var tallies: [String: Tally] {
    Dictionary(grouping: verdicts.flatMap(\.fields), by: \.path).mapValues { Tally(of: $0) }
  }

  /// Of fields that were given: confidence, and whether all of the field was right.
  package var values: [(confidence: Double, isRight: Bool)] {
    verdicts.flatMap(\.fields).compactMap { field in field.confidence.map { ($0, !field.isWrong) } }
  }

  package var wrongRecords: Int { verdicts.count(where: \.isWrong) }

  /// Of documents, 0 to 1, that a threshold lets go without a person so that at most this share of them is wrong:
  /// proven at this certainty (nil: not), and at best, chosen with the truth at hand.
  package func straightThrough(
    wrongAtMost rate: Double, certainty: Double
  ) -> (proven: FixedSequence.Step?, share: Double, atBest: Double) {
    let judged = verdicts.map(\.judged)
    let outcome = FixedSequence(wrongAtMost: rate, certainty: certainty).walk(judged)
    let share = outcome.proven.map { Double($0.count) / Double(max(1, judged.count)) } ?? 0
    let candidates = judged.filter { $0.confidence > 0 }.map { ($0.confidence, !$0.isWrong) }
    let atBest = Reliability.coverage(at: 1 - rate, candidates) * Double(candidates.count)
    return (outcome.proven, share, atBest / Double(max(1, judged.count)))
  }

  /// Wrong records, those that Docket was surest of first.
  package func worst(_ most: Int) -> [Verdict] {
    Array(verdicts.filter(\.isWrong).sorted { ($0.confidence, $1.name) > ($1.confidence, $0.name) }.prefix(most))
  }
}

/// Two evaluations of the same documents: is the difference more than luck?
package struct Comparison: Hashable, Sendable {
  /// Documents that both have.
  package var documents: Int
  package var first: Tally
  package var second: Tally
  /// Of the second's F1 over the first's; in 95 of 100 samples of such documents it lies between the ends.
  package var difference: Double
  package var low: Double
  package var high: Double
  /// Of samples in which the second is not better, 0 to 1.
  package var notBetter: Double
  /// Documents whose record is wrong in one and right in the other.
  package var mended: Int
  package var broken: Int

  package static let samples = 2000

  /// The paired bootstrap: documents are drawn anew, with both results of each (Efron 1979; Koehn 2004).
  package init(_ first: Evaluation, _ second: Evaluation, seed: Int) {
    let others = Dictionary(second.verdicts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = first.verdicts.sorted { $0.id < $1.id }.compactMap { mine in others[mine.id].map { (mine, $0) } }
    let tallies = pairs.map { (Tally(of: $0.0.fields), Tally(of: $0.1.fields)) }
    func sum(_ indices: some Sequence<Int>) -> (Tally, Tally) {
      var sums = (Tally(), Tally())
      for index in indices {
        sums.0 += tallies[index].0
        sums.1 += tallies[index].1
      }
      return sums
    }
    func difference(_ sums: (Tally, Tally)) -> Double { (sums.1.f1 ?? 0) - (sums.0.f1 ?? 0) }
    documents = pairs.count
    (self.first, self.second) = sum(tallies.indices)
    self.difference = difference((self.first, self.second))
    var dice = SeededDice(seed: seed)
    let count = tallies.count
    let drawn = (0..<Self.samples).map { _ in
      difference(sum((0..<count).map { _ in dice.roll(count) }))
    }.sorted()
    low = drawn[Self.samples / 40]
    high = drawn[Self.samples - 1 - Self.samples / 40]
    notBetter = Double(drawn.count { $0 <= 0 }) / Double(Self.samples)
    mended = pairs.count { $0.0.isWrong && !$0.1.isWrong }
    broken = pairs.count { !$0.0.isWrong && $0.1.isWrong }
  }
}
