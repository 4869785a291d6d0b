/// What a page says of its place: `Page 2 of 3`, `Seite 2/3`, `2 of 3` at an edge.
struct PageNumber: Hashable, Sendable {
  var number: Int
  var total: Int?

  private static let largest = 2000

  private init?(_ number: Int, of total: Int?) {
    guard number <= PageNumber.largest, total.map({ number <= $0 }) ?? true else { return nil }
    self.number = number
    self.total = total
  }

  /// The first number with a total, else the first; nil where the page says none.
  static func find(_ marks: [PageFace.Mark], words: SplittingWords) -> PageNumber? {
    var found: PageNumber?
    for place in marks.indices {
      guard found?.total == nil, let next = spelled(marks, at: place, words) else { continue }
      if found == nil || next.total != nil { found = next }
    }
    return found ?? edge(marks, words)
  }

  /// After a word for page, or at the end of one: `Page:2`.
  private static func spelled(_ marks: [PageFace.Mark], at place: Int, _ words: SplittingWords) -> PageNumber? {
    let key = marks[place].key
    let letters = key.prefix { $0 != "0" }
    guard words.page.contains(String(letters)) else { return nil }
    var at = place
    if letters.count == key.count {
      at += 1
      // `Page No. 2`, `Page : 2`
      if marks.indices.contains(at), marks[at].key.isEmpty || marks[at].key == "NO" { at += 1 }
    }
    guard marks.indices.contains(at), let first = numbers(in: marks[at].text) else { return nil }
    if first.count == 2 { return PageNumber(first[0], of: first[1]) }
    let isFollowed = at + 2 < marks.count && (words.pageOf.contains(marks[at + 1].key) || marks[at + 1].text == "/")
    let total = isFollowed ? numbers(in: marks[at + 2].text)?.first : nil
    return PageNumber(first[0], of: total)
  }

  /// Without a word for page it counts only at the top or the bottom.
  private static func edge(_ marks: [PageFace.Mark], _ words: SplittingWords) -> PageNumber? {
    for at in marks.indices.dropLast(2) where marks[at].isAtEdge && words.pageOf.contains(marks[at + 1].key) {
      guard let first = numbers(in: marks[at].text), let last = numbers(in: marks[at + 2].text),
        first.count == 1, last.count == 1, first[0] >= 1
      else { continue }
      if let number = PageNumber(first[0], of: last[0]) { return number }
    }
    return nil
  }

  /// `2`, `(2)`, `2/3`: one or two numbers of up to four digits, at the end of a word.
  private static func numbers(in text: String) -> [Int]? {
    let parts = text.split { !$0.isNumber && $0 != "/" }.last?.split(separator: "/") ?? []
    let numbers = parts.compactMap { $0.utf8.count <= 4 ? Int($0) : nil }
    return numbers.count == parts.count && (1...2).contains(numbers.count) ? numbers : nil
  }

  /// `2`, `- 2 -`: all that stands in a line.
  static func alone(_ texts: [String]) -> Int? {
    let words = texts.filter { $0.contains { $0.isLetter || $0.isNumber } }
    guard words.count == 1 else { return nil }
    let bare = words[0].filter { !"-–—().".contains($0) }
    return bare.utf8.count <= 3 ? Int(bare) : nil
  }
}
