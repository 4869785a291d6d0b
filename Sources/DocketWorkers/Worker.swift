import Docket
import Glibc

/// One place in the pool: a thread, and the process that it talks with. A process that ended, or has read enough, is
/// replaced with the next document.
actor Worker {
  /// What a worker has found, in the order it was found.
  enum Event {
    case page(PageReading)
    case member(Message.MemberHead, bytes: [UInt8])
    case done(ReadingSummary)
  }

  nonisolated let life = WorkerLife()
  private nonisolated let thread: WorkerThread
  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  private let program: ReaderProgram
  private let policy: WorkerPool.Policy
  private var process: WorkerProcess?
  private var served = 0
  private var current: Progress?

  /// Of the document at hand.
  private struct Progress {
    let limits: ReadLimits
    var patience: Patience
    var pages = 0
    var members = 0
    var memberBytes = 0
  }

  init(number: Int, program: ReaderProgram, policy: WorkerPool.Policy) {
    self.program = program
    self.policy = policy
    thread = WorkerThread(name: "worker \(number)")
  }

  deinit { thread.stop() }

  /// Hands a document over. `next` gives what is found in it.
  /// - Parameter resumesAfter: pages that are known already; the one after them is not to be drawn.
  func begin(_ file: ReadableFile, settings: ReadSettings, resumesAfter: Int? = nil) throws(DocketError) {
    let descriptor = try Worker.open(file)
    defer { close(descriptor) }
    let process = try start()
    served += 1
    // The reader ends itself by the CPU it used; a little later the clock on this side does.
    var progress = Progress(limits: settings.limits, patience: .seconds(settings.limits.seconds))
    progress.pages = resumesAfter ?? 0
    let request = Message.encode(.init(name: file.name, settings: settings, resumesAfter: resumesAfter))
    do {
      try process.socket.send(Frame(.read, request), descriptor: descriptor, patience: &progress.patience)
    } catch {
      throw failure(error)
    }
    current = progress
  }

  /// What was found since, at least one event; after `done` there is nothing more. What a document's reader throws
  /// leaves the process in service, anything else ends it.
  func next() throws(DocketError) -> [Event] {
    guard let process, var progress = current else {
      throw DocketError(.workerCrashed, "The reading program is not at work.")
    }
    var events: [Event] = []
    var weight = 0
    do {
      repeat {
        let frame: Frame
        if events.isEmpty {
          frame = try process.socket.receive(patience: &progress.patience)
        } else if weight < policy.batchBytes, let more = try moreNow(process) {
          frame = more
        } else {
          break
        }
        weight += frame.payload.count
        if frame.kind == .failed {
          current = nil
          throw Refusal(error: try Message.decodeError(frame.payload))
        }
        let event = try event(of: frame, from: process, progress: &progress)
        events.append(event)
        if case .done = event {
          current = nil
          return events
        }
      } while true
    } catch let refusal as Refusal {
      throw refusal.error
    } catch {
      throw failure(error)
    }
    current = progress
    return events
  }

  /// What came before the other side closed is handed on first; that it closed is found again by the next call.
  private func moreNow(_ process: WorkerProcess) throws(WireError) -> Frame? {
    do throws(WireError) {
      return try process.socket.receiveNow()
    } catch .closed {
      return nil
    }
  }

  /// A document's own error, apart from those of the worker.
  private struct Refusal: Error { let error: DocketError }

  /// What the program says it is.
  func describe() throws(DocketError) -> Message.Description {
    let process = try start()
    do {
      var patience = Patience.seconds(policy.startSeconds)
      try process.socket.send(Frame(.describe), patience: &patience)
      let frame = try process.socket.receive(patience: &patience)
      guard frame.kind == .description else { throw WireError.garbled }
      return try Message.decodeDescription(frame.payload)
    } catch {
      throw failure(error)
    }
  }

  /// Whether there is a process that can take a document.
  var isRunning: Bool { process != nil }

  /// Ends the process: whoever asked for the document does not want the rest.
  func abandon() {
    process = nil
    current = nil
  }

  private func start() throws(DocketError) -> WorkerProcess {
    if served >= policy.documentsPerProcess { process = nil }
    if let process { return process }
    served = 0
    let process = try WorkerProcess(program, memoryBytes: policy.memoryBytes, life: life)
    do {
      var patience = Patience.seconds(policy.startSeconds)
      let frame = try process.socket.receive(patience: &patience)
      guard frame.kind == .ready else { throw WireError.garbled }
      var input = ByteReader(frame.payload)
      guard try input.take(UInt32.self) == Message.version else { throw WireError.garbled }
    } catch {
      let ending = process.end(isClosing: true).map { "\($0)" }
      throw DocketError(.readerMissing, "The program `docket-reader` does not start.", cause: ending)
    }
    self.process = process
    return process
  }

  /// What went wrong between the two processes, as the error of the document. Ends the process.
  private func failure(_ error: any Error) -> DocketError {
    let wire = error as? WireError
    let ending = process?.end(isClosing: wire == .closed)
    process = nil
    current = nil
    switch (wire, ending) {
    case (.deadline, _), (_, .signalled(SIGXCPU)):
      return DocketError(.workerTimeout, "Reading took too long and was ended.", stage: "read")
    case (_, .exited(WorkerProcess.drawingStatus)):
      return DocketError(.pageTimeout, "Pages of the PDF take too long to be drawn.", stage: "read")
    case (_, .exited(WorkerProcess.memoryStatus)):
      return DocketError(.workerMemory, "Reading needed more memory than a reader may have.", stage: "read")
    case (.closed, .signalled(SIGKILL)) where !Task.isCancelled:
      // Nobody here ended it: the kernel does when the machine runs out of memory.
      return DocketError(
        .workerMemory, "The system ended the reading program, as it does when memory runs out.", stage: "read")
    default:
      if let error = error as? DocketError, error.code != .storeDamaged { return error }
      return DocketError(
        .workerCrashed, "The reading program ended while it read this document.",
        cause: ending.map { "\($0)" }, stage: "read")
    }
  }

  private func event(
    of frame: Frame, from process: WorkerProcess, progress: inout Progress
  ) throws -> Event {
    switch frame.kind {
    case .page:
      let page = try ReadingCoding.decodePage(frame.payload)
      progress.pages += 1
      // A worker may be in a stranger's hands: its limits are checked here too.
      guard page.number == progress.pages, page.number <= progress.limits.pages else { throw WireError.garbled }
      return .page(page)
    case .memberStart:
      return try member(Message.decodeMemberHead(frame.payload), from: process, progress: &progress)
    case .done:
      let (summary, peakKiB) = try Message.decodeDone(frame.payload)
      if peakKiB > policy.recycleKiB { served = policy.documentsPerProcess }
      guard summary.pageCount == progress.pages else { throw WireError.garbled }
      return .done(summary)
    case .read, .describe, .ready, .memberBytes, .failed, .description:
      throw WireError.garbled
    }
  }

  private func member(
    _ head: Message.MemberHead, from process: WorkerProcess, progress: inout Progress
  ) throws -> Event {
    progress.members += 1
    progress.memberBytes += head.byteCount
    guard head.byteCount >= 0, progress.members <= progress.limits.parts,
      progress.memberBytes <= progress.limits.bytes
    else { throw WireError.garbled }
    var bytes: [UInt8] = []
    while bytes.count < head.byteCount {
      let frame = try process.socket.receive(patience: &progress.patience)
      guard frame.kind == .memberBytes, frame.payload.count <= head.byteCount - bytes.count, !frame.payload.isEmpty
      else { throw WireError.garbled }
      bytes += frame.payload
    }
    return .member(head, bytes: bytes)
  }

  /// Only files: a pipe or a device would have no end.
  private static func open(_ file: ReadableFile) throws(DocketError) -> Int32 {
    let descriptor = Glibc.open(PathText.systemName(file.path), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw DocketError(.fileSystem, "The file cannot be opened.", cause: String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw DocketError(.badInput, "What is there is no file.")
    }
    return descriptor
  }
}
