/// What a store does for its own keep: copies, checks, and taking away what is not to be kept.
package protocol StoreCare: Store {
  /// All of it, as it is at one moment, in a new file; work goes on meanwhile.
  func copy(to path: String) async throws(DocketError)
  /// What the database says is wrong with its own files; empty where nothing is.
  func problems() async throws(DocketError) -> [String]
  /// The seal over all events so far.
  func checkpoint() async throws(DocketError) -> Checkpoint
  /// The seal that the event of this number has; nil where there is none.
  func seal(of sequence: Int) async throws(DocketError) -> String?
  /// That something happened of which the store keeps nothing else.
  func note(
    _ kind: Event.Kind, of document: DocumentID?, detail: String, by whom: Attribution
  ) async throws(DocketError)
  /// Adds to what a document has cost.
  func spend(_ cost: Cost, on document: DocumentID) async throws(DocketError)
  func cost(of document: DocumentID) async throws(DocketError) -> Cost?
  /// What documents have cost, by their source and contract; in the order of these.
  func costs() async throws(DocketError) -> [CostSum]
  /// Bytes of all arrivals, and of those that arrived since a time; when the first one did.
  func growth(since: Double) async throws(DocketError) -> Growth

  // Taking away

  /// The bytes of these documents are kept no longer: all else of them stays. Whoever calls it removes the files.
  func prune(_ documents: [DocumentID], by whom: Attribution) async throws(DocketError)
  /// All that is known of these documents goes, but that they were there: they stay counted, those that waited or
  /// failed as rejected. Whoever calls it removes the files.
  func forget(_ documents: [DocumentID], by whom: Attribution) async throws(DocketError)
  func erasure(of document: DocumentID) async throws(DocketError) -> Erasure?
  /// In the order of the documents' arrival.
  func erasures(_ kind: Erasure.Kind) async throws(DocketError) -> [Erasure]
  /// Whether a document that was not erased has these bytes.
  func needs(original digest: ContentDigest) async throws(DocketError) -> Bool
  /// Whether a document that was not erased was read into this reading.
  func needs(reading key: ContentDigest) async throws(DocketError) -> Bool
  /// What was deleted is in the store's files no more when this returns.
  func scrub() async throws(DocketError)
  /// Where a text stands in the store, as `table.column`, with how often.
  func places(of text: String) async throws(DocketError) -> [String: Int]
}

/// Seals all events up to one: who keeps it apart sees when an earlier one was changed, or a later one cut off.
package struct Checkpoint: Hashable, Sendable, CustomStringConvertible {
  /// How many events there are.
  package var sequence: Int
  /// Empty where there is none.
  package var seal: String

  package init(sequence: Int, seal: String) {
    self.sequence = sequence
    self.seal = seal
  }

  /// `412:9f2c…`, as a command line takes it; nil where it is none.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let sequence = Int(parts[0]), sequence > 0, parts[1].utf8.count >= 12,
      parts[1].utf8.allSatisfy({ Hex.value($0) != nil })
    else { return nil }
    self.init(sequence: sequence, seal: String(parts[1]))
  }

  package var description: String { "\(sequence):\(seal)" }
}

/// That something of a document was taken away for good, and when.
package struct Erasure: Hashable, Sendable {
  package var document: DocumentID
  package var kind: Kind
  /// Of the bytes that it had.
  package var digest: ContentDigest
  package var actor: String
  /// Seconds since 1970.
  package var at: Double

  package enum Kind: String, Sendable, CaseIterable {
    /// Its bytes and what was read of them, because their time was over.
    case pruned
    /// All of it, because somebody wished so.
    case forgotten
  }

  package init(document: DocumentID, kind: Kind, digest: ContentDigest, actor: String, at: Double) {
    self.document = document
    self.kind = kind
    self.digest = digest
    self.actor = actor
    self.at = at
  }
}

extension ContentDigest {
  /// Of a document that was forgotten: no bytes have it.
  package static let forgotten = ContentDigest(hex: String(repeating: "0", count: 64))!
}

extension StoreCare {
  /// A document, all that lies in it, and whatever arrived with the same bytes, with what lies in that: what has to go
  /// together. The chosen one first.
  package func family(of first: Document) async throws(DocketError) -> [Document] {
    var found = [first]
    var place = 0
    while place < found.count {
      let document = found[place]
      place += 1
      var near = try await documents(DocumentQuery(parent: document.id, limit: 100_000))
      if document.digest != .forgotten {
        near += try await documents(matching: document.digest.hex).filter { $0.parent == nil && document.parent == nil }
      }
      for one in near where !found.contains(where: { $0.id == one.id }) { found.append(one) }
    }
    return found
  }
}
