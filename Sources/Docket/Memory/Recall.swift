/// What memory says of one document: the documents most like it, and what was confirmed on them.
struct Recall: Sendable {
  /// Best first; those without enough in common are left out.
  let neighbours: [Neighbour]

  struct Neighbour: Sendable {
    var similarity: Double
    var document: RememberedDocument
  }

  static let neighbourCount = 5
  /// From this similarity on two documents are of one vendor or template.
  static let family = 0.35
  /// Less alike documents say nothing at all.
  private static let least = 0.1

  /// Nil where nothing is remembered of the contract.
  /// - Parameter digest: the document's; neither it nor another reading or part of it is recalled.
  init?(of signature: DocumentSignature, contract: String, in memory: Memory, excluding digest: ContentDigest) {
    guard let part = memory.part(contract) else { return nil }
    let found = part.index.nearest(to: signature, most: Recall.neighbourCount) { place in
      part.documents[place]?.isOf(digest.hex) ?? true
    }
    neighbours = found.compactMap { place, similarity in
      guard similarity >= Recall.least, let document = part.documents[place] else { return nil }
      return Neighbour(similarity: similarity, document: document)
    }
  }

  /// Whether the document is one of a family that is known.
  var isFamiliar: Bool { (neighbours.first?.similarity ?? 0) >= Recall.family }

  /// What is remembered of a field, nearest first.
  func remembered(_ path: String) -> [(similarity: Double, field: RememberedDocument.Field)] {
    neighbours.compactMap { neighbour in neighbour.document.fields[path].map { (neighbour.similarity, $0) } }
  }
}
