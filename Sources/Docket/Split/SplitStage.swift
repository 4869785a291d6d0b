/// Where a reading falls into documents, and how sure that is of every page.
package struct Splitting: Hashable, Sendable {
  /// In order; every page is in exactly one. A single part is the whole.
  package var parts: [Part]
  /// One for each page that may begin a document: all but the first and the blank ones.
  package var boundaries: [Boundary]
  /// Each row of the whole may be a document of its own: a person is asked.
  package var areRowsDoubtful: Bool

  package init(parts: [Part] = [Part(.whole)], boundaries: [Boundary] = [], areRowsDoubtful: Bool = false) {
    self.parts = parts
    self.boundaries = boundaries
    self.areRowsDoubtful = areRowsDoubtful
  }

  /// What a person is asked of a part, as findings on its record.
  package func questions(on part: Part) -> [Finding] {
    doubts(in: part).map(\.doubt) + (areRowsDoubtful ? [.rowsDoubt] : [])
  }

  /// Pages of a part on which a new document may begin: a person is asked.
  package func doubts(in part: Part) -> [Boundary] {
    boundaries.filter { boundary in
      guard boundary.verdict == .doubtful else { return false }
      if case .pages(let range) = part.extent { return range.contains(boundary.page) }
      return true
    }
  }
}

/// Whether a new document begins on a page.
package struct Boundary: Hashable, Sendable {
  /// Counted from 1.
  package var page: Int
  /// That a document begins here, 0 to 1, calibrated on bundles.
  package var confidence: Double
  package var verdict: Verdict
  /// What was seen, by name; what is 0 is left out.
  package var signs: [BoundarySign: Double]

  package enum Verdict: String, Sendable { case begins, doubtful, continues }

  package init(page: Int, confidence: Double, verdict: Verdict, signs: [BoundarySign: Double] = [:]) {
    self.page = page
    self.confidence = confidence
    self.verdict = verdict
    self.signs = signs
  }

  /// On a record whose document may be two.
  package static let doubtCode = "boundary-doubtful"

  package var doubt: Finding {
    Finding(Boundary.doubtCode, .warning, "A new document may begin on page \(page).", field: "page \(page)")
  }
}

extension Finding {
  /// The page on which a new document may begin; nil for findings of another kind.
  package var doubtfulPage: Int? {
    guard code == Boundary.doubtCode, let field, field.hasPrefix("page ") else { return nil }
    return Int(field.dropFirst(5))
  }

  /// It asks whether a document is one.
  package var doubtsUnity: Bool { code == Boundary.doubtCode || code == Finding.rowsDoubtCode }
}

/// Reading to parts: a bundle of scans or of printed files is taken apart page by page, a list of objects row by row.
package struct SplitStage: Stage {
  package static let name = StageName.split
  package static let version = "split 3"
  private let model: BoundaryModel
  private let words: SplittingWords
  private let rows: RowSplitter?
  private let data: ContentDigest

  /// - Parameter rows: nil: tables stay whole.
  package init(model: BoundaryModel = .none, words languages: [LanguageWords] = [], rows: RowSplitter? = nil) {
    self.model = model
    self.rows = rows
    words = SplittingWords(languages)
    data = .joining([model.digest] + languages.map(\.digest) + (rows.map { [$0.fingerprint] } ?? []))
  }

  package var fingerprint: ContentDigest { .joining([ContentDigest(of: SplitStage.version), data]) }

  package func run(_ input: Reading, in context: Context) async throws(DocketError) -> Splitting {
    if input.pages.isEmpty { return byRows(input, in: context) }
    // What a structured original describes is one document, however it is printed.
    guard input.pages.count > 1, input.embedded.isEmpty, !context.isSettledPart else { return Splitting() }
    let boundaries = boundaries(of: input.pages)
    // A part is not cut again by itself: what is seen at its edges is less than what was seen in the whole.
    guard !context.isPart, let last = input.pages.last?.number else {
      return Splitting(boundaries: boundaries.map(\.softened))
    }
    let starts = boundaries.filter { $0.verdict == .begins }.map(\.page)
    guard !starts.isEmpty else { return Splitting(boundaries: boundaries) }
    return Splitting(parts: Part.pages(through: last, starts: starts), boundaries: boundaries)
  }

  private func byRows(_ input: Reading, in context: Context) -> Splitting {
    guard !context.isPart, !context.isSettledPart, let rows else { return Splitting() }
    switch rows.verdict(on: input) {
    case .one: return Splitting()
    case .doubtful: return Splitting(areRowsDoubtful: true)
    case .documents(let parts): return Splitting(parts: parts)
    }
  }

  /// Blank pages are backs and separators: they stay with what is before them.
  private func boundaries(of pages: [PageReading]) -> [Boundary] {
    let faces = pages.map { PageFace($0, words: words) }
    var found: [Boundary] = []
    var before: Int?
    for index in faces.indices where !faces[index].isBlank {
      defer { before = index }
      guard let before else { continue }
      let next = index + 1 < faces.count && !faces[index + 1].isBlank ? faces[index + 1] : nil
      let signs = BoundarySign.between(
        faces[before], faces[index], next: next, isApart: index > before + 1)
      found.append(model.boundary(on: pages[index].number, signs))
    }
    return found
  }
}

extension Boundary {
  fileprivate var softened: Boundary {
    var boundary = self
    if verdict == .begins { boundary.verdict = .doubtful }
    return boundary
  }
}
