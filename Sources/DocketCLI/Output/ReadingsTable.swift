import Docket

/// What two readers read on each page, place by place: `=` where they agree, else both and which one was believed.
enum ReadingsTable {
  static func text(_ content: Reading.Content) -> String {
    guard case .pages(let pages) = content else { return "" }
    return pages.map(text).joined(separator: "\u{0C}")
  }

  private static func text(_ page: PageReading) -> String {
    guard !page.comparisons.isEmpty else {
      return page.isFromPixels
        ? "page \(page.number): read by Tesseract alone\n" : "page \(page.number): not read by OCR\n"
    }
    let rows = page.comparisons.map(row)
    let head = ["tesseract", "lines", "chosen", "sure"]
    let widths = (0..<4).map { column in min(48, ([head] + rows).map { $0[column].count }.max() ?? 0) }
    let agreed = page.comparisons.count { $0.chosen == .both }
    var out = "page \(page.number): \(page.comparisons.count) places, \(agreed) read alike\n"
    for row in [head] + rows {
      out += "  " + zip(row, widths).map { pad($0, $1) }.joined(separator: "  ").trimmedEnd + "\n"
    }
    return out
  }

  private static func row(_ place: ReadingComparison) -> [String] {
    func shown(_ text: ReadingComparison.Text?) -> String {
      text.map { "\(PlainText.oneLine($0.text)) \(Percent.text(Double($0.score)))" } ?? "–"
    }
    let chosen =
      switch place.chosen {
      case .both: "="
      case .tesseract: "tesseract"
      case .lines: "lines"
      case nil: "dropped"
      }
    return [shown(place.tesseract), shown(place.lines), chosen, Percent.text(Double(place.confidence))]
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text.count > width ? text.prefix(width - 1) + "…" : text + String(repeating: " ", count: width - text.count)
  }
}

extension String {
  fileprivate var trimmedEnd: String { String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)]) }
}
