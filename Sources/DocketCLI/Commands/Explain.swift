import ArgumentParser
import Docket

/// `docket explain ID|FILE`: what each stage made of a document, and why.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "What each stage made of a document and why, or what a run did; on failure the cause and what to do.")

  @Argument(help: "A document's id, its first digits, or a file's name; or a run's id, as `docket status` shows it.")
  var document: String

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let output = common.output
    // What a mistake in a file stopped is explained in spite of it.
    let store = try await StoreRoom.open(workspace).store
    if try await store.documents(matching: document).isEmpty, let run = try await run(in: store) {
      return RunExplanation(run: run, sums: try await store.sums(ofRun: run.id)).show(output)
    }
    let office = try await Office.open(workspace, common)
    try await explain(try await office.document(document), office, output)
  }

  /// The one run of this id or beginning of it.
  private func run(in store: any Store) async throws -> RunEntry? {
    guard document.count >= 6 else { return nil }
    let found = try await store.runs(limit: 10_000).filter { $0.id.hasPrefix(document.lowercased()) }
    return found.count == 1 ? found[0] : nil
  }

  private func explain(_ document: Document, _ office: Office, _ output: Output) async throws {
    let work = try await office.store.work(of: document.id)
    let stored = try await office.store.record(document.id, version: nil)
    let events = try await office.store.events(of: document.id)
    if output.isJSON {
      let quality = await office.reading(of: document)?.quality
      let cover = try await Cover.of(document, office.store, office.blobs)
      let deliveries = try await office.store.deliveries(of: document.id)
      let kin = try await office.kin(of: document.id)
      var before: [String: KnownValue] = [:]
      if let stored { before = try await office.vendorBefore(stored.record, of: document) }
      output.data(json(document, cover, work, quality, stored, events, kin: kin, before: before, deliveries))
      return
    }
    output.data(output.styled(PlainText.oneLine(document.name), .bold) + "  \(document.id.hex.prefix(8))")
    output.data("  state      \(document.state.rawValue)" + (document.part.map { ", \($0) of a container" } ?? ""))
    let bytes =
      document.digest == .forgotten ? "" : ", \(document.byteCount) bytes, sha256 \(document.digest.hex.prefix(12))…"
    output.data("  arrived    from \(document.source)\(bytes)")
    let cover = try await Cover.of(document, office.store, office.blobs)
    if let cover { output.data("  in a mail  \(cover.line)") }
    if let first = document.duplicateOf { output.data("  duplicate  of \(first.hex.prefix(8))") }
    if let error = work?.error { failure(error, output) }
    if let erasure = try await office.store.erasure(of: document.id) {
      let what = erasure.kind == .pruned ? "bytes      pruned" : "all of it  forgotten"
      output.data("  \(what) \(Moment.text(erasure.at)) by \(erasure.actor)")
    }
    if let work, work.mediaType != nil { await reading(work, of: document, office, output) }
    if let work, work.mediaType != nil { try await boundaries(of: document, office, output) }
    if let classification = work?.classification { classified(classification, output) }
    if let stored {
      let before = try await office.vendorBefore(stored.record, of: document)
      decided(stored, await office.reading(of: document), before: before, output)
    }
    if let cost = try await office.store.cost(of: document.id) { output.data("  cost       " + CostText.words(cost)) }
    for (kin, name) in try await office.kin(of: document.id) {
      output.data("  \(kin.told.padding(11))\(kin.document.hex.prefix(8)) \(PlainText.oneLine(name)): \(kin.meaning)")
    }
    for entry in try await office.store.deliveries(of: document.id) {
      output.data(
        "  delivery   \(entry.destination): \(entry.state.rawValue)"
          + (entry.errorCode.map { " (\($0), tried \(entry.attempts) times)" } ?? ""))
      for finding in entry.findings { output.data("             \(finding.message)") }
    }
    try await children(of: document, office, output)
    for event in events {
      let detail = event.detail.isEmpty ? "" : " (\(event.detail))"
      output.data(
        "  event      \(Moment.text(event.whom.at)) \(event.kind.rawValue) by \(event.whom.actor)\(detail)"
          + ", run \(event.whom.run.prefix(8))")
    }
  }

  private func failure(_ error: DocketErrorSummary, _ output: Output) {
    output.data("  " + output.styled("failed", .red) + "     \(error.sentence) (\(error.code))")
    if let code = ErrorCatalog.code(error.code) { output.data("             \(code.remedy)") }
  }

  private func reading(_ work: StoredWork, of document: Document, _ office: Office, _ output: Output) async {
    let reading = await office.reading(of: document)
    var line =
      "  read       \(work.mediaType ?? ""), \(work.pageCount ?? 0) pages, \(reading?.characterCount ?? 0) characters"
    let ocr = reading?.pages.filter { $0.source == .ocr || $0.source == .ocrOverBadLayer }.count ?? 0
    if ocr > 0 { line += ", \(ocr) by OCR" }
    output.data(line)
    let readers = Dictionary(grouping: reading?.pages.flatMap(\.words).compactMap(\.reader) ?? []) { $0 }
    if !readers.isEmpty {
      func count(_ reader: WordReader) -> Int { readers[reader]?.count ?? 0 }
      output.data(
        "             words read alike by both readers \(count(.both)), by the line reader \(count(.lines)), "
          + "by Tesseract \(count(.tesseract))")
    }
    for page in reading?.pages ?? [] where page.quality.grade != .good {
      let causes = page.quality.causes.map(\.rawValue).joined(separator: ", ")
      output.data("             page \(page.number) is \(page.quality.grade.rawValue): \(causes)")
    }
    for finding in reading?.allFindings ?? [] {
      output.data("             \(finding.level.rawValue): \(finding.message)")
    }
  }

  /// Where a new document begins, or may begin, and what was seen there.
  private func boundaries(of document: Document, _ office: Office, _ output: Output) async throws {
    guard let reading = await office.reading(of: document), reading.pages.count > 1,
      let file = try? office.pipeline(document.pipeline)
    else { return }
    var context = Context(document: document.id, digest: document.digest, name: document.name)
    context.isPart = document.part?.isStretch ?? false
    let splitting = try await office.understanding(file).split.run(reading, in: context)
    let text = SplitText(output: output)
    let shown = splitting.boundaries.filter { $0.verdict != .continues }
    output.data("  split      " + (splitting.parts.count == 1 ? "one document" : "\(splitting.parts.count) documents"))
    for boundary in shown { output.data("             " + text.boundary(boundary)) }
  }

  private func classified(_ classification: Classification, _ output: Output) {
    let name = classification.contract?.description ?? "unknown"
    output.data(
      "  classify   \(name) \(Percent.text(classification.confidence))"
        + (classification.evidence.isEmpty ? "" : ": \(classification.evidence.joined(separator: ", "))"))
    for other in classification.alternatives.prefix(2) {
      output.data("             or \(other.contract) \(Percent.text(other.confidence))")
    }
  }

  private func decided(
    _ stored: StoredRecord, _ reading: Reading?, before: [String: KnownValue], _ output: Output
  ) {
    output.data("  record     \(stored.record.contract), version \(stored.record.version) by \(stored.record.producer)")
    output.raw(RecordText(output: output, reading: reading).fields(stored.record, stored.decision))
    for finding in stored.record.findings where finding.level != .note {
      output.data("             \(finding.level.rawValue): \(finding.message)")
    }
    for finding in stored.record.findings where finding.isOfLookUp { output.data("  look-up    \(finding.message)") }
    for finding in stored.record.findings where finding.isOfVendor {
      let known = finding.isOtherOfVendor ? finding.field.flatMap { before[$0]?.value } : nil
      let what = known.map { " It was \(PlainText.oneLine($0))." } ?? ""
      output.data("  vendor     \(finding.field ?? ""): \(finding.message)\(what)")
    }
    output.data("  decide     \(stored.decision.route.rawValue)")
    if let standing = stored.decision.standing { output.data("             " + ProofText.words(standing)) }
    for reason in stored.decision.reasons { output.data("             \(reason.message) (\(reason.code))") }
  }

  private func children(of document: Document, _ office: Office, _ output: Output) async throws {
    for child in try await office.store.documents(DocumentQuery(parent: document.id, limit: 100)) {
      output.data("  child      \(child.id.hex.prefix(8)) \(PlainText.oneLine(child.name)): \(child.state.rawValue)")
    }
  }

  private func json(
    _ document: Document, _ cover: Cover?, _ work: StoredWork?, _ quality: PageQuality?, _ stored: StoredRecord?,
    _ events: [Event], kin: [(Kin, name: String)], before: [String: KnownValue], _ deliveries: [OutboxEntry]
  ) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", "docket/explanation/1")
      json.member("document", document.id.hex)
      json.member("name", document.name)
      json.member("sha256", document.digest.hex)
      json.member("state", document.state.rawValue)
      json.member("part", document.part?.text)
      if let cover {
        json.memberObject("mail") { json in
          json.member("from", cover.sender)
          json.member("subject", cover.subject)
        }
      }
      json.member("error", work?.error?.code)
      json.member("media_type", work?.mediaType)
      json.member("pages", work?.pageCount)
      if let quality { json.member("quality", quality) }
      json.member("classification", work?.classification)
      json.member("record", stored?.record)
      json.member("decision", stored?.decision)
      json.member(kin: kin)
      json.memberArray("vendor_before") { json in
        for (field, known) in before.sorted(by: { $0.key < $1.key }) {
          json.object { json in
            json.member("field", field)
            json.member("value", known.value)
            json.member("since", Moment.text(known.since))
          }
        }
      }
      json.memberArray("deliveries") { json in
        for entry in deliveries {
          json.object { json in
            json.member("destination", entry.destination)
            json.member("operation", entry.operation.rawValue)
            json.member("state", entry.state.rawValue)
            json.member("attempts", entry.attempts)
            json.member("place", entry.place)
            json.member("error", entry.errorCode)
            json.member("findings", entry.findings)
          }
        }
      }
      json.memberArray("events") { json in
        for event in events {
          json.object { json in
            json.member("sequence", event.sequence)
            json.member("kind", event.kind.rawValue)
            json.member("actor", event.whom.actor)
            json.member("run", event.whom.run)
            json.member("detail", event.detail)
          }
        }
      }
    }
    return json.text
  }
}
