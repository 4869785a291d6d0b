/// A field as the documents most like this one had it: says how well candidates go with it, and proposes what is
/// remembered.
struct RememberedField {
  private let isText: Bool
  private let recall: Recall
  private let said: [Said]

  private struct Said {
    var similarity: Double
    var value: String?
    var key: [Unicode.Scalar]
    var place: CandidatePlace?
  }

  init(_ path: String, isText: Bool, _ recall: Recall) {
    self.isText = isText
    self.recall = recall
    said = recall.remembered(path).map { similarity, field in
      Said(
        similarity: similarity, value: field.value, key: field.value.map(TrueValue.key) ?? [], place: field.place)
    }
  }

  /// What goes with what is remembered adds to a candidate's score, in its units. Fitted on documents of three kinds
  /// (listwise logistic loss, zero-shot score as offset, each document measured by the others).
  private enum Weight {
    static let bestMatch = 0.9, allMatches = 1.9, left = 0.9, above = 0.6, row = 1.1, across = 1.0, value = 2.0
  }
  /// Values are believed of documents that are more alike than those whose places are: of one vendor.
  private static let vendor = 0.5
  private static let mostProposals = 3
  /// Of what stands around it and its row, more than this is the same place; elsewhere so much is said at most.
  private static let leastMatch = 0.6
  private static let mostElsewhere = 1.0
  /// Rows that say no more than these.
  private static let mostRows = 9

  /// How much what is remembered speaks for a candidate; 0 where nothing does.
  func support(for candidate: Candidate) -> Double {
    guard let place = candidate.features?.place, let first = recall.neighbours.first?.similarity else { return 0 }
    let placed = said.compactMap { said in said.place.map { (similarity: said.similarity, place: $0) } }
    let matches = placed.map { $0.similarity * $0.place.match(place) }
    var support = Weight.bestMatch * (matches.max() ?? 0) + Weight.allMatches * matches.reduce(0, +)
    let left = placed.filter { !place.left.isEmpty && $0.place.left == place.left }
    let above = placed.filter { !place.above.isEmpty && $0.place.above == place.above }
    support += Weight.left * (left.map(\.similarity).max() ?? 0) + Weight.above * (above.map(\.similarity).max() ?? 0)
    if let nearest = placed.first?.place {
      let rows = Double(min(RememberedField.mostRows, nearest.rows(from: place))) / Double(RememberedField.mostRows)
      support += first * (Weight.row * (1 - rows) + Weight.across * (1 - min(1, Double(abs(nearest.x - place.x)))))
    }
    // Only near the place of last time, it may be anything: a field that is not there has no value by that.
    let isPlaced = placed.contains { $0.place.match(place) > RememberedField.leastMatch }
    return (isPlaced ? support : min(support, RememberedField.mostElsewhere)) + valueSupport(for: candidate)
  }

  /// What of the vendor's documents have the value, of those that have one, by their similarity: the more they are, and
  /// the more they agree, the more it is.
  private func valueSupport(for candidate: Candidate) -> Double {
    let (same, share) = sharing(candidate)
    return Weight.value * (share ?? 0) * (same.first?.similarity ?? 0) * Elementary.log(1 + Double(same.count))
  }

  /// The vendor's documents that have the value, and their share, by similarity, of those that have one.
  private func sharing(_ candidate: Candidate) -> (same: [Said], share: Double?) {
    let valued = said.filter { !$0.key.isEmpty && $0.similarity >= RememberedField.vendor }
    let all = valued.reduce(0) { $0 + $1.similarity }
    guard all > 0 else { return ([], nil) }
    let key = TrueValue.key(candidate.value.canonical)
    let same = valued.filter { $0.key == key }
    return (same, same.reduce(0) { $0 + $1.similarity } / all)
  }

  /// How well it goes with what is remembered, whatever its score.
  func recalled(_ candidate: Candidate) -> Recalled {
    let matches = candidate.features?.place.map { place in said.compactMap { $0.place?.match(place) } } ?? []
    let share = sharing(candidate).share
    return Recalled(
      likeness: recall.neighbours.first?.similarity ?? 0,
      value: share.map { $0 > 0 ? $0 : -nearness(to: candidate) } ?? 0, place: matches.max().map { 2 * $0 - 1 } ?? 0)
  }

  /// How near it is to the vendor's value that is most like it, 0 to 1: a text that differs in a letter or two from
  /// what the vendor prints is more likely a misread one than one that has nothing in common with it.
  private func nearness(to candidate: Candidate) -> Double {
    let key = TrueValue.key(candidate.value.canonical)
    let ratios = said.lazy.filter { !$0.key.isEmpty && $0.similarity >= RememberedField.vendor }.compactMap { said in
      let longest = max(said.key.count, key.count)
      return EditDistance.between(said.key, key, atMost: longest / 4).map { 1 - 4 * Double($0) / Double(longest) }
    }
    return ratios.max() ?? 0
  }

  /// Texts that are remembered of the vendor and stand among the candidates but for some doubtful letters: as further
  /// candidates, each in the place of the one that it is most like.
  func proposals(for candidates: [Candidate], producer: String) -> [Candidate] {
    guard isText else { return [] }
    let read = candidates.filter { $0.features?.read.isEmpty == false }
    var known = Set(candidates.map { TrueValue.key($0.value.canonical) })
    var proposals: [Candidate] = []
    for said in said where said.similarity >= RememberedField.vendor && proposals.count < RememberedField.mostProposals
    {
      guard let value = said.value, !said.key.isEmpty, known.insert(said.key).inserted else { continue }
      var best: (place: Int, likeness: Double)?
      for (place, candidate) in read.enumerated() {
        guard let likeness = Mending.likeness(of: candidate.features?.read ?? [], to: said.key),
          likeness > best?.likeness ?? 0
        else { continue }
        best = (place, likeness)
      }
      if let best { proposals.append(read[best.place].remembered(value, by: producer)) }
    }
    return proposals
  }
}

extension Candidate {
  /// Another value in its place: what people confirmed on similar documents.
  fileprivate func remembered(_ value: String, by memory: String) -> Candidate {
    var candidate = self
    candidate.value = .text(value)
    candidate.producer += Sourced.mending + memory
    candidate.findings.append(
      Finding(
        "remembered", .note, "`\(path)` was read as `\(raw)`; similar documents have `\(value)`.", field: path))
    return candidate
  }
}

extension Sourced {
  fileprivate static let mending = " mended by "

  /// Whether something else was read in its place, and what people confirmed on similar documents was taken.
  package var isRemembered: Bool { provenance.contains { $0.producer.contains(Sourced.mending) } }
}
