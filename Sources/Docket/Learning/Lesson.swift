/// A document whose true values are known, with the candidates that it offers: what is learned from.
package struct Lesson: Sendable {
  /// The document's digest, or another name that no other document has.
  package var id: String
  /// Documents of one group are alike (a vendor's, a template's): what is measured on one was not learned from another.
  package var group: String
  /// Candidates with their features.
  package var extraction: Extraction
  package var reading: Reading
  package var contract: Contract
  package var context: Context
  /// By path: the true value; nil where it is known that there is none. A path that is not named is not known.
  package var truths: [String: String?]

  package init(
    id: String, group: String, extraction: Extraction, reading: Reading, contract: Contract, context: Context,
    truths: [String: String?]
  ) {
    self.id = id
    self.group = group
    self.extraction = extraction
    self.reading = reading
    self.contract = contract
    self.context = context
    self.truths = truths
  }

  /// The path that a truth speaks of: a party's name for `seller`, the leaf itself otherwise; nil for what cannot be
  /// learned in this way: tables, lists, and fields that the contract does not have.
  package static func path(_ written: String, in contract: Contract) -> String? {
    let path = contract.field(written)?.type == .party ? "\(written).name" : written
    guard let field = contract.field(String(path.split(separator: ".").first ?? "")), !field.isList,
      field.type != .rows, field.paths.contains(path)
    else { return nil }
    return path
  }
}

/// When a value is the true one.
enum TrueValue {
  /// Texts by their letters and digits, numbers and dates by value.
  static func isSame(_ value: Value, _ truth: String) -> Bool {
    switch value {
    case .decimal(let number): DecimalNumber(truth).map { $0 == number } ?? false
    case .date(let date): date.description == truth
    case .boolean, .text: key(value.canonical) == key(truth)
    }
  }

  /// Letters and digits alone, in lower case; `&` is `and`.
  static func key(_ text: String) -> [Unicode.Scalar] {
    text.replacing("&", with: "and").lowercased().unicodeScalars.filter {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
  }

  /// Which candidates are right; where none is and the field is a text, the nearest one, if it is near enough.
  static func right(among candidates: [Candidate], _ truth: String) -> [Bool] {
    let exact = candidates.map { isSame($0.value, truth) }
    if exact.contains(true) { return exact }
    let wanted = key(truth)
    guard wanted.count >= 5 else { return exact }
    var nearest: (place: Int, distance: Int)?
    for (place, candidate) in candidates.enumerated() {
      guard case .text(let text) = candidate.value else { continue }
      let key = key(text)
      let limit = nearest.map { $0.distance - 1 } ?? (max(wanted.count, key.count) / 5)
      if let distance = EditDistance.between(key, wanted, atMost: limit) { nearest = (place, distance) }
    }
    return candidates.indices.map { place in
      nearest.map { candidates[place].value == candidates[$0.place].value } ?? false
    }
  }
}
