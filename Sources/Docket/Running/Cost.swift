/// What a document has cost so far, in seconds; whoever works on it again adds to it.
package struct Cost: Hashable, Sendable {
  /// Processor time of reading it.
  package var reading: Double
  /// Of that, of documents with pictures of words.
  package var ocr: Double
  /// From its reading to the decision.
  package var understanding: Double
  /// That a person looked at it.
  package var review: Double

  package init(reading: Double = 0, ocr: Double = 0, understanding: Double = 0, review: Double = 0) {
    self.reading = reading
    self.ocr = ocr
    self.understanding = understanding
    self.review = review
  }

  package static func + (a: Cost, b: Cost) -> Cost {
    Cost(
      reading: a.reading + b.reading, ocr: a.ocr + b.ocr, understanding: a.understanding + b.understanding,
      review: a.review + b.review)
  }
}

/// The cost of all documents of one source and contract.
package struct CostSum: Hashable, Sendable {
  package var source: String
  /// Nil: of no contract, or not known yet.
  package var contract: String?
  package var documents: Int
  package var cost: Cost

  package init(source: String, contract: String?, documents: Int, cost: Cost) {
    self.source = source
    self.contract = contract
    self.documents = documents
    self.cost = cost
  }
}

/// How fast a workspace grows.
package struct Growth: Hashable, Sendable {
  package var arrivedBytes: Int
  package var recentBytes: Int
  /// Seconds since 1970; nil where nothing arrived yet.
  package var firstAt: Double?

  package init(arrivedBytes: Int, recentBytes: Int, firstAt: Double?) {
    self.arrivedBytes = arrivedBytes
    self.recentBytes = recentBytes
    self.firstAt = firstAt
  }
}
