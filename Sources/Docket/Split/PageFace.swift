/// What a page looks like, as far as it tells where a document begins. Made once a page.
struct PageFace: Sendable {
  /// A word: its text, its key, and where it stands.
  struct Mark {
    var text: String
    var key: String
    var x: Double
    var top: Double
    var bottom: Double
    /// In the page's uppermost or lowest part.
    var isAtEdge: Bool
    var centre: Double { (top + bottom) / 2 }
  }

  let isBlank: Bool
  let width: Double
  let height: Double
  let unit: PageReading.Unit
  /// Median height of a word, as a share of the page's.
  private(set) var typeSize = 0.01
  /// Where the text begins and ends, as shares of the page.
  private(set) var left = 0.0
  private(set) var fill = 0.0
  private(set) var number: PageNumber?
  /// A number that stands alone at the top or the bottom.
  private(set) var loneNumber: Int?
  /// How often each word occurs.
  private(set) var words: [String: Double] = [:]
  private(set) var headWords: Set<String> = []
  private(set) var footWords: Set<String> = []
  /// Words with four or more digits: numbers of invoices, accounts, telephones.
  private(set) var codes: Set<String> = []
  private(set) var amounts: Set<String> = []
  private(set) var dates: Set<String> = []
  private(set) var headDates: Set<String> = []
  private(set) var headings: Set<String> = []
  private(set) var closingCount = 0
  /// Of `SplittingWords.stops`, and how many words say so.
  private(set) var language = (place: 0, count: 0)
  private(set) var opening = PageOpening()
  private(set) var endsOpen = false

  init(_ page: PageReading, words known: SplittingWords) {
    (width, height, unit) = (max(1, Double(page.width)), max(1, Double(page.height)), page.unit)
    isBlank = page.words.reduce(0) { $0 + $1.text.unicodeScalars.count } < 5
    guard !isBlank else { return }
    let height = height
    let marks = page.words.map { word in
      Mark(
        text: word.text, key: LabelKey.of(word.text), x: Double(word.x), top: Double(word.y),
        bottom: Double(word.bottom),
        isAtEdge: Double(word.y) < 0.15 * height || Double(word.y) > 0.85 * height)
    }
    let heights = marks.map { $0.bottom - $0.top }.sorted()
    typeSize = max(0.0001, heights[heights.count / 2] / height)
    left = marks.map(\.x).sorted()[marks.count / 20] / width
    fill = (marks.filter { $0.top < 0.92 * height }.map(\.bottom).max() ?? 0) / height
    number = PageNumber.find(marks, words: known)
    look(at: marks, known)
    let rows = rows(of: marks)
    if number == nil { loneNumber = loneNumber(rows) }
    opening = PageOpening(rows, headings: known.headings)
    let last = rows.last { $0.count > 3 && $0[0].top < 0.92 * height }
    endsOpen = last?.last?.text.last?.isLetter ?? false
  }

  private mutating func look(at marks: [Mark], _ known: SplittingWords) {
    let centres = marks.map(\.centre)
    let (first, last) = (centres.min() ?? 0, centres.max() ?? 0)
    let span = max(1e-6, last - first)
    var spoken = known.stops.map { _ in 0 }
    for (place, mark) in marks.enumerated() {
      let key = mark.key
      if key.utf8.count >= 3 {
        if !key.utf8.contains(0x30) { words[key, default: 0] += 1 }
        if mark.centre < first + 0.2 * span, mark.top < 0.5 * height { headWords.insert(key) }
        if mark.centre > max(first + 0.9 * span, 0.75 * height) { footWords.insert(key) }
      }
      for (language, stops) in known.stops.enumerated() where stops.contains(key) { spoken[language] += 1 }
      if mark.top <= first + 0.3 * span { headings.formUnion(PageFace.phrases(known.headings, marks, at: place)) }
      if mark.top > first + 0.6 * span, known.ending.contains(key) { closingCount += 1 }
      if key.utf8.contains(0x30) { takeFigures(of: mark, isHigh: mark.top < first + 0.4 * span) }
    }
    if let most = spoken.max(), let place = spoken.firstIndex(of: most) { language = (place, most) }
  }

  /// Headings of up to three words that begin at a place.
  static func phrases(_ headings: Set<String>, _ marks: [Mark], at place: Int) -> [String] {
    var joined = ""
    return marks[place..<min(marks.count, place + 3)].compactMap { mark in
      joined += mark.key
      return headings.contains(joined) ? joined : nil
    }
  }

  private mutating func takeFigures(of mark: Mark, isHigh: Bool) {
    let scalars = Array(mark.text.utf8)
    let digits = scalars.count { PageFace.isDigit($0) }
    let hasCents =
      scalars.count >= 4 && scalars.suffix(2).allSatisfy(PageFace.isDigit)
      && [0x2E, 0x2C].contains(scalars[scalars.count - 3]) && PageFace.isDigit(scalars[scalars.count - 4])
    if hasCents { amounts.insert(mark.text.filter { $0.isNumber || $0 == "." || $0 == "," }) }
    if digits >= 4, !hasCents {
      codes.insert(String(mark.text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }))
    }
    let parts = mark.text.split(omittingEmptySubsequences: false) { "./-".contains($0) }
    if parts.count == 3, parts.allSatisfy({ (1...4).contains($0.utf8.count) && $0.allSatisfy(\.isNumber) }) {
      dates.insert(mark.text)
      if isHigh { headDates.insert(mark.text) }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Words of about one height, from top to bottom; rows need no exact bounds here.
  private func rows(of marks: [Mark]) -> [[Mark]] {
    let step = typeSize * height * 0.8
    return Dictionary(grouping: marks) { Int(($0.centre / step).rounded()) }.sorted { $0.key < $1.key }
      .map { $0.value.sorted { ($0.x, $0.text) < ($1.x, $1.text) } }
  }

  private func loneNumber(_ rows: [[Mark]]) -> Int? {
    for row in rows.suffix(2) + rows.prefix(2) {
      let place = row[0].top / height
      guard place > 0.8 || place < 0.1 else { continue }
      if let number = PageNumber.alone(row.map(\.text)) { return number }
    }
    return nil
  }
}

/// How a page's first lines begin.
struct PageOpening: Sendable {
  private(set) var isLowerCase = false
  /// A short line in capitals is among them.
  private(set) var hasTitle = false
  /// A short line with what a document calls itself is among them.
  private(set) var hasHeading = false
  /// `7.`, `(c)`: the first line goes on with a list.
  private(set) var goesOnCounting = false

  init() {}

  init(_ rows: [[PageFace.Mark]], headings: Set<String>) {
    let word = rows.prefix(3).joined().first { $0.text.count >= 2 && $0.text.first?.isLetter == true }
    isLowerCase = word?.text.first?.isLowercase ?? false
    let first = rows.filter { $0.reduce(0) { $0 + $1.text.count(where: \.isLetter) } >= 4 }.prefix(3)
    goesOnCounting = first.first?.first.map { PageOpening.isLaterCount($0.text) } ?? false
    for row in first {
      let letters = row.flatMap { $0.text.filter(\.isLetter) }
      if row.count <= 9, letters.count >= 6, letters.count(where: \.isUppercase) * 10 > letters.count * 8 {
        hasTitle = true
      }
      if row.count <= 8, row.indices.contains(where: { !PageFace.phrases(headings, row, at: $0).isEmpty }) {
        hasHeading = true
      }
    }
  }

  /// A number or letter before a dot or bracket that is not the first of its kind.
  private static func isLaterCount(_ text: String) -> Bool {
    guard text.last == "." || text.last == ")" else { return false }
    let bare = text.filter { $0 != "." && $0 != "(" && $0 != ")" }
    guard (1...4).contains(bare.count), !["1", "a", "i", "A", "I"].contains(bare) else { return false }
    return bare.allSatisfy(\.isNumber) || bare.count == 1 && bare.first?.isLowercase == true
      || bare.allSatisfy { "ivx".contains($0) }
  }
}
