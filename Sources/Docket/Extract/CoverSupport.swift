/// What the mail says of the document that came in it: a number or an amount that stands in both is likelier the one
/// that is meant.
struct CoverSupport {
  static let producer = "cover 1"
  /// Letters and digits of words that hold a digit.
  private let codes: Set<String>
  private let amounts: Set<DecimalNumber>

  /// In letters and digits: shorter ones stand anywhere.
  private static let shortestCode = 4
  private static let ofCode = 0.8
  private static let ofAmount = 0.5

  init(_ cover: Cover) {
    let words = (cover.subject + " " + cover.text).split { $0.isWhitespace || "<>()[],;\"".contains($0) }
    let numbers = NumberScanner(words.map { Token(Word(text: String($0), x: 0, y: 0, width: 0, height: 0), page: 1) })
    var codes: Set<String> = []
    var amounts: Set<DecimalNumber> = []
    for word in words where word.utf8.contains(where: { (48...57).contains($0) }) {
      codes.insert(LabelKeyless.compact(word))
      var body = word
      while let last = body.last, ".:!?".contains(last) { body.removeLast() }
      if let number = numbers.number(String(body)), number.hasDecimals { amounts.insert(number.value.magnitude) }
    }
    self.codes = codes.filter { $0.utf8.count >= CoverSupport.shortestCode }
    self.amounts = amounts
  }

  func applied(to extraction: Extraction, of contract: Contract) -> Extraction {
    guard !codes.isEmpty || !amounts.isEmpty else { return extraction }
    var supported = extraction
    for field in contract.fields {
      guard let candidates = extraction.candidates[field.name] else { continue }
      supported.candidates[field.name] =
        candidates.map { candidate in
          guard let support = support(for: candidate, field) else { return candidate }
          var candidate = candidate
          candidate.score += support
          candidate.findings.append(
            Finding("in-mail", .note, "The mail names this `\(field.name)` too.", field: field.name))
          return candidate
        }.bestFirst
    }
    return supported
  }

  private func support(for candidate: Candidate, _ field: Field) -> Double? {
    switch (field.type, candidate.value) {
    case (.id, _), (.reference, _):
      codes.contains(LabelKeyless.compact(candidate.value.canonical)) ? CoverSupport.ofCode : nil
    case (.money, .decimal(let number)): amounts.contains(number.magnitude) ? CoverSupport.ofAmount : nil
    default: nil
    }
  }
}
