/// Sees candidates in their document: finds the words under each and describes them and what stands around.
///
/// Which extractor proposed a candidate is no matter: its place on the page is what counts.
/// Source: the method's features of a candidate.
struct FeatureReader {
  let view: DocumentView
  let hash = FeatureHash()
  /// By row, of each token: the hash of its key, and of its shape.
  let words: [[UInt32]]
  let shapes: [[UInt32]]
  /// By row, of each token, where it stands on the page.
  private let boxes: [[Region]]
  /// By page: its rows, in order.
  private let pageRows: [Int: Range<Int>]
  let firstPage: Int
  let lastPage: Int
  let sums: AmountSums

  /// Lines of one candidate that are looked at.
  private static let mostLines = 8

  init(_ view: DocumentView) {
    self.view = view
    let layout = view.layout
    let hash = hash
    words = layout.rows.map { row in
      row.tokens.map { place in
        let token = layout.tokens[place]
        return hash.of(token.key.isEmpty ? token.text : token.key)
      }
    }
    shapes = layout.rows.map { row in row.tokens.map { hash.of(FeatureReader.shape(of: layout.tokens[$0].text)) } }
    boxes = layout.rows.map { row in row.tokens.indices.map { layout.region(row, $0..<($0 + 1)) } }
    var pageRows: [Int: Range<Int>] = [:]
    for row in layout.rows {
      let known = pageRows[row.page] ?? row.number..<row.number
      pageRows[row.page] = min(known.lowerBound, row.number)..<max(known.upperBound, row.number + 1)
    }
    self.pageRows = pageRows
    firstPage = pageRows.keys.min() ?? 1
    lastPage = pageRows.keys.max() ?? 1
    sums = AmountSums(view.money.map(\.number.value))
  }

  typealias Line = (row: Int, range: Range<Int>)

  /// The candidates with their features; one whose place is not on these pages stays without.
  func described(_ candidates: [Candidate], of field: Field) -> [Candidate] {
    let group = CandidateGroup(candidates)
    return candidates.map { candidate in
      guard !candidate.isExact, candidate.features == nil else { return candidate }
      let lines = lines(under: candidate)
      guard !lines.isEmpty else { return candidate }
      var described = candidate
      let weight = view.evidence.weight(
        field.name, row: view.layout.rows[lines[0].row], range: lines[0].range)
      let measures = measures(of: candidate, lines, weight, group)
      var marks = marks(of: candidate, lines, weight)
      marks.sort()
      var last = -1
      marks.removeAll { mark in
        defer { last = Int(mark) }
        return Int(mark) == last
      }
      described.features = CandidateFeatures(marks: marks, measures: measures)
      described.features?.place = place(of: lines[0])
      described.features?.read = words(of: candidate, lines)
      return described
    }
  }

  /// The words whose middle lies in the candidate's boxes.
  private func lines(under candidate: Candidate) -> [Line] {
    var found: [Line] = []
    for case .region(let region) in candidate.locators {
      guard let rows = pageRows[region.page] else { continue }
      for row in rows {
        var range: Range<Int>?
        for (place, box) in boxes[row].enumerated() {
          let (x, y) = (box.x + box.width / 2, box.y + box.height / 2)
          guard y >= region.y, y <= region.bottom, x >= region.x, x <= region.right else { continue }
          range = (range?.lowerBound ?? place)..<(place + 1)
        }
        if let range { found.append((row, range)) }
        if found.count == FeatureReader.mostLines { return found }
      }
    }
    return found
  }

  /// `A-1234` is `A-00`: letters, digits and marks, runs cut to two.
  static func shape(of text: String) -> String {
    var shape = String.UnicodeScalarView()
    var last: Unicode.Scalar = " "
    var run = 0
    for scalar in text.unicodeScalars.prefix(40) {
      let kind: Unicode.Scalar =
        switch scalar {
        case "0"..."9": "0"
        case "A"..."Z": "A"
        case "a"..."z": "a"
        default: scalar.properties.isUppercase ? "A" : scalar.properties.isAlphabetic ? "a" : scalar
        }
      run = kind == last ? run + 1 : 1
      last = kind
      if run <= 2 { shape.append(kind) }
    }
    return String(shape)
  }
}

/// The candidates of one field beside one another.
struct CandidateGroup {
  /// Distinct numbers, ascending.
  let numbers: [DecimalNumber]
  private let counts: [String: Int]

  init(_ candidates: [Candidate]) {
    counts = candidates.reduce(into: [:]) { $0[$1.raw, default: 0] += 1 }
    numbers = Set(candidates.compactMap { if case .decimal(let number) = $0.value { number } else { nil } }).sorted()
  }

  /// How often what is printed there is proposed.
  func count(of candidate: Candidate) -> Int { counts[candidate.raw] ?? 0 }
}

/// Which amounts of a document are sums of two others.
struct AmountSums {
  private let amounts: Set<Int>
  /// More distinct amounts are a table's.
  private static let most = 80

  init(_ numbers: [DecimalNumber]) {
    let distinct = Set(numbers.map(AmountSums.units)).filter { $0 > 0 }.sorted()
    amounts = Set(distinct.suffix(AmountSums.most))
  }

  private static func units(_ number: DecimalNumber) -> Int {
    let value = (number.magnitude.approximate * 1000).rounded()
    return value < 1e15 ? Int(value) : 0
  }

  /// How many pairs of other amounts add up to it, and of how many such sums it is a part.
  func pairs(for number: DecimalNumber) -> (sum: Int, part: Int) {
    let value = AmountSums.units(number)
    guard value > 0 else { return (0, 0) }
    var (sum, part) = (0, 0)
    for other in amounts {
      if other < value, other * 2 <= value, amounts.contains(value - other) { sum += 1 }
      if other != value || amounts.contains(value * 2), amounts.contains(value + other) { part += 1 }
    }
    return (sum, part)
  }
}
