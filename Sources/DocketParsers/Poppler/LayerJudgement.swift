import Docket

/// What a page's text layer is worth.
enum LayerJudgement: Equatable {
  case good
  /// No text to speak of, on a page that shows something.
  case missing
  /// Text that does not say what the page shows; the reason is a clause for a finding.
  case bad(String)

  /// - Parameter pictureShare: asked only where the text alone does not settle it.
  static func of(_ layer: WordAssembly?, pictureShare: () -> Double) -> LayerJudgement {
    guard let layer, layer.characterCount > 0 else { return .missing }
    guard layer.isPaired else { return .bad("its characters and their places do not match") }
    if layer.unknownCount * 5 > layer.characterCount { return .bad("its fonts do not say which letters they show") }
    let salad = saladShare(layer.words)
    if salad > 0.5, layer.characterCount >= 20 { return .bad("its words are not words") }
    if layer.characterCount < 25, pictureShare() > 0.5 { return .missing }
    // A picture under the text is a scan that somebody ran through OCR: that text must look like language.
    if salad > 0.2, layer.characterCount >= 100, pictureShare() > 0.7 { return .bad("its old OCR is poor") }
    return .good
  }

  /// The share of words that are neither words nor numbers: symbols amid letters, or letters and digits mixed up.
  static func saladShare(_ words: [Word]) -> Double {
    guard !words.isEmpty else { return 0 }
    var counted = 0
    var odd = 0
    for word in words {
      var letters = 0
      var digits = 0
      var symbols = 0
      var changes = 0
      var previous = 0
      for scalar in word.text.unicodeScalars {
        let kind: Int
        if scalar.properties.isAlphabetic {
          letters += 1
          kind = 1
        } else if ("0"..."9").contains(scalar) {
          digits += 1
          kind = 2
        } else if ".,:;-–—/()'’\"“”&%+*#€$£@_!?=|•".unicodeScalars.contains(scalar) {
          kind = previous
        } else if scalar.value >= 0x2190 {
          // Arrows, ticks and pictographs: a font that says so means them. Broken fonts give Latin-1 or private use.
          kind = previous
        } else {
          symbols += 1
          kind = 3
        }
        if previous != 0, kind != previous { changes += 1 }
        previous = kind
      }
      let length = letters + digits + symbols
      guard length >= 3 else { continue }
      counted += 1
      if symbols * 3 > length || changes >= 4 { odd += 1 }
    }
    return counted == 0 ? 0 : Double(odd) / Double(counted)
  }
}
