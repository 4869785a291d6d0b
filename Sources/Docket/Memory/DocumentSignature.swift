/// What tells a document's vendor and template by: its words, without regard to order. Two documents with many rare
/// words in common come from one hand. Source: the method's signature.
package struct DocumentSignature: Hashable, Sendable {
  /// Hashes of words, ascending, each once.
  package var terms: [UInt32]
  /// Of each term: 2 for a word of the head, else 1.
  package var weights: [UInt8]

  /// More terms say no more.
  package static let most = 200
  private static let rows = 60
  private static let headRows = 10

  package init(terms: [UInt32], weights: [UInt8]) {
    self.terms = terms
    self.weights = weights
  }

  /// Words of three letters or more, numbers of five digits or more, of the first rows.
  init(_ layout: Layout) {
    let hash = FeatureHash()
    var found: [UInt32: UInt8] = [:]
    for row in layout.rows.prefix(DocumentSignature.rows) {
      let weight: UInt8 = row.number < DocumentSignature.headRows ? 2 : 1
      for index in row.tokens where found.count < DocumentSignature.most {
        let token = layout.tokens[index]
        if token.letterCount >= 3 {
          let term = hash.of(token.key)
          found[term] = max(found[term] ?? 0, weight)
        } else if token.digitCount >= 5 {
          let term = hash.of(String(String.UnicodeScalarView(token.text.unicodeScalars.filter { ("0"..."9") ~= $0 })))
          found[term] = max(found[term] ?? 0, 1)
        }
      }
    }
    terms = found.keys.sorted()
    weights = terms.map { found[$0] ?? 1 }
  }
}
