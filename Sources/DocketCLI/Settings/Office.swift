import Docket
import DocketConnectors
import DocketStore
import DocketWorkers
import Glibc

/// An open workspace: its store, blobs, library and pipelines.
struct Office: Sendable {
  let folder: String
  let settings: Settings
  let library: Library
  let store: any StoreCare
  let blobs: BlobFolder
  /// One for all that reads here: its processes start with the first document. Without the reading program a workspace
  /// can still be looked at.
  let reader: Result<any DocumentReader, DocketError>
  let log: WorkspaceLog

  /// - Throws: `no-workspace`, and every mistake in the files that people write.
  static func open(_ workspace: WorkspaceOptions, _ common: CommonOptions, flags: [Setting: String?] = [:]) async throws
    -> Office
  {
    let folder = try workspace.folder()
    try StoreRoom.mustBeWhole(folder)
    let settings = try common.settings(flags, workspace: folder)
    try FileCalls.makeFolder("\(folder)/.docket")
    let library = try LibraryFolder.load(settings, workspace: folder)
    return Office(
      folder: folder, settings: settings, library: library,
      store: try await SQLStore.open(path: "\(folder)/.docket/store.sqlite"),
      blobs: try BlobFolder(root: "\(folder)/.docket"),
      reader: Result { () throws(DocketError) in try Wiring.reader(settings, library: library) },
      log: WorkspaceLog(docket: "\(folder)/.docket", correlation: ProcessOwner.newID().hex, settings: settings))
  }

  /// The same with what people have written since: settings, contracts, policies, words.
  func renewed(_ common: CommonOptions, flags: [Setting: String?]) throws -> Office {
    let settings = try common.settings(flags, workspace: folder)
    return Office(
      folder: folder, settings: settings, library: try LibraryFolder.load(settings, workspace: folder), store: store,
      blobs: blobs, reader: reader, log: log)
  }

  /// All pipelines, by name; every mistake together.
  func pipelines() throws -> [PipelineFile] {
    var mistakes: [Mistake] = []
    var found: [PipelineFile] = []
    for file in try LibraryFolder.written(in: "\(folder)/pipelines") {
      let loaded = PipelineFile.load(file)
      mistakes += loaded.mistakes
      if let pipeline = loaded.value {
        mistakes += PipelineLint.mistakes(of: loaded, in: library)
        mistakes += PipelineLint.roleMistakes(of: loaded, roles: try roles())
        found.append(pipeline)
      }
    }
    guard mistakes.isEmpty else { throw ErrorReport(mistakes.map(\.error)) }
    return found.sorted { $0.name < $1.name }
  }

  /// The pipeline of a name; the only one where none is named.
  func pipeline(_ name: String?) throws -> PipelineFile {
    let all = try pipelines()
    if let name {
      if let found = all.first(where: { $0.name == name }) { return found }
      let near = Spelling.nearest(to: name, in: all.map(\.name)).map { "Did you mean `\($0)`?" }
      throw DocketError(.unknownPipeline, "There is no pipeline `\(name)`.", hint: near)
    }
    guard all.count == 1 else {
      let names = all.map { "`\($0.name)`" }.joined(separator: ", ")
      throw DocketError(
        .unknownPipeline, all.isEmpty ? "The workspace has no pipeline." : "There are several pipelines: \(names).",
        hint: all.isEmpty ? "Make one with `docket init`." : "Name the one that is meant.")
    }
    return all[0]
  }

  /// The stages of a pipeline.
  /// - Parameters:
  ///   - proofs: those in force.
  ///   - rankers: what was learned about places; nil: what is in use.
  ///   - texts: what was learned about texts; nil: what is in use.
  func understanding(
    _ file: PipelineFile, proofs: [Proof] = [], rankers: Rankers? = nil, texts: TextModels? = nil
  ) throws -> Pipeline {
    let contracts = file.accepts.compactMap(library.contract)
    let shelf = try ModelShelf(settings, workspace: folder)
    return Pipeline.shipped(
      library, accepts: contracts, policy: try policy(of: file), routes: file.routes,
      lookUps: try lookUps(of: file), calibration: try Wiring.calibration(library),
      boundaries: try Wiring.boundaries(library), proofs: proofs,
      rankers: try rankers ?? shelf.rankers(for: contracts),
      texts: try texts ?? shelf.texts(for: contracts, in: library))
  }

  func runner(
    _ file: PipelineFile, sources: [any Source], proofs: [Proof], lingers: Double = 0,
    observe: @escaping @Sendable (Runner.RunStep) -> Void
  ) throws -> Runner {
    let workers = try settings.workers()
    let desk = try workDesk(file, proofs: proofs)
    let log = log
    return Runner(
      file: file, desk: desk, store: store, blobs: blobs, sources: sources,
      destinations: try file.destinations.map { try Connectors.destination($0, workspace: folder) },
      forms: try forms(of: file), clock: SystemClock(), owner: ProcessOwner.current, lanes: workers,
      room: try settings.room(folder), lingers: lingers,
      observe: { step in
        log.hear(step)
        observe(step)
      })
  }

  /// The tables that a pipeline's records are held against, as they are now.
  func lookUps(of file: PipelineFile) throws(DocketError) -> LookUps {
    let legalForms = library.words.flatMap { $0.words[.legalForm, default: []] }
    var lookUps: [LookUp] = []
    for entry in file.lookUps {
      lookUps.append(LookUp(entry, try LookUpFile.load(entry, workspace: folder, legalForms: legalForms)))
    }
    return LookUps(lookUps)
  }

  /// Who tells people of what happens in a pipeline.
  func noticeDesk(_ file: PipelineFile) throws(DocketError) -> NoticeDesk {
    var channels: [any Destination] = []
    for entry in file.notifications { channels.append(try Connectors.destination(entry.channel, workspace: folder)) }
    return NoticeDesk(
      file: file, store: store, channels: channels, book: NoticeFolder("\(folder)/.docket/notices"),
      clock: SystemClock())
  }

  /// Says what happened to whom a pipeline names; what cannot be told is said here, and stops nothing.
  func tell(_ desk: NoticeDesk, _ output: Output) async {
    do throws(DocketError) {
      for failure in try await desk.tell() { output.note("docket: A notice could not be sent. \(failure.sentence)") }
    } catch { output.note("docket: Notices could not be sent. \(error.sentence)") }
  }

  /// How records are put for the destinations of a pipeline.
  func forms(of file: PipelineFile) throws(DocketError) -> DeliveryForms {
    var mappings: [String: AppliedMapping] = [:]
    for entry in file.destinations {
      guard let name = entry.mapping else { continue }
      guard let mapping = library.mapping(name), let applied = AppliedMapping(mapping, in: library) else {
        throw DocketError(.badConfiguration, "The mapping `\(name)` or its contract is not there.")
      }
      mappings[entry.name] = applied
    }
    return DeliveryForms(contracts: library.contracts, mappings: mappings)
  }

  /// Who may answer for what: people by role, as `docket.yaml` says.
  func roles() throws -> [String: [String]] {
    guard FileBytes.exists("\(folder)/docket.yaml") else { return [:] }
    return try WorkspaceFile.load(try CheckCommand.file("\(folder)/docket.yaml")).get().roles
  }

  /// Takes back from destinations what they were given, and notes it. Again it has no further effect on them.
  func takeBack(_ entries: [OutboxEntry], in pipeline: String) async throws {
    let runner = try runner(try self.pipeline(pipeline), sources: [], proofs: []) { _ in }
    for entry in entries where entry.operation == .deliver {
      try await runner.retract(entry)
      try await store.note(
        .retracted, of: entry.document, detail: entry.destination, by: attribution(Person.current))
    }
  }

  func attribution(_ actor: String, run: String? = nil) -> Attribution {
    let run = run ?? ProcessOwner.newID().hex
    return Attribution(actor: actor, run: run, correlation: log.correlation, at: SystemClock().now())
  }

  /// The one document that a person means.
  func document(_ text: String) async throws -> Document {
    let found = try await store.documents(matching: text)
    guard let first = found.first else {
      throw DocketError(
        .unknownDocument, "No document is called `\(PlainText.oneLine(text))`.",
        hint: "List them with `docket records list` or `docket status`; names are written whole, as `4711.pdf`.")
    }
    guard found.count == 1 || found.allSatisfy({ $0.state == .duplicate || $0.id == first.id }) else {
      let ids = found.prefix(5).map { String($0.id.hex.prefix(8)) }.joined(separator: ", ")
      throw DocketError(
        .unknownDocument, "\(found.count) documents are called `\(PlainText.oneLine(text))`.",
        hint: "Name one by id: \(ids).")
    }
    return first
  }

  /// Documents of the same thing or with the same words, with the names that they came with.
  func kin(of document: DocumentID) async throws -> [(Kin, name: String)] {
    var found: [(Kin, name: String)] = []
    for kin in try await store.kin(of: document) {
      found.append((kin, try await store.document(kin.document)?.name ?? ""))
    }
    return found
  }

  func reading(of document: Document) async -> Reading? {
    guard let work = try? await store.work(of: document.id), let key = work.reading else { return nil }
    return try? await blobs.reading(key)?.part(at: document.part)
  }
}

/// What a pipeline names and the library does not have.
enum PipelineLint {
  static func mistakes(of loaded: Loaded<PipelineFile>, in library: Library) -> [Mistake] {
    loaded.references.compactMap { reference in
      switch reference.kind {
      case .contract where library.contract(reference.name) == nil:
        missing("contract", reference, library.contracts.map(\.name), loaded.file)
      case .policy where library.policy(reference.name) == nil:
        missing("policy", reference, library.policies.map(\.name), loaded.file)
      case .mapping where library.mapping(reference.name) == nil:
        missing("mapping", reference, library.mappings.map(\.name), loaded.file)
      case .field(let contracts):
        contracts.compactMap(library.contract).contains { !$0.knownPaths.contains(reference.name) }
          ? missing("field", reference, contracts.compactMap(library.contract).flatMap(\.knownPaths), loaded.file) : nil
      case .fieldOfSome(let contracts):
        contracts.compactMap(library.contract).contains { $0.knownPaths.contains(reference.name) }
          ? nil : missing("field", reference, contracts.compactMap(library.contract).flatMap(\.knownPaths), loaded.file)
      default: nil
      }
    }
  }

  /// Roles that nobody has; where the workspace gives none, anybody stands for each.
  static func roleMistakes(of loaded: Loaded<PipelineFile>, roles: [String: [String]]) -> [Mistake] {
    loaded.references.compactMap { reference in
      guard reference.kind == .role, !roles.isEmpty, roles[reference.name] == nil else { return nil }
      return missing("role", reference, roles.keys.sorted(), loaded.file)
    }
  }

  /// Look-ups whose file, table or columns are not there.
  static func tableMistakes(of loaded: Loaded<PipelineFile>, workspace: String) -> [Mistake] {
    (loaded.value?.lookUps ?? []).compactMap { entry in
      do throws(DocketError) {
        _ = try LookUpFile.load(entry, workspace: workspace, legalForms: [])
        return nil
      } catch {
        return Mistake(file: loaded.file.path, place: entry.place, message: error.sentence)
      }
    }
  }

  private static func missing(_ kind: String, _ reference: Reference, _ known: [String], _ file: WrittenFile) -> Mistake
  {
    let near = Spelling.nearest(to: reference.name, in: known).map { " Did you mean `\($0)`?" } ?? ""
    return Mistake(
      file: file.path, place: reference.place, message: "There is no \(kind) `\(reference.name)`.\(near)")
  }
}

/// The machine's clock.
struct SystemClock: RunClock {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  func sleep(seconds: Double) async throws(CancellationError) {
    do { try await Task.sleep(nanoseconds: UInt64(max(0, seconds) * 1e9)) } catch { throw CancellationError() }
  }
}

/// Who sits at the terminal: the system's user id.
enum Person {
  static var current: String { getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid-\(getuid())" }
}
