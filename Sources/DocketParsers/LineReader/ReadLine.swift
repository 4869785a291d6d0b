/// What the network read in a line.
struct ReadLine: Equatable {
  /// A character with its probability, and others it may be where the network hesitates, the likeliest first.
  struct Letter: Equatable {
    struct Alternative: Equatable {
      let character: Character
      let probability: Float
    }

    let character: Character
    let probability: Float
    let alternatives: [Alternative]
    /// Frames in which it was seen.
    let frames: ClosedRange<Int>
  }

  struct Word: Equatable {
    let letters: [Letter]
    /// From left to right in pixels of the picture; top and bottom are the line's.
    let left: Double
    let right: Double

    var text: String { String(letters.map(\.character)) }
    /// The least of its letters': a word is as sure as its most doubtful letter.
    var probability: Float { letters.map(\.probability).min() ?? 0 }
  }

  let words: [Word]
  /// Of the likeliest path through all frames: what the line as a whole is worth.
  let probability: Float

  var text: String { words.map(\.text).joined(separator: " ") }
}
