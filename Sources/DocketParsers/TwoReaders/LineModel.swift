package import Docket

/// The line reader of a worker, made of its files when the first picture comes: other documents do not wait for it.
package final class LineModel {
  private let weights: () -> [UInt8]?
  private let card: () -> [UInt8]?
  private var made: Result<LineReaders, DocketError>?

  /// - Parameters:
  ///   - weights: the bytes of `Models/reader/<version>/weights.bin`, nil where they cannot be read.
  ///   - card: those of `Models/reading/<version>/card.json`: how to choose between two readers.
  package init(weights: @escaping () -> [UInt8]?, card: @escaping () -> [UInt8]?) {
    self.weights = weights
    self.card = card
  }

  /// What reads lines and chooses; the same answer every time.
  ///
  /// - Throws: `model-damaged`, also where a file is missing.
  func readers() throws(DocketError) -> LineReaders {
    if let made { return try made.get() }
    let new = Result { () throws(DocketError) in try make() }
    made = new
    return try new.get()
  }

  private func make() throws(DocketError) -> LineReaders {
    guard let weights = weights() else {
      throw DocketError(.modelDamaged, "The line reader's weights cannot be read.")
    }
    guard let card = card() else {
      throw DocketError(.modelDamaged, "The card that chooses between readers cannot be read.")
    }
    return LineReaders(lines: try LineReader(weights: weights), choice: try ReadingChoice(card: card))
  }

  /// The languages whose letters the line reader knows, by Tesseract's names.
  static let languages: Set<String> = ["eng", "deu", "fra", "spa", "ita", "nld"]
}

/// What reads lines, and what chooses between that and Tesseract.
struct LineReaders {
  let lines: LineReader
  let choice: ReadingChoice
}
