extension Calibration {
  /// What a confidence is made from: things that tell, each in its own way, whether a value is right.
  package struct Signals: Hashable, Sendable {
    /// Of the softmax over pooled values and absence, 0 to 1.
    package var probability: Double
    /// Sums that hold with this value, minus those that fail, -1 to 2.
    package var checks: Double
    /// Of the words under the value, 0 to 1.
    package var reading: Double
    package var isFromPixels: Bool
    /// Spoken for by words of a sentence, not by a label or a place.
    package var isFromSentence: Bool
    /// By how much its score is above that of the next value, or of absence.
    package var lead: Double
    /// How many values were proposed; absence is none.
    package var values: Int
    /// By how much the zero-shot score prefers it to everything else, below 0 where it prefers something else; nil
    /// where nothing was learned.
    package var zeroShotLead: Double?
    /// A date whose digits may mean another day.
    package var isAmbiguous: Bool
    /// How similar documents speak of it; nil where none is known.
    package var recalled: Recalled?

    package init(
      probability: Double, checks: Double, reading: Double, isFromPixels: Bool, isFromSentence: Bool = false,
      lead: Double = 0, values: Int = 1, zeroShotLead: Double? = nil, isAmbiguous: Bool = false,
      recalled: Recalled? = nil
    ) {
      self.probability = probability
      self.checks = checks
      self.reading = reading
      self.isFromPixels = isFromPixels
      self.isFromSentence = isFromSentence
      self.lead = lead
      self.values = values
      self.zeroShotLead = zeroShotLead
      self.isAmbiguous = isAmbiguous
      self.recalled = recalled
    }

    /// A lead that is larger says no more.
    private static let farthest = 6.0

    /// As they are weighed, in the order of `Weights.numbers`.
    var numbers: [Double] {
      let bounded = { (lead: Double) in min(Signals.farthest, max(-Signals.farthest, lead)) }
      return [
        1, Calibration.logit(probability), checks, isFromPixels ? Calibration.logit(reading) : 0, bounded(lead),
        Elementary.log(Double(max(1, values))), zeroShotLead.map(bounded) ?? 0,
        zeroShotLead.map { $0 > 0 ? 1 : -1 } ?? 0, isAmbiguous ? 1 : 0,
      ] + (recalled ?? .none).numbers
    }
  }

  /// Of a logistic function.
  struct Weights: Hashable, Sendable {
    /// Of: nothing, the probability's logit, checks, the logit of what the reader believed, the lead, the logarithm of
    /// how many values there are, the zero-shot lead, whether the zero-shot score would have chosen the same, whether
    /// the digits may mean another day, how alike the most similar known document is, and whether the value and its
    /// place are like those of similar documents.
    var numbers: [Double]

    static let names =
      [
        "bias", "probability", "check", "reading", "lead", "values", "zero_shot", "same", "ambiguous",
      ] + Recalled.names
    /// Older cards have these alone; the others weigh nothing there.
    static let fewest = 4

    init(
      bias: Double, probability: Double, check: Double, reading: Double, lead: Double = 0, values: Double = 0,
      zeroShot: Double = 0, agreement: Double = 0, ambiguous: Double = 0
    ) {
      numbers =
        [bias, probability, check, reading, lead, values, zeroShot, agreement, ambiguous] + Recalled.none.numbers
    }

    /// Nil where there are too few or too many; those that are left out are 0.
    init?(_ numbers: [Double]) {
      guard numbers.count >= Weights.fewest, numbers.count <= Weights.names.count, numbers.allSatisfy(\.isFinite) else {
        return nil
      }
      self.numbers = numbers + [Double](repeating: 0, count: Weights.names.count - numbers.count)
    }

    init(_ json: JSONValue) throws(JSONMistake) {
      numbers = []
      for (place, name) in Weights.names.enumerated() {
        let isOptional = place >= Weights.fewest && json[name].isNull
        numbers.append(isOptional ? 0 : try json[name].double)
      }
    }

    var check: Double { numbers[2] }
  }
}

extension Calibration.Signals {
  /// Of a value of a pool, or of absence (nil); what sums say is not known yet.
  init(of place: Int?, among pools: [Pooled], isFromPixels: Bool) {
    let candidate = place.map { pools[$0].candidates[0] }
    func lead(_ scores: [Double]) -> Double {
      let own = place.map { scores[$0] } ?? 0
      var others = scores
      if let place { others[place] = 0 }
      return own - (others.max() ?? 0)
    }
    let scores = pools.map(\.score)
    let sum = scores.reduce(1) { $0 + Elementary.exp(min(30, $1)) }
    let zeroShot = pools.compactMap { $0.candidates[0].zeroShot }
    self.init(
      probability: place.map { Elementary.exp(min(30, scores[$0])) / sum } ?? 1 / sum, checks: 0,
      reading: candidate?.readingConfidence ?? 1, isFromPixels: isFromPixels,
      isFromSentence: candidate?.isFromSentence ?? false, lead: lead(scores), values: pools.count,
      zeroShotLead: zeroShot.count == pools.count && !pools.isEmpty ? lead(zeroShot) : nil,
      isAmbiguous: candidate?.isAmbiguousDate ?? false, recalled: candidate?.recalled)
  }
}
