import Docket

/// Makes one reading of a picture from two readers: Tesseract's lines, in each place the likelier text.
struct TwoReaders {
  let readers: LineReaders
  /// Whether every place is told with both texts.
  let compares: Bool

  struct Result {
    var words: [Word] = []
    var comparisons: [ReadingComparison] = []
    /// Segments that the line reader was not given.
    var leftOut = 0
    /// Segments with words that look written by hand.
    var handwritten = 0
  }

  /// Raised with every change of what two readers make of a picture; the weights' digests are told apart.
  static let version = "reader 5"

  /// Of one page: more would cost minutes, and no page has as many.
  static let mostSegments = 6000

  /// `best`: all that Tesseract read is read again, and what it missed.
  func read(_ picture: GreyPicture, words: [Word], resolution: Int) -> Result {
    // Where Tesseract found the lines its boxes are the better ones; where it missed some, others are bad, too.
    let found = LineLayout.segments(in: picture, resolution: resolution, words: words)
    let isBetter = found.map { readers.choice.missesTooMuch(LineLayout.missed($0)) } ?? false
    let segments = isBetter ? found ?? [] : LineSegment.cut(words)
    return merged(segments, lines(of: segments, in: picture))
  }

  /// `fast`: what the line reader is not sure of is recognized, too.
  ///
  /// - Parameters:
  ///   - layout: where lines stand.
  ///   - recognize: Tesseract's words in each of some boxes.
  func read(
    _ picture: GreyPicture, layout: [LineSegment], recognize: ([PixelBox]) -> [[Word]]
  ) -> Result {
    var segments = layout
    let read = lines(of: segments, in: picture)
    let doubtful = segments.indices.filter { index in
      let places = ReadPlace.of(segments[index], read: index < read.count ? read[index] : nil)
      return !readers.choice.isSure(places) && TwoReaders.isWorthAsking(segments[index], places)
    }
    for (index, words) in zip(doubtful, recognize(doubtful.map { segments[$0].box })) {
      let line = segments[index].line
      segments[index].words = words.map { word in
        var word = word
        word.line = line
        return word
      }
    }
    return merged(segments, read)
  }

  /// What both make of one box.
  ///
  /// - Parameter only: the characters that can stand there; nil for all.
  func read(
    _ picture: GreyPicture, box: PixelBox, only characters: String?, recognize: ([PixelBox]) -> [[Word]]
  ) -> Result {
    let place = Word(
      text: "", x: Float(box.left), y: Float(box.top), width: Float(box.right - box.left),
      height: Float(box.bottom - box.top))
    var segments = LineSegment.cut([place])
    for (index, words) in zip(segments.indices, recognize(segments.map(\.box))) { segments[index].words = words }
    let read = readers.lines.lines(in: picture, boxes: segments.map(\.box), only: characters)
    return merged(segments, read)
  }

  /// What our finder took for a line, but in which hardly a letter was read, is dirt, bars or a hand's:
  /// not worth a call of Tesseract.
  private static func isWorthAsking(_ segment: LineSegment, _ places: [ReadPlace]) -> Bool {
    if segment.pieces.isEmpty { return true }
    return !segment.isIrregular && places.reduce(0) { $0 + $1.linesText.unicodeScalars.count } >= 2
  }

  private func lines(of segments: [LineSegment], in picture: GreyPicture) -> [ReadLine?] {
    readers.lines.lines(in: picture, boxes: segments.prefix(TwoReaders.mostSegments).map(\.box))
  }

  private func merged(_ segments: [LineSegment], _ read: [ReadLine?]) -> Result {
    let places = segments.indices.map { ReadPlace.of(segments[$0], read: $0 < read.count ? read[$0] : nil) }
    let page = PageKind(places.joined())
    var result = Result()
    result.leftOut = segments.count - read.count
    for (segment, places) in zip(segments, places) {
      let before = result.words.count
      for place in places {
        let (reader, belief) = readers.choice.choose(place, on: page)
        // No reader knows handwriting, however sure it is.
        let confidence = Float(segment.isIrregular ? min(belief, TwoReaders.beliefInHandwriting) : belief)
        if let reader { result.words += TwoReaders.words(of: place, by: reader, confidence: confidence) }
        if compares { result.comparisons.append(ReadingComparison(place, chosen: reader, confidence: confidence)) }
      }
      if segment.isIrregular, result.words.count > before { result.handwritten += 1 }
    }
    return result
  }

  private static let beliefInHandwriting = 0.3

  /// The words of one reader. Tesseract's boxes are closer to the ink, where it found the same words.
  private static func words(of place: ReadPlace, by reader: WordReader, confidence: Float) -> [Word] {
    let isOurs = reader == .lines
    let top = place.tesseract.map(\.y).min()
    let bottom = place.tesseract.map(\.bottom).max()
    let variants = WordVariants(place: place, chosen: reader, confidence: confidence).all()
    return (isOurs ? place.lines : place.tesseract).enumerated().map { index, word in
      var word = word
      if isOurs, place.tesseract.count == place.lines.count {
        let box = place.tesseract[index]
        (word.x, word.y, word.width, word.height) = (box.x, box.y, box.width, box.height)
      } else if isOurs, let top, let bottom {
        (word.y, word.height) = (top, bottom - top)
      }
      word.confidence = confidence
      word.reader = reader
      word.variants = variants[index]
      return word
    }
  }
}

extension ReadingComparison {
  init(_ place: ReadPlace, chosen: WordReader?, confidence: Float) {
    let words = place.tesseract + place.lines
    let (x, y) = (words.map(\.x).min() ?? 0, words.map(\.y).min() ?? 0)
    self.init(
      tesseract: place.tesseract.isEmpty
        ? nil : Text(text: place.tesseractText, score: place.tesseractWorst, segmentScore: place.tesseractScore),
      lines: place.lines.isEmpty
        ? nil : Text(text: place.linesText, score: place.letter, segmentScore: place.lineScore),
      chosen: chosen, confidence: confidence, x: x, y: y, width: (words.map(\.right).max() ?? 0) - x,
      height: (words.map(\.bottom).max() ?? 0) - y)
  }
}
