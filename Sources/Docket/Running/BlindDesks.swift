/// Makes desks that know no more of a document than the one in use does of a new one: where a model in use was learned
/// from the document, another stands in that was not.
package struct BlindDesks: Sendable {
  /// Read when the first document needs one.
  private let standIns: @Sendable () throws(DocketError) -> [StandIns]
  private let make: @Sendable (Rankers) throws(DocketError) -> WorkDesk

  /// - Parameter make: the desk in use, but for what was learned.
  package init(
    standIns: @escaping @Sendable () throws(DocketError) -> [StandIns],
    make: @escaping @Sendable (Rankers) throws(DocketError) -> WorkDesk
  ) {
    self.standIns = standIns
    self.make = make
  }

  fileprivate func read() throws(DocketError) -> [StandIns] { try standIns() }
  fileprivate func desk(_ rankers: Rankers) throws(DocketError) -> WorkDesk { try make(rankers) }
}

/// The desks of one pass over the documents: each is made once.
struct BlindWork {
  private let desks: BlindDesks?
  private var standIns: [StandIns]?
  private var made: [[ContentDigest]: WorkDesk] = [:]

  init(desks: BlindDesks?) { self.desks = desks }

  /// Nil where nothing stands in for what has learned from the document.
  mutating func desk(
    for document: Document, insteadOf desk: WorkDesk
  ) throws(DocketError) -> WorkDesk? {
    guard let desks else { return nil }
    let all = if let standIns { standIns } else { try desks.read() }
    standIns = all
    guard let rankers = desk.rankers.blind(to: document.lessonID, by: all) else { return nil }
    let key = rankers.digests
    if let known = made[key] { return known }
    let other = try desks.desk(rankers)
    made[key] = other
    return other
  }
}
