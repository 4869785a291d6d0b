/// How well a page could be read, and what stood in the way. Made of what the reading says of itself, so that a
/// recalled reading and one with given words have it too.
package struct PageQuality: Hashable, Sendable {
  package var grade: Grade
  /// In the order of the cases; empty where the page is good.
  package var causes: [Cause]

  package init(grade: Grade, causes: [Cause]) {
    self.grade = grade
    self.causes = causes
  }

  package enum Grade: String, CaseIterable, Comparable, Sendable {
    case good, fair, poor, unreadable

    package static func < (a: Grade, b: Grade) -> Bool {
      allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
  }

  package enum Cause: String, CaseIterable, Sendable {
    /// The reader is not sure of its letters.
    case lowConfidence = "low-confidence"
    /// Some of it was read well and much of it was not: stains, stamps, folds.
    case patchy
    /// Letters are only a few pixels high.
    case lowResolution = "low-resolution"
    case skewed
    /// Photographed from the side: lines fan out.
    case perspective
    /// Two pages lie side by side; their lines may be taken for one another's.
    case twoPages = "two-pages"
    /// Words run off the sheet.
    case cutEdges = "cut-edges"
    /// The page shows something, and hardly a word was found.
    case noWords = "no-words"
    /// The text layer did not say what the page shows.
    case badTextLayer = "bad-text-layer"
    /// The page, or its picture, could not be opened or drawn.
    case damaged
  }
}

extension PageReading {
  /// Good where the page is blank: nothing had to be read.
  package var quality: PageQuality {
    var grade = PageQuality.Grade.good
    var causes: Set<PageQuality.Cause> = []
    func note(_ cause: PageQuality.Cause, _ worst: PageQuality.Grade) {
      causes.insert(cause)
      grade = max(grade, worst)
    }
    if findings.contains(where: { ["page-damaged", "page-not-rendered"].contains($0.code) }) || width <= 0 {
      note(.damaged, .poor)
    }
    if source == .ocrOverBadLayer { note(.badTextLayer, .fair) }
    guard isFromPixels else {
      return PageQuality(grade: grade, causes: PageQuality.Cause.allCases.filter(causes.contains))
    }
    let letters = words.reduce(0) { $0 + $1.text.unicodeScalars.count }
    let legibility =
      letters == 0
      ? 0 : words.reduce(0) { $0 + Double($1.confidence) * Double($1.text.unicodeScalars.count) } / Double(letters)
    if letters < 10 { note(.noWords, .poor) }
    if letters >= 10, legibility < PageReading.certain {
      note(.lowConfidence, legibility < 0.35 ? .unreadable : legibility < 0.6 ? .poor : .fair)
    }
    let doubtful = words.count { $0.confidence < 0.5 }
    if words.count >= 10, legibility >= 0.6, doubtful * 4 > words.count { note(.patchy, .fair) }
    let heights = words.map(\.height).sorted()
    if unit == .pixel, words.count >= 10, heights[heights.count / 2] < 10 { note(.lowResolution, .fair) }
    if abs(Deskew.slope(of: words)) > 0.02 || findings.contains(where: { $0.code == "page-straightened" }) {
      note(.skewed, .fair)
    }
    let shape = PageShape(self)
    if shape.isInPerspective { note(.perspective, .fair) }
    if shape.holdsTwoPages { note(.twoPages, .fair) }
    let edge = words.count { $0.text.count > 1 && ($0.x <= 1 || $0.right >= width - 1) }
    if edge >= 3, edge * 20 > words.count { note(.cutEdges, .fair) }
    return PageQuality(grade: grade, causes: PageQuality.Cause.allCases.filter(causes.contains))
  }

  /// From here on the reader may be believed.
  private static let certain = 0.8
}

extension Reading {
  /// Of its worst page; good for what has no pages.
  package var quality: PageQuality {
    let pages = pages.map(\.quality)
    let causes = Set(pages.flatMap(\.causes))
    return PageQuality(
      grade: pages.map(\.grade).max() ?? .good, causes: PageQuality.Cause.allCases.filter(causes.contains))
  }
}

extension JSONWriter {
  package mutating func member(_ name: String, _ quality: PageQuality) {
    memberObject(name) { json in
      json.member("grade", quality.grade.rawValue)
      json.member("causes", texts: quality.causes.map(\.rawValue))
    }
  }
}
