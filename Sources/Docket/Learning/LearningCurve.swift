/// How many answers bring how much: right answers about documents of vendors that were not learned from, after so many
/// others.
package struct LearningCurve: Hashable, Sendable {
  package var points: [Point]

  package struct Point: Hashable, Sendable {
    /// Learned from; 0 is what nothing learned gives.
    package var documents: Int
    /// Known fields, and how many of them were right.
    package var fields: Int
    package var right: Int
    /// Half of the interval that holds the share that is right with a certainty of 95 %, documents drawn, not fields.
    package var margin: Double
    package var share: Double { fields == 0 ? 0 : Double(right) / Double(fields) }
  }

  /// So many documents; then all.
  package static let sizes = [5, 10, 25, 50, 100, 200, 400]

  /// All lessons are answered about at every point, cross-fitted with vendors kept together, before fields are left out
  /// that learning makes worse.
  ///
  /// - Throws: `too-little-to-learn`.
  package init(_ lessons: [Lesson], of contract: Contract) throws(DocketError) {
    let lessons = lessons.filter { !$0.truths.isEmpty }.sorted { $0.id < $1.id }
    guard lessons.count >= Training.leastDocuments, Set(lessons.map(\.group)).count >= 2 else {
      throw DocketError(
        .tooLittleToLearn,
        "Of `\(contract.name)`, \(lessons.count) documents with known values are there; "
          + "\(Training.leastDocuments) of at least two vendors are needed.")
    }
    let all = CrossFitting(lessons, of: contract)
    let parts = Folds(groups: lessons.map(\.group))
    // What is left to learn from when the largest part is answered about.
    let most = lessons.count - (0..<parts.count).reduce(0) { most, part in max(most, parts.parts.count { $0 == part }) }
    points = [Point(of: all.keeping([]), documents: 0)]
    for size in LearningCurve.sizes where size < most {
      points.append(Point(of: CrossFitting(lessons, of: contract, atMost: size), documents: size))
    }
    points.append(Point(of: all, documents: most))
  }
}

extension LearningCurve.Point {
  fileprivate init(of crossFitted: CrossFitting, documents: Int) {
    var byLesson: [Int: (fields: Double, right: Double)] = [:]
    for answer in crossFitted.answers {
      let known = byLesson[answer.lesson] ?? (0, 0)
      byLesson[answer.lesson] = (known.fields + 1, known.right + (answer.isRight ? 1 : 0))
    }
    let fields = crossFitted.answers.count
    let right = crossFitted.answers.count(where: \.isRight)
    let mean = Double(right) / Double(max(1, fields))
    let count = Double(byLesson.count)
    // The ratio's standard error.
    let squares = byLesson.sorted { $0.key < $1.key }.reduce(0.0) { sum, lesson in
      let away = lesson.value.right - mean * lesson.value.fields
      return sum + away * away
    }
    let error = count > 1 ? (squares * count / (count - 1)).squareRoot() / Double(max(1, fields)) : 1
    self.init(documents: documents, fields: fields, right: right, margin: 1.96 * error)
  }
}

extension Lesson {
  /// By which lessons are drawn where only some are to be learned from: it depends on nothing but which document it is.
  var lot: ContentDigest { ContentDigest(of: "lesson \(id)") }
}
