import Docket
import DocketConnectors
import DocketStore
import DocketWorkers
import Glibc

/// A workspace opened: its settings, store and blobs, and who is at work in it.
struct Office: Sendable {
  let folder: String
  let settings: Settings
  let store: any Store
  let blobs: any BlobStore

  /// - Throws: `no-workspace`, `store-too-new`, `store-damaged`, `file-system`.
  static func open(_ workspace: WorkspaceOptions, _ common: CommonOptions, flags: [Setting: String?] = [:]) async throws
    -> Office
  {
    let folder = try workspace.folder()
    let settings = try common.settings(flags, workspace: folder)
    let hidden = "\(folder)/.docket"
    try FileBytes.makeFolder(hidden)
    return Office(
      folder: folder, settings: settings, store: try await SQLStore.open(path: "\(hidden)/store.sqlite"),
      blobs: try BlobFolder(root: hidden))
  }

  /// The person at the terminal, in a run of this name.
  func whom(run: String) -> Attribution {
    Attribution(actor: Office.user, run: run, correlation: run, at: SystemClock().now())
  }

  /// A name for a run that nobody used before.
  static func newRun() -> String { String(ProcessOwner.newID().hex.prefix(12)) }

  /// The system's name of the user, else the number.
  static var user: String {
    guard let entry = getpwuid(getuid()) else { return "uid \(getuid())" }
    return String(cString: entry.pointee.pw_name)
  }

  /// The one document that a person means.
  /// - Throws: `unknown-document`, `usage` where several fit.
  func document(_ text: String) async throws -> Document {
    let found = try await store.documents(matching: text)
    if found.count == 1 { return found[0] }
    guard let newest = found.last else {
      throw DocketError(.unknownDocument, "There is no document `\(PlainText.oneLine(text))` in this workspace.")
    }
    throw DocketError(
      .usage, "Several documents fit `\(PlainText.oneLine(text))`.",
      hint: "Say which by its id: \(found.suffix(5).map { "`\($0.id.short)`" }.joined(separator: ", ")); the newest is "
        + "`\(newest.id.short)`.")
  }

  /// A runner of this pipeline, on the settings' workers.
  /// - Parameter given: files of the command line, in place of the pipeline's sources.
  func runner(
    _ file: PipelineFile, given: [String] = [], observe: @escaping @Sendable (Runner.RunStep) -> Void
  ) throws -> Runner {
    let library = try LibraryFolder.load(settings, workspace: folder)
    let contracts = try file.accepts.map { name in
      guard let contract = library.contract(name) else {
        throw DocketError(.unknownContract, "The pipeline `\(file.name)` accepts `\(name)`, which is not there.")
      }
      return contract
    }
    guard let policy = library.policy(file.policy) else {
      throw DocketError(
        .badConfiguration, "The pipeline `\(file.name)` goes by the policy `\(file.policy)`, which is not there.")
    }
    let pipeline = Pipeline.shipped(
      library, accepts: contracts, policy: policy, routes: file.routes,
      calibration: try Wiring.calibration(library))
    var sources: [any Source] = []
    if given.isEmpty {
      for entry in file.sources { sources.append(try Connectors.source(entry, workspace: folder)) }
    } else {
      sources = [GivenFiles(given)]
    }
    var destinations: [any Destination] = []
    for entry in file.destinations { destinations.append(try Connectors.destination(entry, workspace: folder)) }
    return Runner(
      file: file,
      desk: WorkDesk(
        file: file, pipeline: pipeline, reader: try Wiring.reader(settings), blobs: blobs,
        settings: try settings.reading(limits: file.limits)),
      store: store, blobs: blobs, sources: sources, destinations: destinations, clock: SystemClock(),
      owner: ProcessOwner.current, lanes: try settings.workers(), observe: observe)
  }
}

extension DocumentID {
  /// As people see it.
  var short: String { String(hex.prefix(8)) }
}

/// The system's clock.
struct SystemClock: RunClock {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  func sleep(seconds: Double) async throws(CancellationError) {
    do { try await Task.sleep(for: .seconds(seconds)) } catch { throw CancellationError() }
  }
}

/// Files named on the command line: offered once, and left where they are.
actor GivenFiles: Source {
  nonisolated let name = "command-line"
  private var waiting: [String]

  init(_ paths: [String]) { waiting = paths }

  func arrivals(limit: Int) async throws(DocketError) -> [Arrival] {
    let paths = waiting.prefix(limit)
    waiting.removeFirst(paths.count)
    return paths.map { path in
      var status = stat()
      _ = stat(path, &status)
      let token =
        "\(status.st_dev):\(status.st_ino):\(status.st_size):\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
      let file = path.split(separator: "/").last.map(String.init) ?? path
      return Arrival(source: name, name: file, path: path, token: token)
    }
  }

  func acknowledge(_ arrival: Arrival) async throws(DocketError) {}
}
