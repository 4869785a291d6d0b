/// The stages in order, and the one function that runs them: start here.
///
/// Reading comes before (it streams out of worker processes, see `DocumentReader`), delivering after (an outbox).
/// What lies between is pure: words in, a decided record out.
package struct Pipeline: Sendable {
  package var split: SplitStage
  package var classify: ClassifyStage
  package var extract: ExtractStage
  package var normalize: NormalizeStage
  /// What records are held against before they are decided on.
  package var lookUps: LookUps
  package var decide: DecideStage

  package init(
    split: SplitStage = .init(), classify: ClassifyStage, extract: ExtractStage, normalize: NormalizeStage,
    lookUps: LookUps = .none, decide: DecideStage
  ) {
    self.split = split
    self.classify = classify
    self.extract = extract
    self.normalize = normalize
    self.lookUps = lookUps
    self.decide = decide
  }

  /// What one reading becomes.
  /// - Parameter history: says what vendors had before.
  package func run(
    _ reading: Reading, in context: Context, by steps: any Steps = DirectSteps(),
    history: any VendorHistory = NoVendorHistory()
  ) async throws(DocketError) -> Understood {
    let splitting = try await steps.step(split, reading, in: context)
    guard splitting.parts.count == 1 else { return .parts(splitting) }
    // Undivided, but perhaps wrongly so: the record says it, and is asked.
    var reading = reading
    reading.findings += splitting.questions(on: splitting.parts[0])
    let classify = classify.heeding(context.stated, of: reading)
    let classification = try await steps.step(classify, reading, in: context)
    guard let contract = classify.contract(of: classification) else { return .unknown(classification) }
    let extraction = try await steps.step(extract, .init(reading: reading, contract: contract), in: context)
    let normalized = try await steps.step(
      normalize,
      .init(reading: reading, contract: contract, classification: classification, extraction: extraction),
      in: context)
    let filled = lookUps.filled(normalized, by: contract, in: context)
    let record = try await history.noted(
      filled, VendorHabits(of: filled, by: contract, watching: decide.watched))
    let facts = ReadingFacts(of: reading, classification: classification)
    let decision = try await steps.step(decide, .init(record: record, facts: facts), in: context)
    return .record(Understood.Result(classification: classification, record: record, decision: decision))
  }

  /// Of all that stands between a reading and a decision.
  package var fingerprint: ContentDigest {
    ContentDigest.joining(
      [
        split.fingerprint, classify.fingerprint, extract.fingerprint, normalize.fingerprint, decide.fingerprint,
      ] + tables)
  }
}

extension Pipeline {
  /// Of the same without the proofs in force: what a proof is of.
  package var combination: ContentDigest {
    ContentDigest.joining(
      [
        split.fingerprint, classify.fingerprint, extract.fingerprint, normalize.fingerprint, decide.rules,
      ] + tables)
  }

  /// A changed table makes another record of the same document.
  private var tables: [ContentDigest] { lookUps.isEmpty ? [] : [lookUps.fingerprint] }
}

/// What a pipeline made of a reading.
package enum Understood: Hashable, Sendable {
  case record(Result)
  /// No contract fits: a person says which, unless it is a container, whose children are counted.
  case unknown(Classification)
  /// Several documents in one: each becomes a child.
  case parts(Splitting)

  package struct Result: Hashable, Sendable {
    package var classification: Classification
    package var record: Record
    package var decision: Decision
    package init(classification: Classification, record: Record, decision: Decision) {
      self.classification = classification
      self.record = record
      self.decision = decision
    }
  }
}
