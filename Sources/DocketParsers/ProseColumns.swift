import Docket

/// Columns of running text, as magazines and some agreements have them: read straight across, their sentences mix.
enum ProseColumns {
  /// Whether most lines break at the same place, with several words on both sides. Tables and forms do not: what
  /// stands in their columns is short.
  static func stand(in words: [Word]) -> Bool { !gutters(of: words).isEmpty }

  /// Where columns of running text are parted, from left to right; empty where none stand.
  static func gutters(of words: [Word]) -> [Int32] {
    guard words.count >= 100, let left = words.map(\.x).min(), let right = words.map(\.right).max(), right > left
    else { return [] }
    let lines = Dictionary(grouping: words, by: \.line).values.filter { $0.count >= leastWords * 2 }
    guard lines.count >= leastLines else { return [] }
    // Gutters are looked for in the middle of the page, in hundredths of its width.
    let parted = (25...75).map { hundredth in
      let x = left + (right - left) * Float(hundredth) / 100
      let apart = lines.count { line in
        let before = line.count { $0.right < x }
        let after = line.count { $0.x > x }
        return before + after == line.count && before >= leastWords && after >= leastWords
      }
      return apart * 4 >= lines.count * 3
    }
    let gutters = parted.indices.filter { parted[$0] && ($0 == 0 || !parted[$0 - 1]) }
    guard (1...mostGutters).contains(gutters.count) else { return [] }
    return gutters.map { Int32(left + (right - left) * Float($0 + 25) / 100) }
  }

  /// A page with more is a table of many columns.
  private static let mostGutters = 2
  /// Words on either side of the gutter.
  private static let leastWords = 4
  private static let leastLines = 15
}
