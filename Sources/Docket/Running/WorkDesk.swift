/// Turns one document into what it becomes: read (or recalled), understood, decided. Saves nothing but readings
/// and children's bytes, which are known by their digests.
package struct WorkDesk: Sendable {
  private let file: PipelineFile
  private let pipeline: Pipeline
  private let reader: any DocumentReader
  private let blobs: any BlobStore
  private let settings: ReadSettings
  private let clock: (any RunClock)?

  /// - Parameters:
  ///   - settings: languages and modes; the pipeline file's limits take the place of theirs.
  ///   - clock: by which is said how long a document took; nil: nobody asks.
  package init(
    file: PipelineFile, pipeline: Pipeline, reader: any DocumentReader, blobs: any BlobStore, settings: ReadSettings,
    clock: (any RunClock)? = nil
  ) {
    self.clock = clock
    self.file = file
    self.pipeline = pipeline
    self.reader = reader
    self.blobs = blobs
    self.settings = settings
  }

  /// - Parameters:
  ///   - cover: the mail that it came in.
  ///   - isSettled: a person has said which pages it is.
  ///   - history: says what vendors had before.
  /// - Throws: only what is no document's fault: a full disk, a workspace that cannot be written.
  package func work(
    _ document: Document, cover: Cover? = nil, isSettled: Bool = false,
    history: any VendorHistory = NoVendorHistory()
  ) async throws(DocketError) -> WorkOutcome {
    var work = StoredWork()
    do throws(DocketError) {
      guard document.depth <= file.limits.depth else {
        throw DocketError(.tooDeep, "Containers lie \(document.depth) deep; \(file.limits.depth) are allowed.")
      }
      let reading = try await read(document, into: &work)
      var context = context(of: document, in: cover)
      context.isSettledPart = isSettled
      let began = clock?.now() ?? 0
      var outcome = try await understand(reading, of: document, in: context, work: work, history)
      outcome.work.understandingSeconds = max(0, (clock?.now() ?? 0) - began)
      return outcome
    } catch {
      guard error.code != .diskFull, error.code != .workspaceBusy, error.code != .readerMissing,
        error.code != .languageMissing, error.code != .interrupted
      else { throw error }
      let summary = DocketErrorSummary(error)
      work.error = summary
      return WorkOutcome(state: .failed, error: summary, work: work)
    }
  }

  private func understand(
    _ reading: Reading, of document: Document, in context: Context, work: StoredWork, _ history: any VendorHistory
  ) async throws(DocketError) -> WorkOutcome {
    var work = work
    work.fingerprint = try await combination
    let embedded = Set(reading.embedded.map(\.part))
    var children = reading.members.map { NewChild(member: $0) }
    switch try await pipeline.run(reading, in: context, history: history) {
    case .record(let result):
      work.classification = result.classification
      let contract = pipeline.classify.contracts.first { $0.reference == result.record.contract }
      work.traits = Traits(of: reading, record: result.record, contract: contract)
      work.traits.habits = contract.map {
        VendorHabits(of: result.record, by: $0, watching: pipeline.decide.watched)
      }
      for index in children.indices where embedded.contains(children[index].member.part) {
        children[index].isPartOfRecord = true
      }
      return WorkOutcome(
        state: WorkDesk.state(after: result.decision), work: work, record: result.record, decision: result.decision,
        children: children)
    case .unknown(let classification):
      work.classification = classification
      work.traits = Traits(of: reading)
      return WorkOutcome(state: children.isEmpty ? .review : .expanded, work: work, children: children)
    case .parts(let splitting):
      children += splitting.parts.compactMap { NewChild(part: $0, of: document) }
      return WorkOutcome(state: .expanded, work: work, children: children)
    }
  }

  /// What was learned of places, as far as it is in use.
  var rankers: Rankers { pipeline.extract.rankers }

  /// Whether what texts say was learned from a document.
  func textsKnow(_ document: Document) -> Bool { pipeline.extract.texts.knows(document.lessonID) }

  /// Of all that decides which record a document becomes, and whether it needs a proof to go: what reads, with which
  /// settings, and the pipeline but for the proofs in force.
  package var combination: ContentDigest {
    get async throws(DocketError) {
      let sources = file.sources.map { entry in
        let hints = entry.subfolders.map { " \($0.name) \($0.contract ?? "") \($0.sender ?? "")" }.joined()
        let mode = entry.ocr.map { " \($0.rawValue)" } ?? ""
        return "\(entry.languages) \(String(describing: entry.dates))\(mode)\(hints)"
      }.joined(separator: "\n")
      return .joining([
        try await reader.fingerprint, ContentDigest(of: settings.fingerprintText), ContentDigest(of: sources),
        pipeline.combination,
      ])
    }
  }

  /// What a document would become, of a reading that was kept; nothing is saved.
  package func reconsider(
    _ document: Document, reading: Reading, cover: Cover?, isSettled: Bool, history: any VendorHistory
  ) async throws(DocketError) -> Understood {
    var context = context(of: document, in: cover)
    context.isSettledPart = isSettled
    return try await pipeline.run(reading, in: context, history: history)
  }

  private func context(of document: Document, in cover: Cover?) -> Context {
    var context = Context(of: document, in: file, cover: cover)
    context.isPart = document.part?.isStretch ?? false
    return context
  }

  /// Where a decision takes a document that no person has seen.
  package static func state(after decision: Decision) -> DocumentState {
    switch decision.route {
    case .deliver: decision.destinations.isEmpty ? .stored : .delivering
    case .review: .review
    case .reject: .rejected
    }
  }

  // Reading

  private func read(_ document: Document, into work: inout StoredWork) async throws(DocketError) -> Reading {
    var settings = settings
    settings.limits = file.limits
    let source = file.source(document.source)
    if let languages = source?.languages, !languages.isEmpty { settings.languages = languages }
    if let mode = source?.ocr { settings.mode = mode }
    let key = ContentDigest.joining([
      document.digest, try await reader.fingerprint, ContentDigest(of: settings.fingerprintText),
    ])
    let reading: Reading
    if let kept = await recalled(key) {
      reading = kept
    } else {
      let sink = GatheringSink(blobs: blobs)
      let summary = try await reader.read(
        ReadableFile(path: blobs.path(of: document.digest), name: document.name), settings: settings, into: sink)
      reading = await sink.reading(summary)
      try await blobs.keep(reading, pageCount: summary.pageCount, key: key)
      work.cpuSeconds = summary.cpuSeconds
      let isPicture = reading.pages.contains { $0.source == .ocr || $0.source == .ocrOverBadLayer }
      if isPicture { work.ocrSeconds = summary.cpuSeconds }
    }
    // Of a bundle's part: the file was read once, and these are its pages of it.
    let part = reading.part(at: document.part)
    work.reading = key
    work.mediaType = reading.mediaType
    work.pageCount = part.pages.count
    return part
  }

  private func recalled(_ key: ContentDigest) async -> Reading? {
    guard let kept = try? await blobs.reading(key) else { return nil }
    return kept
  }
}

extension ReadSettings {
  /// All that changes what is read.
  fileprivate var fingerprintText: String {
    let limits = "\(limits.pages) \(limits.bytes) \(limits.pixelsPerPage) \(limits.parts)"
    return "\(languages.joined(separator: "+")) \(segmentation) \(renderResolution) \(mode.rawValue) \(limits)"
  }
}

/// Gathers pages, and keeps children's bytes as they come.
private actor GatheringSink: ReadingSink {
  private let blobs: any BlobStore
  private var pages: [PageReading] = []
  private var members: [Member] = []

  init(blobs: any BlobStore) { self.blobs = blobs }

  func page(_ page: PageReading) async throws(DocketError) { pages.append(page) }

  func member(_ member: Member, bytes: [UInt8]) async throws(DocketError) {
    _ = try await blobs.keep(bytes: bytes)
    members.append(member)
  }

  func reading(_ summary: ReadingSummary) -> Reading {
    Reading(
      mediaType: summary.mediaType, content: summary.content ?? .pages(pages), embedded: summary.embedded,
      members: members, findings: summary.findings)
  }
}
