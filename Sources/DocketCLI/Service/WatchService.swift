import Docket
import DocketConnectors
import DocketStore
import Glibc

/// Watches the sources of pipelines until it is stopped, and tells the system's service manager how it is.
struct WatchService: Sendable {
  let office: Office
  let output: Output
  /// Pipelines; all of the workspace's where none is named.
  let names: [String]
  /// The office with what people have written since.
  let renewed: @Sendable (Office) throws -> Office
  private let notifier = ServiceNotifier()
  private let pulse = Heartbeat()
  private let reload = StopRequest()

  init(
    office: Office, output: Output, names: [String], renewed: @escaping @Sendable (Office) throws -> Office
  ) {
    self.office = office
    self.output = output
    self.names = names
    self.renewed = renewed
  }

  /// Seconds after which held documents are let go and deliveries tried again, though nothing was heard.
  private static let longest = 5.0

  func run() async throws {
    let watches = try await opened(office)
    output.note("docket: Watching \(WatchService.sources(watches)). Ctrl-C ends it.")
    notifier.ready("Watching \(WatchService.sources(watches)).")
    try await Interruption.serving(
      output, advice: "`docket watch` goes on where this stopped.", reload: { [reload] in reload.request() }
    ) { stop in
      try await withThrowingTaskGroup(of: Void.self) { group in
        let slowest = Double(watches.map(\.file.limits.seconds).max() ?? 120) + 60
        group.addTask { await notifier.keepAlive { pulse.isBeating(within: slowest) } }
        try await loop(watches, stop: stop)
        group.cancelAll()
      }
    }
    // Of the documents in hand when the time was over: the next start takes them up at once.
    for watch in watches {
      try? await office.store.giveBack(
        pipeline: watch.file.name, owner: ProcessOwner.current, by: office.attribution(watch.file.name))
    }
  }

  private func opened(_ office: Office) async throws -> [PipelineWatch] {
    let named = try names.isEmpty ? office.pipelines() : names.map { try office.pipeline($0) }
    // Says what to do where the workspace has none.
    let files = try named.isEmpty ? [office.pipeline(nil)] : named
    for warning in WatchService.shared(files, workspace: office.folder) { output.note("docket: \(warning)") }
    var watches: [PipelineWatch] = []
    for file in files { watches.append(try await PipelineWatch.open(file, office, output, pulse: pulse)) }
    return watches
  }

  /// Folders that several sources take files away from: each file goes to one of them, and nobody can say to which.
  private static func shared(_ files: [PipelineFile], workspace: String) -> [String] {
    var takers: [String: [String]] = [:]
    for file in files {
      for source in file.sources where source.settings["then"] != "keep" {
        guard let path = source.settings["path"] else { continue }
        let full = path.hasPrefix("/") ? path : "\(workspace)/\(path)"
        let real = realpath(full, nil).map { pointer in
          defer { free(pointer) }
          return String(cString: pointer)
        }
        takers[real ?? full, default: []].append("`\(file.name)/\(source.name)`")
      }
    }
    return takers.sorted { $0.key < $1.key }.filter { $0.value.count > 1 }.map { place, names in
      "\(names.joined(separator: " and ")) take files from the same folder `\(place)`: each file goes to one of them."
    }
  }

  /// Sources, with their pipelines where there are several.
  private static func sources(_ watches: [PipelineWatch]) -> String {
    let isAlone = watches.count == 1
    return watches.flatMap { watch in
      watch.file.sources.map { isAlone ? $0.name : "\(watch.file.name)/\($0.name)" }
    }.joined(separator: ", ")
  }

  private func loop(_ first: [PipelineWatch], stop: StopRequest) async throws {
    var (office, watches) = (office, first)
    while !stop.isRequested {
      if reload.take() { (office, watches) = await reloaded(office, watches) }
      let now = (office: office, watches: watches)
      // Each by itself: a scan of a hundred pages in one keeps no other's inbox.
      try await withThrowingTaskGroup(of: Void.self) { group in
        for watch in now.watches {
          group.addTask { try await follow(watch, among: now.watches, now.office, stop: stop) }
        }
        try await group.waitForAll()
      }
    }
    notifier.stopping()
  }

  /// One pipeline, until the service is to end or to read its pipelines anew.
  private func follow(
    _ first: PipelineWatch, among all: [PipelineWatch], _ office: Office, stop: StopRequest
  ) async throws {
    var watch = first
    let ends: @Sendable () -> Bool = { [reload] in stop.isRequested || reload.isRequested }
    while !ends() {
      pulse.beat()
      try await watch.renew(office, output)
      try await watch.batch(office, output, shouldStop: ends)
      notifier.status("Watching \(WatchService.sources(all)). \(try await waiting(all, office))")
      try await wait(for: watch, ends: ends)
    }
  }

  /// Pipelines as they are written now; those from before where these have mistakes.
  private func reloaded(_ office: Office, _ watches: [PipelineWatch]) async -> (Office, [PipelineWatch]) {
    notifier.reloading()
    defer { notifier.ready("Watching \(WatchService.sources(watches)).") }
    do {
      let new = try renewed(office)
      let watches = try await opened(new)
      output.note("docket: Read the pipelines anew: watching \(WatchService.sources(watches)).")
      return (new, watches)
    } catch {
      output.note(ErrorReport(of: error).text)
      output.note("docket: The pipelines were not read anew; those from before are kept.")
      return (office, watches)
    }
  }

  private func waiting(_ watches: [PipelineWatch], _ office: Office) async throws -> String {
    var queued = 0
    for watch in watches { queued += try await office.store.queuedCount(pipeline: watch.file.name) }
    return queued == 0 ? "Nothing waits." : "\(queued) documents wait."
  }

  /// Until a source has something, a signal comes, or the longest wait is over.
  private func wait(for watch: PipelineWatch, ends: () -> Bool) async throws {
    let sources = watch.sources.compactMap { $0 as? any WatchedSource }
    let began = Progress.now
    while Progress.now - began < WatchService.longest, !ends() {
      pulse.beat()
      for source in sources {
        if try await source.change(within: 0.1 / Double(sources.count)) { return }
      }
      if sources.isEmpty { try await Task.sleep(for: .seconds(0.1)) }
    }
  }
}
