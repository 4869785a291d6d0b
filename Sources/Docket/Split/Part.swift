/// A stretch of a document that is a document of its own, or the whole.
package struct Part: Hashable, Sendable {
  package var extent: Extent

  package enum Extent: Hashable, Sendable {
    case whole
    /// Pages, counted from 1.
    case pages(ClosedRange<Int>)
    /// Rows of a table, counted from 1.
    case rows(ClosedRange<Int>)
  }

  package init(_ extent: Extent) { self.extent = extent }

  /// `pages/3-5`; nil for the whole.
  package var path: PartPath? {
    switch extent {
    case .whole: nil
    case .pages(let range): PartPath("pages/\(range.lowerBound)-\(range.upperBound)")
    case .rows(let range): PartPath("rows/\(range.lowerBound)-\(range.upperBound)")
    }
  }

  /// Parts of `count` pages, a new one on each of `starts`; the first begins on `first`.
  package static func pages(from first: Int = 1, through last: Int, starts: [Int]) -> [Part] {
    let bounds = [first] + starts.filter { $0 > first && $0 <= last }.sorted() + [last + 1]
    return zip(bounds, bounds.dropFirst()).filter { $0 < $1 }.map { Part(.pages($0...($1 - 1))) }
  }

  /// Of a file's name: `scan.pdf` becomes `scan (pages 3-5).pdf`, so that parts are told apart.
  package func name(of whole: String) -> String {
    guard let path else { return whole }
    let mark = " (\(path.text.split(separator: "/").joined(separator: " ")))"
    guard let dot = whole.lastIndex(of: "."), dot > whole.startIndex else { return whole + mark }
    return whole[..<dot] + mark + whole[dot...]
  }
}

extension PartPath {
  /// The pages of the file that a document made by splitting is; nil where it is a file of its own.
  package var pages: ClosedRange<Int>? { stretch("pages") }

  /// The rows of the file that a document made by splitting is.
  package var rows: ClosedRange<Int>? { stretch("rows") }

  /// Some pages or rows of a file that was taken apart.
  package var isStretch: Bool { pages != nil || rows != nil }

  private func stretch(_ kind: Substring) -> ClosedRange<Int>? {
    let words = text.split(separator: "/")
    guard words.count >= 2, words[words.count - 2] == kind else { return nil }
    let ends = words[words.count - 1].split(separator: "-").compactMap { Int($0) }
    return ends.count == 2 && ends[0] >= 1 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
  }
}

extension Reading {
  /// Some of its pages as a document of their own; the pages keep their numbers. Members stay with the whole.
  package func part(_ pages: ClosedRange<Int>) -> Reading {
    Reading(mediaType: mediaType, content: .pages(self.pages.filter { pages.contains($0.number) }))
  }

  /// What a document is of its file's reading: some pages, some rows, or all of it.
  package func part(at path: PartPath?) -> Reading {
    if let pages = path?.pages { return part(pages) }
    return path?.rows.flatMap { RowParts(self)?.part($0) } ?? self
  }
}
