/// How a party is reached: e-mail by its form, telephones by the word before them; whose they are tells the part of the
/// page they stand in.
extension PartyCandidates {
  private static let base = 1.5
  /// Whoever has several names the usual one first.
  private static let order = 0.25
  private static let anothers = 3.5
  /// `Tel. no.:` – words between the one for a telephone and its number.
  private static let mostBetween = 2

  func emails(_ path: String, role: Field.Role) -> [Candidate] {
    owned(role) { row, place in
      CodeCandidates.address(in: view.layout.token(row, place).text).map {
        view.candidate(
          path, .text(PartyCandidates.bare($0)), row: row.number, range: place..<(place + 1),
          score: PartyCandidates.base)
      }
    }
  }

  func phones(_ path: String, role: Field.Role) -> [Candidate] {
    owned(role) { row, place in
      guard isBehindTelephone(row, place) else { return nil }
      let end = view.layout.segment(of: row, at: place).range.upperBound
      guard let (value, count) = PrintedForms(view: view).phone(row.number, place, end) else { return nil }
      return view.candidate(
        path, value, row: row.number, range: place..<(place + count), score: PartyCandidates.base)
    }
  }

  /// What is found, in the order of the page; what is in the other's part of it hardly counts.
  private func owned(_ role: Field.Role, _ read: (Layout.Row, Int) -> Candidate?) -> [Candidate] {
    var found: [Candidate] = []
    for row in view.layout.rows {
      for place in row.tokens.indices {
        guard var candidate = read(row, place) else { continue }
        let isRecipients = codes.isRecipients(row, place)
        candidate.score -= PartyCandidates.order * Double(found.count)
        if isRecipients != (role == .recipient) { candidate.score -= PartyCandidates.anothers }
        found.append(candidate)
      }
    }
    return found
  }

  /// `Tel.`, `Phone no:`, then the number.
  private func isBehindTelephone(_ row: Layout.Row, _ place: Int) -> Bool {
    let keys = view.keys[row.number]
    var between = 0
    for before in (0..<place).reversed() {
      if view.words.ends(keys, at: before, .telephone) { return true }
      guard keys[before].isEmpty || ContractPhrases.numberWords.contains(keys[before]) else { return false }
      between += 1
      if between > PartyCandidates.mostBetween { return false }
    }
    return false
  }

  /// Without the full stop of a sentence.
  private static func bare(_ address: String) -> String {
    address.hasSuffix(".") ? String(address.dropLast()) : address
  }
}
