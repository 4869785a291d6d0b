/// Exact (Clopper–Pearson) bounds on a rate of which only a sample was seen.
///
/// Counts need not be whole: documents of one vendor are alike, so a sample of `n` may tell as much as fewer
/// independent ones, and both counts are scaled down alike (Korn and Graubard 1998).
package enum BinomialBound {
  /// The lowest rate that is still refuted: were the true one higher, so few wrong ones would be seen in less than
  /// `1 - certainty` of all samples.
  ///
  /// - Parameters:
  ///   - wrong: 0 to `count`.
  ///   - certainty: 0 to 1, both left out.
  /// - Returns: 1 where nothing was seen.
  package static func upper(wrong: Double, of count: Double, certainty: Double) -> Double {
    guard count > 0, wrong < count else { return 1 }
    return root { proves($0, wrong: wrong, of: count, certainty: certainty) }
  }

  /// Whether the upper bound is not above a rate.
  package static func proves(_ rate: Double, wrong: Double, of count: Double, certainty: Double) -> Bool {
    guard count > 0, wrong < count else { return rate >= 1 }
    return 1 - beta(rate, wrong + 1, count - wrong) <= 1 - certainty
  }

  /// The highest rate that is still refuted from below; 0 where nothing wrong was seen.
  package static func lower(wrong: Double, of count: Double, certainty: Double) -> Double {
    guard wrong > 0, count > 0 else { return 0 }
    guard wrong < count else { return power(1 - certainty, 1 / count) }
    return root { beta($0, wrong, count - wrong + 1) >= 1 - certainty }
  }

  /// How many without a single wrong one prove a rate: 149 for 2 %, 299 for 1 % at a certainty of 95 %.
  package static func errorFreeNeeded(wrongAtMost rate: Double, certainty: Double) -> Int {
    guard rate > 0, rate < 1 else { return rate >= 1 ? 1 : .max }
    return Int((Elementary.log(1 - certainty) / Elementary.log(1 - rate)).rounded(.up))
  }

  /// Of the smallest count that proves a rate with so many wrong ones in it; nil beyond `most`.
  package static func countNeeded(wrong: Double, wrongAtMost rate: Double, certainty: Double, most: Int) -> Int? {
    var low = Int(wrong)
    var high = most
    func suffices(_ count: Int) -> Bool { proves(rate, wrong: wrong, of: Double(count), certainty: certainty) }
    guard suffices(high) else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// Where a claim about a rate begins to hold: it does not at 0 and does at 1.
  private static func root(_ holds: (Double) -> Bool) -> Double {
    var low = 0.0
    var high = 1.0
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    base <= 0 ? 0 : Elementary.exp(exponent * Elementary.log(base))
  }

  /// The regularised incomplete beta function, by its continued fraction (Numerical Recipes, 6.4).
  static func beta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on this side of the mean, and by symmetry on the other.
    return x <= (a + 1) / (a + b + 2) ? series(x, a, b) : 1 - series(1 - x, b, a)
  }

  private static func series(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let front = Elementary.exp(
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * Elementary.log(x) + b * Elementary.log(1 - x))
    return front * fraction(x, a, b) / a
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func bounded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / bounded(1 - (a + b) * x / (a + 1))
    var value = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / bounded(1 + even * d)
      c = bounded(1 + even / c)
      value *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / bounded(1 + odd * d)
      c = bounded(1 + odd / c)
      let factor = d * c
      value *= factor
      if abs(factor - 1) < 1e-14 { break }
    }
    return value
  }

  /// Stirling's series, after the argument is raised to where it is exact.
  private static func logGamma(_ x: Double) -> Double {
    var x = x
    var shift = 0.0
    while x < 12 {
      shift -= Elementary.log(x)
      x += 1
    }
    let square = 1 / (x * x)
    let series = (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680.0))) / x
    return shift + (x - 0.5) * Elementary.log(x) - x + 0.918938533204672742 + series
  }
}
