/// A word as extraction sees it: its box, and the letters by which labels are found.
struct Token {
  let text: String
  let page: Int
  var x0: Double
  var y0: Double
  var x1: Double
  var y1: Double
  let confidence: Double
  /// Upper-case letters without accents and digits as `0`; nothing else. `#` and `°` read as in `NO`.
  let key: String
  /// What else it may say.
  var variants: [WordVariant] = []

  init(_ word: Word, page: Int) {
    text = word.text
    self.page = page
    x0 = Double(word.x)
    y0 = Double(word.y)
    x1 = Double(word.right)
    y1 = Double(word.bottom)
    confidence = Double(word.confidence)
    key = LabelKey.of(word.text)
    variants = word.variants
  }

  /// One of its variants in its place.
  func saying(_ variant: WordVariant) -> Token {
    let word = Word(
      text: variant.text, x: Float(x0), y: Float(y0), width: Float(x1 - x0), height: Float(y1 - y0),
      confidence: variant.probability)
    return Token(word, page: page)
  }

  /// A part of a word, its box cut by the share of characters.
  init(part: Range<Int>, of whole: Token, text: String) {
    self.text = text
    page = whole.page
    let width = whole.x1 - whole.x0
    let count = Double(max(1, whole.text.unicodeScalars.count))
    x0 = whole.x0 + width * Double(part.lowerBound) / count
    x1 = whole.x0 + width * Double(part.upperBound) / count
    y0 = whole.y0
    y1 = whole.y1
    confidence = whole.confidence
    key = LabelKey.of(text)
  }

  /// Several as one, their texts put together.
  init(joining parts: [Token]) {
    text = parts.map(\.text).joined()
    page = parts[0].page
    x0 = parts[0].x0
    x1 = parts[parts.count - 1].x1
    y0 = parts.map(\.y0).min() ?? 0
    y1 = parts.map(\.y1).max() ?? 0
    confidence = parts.map(\.confidence).min() ?? 1
    key = LabelKey.of(text)
  }

  var height: Double { y1 - y0 }
  /// Set from the bottom to the top or from the top to the bottom.
  var isUpright: Bool { text.unicodeScalars.count >= 3 && height > 1.5 * (x1 - x0) }
  var centre: Double { (y0 + y1) / 2 }
  var digitCount: Int { text.unicodeScalars.reduce(0) { $0 + (("0"..."9").contains($1) ? 1 : 0) } }
  var letterCount: Int { text.unicodeScalars.reduce(0) { $0 + ($1.properties.isAlphabetic ? 1 : 0) } }

  var region: Region { Region(page: page, x: x0, y: y0, width: x1 - x0, height: y1 - y0) }
}

/// What labels are compared by: letters and digits alone, so that `Rechnungs-Nr.`, `RECHNUNGS NR` and a label that
/// OCR cut in two are one.
enum LabelKey {
  static func of(_ text: some StringProtocol) -> String {
    var key = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "A"..."Z": key.unicodeScalars.append(scalar)
      case "a"..."z": key.unicodeScalars.append(Unicode.Scalar(scalar.value - 32)!)
      case "0"..."9": key.append("0")
      case "#", "№": key.append("NO")
      case "°", "º": key.append("O")
      case "ß": key.append("SS")
      case "ä", "Ä", "à", "À", "â", "Â", "á", "Á", "ã", "Ã", "å", "Å": key.append("A")
      case "ö", "Ö", "ô", "Ô", "ó", "Ó", "ò", "Ò", "õ", "Õ", "ø", "Ø": key.append("O")
      case "ü", "Ü", "û", "Û", "ù", "Ù", "ú", "Ú": key.append("U")
      case "é", "É", "è", "È", "ê", "Ê", "ë", "Ë": key.append("E")
      case "î", "Î", "ï", "Ï", "í", "Í", "ì", "Ì": key.append("I")
      case "ç", "Ç": key.append("C")
      case "ñ", "Ñ": key.append("N")
      default: break
      }
    }
    return key
  }
}
