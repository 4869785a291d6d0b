import Docket
import DocketConnectors
import DocketStore

/// Takes uploads into the workspace, works on them, and answers with what they became.
struct ServeService: Sendable {
  let office: Office
  let file: PipelineFile
  let output: Output
  let token: String?
  let queue: UploadQueue
  let room: IntakeRoom
  let metrics = ServeMetrics()
  private let notifier = ServiceNotifier()
  private let pulse = Heartbeat()
  /// The service is to end: nobody waits any longer.
  let ends = StopRequest()
  /// What stopped the last batch, if anything did.
  let trouble = LastTrouble()

  init(office: Office, file: PipelineFile, output: Output, token: String?, most: Int, room: IntakeRoom) {
    self.office = office
    self.file = file
    self.output = output
    self.token = token
    self.room = room
    queue = UploadQueue(most: most)
  }

  func run(address: String, port: UInt16, maxBytes: Int) async throws {
    let spool = "\(office.folder)/.docket/aside"
    try FileCalls.makeFolder(spool)
    var limits = HTTPLimits()
    limits.bodyBytes = maxBytes
    let server = try HTTPServer(
      address: address, port: port, spool: spool, limits: limits,
      service: ServeRoutes(service: self, isLocal: token == nil))
    let place = "http://\(address):\(server.port)/"
    output.note("docket: Serving `\(file.name)` at \(place). Ctrl-C ends it.")
    notifier.ready("Serving at \(place).")
    try await Interruption.serving(
      output, advice: "What was taken in is worked on by the next `docket run`, `watch` or `serve`.", reload: {}
    ) { stop in
      try await withThrowingTaskGroup(of: Void.self) { group in
        let slowest = Double(file.limits.seconds) + 60
        group.addTask { await notifier.keepAlive { pulse.isBeating(within: slowest) } }
        group.addTask { await server.run() }
        group.addTask { try await watchQueue(stop: stop, server) }
        defer {
          ends.request()
          server.stop()
        }
        try await work(stop: stop)
        notifier.stopping()
        group.cancelAll()
      }
    }
    try? await office.store.giveBack(
      pipeline: file.name, owner: ProcessOwner.current, by: office.attribution(file.name))
  }

  /// Batch after batch, as long as documents come.
  private func work(stop: StopRequest) async throws {
    let (queue, pulse, output) = (queue, pulse, output)
    let troubles = Troubles()
    let runner = try office.runner(file, sources: [], proofs: try await office.proofsInForce(file)) { step in
      pulse.beat()
      if let trouble = troubles.hear(step) { output.note(trouble) }
      if case .worked(let document, _, _) = step { queue.ended(document.id) }
    }
    while !stop.isRequested {
      pulse.beat()
      do throws(DocketError) {
        _ = try await runner.batch(
          by: office.attribution(file.name), keepsIdle: false, shouldStop: { stop.isRequested })
        trouble.set(nil)
      } catch {
        guard error.isTransient else { throw error }
        trouble.set(error)
        if let text = troubles.hear(error) { output.note(text) }
        try await Task.sleep(for: .seconds(1))
      }
      let until = Progress.now + 5
      while queue.waiting.isEmpty, Progress.now < until, !stop.isRequested {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  /// Looks after what others do to the same workspace: documents that wait, and uploads that another process worked on.
  private func watchQueue(stop: StopRequest, _ server: HTTPServer) async throws {
    while !Task.isCancelled {
      if stop.isRequested {
        ends.request()
        server.stop()
        return
      }
      if let queued = try? await office.store.queuedCount(pipeline: file.name) { queue.note(queued: queued) }
      for id in queue.waiting {
        let state = try? await office.store.document(id)?.state
        if let state, state != .queued, state != .working { queue.ended(id) }
      }
      do { try await Task.sleep(for: .milliseconds(300)) } catch { return }
    }
  }
}
