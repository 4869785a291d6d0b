/// Exponential and logarithm in plain arithmetic: the same bits on every machine, whatever its C library.
package enum Elementary {
  private static let ln2 = 0.693147180559945309

  package static func exp(_ x: Double) -> Double {
    guard x > -700 else { return 0 }
    guard x < 700 else { return .infinity }
    let power = (x / ln2).rounded()
    let rest = x - power * ln2
    var term = 1.0
    var sum = 1.0
    for index in 1..<20 {
      term *= rest / Double(index)
      sum += term
    }
    return Double(sign: .plus, exponent: Int(power), significand: sum)
  }

  /// Of positive numbers.
  package static func log(_ x: Double) -> Double {
    guard x > 0 else { return -.infinity }
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    // ln m = 2 artanh((m - 1) / (m + 1))
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var power = ratio
    var sum = 0.0
    for index in 0..<16 {
      sum += power / Double(2 * index + 1)
      power *= square
    }
    return exponent * ln2 + 2 * sum
  }
}
