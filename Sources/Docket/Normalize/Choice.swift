/// One leaf's choice among its pooled values, absence included.
struct Choice {
  let path: String
  let type: FieldType
  let pool: [Pooled]
  /// What the joint choice took: an index, nil for absent; nil outside where it had no say.
  let joint: Int??
  let isList: Bool
  let isFromPixels: Bool
  /// A structured original is there: what it leaves out is not there.
  let hasOriginal: Bool
  /// The contract says that there is a value.
  let isRequired: Bool

  static let runnersUp = 9

  func field(_ calibration: Calibration, in context: Context) -> RecordField {
    if let exact = exactField(in: context) { return exact }
    if hasOriginal { return RecordField(path: path, values: [], confidence: 1) }
    let shares = shares()
    guard let index = chosenIndex(shares) else { return absent(shares, calibration) }
    if isList { return list(shares, calibration, context) }
    let confidence = confidence(of: index, shares, calibration)
    // What is likely wrong is no answer; a person may still pick it.
    if calibration.isFitted, calibration.withholds, confidence < Choice.leastBelief {
      var withheld = absent(shares, calibration)
      withheld.suggestions = [alternative(index, confidence: confidence, in: context)]
      withheld.suggestions += alternatives(to: index, shares, 1 - confidence, in: context)
      return withheld
    }
    var value = pool[index].candidates[0].sourced(confidence: confidence, in: context)
    value.alternatives = alternatives(to: index, shares, 1 - confidence, in: context)
    return RecordField(path: path, values: [value], confidence: confidence)
  }

  /// The probability below which a value is not given: where it is twice as likely wrong as right.
  static let leastBelief = 0.33

  private func alternatives(
    to index: Int, _ shares: (values: [Double], absent: Double), _ rest: Double, in context: Context
  ) -> [Sourced.Alternative] {
    pool.indices.filter { $0 != index }.prefix(Choice.runnersUp).map { other in
      alternative(other, confidence: rounded(shares.values[other] * rest), in: context)
    }
  }

  private func alternative(_ index: Int, confidence: Double, in context: Context) -> Sourced.Alternative {
    let candidate = pool[index].candidates[0]
    return Sourced.Alternative(
      value: candidate.value, raw: candidate.raw, confidence: confidence,
      provenance: candidate.locators.map {
        Provenance(document: context.document, locator: $0, producer: candidate.producer)
      })
  }

  private func exactField(in context: Context) -> RecordField? {
    let exact = pool.filter { $0.candidates.contains(where: \.isExact) }
    guard !exact.isEmpty else { return nil }
    let values = exact.prefix(isList ? exact.count : 1).compactMap { pooled in
      pooled.candidates.first(where: \.isExact)?.sourced(confidence: 1, in: context)
    }
    return RecordField(path: path, values: values, confidence: 1)
  }

  /// Of probability: by value, and of absence, whose score is 0.
  private func shares() -> (values: [Double], absent: Double) {
    let weights = pool.map { Elementary.exp(min(30, $0.score)) }
    let sum = weights.reduce(1, +)
    return (weights.map { $0 / sum }, 1 / sum)
  }

  private func chosenIndex(_ shares: (values: [Double], absent: Double)) -> Int? {
    if let joint { return joint }
    guard let best = shares.values.indices.max(by: { shares.values[$0] < shares.values[$1] }) else { return nil }
    // The first of equal ones, so that order decides and nothing else.
    let first = shares.values.firstIndex { $0 == shares.values[best] } ?? best
    return shares.values[first] > shares.absent ? first : nil
  }

  private func confidence(
    of index: Int, _ shares: (values: [Double], absent: Double), _ calibration: Calibration
  ) -> Double {
    let signals = Calibration.Signals(of: index, among: pool, isFromPixels: isFromPixels)
    let confidence = calibration.confidence(signals, type: type)
    // Two readings of one date: whichever was taken, half of the belief goes with the other, unless it was learned
    // which one people mean.
    return rounded(signals.isAmbiguous && !calibration.weighsAmbiguity ? confidence * 0.6 : confidence)
  }

  /// Absence is a prediction with a confidence of its own; without a single candidate nothing was weighed, and
  /// what must be there was overlooked.
  private func absent(_ shares: (values: [Double], absent: Double), _ calibration: Calibration) -> RecordField {
    guard !pool.isEmpty else { return RecordField(path: path, values: [], confidence: isRequired ? 0 : 0.5) }
    let confidence = calibration.confidence(
      Calibration.Signals(of: nil, among: pool, isFromPixels: isFromPixels), type: type)
    return RecordField(path: path, values: [], confidence: rounded(confidence))
  }

  private func list(
    _ shares: (values: [Double], absent: Double), _ calibration: Calibration, _ context: Context
  ) -> RecordField {
    let taken = pool.filter { $0.score > 0 }.map { pooled in
      let candidate = pooled.candidates[0]
      // Each of a list stands or falls alone.
      let signals = Calibration.Signals(of: 0, among: [pooled], isFromPixels: isFromPixels)
      let confidence = calibration.confidence(signals, type: type)
      return candidate.sourced(confidence: rounded(confidence), in: context)
    }
    let values =
      calibration.isFitted && calibration.withholds ? taken.filter { $0.confidence >= Choice.leastBelief } : taken
    return RecordField(path: path, values: values, confidence: values.map(\.confidence).min() ?? 0.5)
  }

  private func rounded(_ confidence: Double) -> Double { (10_000 * confidence).rounded() / 10_000 }
}
