/// Which readers read what stands in a picture: Tesseract, and Docket's own reader of lines.
package enum ReadingMode: String, CaseIterable, Sendable {
  /// Both read everything; of each place the likelier text is kept.
  case best
  /// The line reader reads everything, Tesseract what that one is not sure of.
  case fast
  /// Tesseract alone.
  case tesseract
}

/// The reader whose text a word is.
package enum WordReader: UInt8, CaseIterable, Sendable {
  case tesseract = 1
  case lines
  /// Both read the same.
  case both

  /// As `docket/text/1` says it.
  package var word: String {
    switch self {
    case .tesseract: "tesseract"
    case .lines: "lines"
    case .both: "both"
    }
  }

  package init?(word: String) {
    guard let reader = WordReader.allCases.first(where: { $0.word == word }) else { return nil }
    self = reader
  }
}

/// What two readers made of one place on a page, and which of them was believed. For people and for measuring: a
/// reading holds these only when asked.
package struct ReadingComparison: Hashable, Sendable {
  /// One reader's text, words parted by blanks.
  package struct Text: Hashable, Sendable {
    package var text: String
    /// How sure the reader itself says it is, 0 to 1: Tesseract of its worst word, the line reader of its worst letter.
    package var score: Float
    /// Of the whole segment: Tesseract's mean, the line reader's mean probability a letter.
    package var segmentScore: Float

    package init(text: String, score: Float, segmentScore: Float) {
      self.text = text
      self.score = score
      self.segmentScore = segmentScore
    }
  }

  package var tesseract: Text?
  package var lines: Text?
  /// Nil where neither was believed.
  package var chosen: WordReader?
  /// The probability that what was chosen is right, 0 to 1.
  package var confidence: Float
  /// In the page's unit.
  package var x: Float
  package var y: Float
  package var width: Float
  package var height: Float

  package init(
    tesseract: Text?, lines: Text?, chosen: WordReader?, confidence: Float, x: Float, y: Float, width: Float,
    height: Float
  ) {
    self.tesseract = tesseract
    self.lines = lines
    self.chosen = chosen
    self.confidence = confidence
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}
