/// Finds the documents with the most words in common: cosine of their signatures, rare words counting more.
///
/// An inverted index in columns, so that it is loaded as it was written.
struct MemoryIndex: Hashable, Sendable {
  /// Distinct terms, ascending; where each one's postings begin, and the end of the last.
  private(set) var terms: [UInt32] = []
  private(set) var starts: [UInt32] = [0]
  /// The document's place, times 2, plus 1 for a word of its head.
  private(set) var postings: [UInt32] = []
  /// By document: the length of its vector.
  private(set) var norms: [Float] = []

  var count: Int { norms.count }

  init() {}

  /// - Throws: `memory-damaged` where the columns do not belong together.
  init(terms: [UInt32], starts: [UInt32], postings: [UInt32], norms: [Float]) throws(DocketError) {
    guard starts.count == terms.count + 1, starts.first == 0, Int(starts.last ?? 0) == postings.count,
      zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }), zip(terms, terms.dropFirst()).allSatisfy({ $0 < $1 }),
      postings.allSatisfy({ Int($0 >> 1) < norms.count }), norms.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { throw MemoryFile.damaged("its index does not fit together") }
    self.terms = terms
    self.starts = starts
    self.postings = postings
    self.norms = norms
  }

  init(_ signatures: [DocumentSignature]) {
    var entries: [(term: UInt32, posting: UInt32)] = []
    for (place, signature) in signatures.enumerated() {
      for (term, weight) in zip(signature.terms, signature.weights) {
        entries.append((term, UInt32(place) << 1 | (weight > 1 ? 1 : 0)))
      }
    }
    entries.sort { ($0.term, $0.posting) < ($1.term, $1.posting) }
    postings.reserveCapacity(entries.count)
    starts = []
    for entry in entries {
      if terms.last != entry.term {
        terms.append(entry.term)
        starts.append(UInt32(postings.count))
      }
      postings.append(entry.posting)
    }
    starts.append(UInt32(postings.count))
    var squares = [Double](repeating: 0, count: signatures.count)
    for index in terms.indices {
      let rarity = rarity(shared: span(index).count, of: signatures.count)
      for at in span(index) { squares[Int(postings[at] >> 1)] += square(postings[at], rarity) }
    }
    norms = squares.map { Float($0.squareRoot()) }
  }

  private func span(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(starts[index + 1]) }

  /// With few documents all words count nearly the same: that two of two have a word does not make it a common one.
  private static let doubt = 20.0

  private func rarity(shared: Int, of count: Int) -> Double {
    Elementary.log((Double(count) + 1 + MemoryIndex.doubt) / (Double(shared) + 0.5))
  }

  private func square(_ posting: UInt32, _ rarity: Double) -> Double {
    let weight = (posting & 1 == 1 ? 2 : 1) * rarity
    return weight * weight
  }

  private func place(of term: UInt32) -> Int? {
    var (low, high) = (0, terms.count)
    while low < high {
      let middle = (low + high) / 2
      if terms[middle] < term { low = middle + 1 } else { high = middle }
    }
    return low < terms.count && terms[low] == term ? low : nil
  }

  /// The most similar documents, best first; equal ones in their order.
  /// - Parameter isLeftOut: of a document's place.
  func nearest(
    to signature: DocumentSignature, most: Int, isLeftOut: (Int) -> Bool = { _ in false }
  ) -> [(place: Int, similarity: Double)] {
    var sums = [Float](repeating: 0, count: count)
    var square = 0.0
    for (term, weight) in zip(signature.terms, signature.weights) {
      let index = place(of: term)
      let span = index.map(span) ?? 0..<0
      let rarity = rarity(shared: span.count, of: count)
      let own = Double(weight) * rarity
      square += own * own
      let (once, twice) = (Float(own * rarity), Float(2 * own * rarity))
      sums.withUnsafeMutableBufferPointer { sums in
        postings.withUnsafeBufferPointer { postings in
          for at in span { sums[Int(postings[at] >> 1)] += postings[at] & 1 == 1 ? twice : once }
        }
      }
    }
    guard square > 0 else { return [] }
    let length = Float(square.squareRoot())
    var best: [(place: Int, similarity: Float)] = []
    for place in sums.indices where sums[place] > 0 {
      let similarity = sums[place] / max(1e-6, length * norms[place])
      if best.count == most, similarity <= best[most - 1].similarity { continue }
      if isLeftOut(place) { continue }
      let at = best.firstIndex { $0.similarity < similarity } ?? best.count
      best.insert((place, similarity), at: at)
      if best.count > most { best.removeLast() }
    }
    return best.map { ($0.place, Double(min(1, $0.similarity))) }
  }

  /// The signatures again, by document.
  var signatures: [DocumentSignature] {
    var found = [DocumentSignature](repeating: .init(terms: [], weights: []), count: count)
    for index in terms.indices {
      for at in span(index) {
        let place = Int(postings[at] >> 1)
        found[place].terms.append(terms[index])
        found[place].weights.append(postings[at] & 1 == 1 ? 2 : 1)
      }
    }
    return found
  }
}
