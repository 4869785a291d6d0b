/// Learns a field's ranker: makes the true values of the lessons likely, and stays near the zero-shot score as long as
/// little is known. Source: the method's linear ranker.
struct RankerTraining {
  /// How strongly weights are held near zero; texts have more marks to err by.
  private static let restraint = 1.0
  private static let textRestraint = 3.0
  /// How strongly the zero-shot score's weight is held near one, and the bias near zero.
  private static let zeroShotRestraint = 10.0
  private static let biasRestraint = 0.1
  private static let iterations = 60
  /// Weights below are left out of what is kept.
  private static let least: Float = 0.001

  private let path: String
  private let restraint: Double
  /// The distinct marks, ascending; columns of what follows.
  private let marks: [UInt32]
  private let means: [Float]
  private let scales: [Float]
  /// All lessons' candidates behind one another: where each one's columns begin, its standardised measures, its score.
  private var starts: [Int] = [0]
  private var columns: [Int32] = []
  private var measures: [Double] = []
  private var zeroShot: [Double] = []
  private var isRight: [Bool] = []
  /// Where each lesson's candidates begin, and whether nothing is right in it.
  private var lessons: [(range: Range<Int>, isAbsent: Bool)] = []

  /// - Parameter examples: a field's candidates, with which of them are right; none and `isAbsent` where there is no
  ///   value. Examples without anything right are left out.
  init(path: String, isText: Bool, examples: [FieldExample]) {
    self.path = path
    restraint = isText ? RankerTraining.textRestraint : RankerTraining.restraint
    let usable = examples.filter(\.teaches)
    let all = usable.flatMap(\.candidates)
    let marks = Set(all.flatMap(\.marks)).sorted()
    self.marks = marks
    (means, scales) = RankerTraining.spread(all.map(\.measures))
    let places = Dictionary(uniqueKeysWithValues: marks.enumerated().map { ($1, Int32($0)) })
    for example in usable {
      let first = zeroShot.count
      for (candidate, isRight) in zip(example.candidates, example.isRight) {
        columns += candidate.marks.compactMap { places[$0] }
        starts.append(columns.count)
        for (index, value) in candidate.measures.enumerated() {
          measures.append(Double(FieldRanker.standardised(value, mean: means[index], scale: scales[index])))
        }
        zeroShot.append(candidate.zeroShot)
        self.isRight.append(isRight)
      }
      lessons.append((first..<zeroShot.count, example.isAbsent))
    }
  }

  /// Mean and standard deviation of each measure.
  private static func spread(_ rows: [[Float]]) -> (means: [Float], scales: [Float]) {
    let width = FieldRanker.measureCount
    var sums = [Double](repeating: 0, count: width)
    var squares = [Double](repeating: 0, count: width)
    for row in rows { for index in 0..<width { sums[index] += Double(row[index]) } }
    let count = Double(max(1, rows.count))
    let means = sums.map { $0 / count }
    for row in rows {
      for index in 0..<width {
        squares[index] += (Double(row[index]) - means[index]) * (Double(row[index]) - means[index])
      }
    }
    let scales = squares.map { (($0 / count).squareRoot()) }
    return (means.map { Float($0) }, scales.map { $0 > 1e-6 ? Float($0) : 0 })
  }

  /// Weights of marks, then of measures, then bias and the weight of the zero-shot score.
  private var size: Int { marks.count + FieldRanker.measureCount + 2 }

  var start: [Double] {
    var start = [Double](repeating: 0, count: size)
    start[size - 1] = 1
    return start
  }

  /// What is to be made small: minus the logarithm of the right candidates' probability, summed, and the restraints.
  func loss(_ weights: [Double], gradient: inout [Double]) -> Double {
    let width = FieldRanker.measureCount
    let (bias, slope) = (size - 2, size - 1)
    var loss = 0.0
    for index in 0..<size { gradient[index] = index < bias ? restraint * weights[index] : 0 }
    for index in 0..<bias { loss += restraint / 2 * weights[index] * weights[index] }
    loss += RankerTraining.biasRestraint / 2 * weights[bias] * weights[bias]
    gradient[bias] += RankerTraining.biasRestraint * weights[bias]
    let away = weights[slope] - 1
    loss += RankerTraining.zeroShotRestraint / 2 * away * away
    gradient[slope] += RankerTraining.zeroShotRestraint * away
    var scores = [Double](repeating: 0, count: zeroShot.count)
    var pulls = scores
    weights.withUnsafeBufferPointer { weights in
      columns.withUnsafeBufferPointer { columns in
        measures.withUnsafeBufferPointer { measures in
          for row in 0..<zeroShot.count {
            var score = weights[bias] + weights[slope] * zeroShot[row]
            for at in starts[row]..<starts[row + 1] { score += weights[Int(columns[at])] }
            for index in 0..<width { score += weights[marks.count + index] * measures[row * width + index] }
            scores[row] = score
          }
        }
      }
    }
    for lesson in lessons { loss += pull(lesson, scores, &pulls) }
    gradient.withUnsafeMutableBufferPointer { gradient in
      columns.withUnsafeBufferPointer { columns in
        measures.withUnsafeBufferPointer { measures in
          for row in 0..<zeroShot.count {
            let pull = pulls[row]
            if pull == 0 { continue }
            gradient[bias] += pull
            gradient[slope] += pull * zeroShot[row]
            for at in starts[row]..<starts[row + 1] { gradient[Int(columns[at])] += pull }
            for index in 0..<width { gradient[marks.count + index] += pull * measures[row * width + index] }
          }
        }
      }
    }
    return loss
  }

  /// A lesson's part of the loss; fills in by how much each candidate's score should fall.
  private func pull(
    _ lesson: (range: Range<Int>, isAbsent: Bool), _ scores: [Double], _ pulls: inout [Double]
  ) -> Double {
    let best = max(0, lesson.range.map { scores[$0] }.max() ?? 0)
    var all = Elementary.exp(-best)
    var right = lesson.isAbsent ? all : 0
    for row in lesson.range {
      let weight = Elementary.exp(scores[row] - best)
      pulls[row] = weight
      all += weight
      if isRight[row] { right += weight }
    }
    // So unlikely that it is no number any more: as unlikely as can be said.
    let floor = max(right, 1e-280)
    for row in lesson.range {
      let weight = pulls[row]
      pulls[row] = weight / all - (isRight[row] ? weight / floor : 0)
    }
    return Elementary.log(all) - Elementary.log(floor)
  }

  /// Nil where nothing can be learned.
  func ranker() -> FieldRanker? {
    guard !lessons.isEmpty else { return nil }
    let found = Minimizer.minimum(from: start, iterations: RankerTraining.iterations) { loss($0, gradient: &$1) }
    var weights: [UInt32: Float] = [:]
    for (index, mark) in marks.enumerated() {
      let weight = Float(found[index])
      if weight.magnitude >= RankerTraining.least { weights[mark] = weight }
    }
    let measured = found[marks.count..<(marks.count + FieldRanker.measureCount)].map { Float($0) }
    return FieldRanker(
      path: path, weights: weights, means: means, scales: scales, measureWeights: measured, bias: found[size - 2],
      zeroShot: found[size - 1])
  }
}

/// A field's candidates in one lesson, and which are right.
struct FieldExample {
  var candidates: [FieldRanker.Weighed]
  var isRight: [Bool]
  var isAbsent: Bool

  /// Whether anything can be right: a candidate, or that there is none.
  var teaches: Bool { isAbsent || isRight.contains(true) }
}

extension Ranker {
  /// Learns every field that a lesson names.
  /// - Parameter producer: as provenance is to name it.
  package static func learned(
    from lessons: [Lesson], of contract: Contract, producer: String, digest: ContentDigest = ContentDigest(of: "")
  ) -> Ranker {
    let paths = Set(lessons.flatMap(\.truths.keys)).sorted()
    let fields = paths.compactMap { path -> FieldRanker? in
      let examples = lessons.compactMap { $0.example(of: path) }
      let isText = [.text, .person, .address, .party].contains(contract.leafType(path))
      return RankerTraining(path: path, isText: isText, examples: examples).ranker()
    }
    return Ranker(contract: contract.reference, producer: producer, fields: fields, digest: digest)
  }
}

extension Lesson {
  /// Nil where the true value of the path is not known, or a structured original says it.
  func example(of path: String) -> FieldExample? {
    guard let truth = truths[path] else { return nil }
    let candidates = extraction.candidates[path] ?? []
    guard !candidates.contains(where: \.isExact) else { return nil }
    let described = candidates.filter { $0.features != nil }
    let right = truth.map { TrueValue.right(among: described, $0) } ?? described.map { _ in false }
    return FieldExample(candidates: FieldRanker.weighed(described), isRight: right, isAbsent: truth == nil)
  }
}
