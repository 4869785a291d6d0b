/// Values of closed sets, by the words that a vocabulary has for them.
struct CategoryCandidates {
  let view: DocumentView
  /// Names of values by the keys of their labels.
  private let names: [String: String]

  /// Words that a vocabulary's label has at most.
  private static let longest = 5
  /// Rows from the top in which what a document calls itself may stand.
  private static let headingRows = 40

  init(view: DocumentView, vocabulary: Vocabulary) {
    self.view = view
    var names: [String: String] = [:]
    for entry in vocabulary.values {
      for label in entry.labels.inOrder {
        let key = LabelKey.of(label.text)
        if names[key] == nil { names[key] = entry.name }
      }
    }
    self.names = names
  }

  /// Behind or below the field's label; a field without one is what the document calls itself.
  func candidates(_ field: Field) -> [Candidate] { field.labels.isEmpty ? headings(field) : labelled(field) }

  /// A vocabulary's words near the top, the larger the better.
  private func headings(_ field: Field) -> [Candidate] {
    view.layout.rows.prefix(CategoryCandidates.headingRows).flatMap { row in
      found(in: 0..<row.tokens.count, of: row.number).map { name, range in
        let height = range.map { view.layout.token(row, $0).height }.max() ?? 0
        let score =
          0.5 + min(2, 2 * (height / view.layout.unit - 1)) - 0.03 * Double(row.number)
          + (range.count == row.tokens.count ? 0.8 : 0)
        return view.candidate(field.name, .text(name), row: row.number, range: range, score: score)
      }
    }
  }

  private func labelled(_ field: Field) -> [Candidate] {
    LabelledCandidates(view: view).stretches(field).flatMap { hit, stretch in
      stretch.prefix(1).flatMap { line in
        found(in: line.range, of: line.row).map { name, range in
          let words = range.lowerBound - line.range.lowerBound
          return view.candidate(
            field.name, .text(name), row: line.row, range: range,
            score: 3.5 * hit.weight - 1 - 0.3 * Double(words) + 0.2 * Double(range.count))
        }
      }
    }
  }

  private func found(in range: Range<Int>, of row: Int) -> [(name: String, range: Range<Int>)] {
    let keys = view.keys[row]
    var found: [(String, Range<Int>)] = []
    for start in range where !keys[start].isEmpty {
      var joined = ""
      for end in start..<min(range.upperBound, start + CategoryCandidates.longest) {
        joined += keys[end]
        if !keys[end].isEmpty, let name = names[joined] { found.append((name, start..<(end + 1))) }
      }
    }
    return found
  }
}
