import Testing

@testable import Docket

@Suite struct FixedSequenceTests {
  private func judged(_ count: Int, _ confidence: Double, wrong: Int = 0, from first: Int = 0) -> [Judged] {
    (0..<count).map {
      Judged(id: "\(first + $0)", confidence: confidence, isWrong: $0 < wrong, cluster: "vendor \(first + $0)")
    }
  }

  @Test("149 documents without error prove 2 %, 148 do not, and it says how many are missing")
  func counts() throws {
    let sequence = FixedSequence(wrongAtMost: 0.02, certainty: 0.95)
    let proven = try #require(sequence.walk(judged(149, 0.97)).proven)
    #expect(proven.count == 149 && proven.wrong == 0 && proven.bound <= 0.02)
    #expect(proven.threshold <= 0.97 && proven.threshold > 0.9, "it says nothing of confidences that were not seen")
    let short = sequence.walk(judged(148, 0.97))
    #expect(short.proven == nil && short.missing == 1)
    #expect(sequence.walk([]).missing == 149)
    #expect(sequence.walk(judged(149, 0.97, wrong: 1)).missing == 87)
  }

  @Test("the walk ends at the first failure, however good what comes after it looks")
  func order() throws {
    let sequence = FixedSequence(wrongAtMost: 0.1, certainty: 0.95)
    let good = judged(100, 0.98)
    let bad = judged(40, 0.9, wrong: 30, from: 100)
    let fine = judged(2000, 0.6, from: 200)
    #expect(try #require(sequence.walk(good + bad + fine).proven).count == 100)
    #expect(try #require(sequence.walk(good + fine).proven).count == 2100)
  }

  @Test("what something else asks for is accepted by no threshold")
  func never() {
    let sequence = FixedSequence(wrongAtMost: 0.5, certainty: 0.95)
    #expect(sequence.walk(judged(500, 0)).proven == nil)
  }

  /// Documents of vendors; each vendor has an error rate of its own around that of the confidence.
  private func sample(_ count: Int, perVendor: Int, _ dice: inout SeededDice, spread: Double) -> [Judged] {
    var vendor = 0
    var shift = 0.0
    return (0..<count).map { index in
      if index % perVendor == 0 {
        vendor += 1
        shift = dice.share() < spread ? 1 : 0
      }
      let confidence = 0.5 + dice.share() / 2
      let rate = shift == 1 ? 0.35 : 0.9 * (1 - confidence) * (1 - confidence)
      return Judged(
        id: "\(index)", confidence: confidence, isWrong: dice.share() < rate, cluster: "vendor \(vendor)")
    }
  }

  @Test(
    "proven promises are kept: not more than one in twenty is broken",
    arguments: [(1, 0.0), (1, 0.08), (6, 0.0), (6, 0.08), (6, 0.2)])
  func kept(perVendor: Int, spread: Double) {
    var dice = SeededDice(seed: 20_261_128)
    // What is true of all documents, by threshold.
    let steps = FixedSequence(wrongAtMost: 0, certainty: 0.95).walk(
      sample(30_000, perVendor: perVendor, &dice, spread: spread)
    ).steps
    let truth = Dictionary(
      uniqueKeysWithValues: steps.map { ($0.threshold, Double($0.wrong) / Double(max(1, $0.count))) })
    let rounds = 100
    var broken = 0
    var proven = 0
    for rate in [0.1, 0.05] {
      let sequence = FixedSequence(wrongAtMost: rate, certainty: 0.95)
      for _ in 0..<rounds {
        // New vendors every time: what was learned must hold for those that nobody has seen.
        let documents = sample(400, perVendor: perVendor, &dice, spread: spread)
        guard let step = sequence.walk(documents).proven else { continue }
        proven += 1
        if truth[step.threshold] ?? 1 > rate { broken += 1 }
      }
    }
    #expect(broken <= rounds / 10, "\(broken) of \(2 * rounds), \(proven) proven")
    if spread == 0 { #expect(proven > rounds) }
  }

  @Test("who looks again and again has no more luck than who looks once")
  func looks() {
    let spent = (1...40).map { 1 - Looks.certainty(0.95, look: $0) }.reduce(0, +)
    #expect(spent <= 0.05 + 1e-9 && spent > 0.0499)
    var dice = SeededDice(seed: 7)
    let rounds = 100
    var broken = 0
    for _ in 0..<rounds {
      // A tenth is wrong, a hair more than is promised: the hardest case.
      let documents = (0..<1500).map {
        Judged(id: "\($0)", confidence: 0.9, isWrong: dice.share() < 0.1, cluster: "\($0)")
      }
      var count = 60
      var look = 1
      while count <= documents.count {
        let sequence = FixedSequence(wrongAtMost: 0.0999, certainty: Looks.certainty(0.95, look: look))
        if sequence.walk(Array(documents[..<count])).proven != nil {
          broken += 1
          break
        }
        look += 1
        count = (3 * count + 1) / 2
      }
    }
    #expect(broken <= rounds / 20, "\(broken) of \(rounds)")
  }

  @Test("a look is due at first, and when the documents have grown by half")
  func due() {
    #expect(Looks.isDue(documents: 10, last: nil) && Looks.isDue(documents: 150, last: 100))
    #expect(!Looks.isDue(documents: 149, last: 100))
  }
}

@Suite struct DesignEffectTests {
  private func clusters(_ count: Int, of size: Int, isWrong: (Int, Int) -> Bool) -> [Judged] {
    (0..<count).flatMap { cluster in
      (0..<size).map {
        Judged(id: "\(cluster)/\($0)", confidence: 0.9, isWrong: isWrong(cluster, $0), cluster: "\(cluster)")
      }
    }
  }

  @Test("where a vendor is all right or all wrong, its documents count as one")
  func allOrNone() {
    let sample = clusters(50, of: 6) { cluster, _ in cluster % 5 == 0 }
    let effect = DesignEffect(of: sample)
    #expect(effect.correlation > 0.99)
    #expect(abs(effect.factor(of: sample) - 6) < 0.1)
  }

  @Test("where errors lie anywhere, or are too few to tell, the least correlation is taken")
  func scattered() {
    #expect(DesignEffect(of: clusters(50, of: 6) { ($0 * 6 + $1) % 7 == 0 }).correlation == 0.05)
    #expect(DesignEffect(of: clusters(50, of: 6) { cluster, _ in cluster == 0 }).correlation > 0.9)
    #expect(DesignEffect(of: clusters(50, of: 6) { $0 == 0 && $1 < 4 }).correlation == 0.05, "four wrong ones")
    #expect(DesignEffect(of: clusters(40, of: 1) { cluster, _ in cluster < 9 }).factor(of: []) == 1)
    let alone = clusters(40, of: 1) { _, _ in false }
    #expect(DesignEffect(of: alone).factor(of: alone) == 1)
  }
}
