import Docket

/// What can be told of a place without knowing what is printed there. `Scripts/fit-reading.py` computes the same of
/// what `docket text --readings --format json` writes.
struct PlaceFeatures {
  static let names = [
    "one", "letter", "line", "word", "segment", "length", "spaces", "capitals", "marks", "small", "alike", "page",
    "digits", "likeness", "letter_page", "word_page",
  ]

  /// In the order of `names`.
  let values: [Double]

  init(_ place: ReadPlace, on page: PageKind) {
    let (ours, theirs) = (place.linesText, place.tesseractText)
    let text = ours.isEmpty ? theirs : ours
    let scalars = Array(text.unicodeScalars)
    let letter = PlaceFeatures.odds(place.letter)
    let word = PlaceFeatures.odds(place.tesseractWorst)
    let differ = !ours.isEmpty && !theirs.isEmpty && ours != theirs
    let spaceless = (ours.filter { $0 != " " }, theirs.filter { $0 != " " })
    let small = theirs.unicodeScalars.count { $0.properties.isLowercase }
    let marked = (PlaceFeatures.plain(ours), PlaceFeatures.plain(theirs))
    values = [
      1, letter, PlaceFeatures.odds(place.lineScore), word, PlaceFeatures.odds(place.tesseractScore),
      Elementary.log(Double(scalars.count + 1)),
      differ && spaceless.0 == spaceless.1 ? 1 : 0,
      differ && spaceless.0 != spaceless.1 && ours.lowercased() == theirs.lowercased() ? 1 : 0,
      differ && marked.0 == marked.1 ? 1 : 0,
      Double(small) / Double(max(1, theirs.unicodeScalars.count)),
      page.agreement, page.tesseract,
      Double(scalars.count { ("0"..."9").contains($0) }) / Double(max(1, scalars.count)),
      ours.isEmpty || theirs.isEmpty ? 0 : PlaceFeatures.likeness(ours, theirs),
      letter * (page.agreement - 0.5), word * (page.agreement - 0.5),
    ]
  }

  /// The logarithm of the odds, bounded: what a reader says of itself near 0 and 1 is not to be taken at its word.
  private static func odds(_ probability: Float) -> Double {
    let bounded = min(max(Double(probability), 0.002), 0.998)
    return Elementary.log(bounded / (1 - bounded))
  }

  /// Letters and digits alone, as they are written.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }))
  }

  /// 1 for the same text, 0 where every letter is another: by the least number of changes. Of long texts their starts.
  static func likeness(_ one: String, _ other: String) -> Double {
    let (a, b) = (Array(one.unicodeScalars.prefix(80)), Array(other.unicodeScalars.prefix(80)))
    guard !a.isEmpty, !b.isEmpty else { return a.isEmpty && b.isEmpty ? 1 : 0 }
    let longer = max(a.count, b.count)
    let changes = EditDistance.between(a, b, atMost: longer) ?? longer
    return 1 - Double(changes) / Double(longer)
  }
}
