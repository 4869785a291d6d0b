extension CrossFitting {
  /// How much better answers became, paired: the same fields of the same documents, before and after.
  package struct Gain: Hashable, Sendable {
    package var documents: Int
    package var fields: Int
    package var rightBefore: Int
    package var right: Int
    /// By path.
    package var byPath: [String: Count]
    /// Share of fields by which it is at least better, or at most worse, with a certainty of 95 %, over documents.
    package var least: Double

    package struct Count: Hashable, Sendable {
      package var fields = 0
      package var rightBefore = 0
      package var right = 0
    }

    /// So much worse is not told from chance on few documents.
    package static let margin = 0.01
    /// Fewer documents say nothing.
    package static let leastDocuments = 5

    /// Better, and with certainty hardly worse.
    package var isProven: Bool { documents >= Gain.leastDocuments && right > rightBefore && least >= -Gain.margin }

    package var difference: Double { fields == 0 ? 0 : Double(right - rightBefore) / Double(fields) }
  }

  package var gain: Gain {
    var byPath: [String: Gain.Count] = [:]
    var byLesson: [Int: (fields: Int, gained: Int)] = [:]
    for answer in answers {
      byPath[answer.path, default: .init()].fields += 1
      if answer.isRightBefore { byPath[answer.path]?.rightBefore += 1 }
      if answer.isRight { byPath[answer.path]?.right += 1 }
      let gained = (answer.isRight ? 1 : 0) - (answer.isRightBefore ? 1 : 0)
      let known = byLesson[answer.lesson] ?? (0, 0)
      byLesson[answer.lesson] = (known.fields + 1, known.gained + gained)
    }
    let count = Double(byLesson.count)
    let fields = Double(answers.count)
    let total = answers.reduce(0) { $0 + ($1.isRight ? 1 : 0) - ($1.isRightBefore ? 1 : 0) }
    let mean = fields > 0 ? Double(total) / fields : 0
    // The ratio's standard error, documents drawn and not fields.
    let squares = byLesson.sorted { $0.key < $1.key }.reduce(0.0) { sum, lesson in
      let away = Double(lesson.value.gained) - mean * Double(lesson.value.fields)
      return sum + away * away
    }
    let error = count > 1 ? (squares * count / (count - 1)).squareRoot() / max(1, fields) : 1
    return Gain(
      documents: byLesson.count, fields: answers.count, rightBefore: answers.count(where: \.isRightBefore),
      right: answers.count(where: \.isRight), byPath: byPath, least: mean - 1.645 * error)
  }
}
