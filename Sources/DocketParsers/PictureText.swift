import Docket

/// What a page's picture says, once it lies upright and level.
struct PictureText {
  /// In pixels of the upright picture.
  var words: [Word] = []
  var width: Int
  var height: Int
  /// By how many quarters it was turned clockwise to be upright.
  var quarters = 0
  /// By how many degrees it was turned clockwise besides, to lie level; 0 where Tesseract takes it as it lies.
  var straightened: Float = 0
  /// Nothing is printed: nothing was looked for.
  var isBlank = false
  /// What each of two readers read, where that was asked.
  var comparisons: [ReadingComparison] = []
  /// Why the line reader read nothing, or not all of it.
  var trouble: Trouble?
  /// Pieces of lines that look written by hand.
  var handwritten = 0
  /// As it was read.
  var grey: GreyPicture?

  enum Trouble: Hashable {
    case noModel
    case unsureLines
    case tooManyLines(Int)
  }

  /// What is to be known of how the page was read; its places are those of the page set straight.
  func findings(page number: Int) -> [Finding] {
    var findings: [Finding] = []
    if straightened != 0 {
      findings.append(
        Finding(
          "page-straightened", .note,
          "Page \(number) lay askew by \(Int(abs(straightened).rounded())) degrees; places are those of the page set straight."
        ))
    }
    if handwritten > 0 {
      findings.append(
        Finding(
          "handwriting", .note,
          "Page \(number) has \(handwritten) pieces of lines that look written by hand or stamped; what was read there is not to be relied on."
        ))
    }
    switch trouble {
    case .noModel:
      findings.append(
        Finding(
          "line-reader-missing", .warning,
          "Page \(number) was read by Tesseract alone: the line reader's weights are missing or damaged (model-damaged)."
        ))
    case .unsureLines:
      findings.append(
        Finding(
          "lines-unsure", .note,
          "Page \(number) has no lines that could be made out with ease: where words stand was asked of Tesseract."))
    case .tooManyLines(let count):
      findings.append(
        Finding(
          "too-many-lines", .note,
          "Page \(number) has \(count) pieces of lines more than are read twice; those were read by Tesseract alone."))
    case nil: break
    }
    return findings
  }

  /// The mean confidence of its longer words, 0 where there is hardly any: how well it lay when it was read.
  var legibility: Float {
    let long = words.filter { $0.text.unicodeScalars.count >= 3 }
    guard long.count >= 3 else { return 0 }
    return long.reduce(0) { $0 + $1.confidence } / Float(long.count)
  }
}
