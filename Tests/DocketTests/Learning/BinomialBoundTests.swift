import Testing

@testable import Docket

@Suite struct BinomialBoundTests {
  @Test(
    "upper bounds are those of the beta distribution",
    arguments: [
      (0.0, 149.0, 0.95, 0.019904), (1, 10, 0.95, 0.394163), (5, 100, 0.95, 0.102253), (3, 300, 0.95, 0.025641),
      (20, 400, 0.99, 0.081401), (1.5, 40.25, 0.95, 0.130801), (0, 0, 0.95, 1), (7, 7, 0.95, 1),
    ])
  func upper(wrong: Double, count: Double, certainty: Double, expected: Double) {
    #expect(abs(BinomialBound.upper(wrong: wrong, of: count, certainty: certainty) - expected) < 1e-5)
  }

  @Test(
    "lower bounds are, too",
    arguments: [(0.0, 149.0, 0.0), (1, 10, 0.005116), (5, 100, 0.019906), (10, 10, 0.741134)])
  func lower(wrong: Double, count: Double, expected: Double) {
    #expect(abs(BinomialBound.lower(wrong: wrong, of: count, certainty: 0.95) - expected) < 1e-5)
  }

  @Test("so many without error prove a rate")
  func errorFree() {
    let needed = [0.05, 0.02, 0.01].map { BinomialBound.errorFreeNeeded(wrongAtMost: $0, certainty: 0.95) }
    #expect(needed == [59, 149, 299])
    #expect(BinomialBound.countNeeded(wrong: 0, wrongAtMost: 0.02, certainty: 0.95, most: 10_000) == 149)
    #expect(BinomialBound.countNeeded(wrong: 1, wrongAtMost: 0.02, certainty: 0.95, most: 10_000) == 236)
    #expect(BinomialBound.countNeeded(wrong: 50, wrongAtMost: 0.02, certainty: 0.95, most: 1000) == nil)
  }
}
