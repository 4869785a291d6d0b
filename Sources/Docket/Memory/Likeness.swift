/// How alike two texts are, letter by letter.
enum Likeness {
  /// 1 minus the letters that must be changed over the length of the longer one; 0 where that is less than `least`.
  static func of(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atLeast least: Double) -> Double {
    let longest = max(a.count, b.count)
    guard longest > 0 else { return 0 }
    let limit = Int(Double(longest) * (1 - least) + 1e-9)
    guard let distance = EditDistance.between(a, b, atMost: limit) else { return 0 }
    return 1 - Double(distance) / Double(longest)
  }
}
