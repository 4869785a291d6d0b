import Docket
import Foundation

/// Chooses between two readers' texts, and says how probable it is that what was chosen is right.
///
/// Logistic functions of a few features, fitted by `Scripts/fit-reading.py`; their numbers are in a card.
struct ReadingChoice {
  /// The numbers of the card, one a feature of `PlaceFeatures.names`.
  private struct Card: Decodable {
    let format: String
    let features: [String]
    /// Whether the line reader's text is the better one where two texts differ.
    let prefers: [Double]
    /// Whether a text is right: where both read the same, the line reader's where they differ, Tesseract's there, the
    /// line reader's where Tesseract found nothing or was not asked, Tesseract's where the line reader found nothing.
    let same: [Double]
    let lines: [Double]
    let tesseract: [Double]
    let linesAlone: [Double]
    let tesseractAlone: [Double]
    /// What is less probable is dropped, as dirt mostly is.
    let leastBelief: Double
    /// A segment that the line reader reads so surely in the mean needs no second reader in `fast`.
    let sure: Double
    /// From so much of our finder's lines on that holds none of Tesseract's words, by width, the finder's lines count
    /// in `best`, too.
    let mostMissed: Double

    enum CodingKeys: String, CodingKey {
      case format, features, prefers, same, lines, tesseract, sure
      case mostMissed = "most_missed"
      case linesAlone = "lines_alone"
      case tesseractAlone = "tesseract_alone"
      case leastBelief = "least_belief"
    }
  }

  private let card: Card

  /// - Throws: `model-damaged`.
  init(card bytes: [UInt8]) throws(DocketError) {
    let damaged = DocketError(.modelDamaged, "The card that chooses between readers cannot be used.")
    guard let card = try? JSONDecoder().decode(Card.self, from: Data(bytes)), card.format == "docket/reading-choice/1",
      card.features == PlaceFeatures.names,
      [card.prefers, card.same, card.lines, card.tesseract, card.linesAlone, card.tesseractAlone].allSatisfy({
        $0.count == PlaceFeatures.names.count && $0.allSatisfy(\.isFinite)
      }), (0..<1).contains(card.leastBelief), (0...1).contains(card.sure), (0...1).contains(card.mostMissed)
    else { throw damaged }
    self.card = card
  }

  /// What stands at a place: whose text, and how probable it is that it is right; nil where nothing is believed.
  func choose(_ place: ReadPlace, on page: PageKind) -> (reader: WordReader?, confidence: Double) {
    let features = PlaceFeatures(place, on: page).values
    func probability(_ weights: [Double]) -> Double { ReadingChoice.logistic(weights, features) }
    let (reader, confidence): (WordReader, Double) =
      if place.tesseract.isEmpty {
        (.lines, probability(card.linesAlone))
      } else if place.lines.isEmpty {
        (.tesseract, probability(card.tesseractAlone))
      } else if place.isSame {
        (.both, probability(card.same))
      } else if probability(card.prefers) >= 0.5 {
        (.lines, probability(card.lines))
      } else {
        (.tesseract, probability(card.tesseract))
      }
    return (confidence < card.leastBelief ? nil : reader, confidence)
  }

  /// Whether Tesseract's lines are not to be trusted, where it missed so much.
  func missesTooMuch(_ share: Double) -> Bool { share >= card.mostMissed }

  /// Whether the line reader's text of a segment needs no second reader: the mean over its places says so.
  func isSure(_ places: [ReadPlace]) -> Bool {
    let sum = places.reduce(0) { sum, place in
      sum + ReadingChoice.logistic(card.linesAlone, PlaceFeatures(place, on: PageKind()).values)
    }
    return !places.isEmpty && sum >= card.sure * Double(places.count)
  }

  private static func logistic(_ weights: [Double], _ features: [Double]) -> Double {
    let sum = zip(weights, features).reduce(0) { $0 + $1.0 * $1.1 }
    return 1 / (1 + Elementary.exp(-sum))
  }
}

/// What kind of print a page has, as far as the two readers tell.
struct PageKind {
  /// The share of letters that both read the same, of those that both read.
  var agreement = 0.5
  /// Tesseract's mean confidence, by letters.
  var tesseract = 0.5

  init() {}

  init(_ places: some Sequence<ReadPlace>) {
    // Pages of a few words say little: as if a hundred letters more were read in the middle.
    var (same, both, sure, all) = (50.0, 100.0, 50.0, 100.0)
    for place in places where !place.tesseract.isEmpty {
      let letters = Double(place.tesseractText.unicodeScalars.count)
      all += letters
      sure += place.tesseract.reduce(0) { $0 + Double($1.confidence) * Double($1.text.unicodeScalars.count) }
      guard !place.lines.isEmpty else { continue }
      both += letters
      if place.isSame { same += letters }
    }
    agreement = same / both
    tesseract = sure / all
  }
}
