/// Numbers that look random and are the same on every machine and in every run (SplitMix64).
package struct SeededDice: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// From 0 to below `count`.
  package mutating func roll(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

  /// From 0 to below 1.
  package mutating func share() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// The same elements in another order.
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var mixed = elements
    for index in stride(from: mixed.count - 1, to: 0, by: -1) { mixed.swapAt(index, roll(index + 1)) }
    return mixed
  }
}
