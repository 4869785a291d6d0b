extension Pipeline {
  /// The stages as they ship, from a library's contracts, words, vocabularies and policy.
  ///
  /// - Parameters:
  ///   - accepts: contracts that a document may fit.
  ///   - routes: of a pipeline file; none where nothing is delivered (`docket extract`).
  ///   - lookUps: what records are held against before they are decided on.
  ///   - boundaries: tells where in a bundle a document begins.
  ///   - stated: what every document is; nil: found out.
  ///   - rankers: what was learned from reviewed documents about places on pages.
  ///   - texts: what was learned about whole texts: what a document is, and values that it does not name.
  package static func shipped(
    _ library: Library, accepts contracts: [Contract], policy: PolicyFile, routes: [PipelineFile.Route] = [],
    lookUps: LookUps = .none, calibration: Calibration, boundaries: BoundaryModel, stated: ContractReference? = nil,
    proofs: [Proof] = [], rankers: Rankers = .none, texts: TextModels = .none
  ) -> Pipeline {
    let vocabularies = Dictionary(
      library.vocabularies.sorted { $0.version > $1.version }.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    let data = ContentDigest.joining(library.words.map(\.digest) + library.vocabularies.map(\.digest).sorted())
    let lexicon = Lexicon(library.words)
    let classifier = Classifier(words: library.words, lexicon, learned: texts[.types])
    let possible = stated.map { stated in contracts.filter { $0.reference == stated } } ?? contracts
    return Pipeline(
      split: SplitStage(
        model: boundaries, words: library.words,
        rows: RowSplitter(classifier, contracts: possible, book: lexicon.book)),
      classify: ClassifyStage(classifier, contracts: contracts, stated: stated),
      extract: ExtractStage(
        [
          // Add yours here; exact ones first.
          TreeExtractor(vocabularies: vocabularies),
          HeaderExtractor(),
          MailExtractor(lexicon),
          NamedTreeExtractor(lexicon, vocabularies: vocabularies),
          LabelExtractor(
            lexicon, vocabularies: vocabularies, described: rankers.described, memory: rankers.memory),
          ProseExtractor(lexicon, vocabularies: vocabularies, described: rankers.described),
          PageComparison(lexicon, vocabularies: vocabularies),
        ], settings: data, rankers: rankers, texts: texts),
      normalize: NormalizeStage(Normalizer(calibration: calibration, rankers: rankers, texts: texts)), lookUps: lookUps,
      decide: DecideStage(Decider(policy: policy, contracts: contracts, routes: routes, proofs: proofs)))
  }
}
