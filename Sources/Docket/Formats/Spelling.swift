/// What somebody may have meant.
package enum Spelling {
  /// The nearest of the known words, nil where none is near: at most a third of the letters may differ.
  package static func nearest(to word: String, in known: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    let letters = Array(word.lowercased())
    return known.map { ($0, distance(letters, Array($0.lowercased()))) }
      .filter { $0.1 <= limit }
      .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }

  /// `; did you mean …?`, or the short list of what is known, or nothing.
  package static func suggestion(for word: String, in known: [String]) -> String {
    if let near = nearest(to: word, in: known) { return "; did you mean `\(near)`?" }
    guard !known.isEmpty, known.count <= 12 else { return "." }
    return "; known here: \(known.map { "`\($0)`" }.joined(separator: ", "))."
  }

  /// How many letters must be put in, taken out, changed or swapped with their neighbour.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var row = Array(0...b.count)
    for i in a.indices {
      var next = [i + 1]
      for j in b.indices {
        var best = min(row[j + 1] + 1, next[j] + 1, row[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        next.append(best)
      }
      before = row
      row = next
    }
    return row[b.count]
  }
}
