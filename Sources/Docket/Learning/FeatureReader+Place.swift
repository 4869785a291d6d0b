/// What memory compares of a candidate.
extension FeatureReader {
  private static let longest = 40

  func place(of line: Line) -> CandidatePlace {
    let row = view.layout.rows[line.row]
    let above = neighbours(of: line, step: -1, count: 1).first
    let width = view.layout.pageSizes[row.page]?.width ?? 0
    return CandidatePlace(
      left: keys(line.row, line.range.lowerBound - min(2, line.range.lowerBound)..<line.range.lowerBound),
      above: above.map { keys($0.row, $0.range) } ?? "", fromTop: line.row,
      fromBottom: view.layout.rows.count - 1 - line.row,
      x: width > 0 ? Float(min(1, max(0, view.layout.token(row, line.range.lowerBound).x0 / width))) : 0)
  }

  /// Of words, those without letters and digits as they are.
  private func keys(_ row: Int, _ range: Range<Int>) -> String {
    let words = range.map { place in
      view.keys[row][place].isEmpty ? view.layout.token(view.layout.rows[row], place).text : view.keys[row][place]
    }
    return String(words.joined(separator: " ").prefix(FeatureReader.longest))
  }

  /// None where nothing was read off a picture, or the value is no text.
  func words(of candidate: Candidate, _ lines: [Line]) -> [ReadWord] {
    guard view.layout.isFromPixels, case .text = candidate.value else { return [] }
    return lines.flatMap { line in
      line.range.map { place in
        let token = view.layout.token(view.layout.rows[line.row], place)
        return ReadWord(
          key: TrueValue.key(token.text), others: token.variants.map { TrueValue.key($0.text) },
          confidence: token.confidence)
      }
    }
  }
}
