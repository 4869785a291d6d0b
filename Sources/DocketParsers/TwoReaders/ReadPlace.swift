import Docket

/// One place in a line, with what each reader read there: the smallest stretch in which words of both stand side by
/// side, mostly one word of each.
struct ReadPlace {
  var tesseract: [Word] = []
  var lines: [Word] = []
  /// The least probability of a letter in `lines`; 0 where there is none.
  var letter: Float = 0
  /// Of the segment: the mean probability a letter, and Tesseract's mean confidence.
  var lineScore: Float = 0
  var tesseractScore: Float = 0

  /// Words that overlap by more than this share of the narrower one stand at one place.
  private static let overlap: Float = 0.3

  var tesseractText: String { tesseract.map(\.text).joined(separator: " ") }
  var linesText: String { lines.map(\.text).joined(separator: " ") }
  /// Tesseract's confidence in its worst word.
  var tesseractWorst: Float { tesseract.map(\.confidence).min() ?? 0 }
  var isSame: Bool { !lines.isEmpty && tesseract.map(\.text) == lines.map(\.text) }

  /// The places of a segment, from left to right.
  static func of(_ segment: LineSegment, read: ReadLine?) -> [ReadPlace] {
    let score = read?.letterScore ?? 0
    let known = segment.words.filter { !$0.text.isEmpty }
    let mean = known.isEmpty ? 0 : known.reduce(0) { $0 + $1.confidence } / Float(known.count)
    let ours = (read?.words ?? []).map { (word: $0.word(in: segment), isOurs: true) }
    let all = (known.map { (word: $0, isOurs: false) } + ours).sorted {
      ($0.word.x, $0.isOurs ? 1 : 0) < ($1.word.x, $1.isOurs ? 1 : 0)
    }
    var places: [ReadPlace] = []
    var right = -Float.infinity
    var narrowest: Float = 0
    for (word, isOurs) in all {
      if places.isEmpty || right - word.x <= overlap * min(narrowest, word.width) {
        places.append(ReadPlace(lineScore: score, tesseractScore: mean))
        (right, narrowest) = (word.right, word.width)
      }
      if isOurs {
        let last = places[places.count - 1]
        places[places.count - 1].letter = last.lines.isEmpty ? word.confidence : min(last.letter, word.confidence)
        places[places.count - 1].lines.append(word)
      } else {
        places[places.count - 1].tesseract.append(word)
      }
      // What ends furthest right is what the next word must overlap.
      if word.right >= right { (right, narrowest) = (word.right, word.width) }
    }
    return places
  }
}

extension ReadLine.Word {
  fileprivate func word(in segment: LineSegment) -> Word {
    let band = segment.band(from: left, to: right)
    var word = Word(
      text: text, x: Float(left), y: band.top, width: Float(right - left), height: band.bottom - band.top,
      confidence: probability, line: segment.line)
    word.variants = variants
    return word
  }
}

extension ReadLine {
  /// The mean probability a letter of the likeliest path, nothing between letters included.
  var letterScore: Float {
    let letters = words.reduce(0) { $0 + $1.letters.count + 1 }
    guard letters > 0, probability > 0 else { return 0 }
    return Float(Elementary.exp(Elementary.log(Double(probability)) / Double(letters)))
  }
}
