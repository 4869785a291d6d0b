/// Which contract a document fits: by what it calls itself, by whose labels and phrases stand on it, by its form.
/// Nobody trained it; a contract that was written a minute ago is known as well as any. The weights were chosen on
/// the tune halves of the receipts and e-invoice pages.
package struct Classifier: Classifying {
  package static let version = "classifier 9"
  /// How much likelier than unknown a contract must be, for every contract that is known: of many, one is a little
  /// likelier than nothing by chance.
  private static let oddsByContract = 0.02

  static func leastOdds(of contracts: Int) -> Double { 1 + oddsByContract * Double(contracts) }

  private let languages: [LanguageWords]
  private let lexicon: Lexicon
  /// What was learned about documents' texts, on top of which labels and headings speak.
  private let learned: [TextModel]

  package init(words languages: [LanguageWords], learned: [TextModel] = []) {
    self.init(words: languages, Lexicon(languages), learned: learned)
  }

  init(words languages: [LanguageWords], _ lexicon: Lexicon, learned: [TextModel] = []) {
    self.languages = languages
    self.lexicon = lexicon
    self.learned = learned
  }

  package var fingerprint: ContentDigest {
    .joining([ContentDigest(of: Classifier.version)] + languages.map(\.digest) + learned.map(\.digest))
  }

  package func classify(_ reading: Reading, among contracts: [Contract], cover: Cover? = nil) -> Classification {
    if let structured = structured(reading, among: contracts) { return structured }
    if let tree = NamedTree(reading) {
      let scores = contracts.map { TreeEvidence(tree, contract: $0, lexicon.book.phrases(of: $0)) }
      return choice(scores.map { ($0.value, $0.names) }, contracts, [])
    }
    guard let mail = message(reading, among: contracts) else {
      return byPage(reading, among: contracts, cover: cover, learned: learned)
    }
    let said = byPage(reading, among: contracts.filter { $0.reference != mail.contract }, learned: [])
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

  /// What was learned is named as evidence from here on.
  private static let raised = 0.5

  private func byPage(
    _ reading: Reading, among contracts: [Contract], cover: Cover? = nil, learned: [TextModel]
  ) -> Classification {
    guard let found = evidence(reading, among: contracts, cover: cover) else {
      return Classification(contract: nil, confidence: 1)
    }
    guard let last = learned.last else { return choice(found.scores, contracts, found.spoken) }
    let marks = TextMarks(TextWords.of(reading), form: last.form)
    let zeroShot = Dictionary(
      zip(contracts.map(\.name), found.scores.map(\.value)), uniquingKeysWith: { first, _ in first })
    let scores = learned.scores(zeroShot, marks)
    let said = zip(contracts, found.scores).map { contract, found in
      let score = scores[contract.name] ?? found.value
      let isLearned = score - found.value >= Classifier.raised
      return (value: score, names: found.names + (isLearned ? [last.producer] : []))
    }
    return choice(said, contracts, found.spoken, last.calibration)
  }

  /// What nothing learned says of a document on pages, or of a text as if it stood on pages: a score for each contract.
  ///
  /// - Returns: nil where it has no words.
  private func evidence(
    _ reading: Reading, among contracts: [Contract], cover: Cover?
  ) -> (scores: [(value: Double, names: [String])], spoken: [String])? {
    let setting = Typesetting(reading, words: lexicon.words)
    // A plain text or a mail has the lines that somebody gave it; an office document has those that we set.
    let isTypeset = setting != nil && reading.mediaType.hasPrefix("application/")
    let layout = Layout(setting?.paged(reading) ?? reading, isTypeset: isTypeset)
    guard !layout.rows.isEmpty else { return nil }
    let look = PageLook(layout, phrases: lexicon.book.phrases(ofAny: contracts))
    let others = contracts.map { lexicon.book.phrases(of: $0) }
    let note = WrittenNote(reading, words: lexicon.words)
    let subject = cover?.subject.split { !$0.isLetter && !$0.isNumber }.map { LabelKey.of($0) } ?? []
    let scores = zip(contracts, others).map { contract, phrases -> (value: Double, names: [String]) in
      let page = PageEvidence(look, contract: contract, phrases, among: others, subject: subject)
      guard let written = note?.evidence(phrases), written.value > page.value else { return (page.value, page.names) }
      return written
    }
    return (scores, spoken(layout))
  }

  /// The scores that learning of document types starts from, by contract.
  ///
  /// - Returns: nil for what is told in another way: structured originals, trees, mails; and for what has no words.
  package func zeroShot(_ reading: Reading, among contracts: [Contract]) -> [String: Double]? {
    guard structured(reading, among: contracts) == nil, NamedTree(reading) == nil, !reading.isMessage else {
      return nil
    }
    return evidence(reading, among: contracts, cover: nil).map { found in
      Dictionary(zip(contracts.map(\.name), found.scores.map(\.value)), uniquingKeysWith: { first, _ in first })
    }
  }

  /// The contract for which most speaks.
  private func choice(
    _ scores: [(value: Double, names: [String])], _ contracts: [Contract], _ spoken: [String],
    _ calibration: [Double]? = nil
  ) -> Classification {
    let sum = 1 + scores.reduce(0) { $0 + Elementary.exp(min(20, $1.value)) }
    let shares = scores.map { Elementary.exp(min(20, $0.value)) / sum }
    let order = contracts.indices.sorted { (shares[$0], contracts[$1].name) > (shares[$1], contracts[$0].name) }
    guard let best = order.first, shares[best] > Classifier.leastOdds(of: contracts.count) / sum else {
      return Classification(contract: nil, confidence: rounded(calibrated(1 / sum, calibration)), languages: spoken)
    }
    return Classification(
      contract: contracts[best].reference, confidence: rounded(calibrated(shares[best], calibration)),
      alternatives: order.dropFirst().prefix(3).map {
        .init(contract: contracts[$0].reference, confidence: rounded(shares[$0]))
      }, evidence: scores[best].names, languages: spoken)
  }

  private func calibrated(_ share: Double, _ calibration: [Double]?) -> Double {
    calibration.map { TextModel.calibrated(share, by: $0) } ?? share
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
