/// Which contract a document fits: by what it calls itself, by whose labels and phrases stand on it, by its form.
/// Nobody trained it; a contract that was written a minute ago is known as well as any. The weights were chosen on
/// the tune halves of the receipts and e-invoice pages.
package struct Classifier: Classifying {
  package static let version = "classifier 9"
  /// How much likelier than unknown a contract must be, for every contract that is known: of many, one is a little
  /// likelier than nothing by chance.
  private static let oddsByContract = 0.02
  private let languages: [LanguageWords]
  private let lexicon: Lexicon

  package init(words languages: [LanguageWords]) {
    self.init(words: languages, Lexicon(languages))
  }

  init(words languages: [LanguageWords], _ lexicon: Lexicon) {
    self.languages = languages
    self.lexicon = lexicon
  }

  package var fingerprint: ContentDigest {
    .joining([ContentDigest(of: Classifier.version)] + languages.map(\.digest))
  }

  package func classify(_ reading: Reading, among contracts: [Contract], cover: Cover? = nil) -> Classification {
    if let structured = structured(reading, among: contracts) { return structured }
    if let tree = NamedTree(reading) {
      let scores = contracts.map { TreeEvidence(tree, contract: $0, lexicon.book.phrases(of: $0)) }
      return choice(scores.map { ($0.value, $0.names) }, contracts, [])
    }
    guard let mail = message(reading, among: contracts) else {
      return byPage(reading, among: contracts, cover: cover)
    }
    let said = byPage(reading, among: contracts.filter { $0.reference != mail.contract })
    let isWritten = contracts.contains { $0.reference == said.contract && $0.isWrittenAsMail }
    let isEnough =
      said.confidence >= (isWritten ? Classifier.sureOfWritten : Classifier.sureOfMail)
      && (reading.members.isEmpty || said.evidence.count >= Classifier.mostOfCoveringLetter)
    return said.contract != nil && isEnough ? said : mail
  }

  /// A mail is a message, unless its body leaves little doubt that it is an order or a ticket.
  private static let sureOfMail = 0.8
  /// For records that people write as mails.
  private static let sureOfWritten = 0.4
  /// A mail that goes with its attachments speaks of them; it is one itself where it says this much.
  private static let mostOfCoveringLetter = 4

  private func byPage(_ reading: Reading, among contracts: [Contract], cover: Cover? = nil) -> Classification {
    let setting = Typesetting(reading, words: lexicon.words)
    // A plain text or a mail has the lines that somebody gave it; an office document has those that we set.
    let isTypeset = setting != nil && reading.mediaType.hasPrefix("application/")
    let layout = Layout(setting?.paged(reading) ?? reading, isTypeset: isTypeset)
    guard !layout.rows.isEmpty else { return Classification(contract: nil, confidence: 1) }
    let spoken = spoken(layout)
    let look = PageLook(layout, phrases: lexicon.book.phrases(ofAny: contracts))
    let others = contracts.map { lexicon.book.phrases(of: $0) }
    let note = WrittenNote(reading, words: lexicon.words)
    let subject = cover?.subject.split { !$0.isLetter && !$0.isNumber }.map { LabelKey.of($0) } ?? []
    let scores = zip(contracts, others).map { contract, phrases -> (value: Double, names: [String]) in
      let page = PageEvidence(look, contract: contract, phrases, among: others, subject: subject)
      guard let written = note?.evidence(phrases), written.value > page.value else { return (page.value, page.names) }
      return written
    }
    return choice(scores, contracts, spoken)
  }

  /// The contract for which most speaks.
  private func choice(
    _ scores: [(value: Double, names: [String])], _ contracts: [Contract], _ spoken: [String]
  ) -> Classification {
    let sum = 1 + scores.reduce(0) { $0 + Elementary.exp(min(20, $1.value)) }
    let shares = scores.map { Elementary.exp(min(20, $0.value)) / sum }
    let order = contracts.indices.sorted { (shares[$0], contracts[$1].name) > (shares[$1], contracts[$0].name) }
    let leastOdds = 1 + Classifier.oddsByContract * Double(contracts.count)
    guard let best = order.first, shares[best] > leastOdds / sum else {
      return Classification(contract: nil, confidence: rounded(1 / sum), languages: spoken)
    }
    return Classification(
      contract: contracts[best].reference, confidence: rounded(shares[best]),
      alternatives: order.dropFirst().prefix(3).map {
        .init(contract: contracts[$0].reference, confidence: rounded(shares[$0]))
      }, evidence: scores[best].names, languages: spoken)
  }

  private func rounded(_ share: Double) -> Double { (10_000 * share).rounded() / 10_000 }

  /// Structured originals say what they are.
  private func structured(_ reading: Reading, among contracts: [Contract]) -> Classification? {
    for (root, _) in TreeExtractor.trees(of: reading) {
      if let contract = contracts.first(where: { TreeExtractor.fits(root, $0) }) {
        return Classification(contract: contract.reference, confidence: 1, evidence: [root.name])
      }
    }
    return nil
  }

  /// What a mail is at least: a message, or where none is wanted the one kind of record that people write as mails.
  private func message(_ reading: Reading, among contracts: [Contract]) -> Classification? {
    guard reading.isMessage else { return nil }
    let written = contracts.filter(\.isWrittenAsMail)
    guard
      let contract = contracts.first(where: { $0.standard == HeaderExtractor.standard })
        ?? (written.count == 1 ? written[0] : nil)
    else { return nil }
    return Classification(contract: contract.reference, confidence: 1, evidence: ["headers"])
  }

  /// Languages by their share of common words.
  private func spoken(_ layout: Layout) -> [String] {
    let keys = layout.tokens.map(\.key)
    let counts = lexicon.stops.map { stops in
      (stops.language, keys.count { stops.keys.contains($0) })
    }
    return counts.filter { $0.1 > 1 }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }.map(\.0)
  }
}
